"""What was signed and does not hold any more: rolled back, changed under a load, reordered."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .sign_off_case import SignOffCase


@tagged("post_install", "-at_install")
class TestSignOffStale(SignOffCase):
    def test_what_was_signed_and_is_rolled_back_does_not_count(self):
        self.load()
        [entry] = self.job.sign_off_ids.filtered(lambda e: e.kind == "phase")
        self.run_kinds("rollback")
        self.assertEqual(self.look(entry), "withdrawn")
        last = self.job.sign_off_ids.sorted("number")[-1]
        self.assertEqual(last.action, "withdraw")
        self.assertEqual(last.comment, "What was signed was rolled back.")
        self.load()
        last = self.job.sign_off_ids.sorted("number")[-1]
        self.assertEqual((last.action, last.state), ("sign", "valid"))

    def test_what_changes_under_a_load_stops_it_before_it_writes(self):
        self.decide()
        entry = self.sign("values")
        run = self.job.with_user(self.manager)._start_run("load").sudo()
        run._advance()
        self.assertEqual(run.phase, "transform")
        # The process ends here; the scheduler goes on with what was changed meanwhile.
        self.get_value("Haggling").write({"decision": "empty"})
        with mute_logger("odoo.sql_db"):
            self.work(run)
        self.assertEqual(run.state, "blocked")
        self.assertIn("Haggling", run.blocked_reason)
        self.assertFalse(self.job.loaded_count)
        self.get_value("Haggling").write({"decision": "map"})
        self.job.with_user(self.manager).action_resume()
        with mute_logger("odoo.sql_db"):
            self.work(run)
        self.assertEqual((run.state, self.look(entry)), ("done", "valid"))

    def test_the_order_of_new_stages_is_signed_and_travels(self):
        self.decide()
        self.env["crm.migration.value.map"].search([]).flush_recordset()
        row = self.get_value("Measured Élan")
        row.write({"sequence": 7, "is_won": False})
        entry = self.sign("values")
        row.write({"sequence": 3, "is_won": True})
        self.assertEqual(self.look(entry), "changed")
        told = self.refused()
        for words in ("Order: 7 → 3", "Won Stage: No → Yes"):
            self.assertIn(words, told)
        plan = self.job._export_plan()
        self.begin(**{**plan, "name": "Elsewhere"})
        row = self.get_value("Measured Élan")
        self.assertEqual((row.sequence, row.is_won), (3, True))
