"""Write i18n/crm_migration.pot anew, or tell whether it is fresh.

    .env/venv/bin/python dev/pot.py [--check]

The translations beside it follow: a new text stands there untranslated (Odoo shows the
English one), one that is gone leaves with its translation.

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


def follow(template):
    """Give every translation the texts of the template, in its order."""
    for path in sorted(TEMPLATE.parent.glob("*.po")):
        translation = polib.pofile(str(path))
        known = {entry.msgid: entry.msgstr for entry in translation}
        translation.clear()
        for entry in template:
            translation.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=known.get(entry.msgid, ""),
                    comment=entry.comment,
                    occurrences=entry.occurrences,
                    flags=entry.flags,
                )
            )
        translation.save()
        missing = sum(not entry.msgstr for entry in translation)
        print(f"{path.name}: {missing} texts are not translated")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        TEMPLATE.parent.mkdir(exist_ok=True)
        print(f"{len(export(TEMPLATE))} texts")
        follow(polib.pofile(str(TEMPLATE)))
        return
    known = {entry.msgid for entry in polib.pofile(str(TEMPLATE))}
    with TemporaryDirectory() as folder:
        found = export(Path(folder) / "found.pot")
    for text in sorted(found ^ known):
        print(f"{'missing' if text in found else 'gone'}: {text}")
    stale = [
        path.name
        for path in TEMPLATE.parent.glob("*.po")
        if {entry.msgid for entry in polib.pofile(str(path))} != known
    ]
    if found != known or stale:
        names = ", ".join([TEMPLATE.name, *stale])
        sys.exit(f"i18n is not fresh ({names}): run dev/pot.py.")
    print(f"pot: {len(known)} texts, fresh")


if __name__ == "__main__":
    main()
