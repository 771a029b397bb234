"""Addons of the OCA that a migration can fill: fetched for the tests, never committed.

Each stands in a folder of its own, for Odoo does not take them from one namespace, and is
linked into the addons path. Pinned in ``oca.txt``.
"""

import subprocess
import sys
from pathlib import Path

from environment import ENV, PYTHON, ROOT


def main():
    for line in (ROOT / "dev" / "oca.txt").read_text().split():
        name, _version = line.split("==")
        folder = ENV / "oca" / line
        if not folder.is_dir():
            fetch(line, folder)
        for manifest in folder.glob("odoo/addons/*/__manifest__.py"):
            link(manifest.parent)


def fetch(requirement, folder):
    command = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--target", folder]
    done = subprocess.run(
        [*command, requirement], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{requirement} cannot be installed:\n{done.stderr[-2000:]}")


def link(addon):
    place = ENV / "addons" / addon.name
    if place.is_symlink() and place.resolve() != Path(addon).resolve():
        place.unlink()
    if not place.exists():
        place.symlink_to(addon, target_is_directory=True)


if __name__ == "__main__":
    main()
