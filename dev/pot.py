"""Write i18n/crm_migration.pot anew, or tell whether it is fresh.

    .env/venv/bin/python dev/pot.py [--check]

Odoo looks for texts in every folder below the addon and follows links, ``.env/`` with all
of Odoo in it included; hence a copy of what is in the repository.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from databases import CONF, ENV, clone, drop, get_options

DATABASE = "crm_migration_pot"
ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "i18n" / "crm_migration.pot"
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def copy_addon(folder):
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file() and not name.startswith(("dev/", "tests/")):
            target = folder / "crm_migration" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)


def run(folder, *arguments):
    paths = [p for p in get_options()["addons_path"].split(",") if p != f"{ENV}/addons"]
    addons = f"--addons-path={','.join([str(folder), *paths])}"
    command, rest = arguments[:2], arguments[2:]
    if command[0] != "i18n":
        command, rest = (), arguments
        start = [ENV / "odoo-bin", addons, "-c", CONF]
    else:
        start = [ENV / "odoo-bin", addons, *command, "-c", CONF]
    subprocess.run(
        [*map(str, [*start, *rest])], check=True, capture_output=True, text=True
    )


def export(target):
    clone(DATABASE)
    with TemporaryDirectory() as folder:
        copy_addon(Path(folder))
        base = ("-d", DATABASE, "--stop-after-init", "--no-http")
        run(folder, *base, "-i", "crm_migration")
        run(folder, "i18n", "export", "-d", DATABASE, "-o", target, "crm_migration")
    drop(DATABASE)
    # The day on which it was written says nothing, and would change every time.
    found = polib.pofile(str(target))
    for name in DATES:
        found.metadata.pop(name, None)
    found.save(str(target))
    return {entry.msgid for entry in found}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        TEMPLATE.parent.mkdir(exist_ok=True)
        print(f"{len(export(TEMPLATE))} texts")
        return
    known = {entry.msgid for entry in polib.pofile(str(TEMPLATE))}
    with TemporaryDirectory() as folder:
        found = export(Path(folder) / "found.pot")
    for text in sorted(found ^ known):
        print(f"{'missing' if text in found else 'gone'}: {text}")
    if found != known:
        sys.exit("i18n/crm_migration.pot is not fresh: run dev/pot.py.")
    print(f"pot: {len(known)} texts, fresh")


if __name__ == "__main__":
    main()
