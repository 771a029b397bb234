"""Read and load changes on a schedule, for the last time, and no more after that."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..test_loading.test_conflicts import ConflictCase


@tagged("post_install", "-at_install")
class TestCutover(ConflictCase):
    def go_on(self):
        """Work through the run at hand and what follows it."""
        for _number in range(5):
            run = self.job.run_id
            self.work(run)
            self.assertEqual(run.state, "done", run.blocked_reason)
            if self.job.run_id == run:
                return run
        raise AssertionError("One run follows the other for ever.")

    def test_a_last_delta_then_odoo_leads(self):
        self.dispute()
        self.change("companies", 2, city="Braga")
        self.job.delta_interval = "daily"
        self.job.action_cut_over()
        self.assertEqual(self.go_on().kind, "load")
        self.env.invalidate_all()
        self.assertEqual(self.firm.city, "Faro")
        self.assertEqual(self.migrated("companies", "2").city, "Braga")
        self.assertTrue(self.job.frozen_at)
        self.assertEqual(self.job.frozen_by_id, self.env.user)
        self.assertEqual(self.job.delta_interval, "none")
        self.assertIn("Odoo leads since", self.job.message_ids[0].body)
        for refused in (
            self.job.action_read_again,
            self.job.action_load,
            self.job.action_cut_over,
            self.get_conflict().action_take_source,
        ):
            with self.assertRaisesRegex(UserError, "Odoo leads since"):
                refused()
        status, told = self.call_read_again()
        self.assertEqual(status, 2)
        self.assertIn("Odoo leads since", told)
        self.run_kinds("verify")
        reviewer = new_test_user(
            self.env,
            "rev3",
            "base.group_user,crm_migration.crm_migration_group_reviewer",
        )
        with self.assertRaises(AccessError):
            self.job.with_user(reviewer).action_reopen_cutover()
        self.job.action_reopen_cutover()
        self.assertFalse(self.job.frozen_at)
        self.get_conflict().action_take_source()
        self.run_kinds("load")
        self.env.invalidate_all()
        self.assertEqual(self.firm.city, "Lagos")

    def test_what_cannot_be_loaded_yet_stays_open(self):
        self.job.owner_policy = "wait"
        self.change("deals", 1, owner="77")
        self.job.action_cut_over()
        run = self.go_on()
        self.assertEqual(run.kind, "extract")
        self.assertFalse(self.job.frozen_at)
        self.assertIn("cut over again", self.job.message_ids[0].body)

    def test_a_schedule_reads_and_loads_until_the_cutover(self):
        self.change("companies", 1, city="Braga")
        self.job.write({"delta_interval": "hourly", "delta_mode": "read"})
        before = self.job.run_id
        self.job._cron_delta()
        self.assertGreater(self.job.delta_next_at, fields.Datetime.now())
        self.go_on()
        self.assertEqual(self.job.run_id.kind, "extract")
        self.assertNotEqual(self.job.run_id, before)
        self.assertEqual(self.migrated("companies", "1").city, "Porto")
        last = self.job.run_id
        self.job._cron_delta()
        self.assertEqual(self.job.run_id, last)
        self.job.write({"delta_mode": "load", "delta_next_at": "2020-01-01 06:30:00"})
        self.job._cron_delta()
        self.go_on()
        self.env.invalidate_all()
        self.assertEqual(self.migrated("companies", "1").city, "Braga")
        self.assertEqual(self.job.delta_next_at.minute, 30)
        self.job._freeze(self.env.user)
        with self.assertRaises(UserError):
            self.job.delta_interval = "daily"

    def test_files_have_no_schedule(self):
        files = self.env["crm.migration.job"].create(
            {"name": "Files", "source": "spreadsheet"}
        )
        with self.assertRaises(ValidationError):
            files.delta_interval = "daily"

    def test_vanished_ones_are_asked_about(self):
        self.job.vanished_policy = "ask"
        firms = [self.migrated("companies", n) for n in ("2", "3")]
        self.change("companies", 2)
        self.change("companies", 3)
        self.read_changes()
        self.load()
        self.job.invalidate_recordset()
        self.assertTrue(all(firm.active for firm in firms))
        self.assertEqual(self.job.vanished_open_count, 2)
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("vanished_at", "!=", False)]
        )
        self.assertEqual(set(records.mapped("vanished_fate")), {"ask"})
        records.filtered(lambda r: r.source_id == "2").action_archive_vanished()
        records.filtered(lambda r: r.source_id == "3").action_keep_vanished()
        self.job.invalidate_recordset()
        self.assertFalse(self.job.vanished_open_count)
        self.load()
        self.assertEqual([firm.active for firm in firms], [False, True])

    def test_the_dialog_shows_the_counts_and_loads(self):
        self.dispute()
        self.read_changes()
        action = self.job.action_ask_load_changes()
        dialog = self.env[action["res_model"]].create({"job_id": self.job.id})
        self.assertEqual((dialog.new_count, dialog.changed_count), (0, 1))
        self.assertEqual(dialog.conflict_open_count, 1)
        dialog.action_load()
        self.assertEqual(self.job.run_id.kind, "load")

    def test_the_command_line_prints_the_changes_before_it_loads(self):
        self.dispute()
        self.change("companies", 3)
        status, told = self.call_replay("delta", read_only=True)
        self.assertEqual(status, 0)
        [table] = told
        header, *lines = table.splitlines()
        self.assertEqual(
            header.split(), ["new", "changed", "conflict", "vanished", "unchanged"]
        )
        [line] = [line for line in lines if line.startswith("Companies")]
        self.assertEqual(line.split()[1:], ["0", "1", "1", "1", "1"])
        self.assertEqual(self.job.run_id.kind, "extract")
        status, told = self.call_replay("delta", cut_over=True, vanished="ask")
        self.assertEqual(status, 3, told)
        self.assertIn("Odoo leads since", "\n".join(told))
        self.assertTrue(self.job.frozen_at)
