"""Count how many columns of given exports are proposed as a consultant would map them.

    .env/venv/bin/python dev/exports.py FOLDER [--misses] [--odoo] [--review]

A folder holds one folder of files per set, and ``expected.json``: set → object (or name
of the stream) → column → the targets that are right, ``-`` for what has no home in Odoo.
Besides the share that is right at once stands how many are wrong although they are said
to be surer than 80 %. With ``--review`` a migration proposes them in a database, and how
often the right one is among the three that the review shows is printed, too.

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
MOSTLY = 0.8
DATABASE = "crm_migration_exports"
SURE = 80
NOTES = ("@note", "body", "comment", "description")
"""What has no home in Odoo is right there, and in a field of its own."""
OPTIONS = {"has_headers": True, "quoting": '"', "encoding": "utf-8", "separator": ","}


def proposals(folder):
    """Return stream or object → column → target that the first line proposes.

    ``None`` stands among the columns for what the rest needs: ``filled``, the columns with
    values, ``model``, what the rows become first of all, and how ``sure`` that is.
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
        sure = {}
        for field in [f for m in own for f in m.fields]:
            names = field.source if isinstance(field.source, tuple) else (field.source,)
            for name in filter(None, names):
                columns.setdefault(name, field.target)
                sure.setdefault(name, field.confidence)
        table = group.tables[0]
        columns[None] = {
            "sure": sure,
            "stream": group.name,
            "filled": {n for row in table.sample for n in row if row[n]},
            "model": own[0].model if own else None,
            "rows": [list(table.layout.columns)]
            + [
                [row.get(n) or "" for n in table.layout.columns] for row in table.sample
            ],
        }
    source.close()
    return found


class Review:
    """What a migration of the files proposes and shows, in a database of its own."""

    def __init__(self):
        import bench_work
        from databases import clone, odoo

        clone(DATABASE)
        odoo("-d", DATABASE, "-i", "crm_migration", "--stop-after-init", "--no-http")
        self.env = bench_work.open_environment(DATABASE)

    def propose(self, folder):
        """Return stream → column → [(target, confidence)], the likeliest first."""
        files = self.env["ir.attachment"].create(
            [
                {"name": path.name, "raw": path.read_bytes()}
                for path in sorted(folder.iterdir())
            ]
        )
        plan = {"plan": 1, "name": folder.name, "source": "spreadsheet"}
        job = self.env["crm.migration.job"]._import_plan(plan, None, files)
        run = job._start_run("discover")
        while run.state == "running":
            run._advance_safely()
        found = {}
        for line in job.mapping_ids.line_ids:
            columns = found.setdefault(line.mapping_id.stream, {})
            for path in line._get_paths():
                # Records of one table may become several: the first counts.
                columns.setdefault(path, []).extend(
                    (each["target"], each["score"])
                    for each in line.suggestions or self._as_present(line)
                )
        return {
            stream: {
                path: list(dict(found).items())[:3] for path, found in columns.items()
            }
            for stream, columns in found.items()
        }

    def _as_present(self, line):
        return (
            [{"target": line.target, "score": line.confidence}] if line.target else []
        )

    def close(self):
        from databases import drop

        self.env.cr.rollback()
        self.env.cr.close()
        drop(DATABASE)


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
        self.sure = self.first = self.among = 0
        self.has_review = False

    def count_shown(self, stream, column, shown, targets):
        """Count what is shown for a column: [(target, confidence)], the likeliest first."""
        good = [_is_right(target, targets) for target, _sure in shown]
        if targets != ["-"]:
            self.first += bool(good[:1] and good[0]) or (not shown and "-" in targets)
            self.among += any(good) or "-" in targets
        for (target, sure), right in zip(shown[:1], good, strict=False):
            if sure > SURE and not right:
                self.sure += 1
                if self.show:
                    print(f"  ? {self.name} {stream} {column}: {target}, {sure} % sure")

    def miss(self, stream, columns):
        """Count what has a home in an object that no table was taken for."""
        homes = [targets for targets in columns.values() if "-" not in targets]
        self.wanted += len(homes)
        if self.show:
            print(f"  - {self.name} {stream}: no table was taken for it")

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
        shown = f"   wrong above {SURE} %: {self.sure}"
        if self.has_review and self.wanted:
            first, among = (100 * n / self.wanted for n in (self.first, self.among))
            shown = f"   shown first {first:5.1f} %, among three {among:5.1f} %{shown}"
        return (
            f"{self.name:12} {self.right:4} of {self.wanted:4}  {share:5.1f} %{beside}"
            f"   without a home, mapped: {self.wrong}{shown}"
        )


def _is_right(target, targets):
    if "-" in targets and (target in NOTES or target.startswith("@custom.")):
        return True
    return target in {ALIASES.get(each, each) for each in targets}


def _with_columns(found, columns):
    """Return the table that has most of some columns, whatever it was taken for."""
    best = max(found.values(), key=lambda one: _share_of(one, columns), default=None)
    return best if best and _share_of(best, columns) >= MOSTLY else None


def _share_of(one, columns):
    return len(columns.keys() & set(one[None]["rows"][0])) / len(columns)


def measure(folder, expected, name, odoo, show, review=None):
    found = proposals(folder / name)
    score = Score(name, show, odoo is not None)
    reviewed = review.propose(folder / name) if review else {}
    score.has_review = bool(review)
    for stream, columns in expected.items():
        got = found.get(stream) or _with_columns(found, columns)
        if not got:
            score.miss(stream, columns)
            continue
        suggested = odoo.suggest(got[None]) if odoo else {}
        stream_name = got[None].get("stream", stream)
        for column, targets in columns.items():
            if column in got[None]["filled"]:
                shown = reviewed.get(stream_name, {}).get(column, [])
                if not review and column in got:
                    shown = [(got[column], got[None]["sure"][column])]
                score.count_shown(stream, column, shown, targets)
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
    parser.add_argument("--review", action="store_true")
    options = parser.parse_args()
    expected = json.loads((options.folder / "expected.json").read_text())
    odoo = OdooImport() if options.odoo else None
    review = Review() if options.review else None
    scores = [
        measure(options.folder, objects, name, odoo, options.misses, review)
        for name, objects in expected.items()
    ]
    for database in (odoo, review):
        if database:
            database.close()
    print("\n".join(map(str, scores)))


if __name__ == "__main__":
    main()
