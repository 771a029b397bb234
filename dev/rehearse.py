"""A dry run, then the load that it foretold: every sum of both side by side, and the time."""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from databases import CONF, ENV, clone, odoo
from demo import KNOWN_USERS, PLAN, prepare
from map_files import SETS, write_files
from systems import LABELS, SECRETS, SIZES, simulator
from worlds import WORLDS, fetch

DATABASE = "crm_migration_rehearse_{}"
FOLDER = ENV / "rehearse"
SCALE = 0.05
SHELL = """
import json, sys
sys.path.insert(0, {folder!r})
import rehearse_work
rehearse_work.main(env, json.loads(open({told!r}).read()))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=SCALE, help="of each company")
    parser.add_argument("--worlds", default="AB", help="A: few apps, B: many")
    parser.add_argument("--source", action="append", help="this system only")
    parser.add_argument(
        "--files", nargs="*", default=[], help="files of any system, each set by itself"
    )
    parser.add_argument("--database", default=DATABASE, help="its name, {} the world")
    parser.add_argument(
        "--keep", action="store_true", help="take the database as it is"
    )
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    differ = 0
    for world in options.worlds:
        database = options.database.format(world.lower())
        os.environ["PYTHONPATH"] = fetch()["PYTHONPATH"] if world == "B" else ""
        if not options.keep:
            clone(database, WORLDS[world])
            arguments = ("-i", "crm_migration", "--stop-after-init", "--no-http")
            odoo("-d", database, *arguments)
            prepare(KNOWN_USERS, database)
        names = options.source or ([] if options.files else [*SIZES, *SETS])
        for name in [*names, *options.files]:
            found = rehearse(database, name, options.scale)
            differ += print_found(world, name, found)
    sys.exit(1 if differ else 0)


def rehearse(database, name, scale):
    """Return what was foretold for one system, or set of files, and what came."""
    if name in SETS:
        return work(database, "spreadsheet", {}, write_files(name, FOLDER / name))
    if name not in SIZES:
        return work(database, "spreadsheet", {}, name.split(","))
    with simulator(name, scale) as settings:
        return work(database, name, settings, [])


def work(database, source, settings, files):
    told, result = FOLDER / "told.json", FOLDER / "found.json"
    result.unlink(missing_ok=True)
    plan = {
        **PLAN,
        "name": source,
        "source": source,
        "settings": {k: v for k, v in settings.items() if k not in SECRETS},
    }
    told.write_text(
        json.dumps(
            {
                "label": source,
                "plan": plan,
                "secrets": {k: v for k, v in settings.items() if k in SECRETS},
                "files": files,
                "result": str(result),
            }
        )
    )
    done = subprocess.run(
        [ENV / "odoo-bin", "shell", "-c", CONF, "-d", database, "--no-http"],
        input=SHELL.format(folder=str(ENV.parent / "dev"), told=str(told)),
        capture_output=True,
        text=True,
        check=False,
    )
    told.unlink()
    if not result.exists():
        return {"error": (done.stdout + done.stderr)[-3000:]}
    return json.loads(result.read_text())


def print_found(world, name, found):
    """Print what differs and how long it took; return how many sums differ."""
    folder = Path(name.split(",")[0]).parent.name
    label = LABELS.get(name) or (SETS[name][0] if name in SETS else folder)
    if "error" in found:
        print(f"{world}  {label}: {found['error']}", flush=True)
        return 1
    rows = [
        (place, word, foretold, came)
        for place, sums in found["sums"].items()
        for word, (foretold, came) in sums.items()
    ]
    wrong = [row for row in rows if row[2] != row[3]]
    print(
        f"{world}  {label}: {len(rows)} sums, {len(wrong)} differ;"
        f" about {found['foretold']:.1f} s foretold, {found['took']:.1f} s taken",
        flush=True,
    )
    for place, word, foretold, came in wrong:
        print(f"      {place}, {word}: {foretold} foretold, {came} came")
    for line in found.get("told", ()):
        print(f"      {line}")
    return len(wrong)


if __name__ == "__main__":
    started = time.monotonic()
    main()
