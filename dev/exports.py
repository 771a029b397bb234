"""Count how many columns of given exports are proposed as a consultant would map them.

    .env/venv/bin/python dev/exports.py FOLDER [--misses] [--odoo]

A folder holds one folder of files per set, and ``expected.json``: set → object (or name
of the stream) → column → the targets that are right, ``-`` for what has no home in Odoo.
With ``--odoo`` what Odoo's own import suggests for the same columns stands beside it; it is
told which model they are for.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from connectors.spreadsheet import SOURCE

ALIASES = {"mobile": "phone"}
SPECIAL = {"@created_at": "create_date", "@updated_at": "write_date"}
"""Targets of ours that Odoo's import has by the names of columns."""
DATABASE = "crm_migration_exports"
OPTIONS = {"has_headers": True, "quoting": '"', "encoding": "utf-8", "separator": ","}


def proposals(folder):
    """Return stream or object → column → target that the first line proposes.

    ``None`` stands among the columns for what the rest needs: ``filled``, the columns with
    values, and ``model``, what the rows become first of all.
    """
    files = [{"name": p.name, "path": str(p)} for p in sorted(folder.iterdir())]
    source = SOURCE({"files": files})
    found = {}
    mappings = source.get_mappings()
    for group in source.get_groups().values():
        columns = found.setdefault(group.name, {})
        if group.known:
            found.setdefault(group.known, columns)
        own = [m for m in mappings if m.stream == group.name]
        # Records of one table may become several: what the first makes of a column counts.
        for field in [f for m in own for f in m.fields]:
            names = field.source if isinstance(field.source, tuple) else (field.source,)
            for name in filter(None, names):
                columns.setdefault(name, field.target)
        table = group.tables[0]
        columns[None] = {
            "filled": {n for row in table.sample for n in row if row[n]},
            "model": own[0].model if own else None,
            "rows": [list(table.layout.columns)]
            + [
                [row.get(n) or "" for n in table.layout.columns] for row in table.sample
            ],
        }
    source.close()
    return found


class OdooImport:
    """What ``base_import`` suggests, asked through its own preview."""

    def __init__(self):
        import bench_work
        from databases import clone

        clone(DATABASE)
        self.env = bench_work.open_environment(DATABASE)

    def suggest(self, table):
        """Return column → field for a table that ``proposals`` describes."""
        import csv
        import io

        if table["model"] not in self.env:
            return {}
        text = io.StringIO()
        csv.writer(text).writerows(table["rows"])
        wizard = self.env["base_import.import"].create(
            {
                "res_model": table["model"],
                "file": text.getvalue().encode(),
                "file_name": "export.csv",
                "file_type": "text/csv",
            }
        )
        found = wizard.parse_preview(dict(OPTIONS))
        headers = found.get("headers") or []
        return {
            headers[int(place)]: path[0]
            for place, path in (found.get("matches") or {}).items()
        }

    def close(self):
        from databases import drop

        self.env.cr.rollback()
        self.env.cr.close()
        drop(DATABASE)


class Score:
    """Right, wanted and wrong of one set."""

    def __init__(self, name, show, has_odoo):
        self.name, self.show, self.has_odoo = name, show, has_odoo
        self.right = self.wanted = self.wrong = self.odoo = 0

    def count(self, stream, column, target, targets, suggested):
        """Count one column that has values; ``target`` is ours, ``suggested`` Odoo's."""
        if targets == ["-"]:
            self.wrong += target is not None
            if target and self.show:
                print(f"  ! {self.name} {stream} {column}: {target}, has no home")
            return
        allowed = {ALIASES.get(t, t) for t in targets}
        self.wanted += 1
        good = target in allowed or (target is None and "-" in targets)
        self.right += good
        self.odoo += suggested in {SPECIAL.get(t, t) for t in allowed} or (
            suggested is None and "-" in targets
        )
        if not good and self.show:
            print(f"  - {self.name} {stream} {column}: {target}, not {targets}")

    def __str__(self):
        share, other = (
            100 * part / self.wanted if self.wanted else 0
            for part in (self.right, self.odoo)
        )
        beside = f"   Odoo's import {other:5.1f} %" if self.has_odoo else ""
        return (
            f"{self.name:12} {self.right:4} of {self.wanted:4}  {share:5.1f} %{beside}"
            f"   without a home, mapped: {self.wrong}"
        )


def measure(folder, expected, name, odoo, show):
    found = proposals(folder / name)
    score = Score(name, show, odoo is not None)
    for stream, columns in expected.items():
        got = found.get(stream, {None: {"filled": set(), "model": None, "rows": []}})
        suggested = odoo.suggest(got[None]) if odoo else {}
        for column, targets in columns.items():
            if targets == ["-"] or column in got[None]["filled"]:
                score.count(
                    stream, column, got.get(column), targets, suggested.get(column)
                )
    return score


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--odoo", action="store_true")
    options = parser.parse_args()
    expected = json.loads((options.folder / "expected.json").read_text())
    odoo = OdooImport() if options.odoo else None
    scores = [
        measure(options.folder, objects, name, odoo, options.misses)
        for name, objects in expected.items()
    ]
    if odoo:
        odoo.close()
    print("\n".join(map(str, scores)))


if __name__ == "__main__":
    main()
