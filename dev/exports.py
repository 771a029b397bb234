"""Count how many columns of given exports are proposed as a consultant would map them.

A folder holds one folder of files per set, and ``expected.json``: set → object (or name
of the stream) → column → the targets that are right, ``-`` for what has no home in Odoo.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from connectors.spreadsheet import SOURCE

ALIASES = {"mobile": "phone"}


def proposals(folder):
    """Return stream or object → column → target that the first line proposes."""
    files = [{"name": p.name, "path": str(p)} for p in sorted(folder.iterdir())]
    source = SOURCE({"files": files})
    found = {}
    mappings = source.get_mappings()
    for group in source.get_groups().values():
        columns = found.setdefault(group.name, {})
        if group.known:
            found.setdefault(group.known, columns)
        # Records of one table may become several: what the first makes of a column counts.
        fields = [f for m in mappings if m.stream == group.name for f in m.fields]
        for field in fields:
            names = field.source if isinstance(field.source, tuple) else (field.source,)
            for name in filter(None, names):
                columns.setdefault(name, field.target)
        filled = {
            n for row in group.tables[0].sample for n in row if row[n] not in (None, "")
        }
        columns[None] = filled
    source.close()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    expected = json.loads((options.folder / "expected.json").read_text())
    for name, objects in expected.items():
        found = proposals(options.folder / name)
        right = wanted = wrong = 0
        for stream, columns in objects.items():
            got = found.get(stream, {None: set()})
            for column, targets in columns.items():
                target = got.get(column)
                if targets == ["-"]:
                    wrong += target is not None
                    if target and options.misses:
                        print(f"  ! {name} {stream} {column}: {target}, has no home")
                    continue
                if column not in got[None]:
                    continue
                wanted += 1
                allowed = {ALIASES.get(t, t) for t in targets}
                good = target in allowed or (target is None and "-" in targets)
                right += good
                if not good and options.misses:
                    print(f"  - {name} {stream} {column}: {target}, not {targets}")
        share = 100 * right / wanted if wanted else 0
        print(
            f"{name:12} {right:3} of {wanted:3}  {share:5.1f} %   without a home, mapped: {wrong}"
        )


if __name__ == "__main__":
    main()
