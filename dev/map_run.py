"""Every system through both worlds, from the first look to the rollback; then the table."""

import json
import os
import subprocess
import sys
import time

import object_map
from databases import CONF, ENV, clone, odoo
from map_files import SETS, write_files
from systems import LABELS, SECRETS, SIZES, simulator
from worlds import WORLDS, fetch

DATABASE = "crm_migration_map_{}"
FOLDER = ENV / "map"
SCALE = 0.05
SHELL = """
import json, sys
sys.path.insert(0, {folder!r})
import map_work
map_work.main(env, json.loads(open({told!r}).read()))
"""


def run_worlds(prepare, plan, scale=SCALE, worlds=tuple(WORLDS)):
    """Return world → migration → what came of it.

    :param prepare: called with a database: what stands in Odoo before
    :param plan: what all migrations have in common
    """
    FOLDER.mkdir(exist_ok=True)
    found = {}
    for world in worlds:
        os.environ["PYTHONPATH"] = fetch()["PYTHONPATH"] if world == "B" else ""
        database = DATABASE.format(world.lower())
        clone(database, WORLDS[world])
        odoo("-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http")
        prepare(database)
        found[world] = {}
        for name in (*SIZES, *SETS):
            begun = time.monotonic()
            found[world][name] = run_one(world, name, plan, scale)
            seconds = time.monotonic() - begun
            print(f"{world}  {get_label(name)}: {seconds:.0f} s", flush=True)
        (FOLDER / f"{world}.json").write_text(json.dumps(found[world], indent=1))
    return found


def get_label(name):
    return LABELS.get(name) or SETS[name][0]


def run_one(world, name, plan, scale):
    """Migrate from one system, or one set of files, and take it back."""
    if name in SETS:
        files = write_files(name, FOLDER / name)
        return work(world, name, plan, "spreadsheet", {}, files)
    with simulator(name, scale, None) as settings:
        return work(world, name, plan, name, settings, [])


def work(world, name, plan, source, settings, files):
    told, result = FOLDER / "told.json", FOLDER / f"{world}_{name}.json"
    split = {
        (row.streams[0], row.split[0])
        for row in object_map.MAP.get(source, ())
        if row.split
    }
    told.write_text(
        json.dumps(
            {
                "label": f"{get_label(name)} in world {world}",
                "plan": {
                    **plan,
                    "name": f"{get_label(name)} of an invented company",
                    "source": source,
                    "settings": {k: v for k, v in settings.items() if k not in SECRETS},
                },
                "secrets": {k: v for k, v in settings.items() if k in SECRETS},
                "files": files,
                "split": sorted(split),
                "result": str(result),
            }
        )
    )
    result.unlink(missing_ok=True)
    database = DATABASE.format(world.lower())
    script = SHELL.format(folder=str(ENV.parent / "dev"), told=str(told))
    done = subprocess.run(
        [ENV / "odoo-bin", "shell", "-c", CONF, "-d", database, "--no-http"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    told.unlink()
    if not result.exists():
        sys.exit(f"{done.stdout[-3000:]}\n{done.stderr[-6000:]}\nfailed: {name}")
    return json.loads(result.read_text())
