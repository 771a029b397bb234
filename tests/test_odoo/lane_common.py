"""The same work twice in one transaction, and every row that either of them left."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ...models.odoo.lane import LANE, Lane
from ...models.odoo.silence import QUIET_CONTEXT

BY_CHANCE = {
    "calendar_attendee": {"access_token"},
    "project_task": {"access_token"},
}
"""Columns that differ between any two records that are made."""

MODELS = (
    *("res.partner", "crm.lead", "mail.activity"),
    *("calendar.event", "calendar.attendee", "project.task"),
)


class LaneCase(TransactionCase):
    """Do something once as Odoo does it and once on the lane, with the same ids."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quiet = cls.env(
            context={**QUIET_CONTEXT, "allowed_company_ids": cls.env.company.ids}
        )

    def create_all(self, model, vals_list, lane=None):
        records = self.quiet[model]
        if lane:
            records = records.with_context(**{LANE: lane})
        return records.create([dict(vals) for vals in vals_list])

    def make_lane(self):
        return Lane(MODELS)

    def assert_same_both_ways(self, model, vals_list, taken=True):
        """Fail where the two leave different rows, anywhere in the database."""
        lane = Lane(MODELS)
        # Some methods ask the clock, others the transaction.
        with freeze_time("2031-02-03 04:05:06"):
            by_odoo = self.leave(lambda: self.create_all(model, vals_list))
            by_lane = self.leave(lambda: self.create_all(model, vals_list, lane))
        made = taken and not by_lane["error"]
        self.assertEqual(bool(lane.taken[model]), made, dict(lane.refused))
        self.assert_same_rows(by_odoo, by_lane)
        return by_lane

    def assert_same_rows(self, left, right):
        self.assertEqual(left["error"], right["error"])
        self.assertEqual(left["rows"].keys(), right["rows"].keys())
        for table, rows in left["rows"].items():
            self.assertEqual(rows, right["rows"][table], table)
        self.assertEqual(left["hooks"], right["hooks"])

    def leave(self, work):
        """Return the rows, hooks and error of a piece of work, which is taken back."""
        cr, self.maxDiff = self.env.cr, None
        self.quiet.flush_all()
        for name in HOOKS:
            getattr(cr, name).clear()
        numbers = self.get_numbers()
        hooks, before, error, rows = {}, self.count_moves(), None, {}
        with cr.savepoint() as savepoint:
            try:
                work()
                self.quiet.flush_all()
                hooks = {name: len(getattr(cr, name)._funcs) for name in HOOKS}
                moved = self.count_moves()
                tables = [name for name in moved if moved[name] != before.get(name)]
                rows = {name: self.get_rows(name) for name in sorted(tables)}
            except Exception as caught:  # pylint: disable=broad-except
                # Whatever it is, both ways are to say the same.
                error = (type(caught).__name__, str(caught).split("\n")[0])
            savepoint.rollback()
        for name, last in self.get_numbers().items():
            if last != numbers[name]:
                known = numbers[name] is not None
                cr.execute(
                    "SELECT setval(%s, %s, %s)", [name, numbers[name] or 1, known]
                )
        return {"rows": rows, "hooks": hooks, "error": error}

    def get_numbers(self):
        """Return sequence → the last number that it gave; no savepoint takes it back."""
        self.env.cr.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(self.env.cr.fetchall())

    def count_moves(self):
        self.env.cr.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del"
            " FROM pg_stat_xact_user_tables"
        )
        return {name: moves for name, *moves in self.env.cr.fetchall()}

    def get_rows(self, table):
        """Return the rows that this transaction wrote, those by chance left out."""
        self.env.cr.execute(
            SQL(
                "SELECT to_jsonb(row) FROM %s AS row WHERE age(row.xmin) <= 0",
                SQL.identifier(table),
            )
        )
        chance = BY_CHANCE.get(table, ())
        rows = [row for (row,) in self.env.cr.fetchall()]
        return sorted(
            ({k: v for k, v in row.items() if k not in chance} for row in rows),
            key=str,
        )


class AddonCase(LaneCase):
    """With fields and methods of another addon."""

    def setUp(self):
        # Behind the transaction's end: fields that are gone are to be forgotten.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()

    def make_field(self, name, kind, **values):
        return self.env["ir.model.fields"].create(
            {
                "name": name,
                "ttype": kind,
                "field_description": name,
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                **values,
            }
        )

    def override(self, name, method, model="res.partner"):
        """Do what an addon does that inherits the model."""
        model_class = self.env.registry[model]
        origin = getattr(model_class, name)

        def replacement(records, *args, **kwargs):
            return method(origin, records, *args, **kwargs)

        replacement.origin = origin
        replacement._api_model = True
        return patch.object(model_class, name, replacement)


HOOKS = ("precommit", "postcommit")
