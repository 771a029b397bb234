"""Compare what was loaded by both ways, by SQL and by Python alone."""

import json
from datetime import date, datetime, timedelta

from odoo.tools import SQL, mute_logger

from ...models.phases.verify import FREQUENT, IN_PYTHON
from ..loader_common import LoaderCase
from .verify_rows import STREAMS

ROWS = 3 * FREQUENT

NOW = "calendar_last_notif_ack"
"""A column whose default is the moment."""


class VerifyCase(LoaderCase):
    def setUp(self):
        super().setUp()
        for stream, (model, make) in STREAMS.items():
            rows = {str(number): make(number) for number in range(ROWS)}
            mapping = self.mapping(stream, model)
            self.env["crm.migration.mapping.line"].create(
                [
                    {"mapping_id": mapping.id, "source": target, "target": target}
                    for target in rows["0"]
                ]
            )
            self.assertEqual(self.load(stream, model, rows), {"created": ROWS}, stream)
            self.env.cr.execute(
                "UPDATE crm_migration_record SET values = jsonb_set(values,"
                " ARRAY['', '@mapping'], to_jsonb(%s)) WHERE stream_id = %s",
                [mapping.id, mapping.stream_id.id],
            )
        self.env.invalidate_all()

    def find(self, in_python, streams=STREAMS):
        """Return how much was compared, and what is different, by one of the two ways."""
        phase = self.env["crm.migration.phase.verify"]
        phase = phase.with_context(**{IN_PYTHON: in_python})
        known = [("job_id", "=", self.job.id), ("state", "!=", "accepted")]
        self.env["crm.migration.difference"].search(known).unlink()
        self.load_run.write({"done": 0, "compared_count": 0, "compared_of": {}})
        for stream in streams:
            after = 0
            while after is not None:
                mapping = self.mapping(stream, STREAMS[stream][0])
                after = phase._work_place(self.load_run, mapping, after)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT stream, source_id, res_model, res_id, field, kind, expected, found,"
            " state FROM crm_migration_difference WHERE job_id = %s ORDER BY 1, 2, 5, 7, 8",
            [self.job.id],
        )
        differences = [
            # What Odoo would take today is another second the second time.
            (*row[:6], None, *row[7:]) if row[4] == NOW else row
            for row in self.env.cr.fetchall()
        ]
        self.env.invalidate_all()
        run = self.load_run
        return (run.done, run.compared_count, run.compared_of), differences

    def assert_same(self, streams=STREAMS):
        """Compare both ways; return the differences."""
        long, short = self.find(True, streams), self.find(False, streams)
        self.assertEqual(short[1], long[1])
        self.assertEqual(short[0], long[0])
        return long[1]

    def change(self, table, record_id, name, value):
        self.env.flush_all()
        with mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    *(SQL.identifier(table), SQL.identifier(name), value, record_id),
                )
            )
        self.env.invalidate_all()

    def get_columns(self, stream):
        record = self.loaded(stream, "0")
        return [
            field
            for name, field in record._fields.items()
            if field.store and field.column_type and name != "id"
        ]

    def make_others(self, record, field):
        """Return values that do not stand there."""
        now, kind = record[field.name], field.type
        if field.translate:
            return ['{"en_US": "Planted"}']
        if field.company_dependent:
            other = json.dumps({str(self.company.id): "Planted"})
            return [other] if kind == "char" else []
        if kind == "boolean":
            return [not now, None]
        if kind in ("integer", "float", "monetary", "many2one_reference"):
            return [(now or 0) + 7, (now or 0) + 0.004, -1, 0, None]
        if kind == "selection":
            return [key for key in field.get_values(self.env) if key != now][:2] + [
                None
            ]
        if kind == "many2one":
            others = self.env[field.comodel_name].with_context(active_test=False)
            others = others.search([("id", "!=", now.id)], order="id", limit=2)
            return [*others.ids, None]
        if kind == "date":
            return [(now or date(2026, 2, 3)) + timedelta(days=1), None]
        if kind == "datetime":
            now = now or datetime(2026, 2, 3, 4, 5)
            return [
                now + timedelta(seconds=1),
                now + timedelta(microseconds=5),
                now - timedelta(days=40),
                None,
            ]
        if kind in ("char", "text", "html"):
            return ["Planted", f"{now or ''} ", (now or "Z").upper(), "", None]
        return []

    def check_values(self, stream, target, values):
        """Let rows say each of the values instead, and compare both ways."""
        # Three in a row are a shape of their own, and the rest is one.
        for value in values:
            savepoint = self.env.cr.savepoint()
            for number in range(FREQUENT + 1):
                row = self.staged(stream, str(number))
                old = row.values[""]
                row.values = {"": {**old, target: value}}
            with self.subTest(f"{stream} {target} {value}"):
                self.assert_same([stream])
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
