"""Phases besides the load that several do: what comes of it is what comes of one."""

from collections import Counter

from odoo.tests import tagged

from ...models.coverage import by_sql, tally
from ...models.phases import cover, shared
from .test_slices import COMPANIES, CONTACTS, SlicesCase

AWKWARD = [
    {"id": 1, "title": "Deal 1", "amount": "1.250,00", "company_id": 3},
    {"id": 2, "title": "", "amount": "a lot", "company_id": 99},
    {"id": 3, "title": " Deal 3 ", "amount": None, "company_id": None},
    {"id": 4, "title": "Deal 4", "amount": "NULL", "company_id": "x"},
    {"id": 5, "title": None, "amount": -3, "company_id": [1, 2]},
]


class SharedPhasesCase(SlicesCase):
    def setUp(self):
        super().setUp()
        deals = [
            {**deal, "id": 5 * n + deal["id"]} for n in range(6) for deal in AWKWARD
        ]
        self.use_source(companies=COMPANIES, contacts=CONTACTS, deals=deals)

    def share(self, phase, size=4):
        for name in ("_share_size", "_slice_most"):
            self.patch(self.registry[f"crm.migration.phase.{phase}"], name, size)

    def get_rows(self, table, names, **where):
        self.env.flush_all()
        condition = " AND ".join(f"{name} = %s" for name in where)
        self.env.cr.execute(
            f"SELECT {names} FROM {table} WHERE job_id = %s AND {condition or 'true'}",
            [self.job.id, *where.values()],
        )
        return sorted(self.env.cr.fetchall(), key=str)


@tagged("post_install", "-at_install")
class TestSharedTransform(SharedPhasesCase):
    def transform(self, workers):
        self.job.workers = workers
        run = self.finish(self.job._start_run("transform"))
        self.assertEqual(run.state, "done", run.blocked_reason)
        staged = self.get_rows(
            "crm_migration_record",
            "id, values, state, problem, message, is_transformed",
        )
        told = self.get_rows(
            "crm_migration_message",
            "phase, record_id, severity, field, code, value, text",
            run_id=run.id,
        )
        hashes = self.job.stream_ids.mapped("plan_hash")
        return run, (staged, told, hashes, run.done, run.total)

    def forget(self):
        """Let everything be turned into values anew."""
        self.job.stream_ids.plan_hash = False
        self.env.cr.execute(
            "UPDATE crm_migration_record SET state = 'extracted', values = NULL,"
            " problem = NULL, message = NULL, is_transformed = false WHERE job_id = %s",
            [self.job.id],
        )
        self.env.invalidate_all()

    def test_values_and_problems_are_those_of_one(self):
        self.run_kinds("discover", "extract")
        self.forget()
        _run, alone = self.transform(1)
        self.forget()
        self.share("transform")
        run, found = self.transform(2)
        self.assertEqual(found, alone)
        pieces = self.slices.search([("run_id", "=", run.id)])
        self.assertEqual(sum(pieces.mapped("done_count")), 72)
        self.assertGreater(len(pieces), 5)
        self.assertEqual(set(pieces.mapped("is_counted")), {True})

    def test_what_did_not_change_is_not_given_out(self):
        self.use_source(companies=COMPANIES, contacts=CONTACTS)
        self.run_kinds("discover", "extract")
        self.share("transform")
        run, _found = self.transform(2)
        self.assertFalse(self.slices.search([("run_id", "=", run.id)]))

    def test_a_mapping_that_changes_meanwhile_is_noticed(self):
        self.run_kinds("discover", "extract")
        self.forget()
        self.share("transform")
        self.job.workers = 2
        run = self.job._start_run("transform")
        self.assertTrue(self.lead(run))
        self.slices._work_next(run)
        stream = self.job.stream_ids.filtered(lambda s: s.name == "contacts")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.mapping_id.stream == "contacts" and line.target == "name"
        )
        line.steps = [["constant", "Somebody"]]
        self.assertEqual(self.finish(run).state, "done")
        self.assertFalse(stream.plan_hash.isalnum(), "must be looked at again")
        self.transform(1)
        found = self.get_rows(
            "crm_migration_record", "values -> '' ->> 'name'", stream="contacts"
        )
        names = {name for (name,) in found}
        self.assertEqual(names, {"Somebody"})


@tagged("post_install", "-at_install")
class TestSharedVerify(SharedPhasesCase):
    def verify(self, workers):
        self.job.workers = workers
        run = self.finish(self.job._start_run("verify"))
        self.assertEqual(run.state, "done", run.blocked_reason)
        found = [
            self.get_rows(table, names, run_id=run.id)
            for table, names in (
                ("crm_migration_difference", "record_id, res_id, field, kind, found"),
                ("crm_migration_coverage", "stream_id, field, kind, reason, count"),
                ("crm_migration_unaccounted", "record_id, field, path, value"),
                (
                    "crm_migration_reconciliation",
                    "stream_id, staged_count, compared_count, difference_count,"
                    " in_fields_count, in_notes_count, left_out_count,"
                    " unaccounted_count",
                ),
            )
        ]
        return run, [*found, run.compared_count, run.compared_of]

    def load_and_change(self):
        """Load, and let values be others than they should be, here and there."""
        self.run_kinds("discover", "extract", "load")
        loaded = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        people = self.env["res.partner"].browse(
            loaded.filtered(lambda row: row.stream == "contacts").mapped("res_id")
        )
        self.env.cr.execute(
            "UPDATE res_partner SET name = 'Somebody', parent_id = NULL WHERE id = ANY(%s)",
            [people[3:9].ids],
        )
        self.env.cr.execute("UPDATE crm_lead SET expected_revenue = 7 WHERE id % 2 = 0")
        people[11:13].unlink()
        self.env.invalidate_all()

    def test_what_is_found_is_what_one_finds(self):
        self.load_and_change()
        _run, alone = self.verify(1)
        self.assertGreater(len(alone[0]), 10)
        for phase in ("verify", "cover"):
            self.share(phase, 3)
        run, found = self.verify(2)
        self.assertEqual(found, alone)
        pieces = self.slices.search([("run_id", "=", run.id)])
        self.assertGreater(len(pieces), 15)
        self.assertEqual(len(set(pieces.mapped("place"))), 3)

    def test_long_objects_are_given_out_level_by_level(self):
        self.load_and_change()
        _run, alone = self.verify(1)
        self.patch(shared, "LEVEL", 7)
        for phase in ("verify", "cover"):
            self.share(phase, 3)
        _run, found = self.verify(2)
        self.assertEqual(found, alone)

    def test_a_slice_has_several_stretches(self):
        for name in ("FEW_AT_ONCE", "MANY_AT_ONCE"):
            self.patch(by_sql, name, 1)
        self.load_and_change()
        _run, alone = self.verify(1)
        self.share("cover", 4)
        _run, found = self.verify(2)
        self.assertEqual(found, alone)

    def test_of_many_unaccounted_values_as_many_are_listed(self):
        for module in (tally, cover):
            self.patch(module, "LISTED", 4)
        self.load_and_change()
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload = payload ||"
            " jsonb_build_object('colour', 'red ' || source_id) WHERE job_id = %s",
            [self.job.id],
        )
        _run, alone = self.verify(1)
        listed = [row for row in alone[2] if row[1] == "colour"]
        self.assertEqual(len(listed), 12)
        self.share("cover", 3)
        _run, found = self.verify(2)
        of_each = [
            Counter(field for _record, field, _path, _value in unaccounted)
            for unaccounted in (alone.pop(2), found.pop(2))
        ]
        self.assertEqual(of_each[0], of_each[1])
        self.assertEqual(found, alone)

    def test_of_some_slices_nothing_is_compared(self):
        """Records that were left out, more in a row than one process does at once."""
        self.run_kinds("discover", "extract")
        deals = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "deals")]
        )
        deals[:20].write({"state": "skipped"})
        self.run_kinds("load")
        _run, alone = self.verify(1)
        for phase in ("verify", "cover"):
            self.share(phase, 3)
        _run, found = self.verify(2)
        self.assertEqual(found, alone)
