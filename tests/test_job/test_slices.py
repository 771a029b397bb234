"""A load that several do: who does what, what a kill leaves, and that the end is the same."""

import psycopg2
from psycopg2 import errors

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.job.crm_migration_run_engine import CrmMigrationRunEngine
from ...models.job.crm_migration_slice_work import MAX_DEATHS
from ...models.phases.slices import divide, get_size
from ..common import CrmMigrationCase

COMPANIES = [{"id": i, "name": f"Company {i}"} for i in range(1, 13)]
CONTACTS = [
    {"id": i, "name": f"Person {i}", "company_id": i % 12 + 1} for i in range(1, 31)
]
DEALS = [
    {"id": i, "title": f"Deal {i}", "amount": i, "company_id": i % 12 + 1}
    for i in range(1, 21)
]


class SlicesCase(CrmMigrationCase):
    """Works without commits; what would be committed is flushed."""

    def setUp(self):
        super().setUp()
        self.slices = self.env["crm.migration.slice"]
        self.patch(CrmMigrationRunEngine, "_commit_batch", self.keep)
        self.taken_back = []
        self.patch(CrmMigrationRunEngine, "_take_back", self.take_back)
        for name in ("res.partner", "crm.lead"):
            self.patch(self.registry[f"crm.migration.target.{name}"], "_chunk", 5)
        self.use_source(companies=COMPANIES, contacts=CONTACTS, deals=DEALS)

    def keep(self, run=None, done=0, remaining=None):
        self.env.invalidate_all()

    def take_back(self):
        raise AssertionError("Nothing is to be taken back.")

    def start_load(self, workers=2):
        self.job.workers = workers
        self.run_kinds("discover", "extract")
        return self.job._start_run("load")

    def lead(self, run):
        """Do what the leading process does between slices; return how many are open."""
        for _number in range(200):
            if run.state != "running" or self.slices._count_open(run)[0]:
                break
            self.job._advance_one(run)
        return self.slices._count_open(run)[0]

    def finish(self, run):
        while self.lead(run):
            while self.slices._work_next(run):
                pass
        return run

    def get_picture(self):
        found = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        picture = []
        for row in found:
            record = self.env[row.res_model].browse(row.res_id)
            parent = record.parent_id.name if row.res_model == "res.partner" else None
            partner = record.partner_id.name if row.res_model == "crm.lead" else None
            picture.append((row.stream, row.source_id, record.name, parent, partner))
        return sorted(picture, key=str)


@tagged("post_install", "-at_install")
class TestSlices(SlicesCase):
    def test_rows_with_a_key_in_common_stay_together(self):
        rows = [(i, [f"company {i % 3}"]) for i in range(30)]
        pieces = divide(rows, 10)
        self.assertEqual(sorted(sum(pieces, [])), list(range(30)))
        for piece in pieces:
            self.assertEqual(len({i % 3 for i in piece}), 1)
        self.assertEqual(get_size(100_000, 2, 500), 2000)

    def test_one_worker_needs_no_slices(self):
        run = self.start_load(workers=1)
        self.assertFalse(self.lead(run))
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertFalse(self.slices.search([("run_id", "=", run.id)]))

    def test_the_end_and_the_sums_are_those_of_one(self):
        one = self.start_load(workers=1)
        self.lead(one)
        picture = self.get_picture()
        sums = (one.created_count, one.failed_count)
        self.run_kinds("rollback")
        self.job.workers = 2
        run = self.finish(self.job._start_run("load"))
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(self.get_picture(), picture)
        self.assertEqual((run.created_count, run.failed_count), sums)
        shared = self.slices.search([("run_id", "=", run.id)])
        self.assertEqual(len(shared.mapping_id), 3)
        self.assertEqual(set(shared.mapped("state")), {"done"})
        self.assertEqual(sum(shared.mapped("done_count")), 62)

    def test_people_of_one_company_share_a_slice(self):
        run = self.start_load()
        while self.lead(run):
            mapping = self.slices.search([("state", "=", "todo")]).mapping_id
            if mapping.stream == "contacts":
                break
            while self.slices._work_next(run):
                pass
        homes = {}
        for piece in self.slices.search([("state", "=", "todo")]):
            for record in self.env["crm.migration.record"].browse(piece.record_ids):
                homes.setdefault(record.payload["company_id"], set()).add(piece)
        self.assertEqual(len(homes), 12)
        self.assertEqual({len(found) for found in homes.values()}, {1})

    def test_the_form_counts_what_the_others_have_done(self):
        run = self.start_load()
        self.assertGreater(self.lead(run), 1)
        self.assertTrue(self.slices._work_next(run))
        self.env.invalidate_all()
        self.assertFalse(run.done)
        self.assertGreater(run.progress, 0)
        self.assertIn("1 worker", self.job.amount_text)
        self.assertTrue(
            self.job.amount_text.startswith(f"{self.slices._get_done(run)[run.id]} of")
        )

    def test_a_paused_run_gives_nothing_out(self):
        run = self.start_load()
        self.assertTrue(self.lead(run))
        self.job.action_pause()
        self.env.flush_all()
        self.assertFalse(self.slices._work_next(run))
        self.job.action_resume()
        self.env.flush_all()
        self.assertTrue(self.slices._work_next(run))
        self.assertEqual(self.finish(run).state, "done")

    def test_slices_of_a_pass_that_was_cancelled_are_forgotten(self):
        run = self.start_load()
        self.assertTrue(self.lead(run))
        self.job.action_cancel()
        following = self.finish(self.job._start_run("load"))
        self.assertEqual(following.state, "done", following.blocked_reason)
        left = self.slices.search([("run_id", "=", run.id), ("state", "!=", "done")])
        self.assertFalse(left)
        self.assertEqual(following.created_count, 62)

    def test_a_rehearsal_is_done_by_one(self):
        self.job.workers = 2
        self.run_kinds("discover", "extract")
        with self.enter_registry_test_mode():
            run = self.run_kinds("dry_run")
        self.assertEqual(run.created_count, 62)
        self.assertFalse(self.slices.search([]))

    def test_each_object_waits_for_its_signature_all_the_same(self):
        self.job.sign_off = "manual"
        run = self.start_load()
        self.finish(run)
        self.assertEqual(run.state, "blocked")
        self.assertIn("sign", run.blocked_reason)
        self.assertEqual(run.created_count, 12)

    def test_no_more_workers_than_there_are_actions(self):
        for number in (0, 9):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.job.workers = number
                self.env.flush_all()


@tagged("post_install", "-at_install")
class TestSlicesDisturbed(SlicesCase):
    """What a slice meets that does not come to its end."""

    def take_back(self):
        self.env.cr.execute("ROLLBACK TO SAVEPOINT kept")
        self.env.transaction.clear()
        self.taken_back.append(True)
        return self.env["crm.migration.run"].browse(self.job.run_id.id)

    def keep(self, run=None, done=0, remaining=None):
        super().keep()
        self.env.cr.execute("SAVEPOINT kept")

    def break_loads(self, kind, times):
        """Let the next loads of a batch end in an error."""
        target = type(self.env["crm.migration.target"])
        load = target._load

        def broken(target, *arguments):
            if len(self.taken_back) < times:
                raise kind("Customer Corp")
            return load(target, *arguments)

        self.patch(target, "_load", broken)

    def test_a_conflict_comes_again(self):
        run = self.start_load()
        self.lead(run)
        self.break_loads(errors.SerializationFailure, 1)
        self.keep()
        self.finish(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(len(self.taken_back), 1)
        self.assertEqual(max(self.slices.search([]).mapped("tries")), 2)
        self.assertEqual(run.created_count, 62)

    @mute_logger("odoo.addons.crm_migration")
    def test_what_stops_a_slice_is_said_by_whoever_does_it_alone(self):
        run = self.start_load()
        self.lead(run)
        self.break_loads(TypeError, 100)
        self.keep()
        self.finish(run)
        self.assertEqual(run.state, "blocked")
        self.assertIn("TypeError", run.blocked_reason)
        codes = set(self.slices.search([]).mapped("code"))
        self.assertEqual(codes, {"TypeError"})
        self.taken_back = [True] * 100
        self.job.action_resume()
        self.finish(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(run.created_count, 62)

    def test_three_conflicts_and_it_is_done_alone(self):
        run = self.start_load()
        self.lead(run)
        self.break_loads(errors.DeadlockDetected, 12)
        self.keep()
        self.finish(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(run.created_count, 62)

    def test_what_kills_whoever_begins_it_is_left_to_one_alone(self):
        run = self.start_load()
        self.lead(run)
        self.env.cr.execute("UPDATE crm_migration_slice SET tries = %s", [MAX_DEATHS])
        self.env.invalidate_all()
        self.assertTrue(self.slices._work_next(run))
        to_do, alone = self.slices._count_open(run)
        self.assertEqual(alone, 1)
        self.assertFalse(run.created_count)
        self.finish(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(run.created_count, 62)
        self.assertTrue(to_do)

    def test_a_lost_connection_is_not_swallowed(self):
        run = self.start_load()
        self.lead(run)
        self.break_loads(psycopg2.InterfaceError, 1)
        self.keep()
        with self.assertRaises(psycopg2.InterfaceError):
            self.slices._work_next(run)
