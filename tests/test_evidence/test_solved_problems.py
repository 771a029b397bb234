"""Problems that the next pass does not meet any more are resolved by themselves, and stay."""

from odoo.tests import tagged

from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestSolvedProblems(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": 1, "name": "", "email": ""},
                {"id": 2, "name": "Beta", "email": "not one", "owner": "zoe@x.example"},
                {"id": 3, "name": "Gamma", "email": "bad", "created_at": "9999-99-99"},
            ],
            contacts=[],
            deals=[],
        )
        self.run_kinds("discover", "extract")

    def get(self, source_id, state=None):
        self.env.invalidate_all()
        domain = [("job_id", "=", self.job.id), ("source_id", "=", source_id)]
        domain += [("severity", "!=", "info")]
        domain += [("state", "=", state)] if state else []
        return self.env["crm.migration.message"].search(domain)

    def get_record(self, source_id):
        return self.staged("companies").filtered(lambda r: r.source_id == source_id)

    def test_what_was_corrected_and_loaded_is_resolved_and_stays_in_history(self):
        self.run_kinds("load")
        self.assertEqual(self.get_record("1").state, "failed")
        self.assertTrue(self.get("1", "open"))
        before = self.job.problem_count
        self.get_record("1")._edit("", "name", "Alpha")
        run = self.run_kinds("load")
        self.assertEqual(self.get_record("1").state, "loaded")
        self.assertFalse(self.get("1", "open"))
        self.assertTrue(self.get("1", "closed"))
        self.job.invalidate_recordset(["problem_count"])
        self.assertLess(self.job.problem_count, before)
        # What nobody has mended is told once, however often it is loaded.
        for number in range(2):
            with self.subTest(number):
                codes = self.get("3", "open").mapped("code")
                self.assertEqual(len(codes), len(set(codes)), codes)
                self.assertIn("bad_email", codes)
                run = self.run_kinds("load")
        self.assertFalse(self.get("3").solved_run_id)
        self.assertEqual(run.state, "done")

    def test_what_another_mapping_solves_is_resolved_by_that_pass(self):
        self.run_kinds("load")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda line: (
                line.source == "email" and line.mapping_id.stream == "companies"
            )
        )
        open_before = self.get("2", "open").filtered(lambda m: m.code == "bad_email")
        self.assertTrue(open_before)
        line.write({"state": "ignored", "ignore_reason": "Nobody needs it"})
        run = self.run_kinds("load")
        closed = self.get("2", "closed").filtered(lambda m: m.code == "bad_email")
        self.assertTrue(closed)
        self.assertEqual(closed.solved_run_id, run)
        self.assertFalse(
            self.get("2", "open").filtered(lambda m: m.code == "bad_email")
        )
        # Reopened by hand it is looked at anew by the next pass.
        closed.action_reopen()
        self.assertFalse(closed.solved_run_id)

    def test_of_a_record_that_no_load_has_touched_the_warnings_stay_open(self):
        run = self.run_kinds("load")
        self.env["crm.migration.message"].create(
            {
                "job_id": self.job.id,
                "run_id": run.id,
                "phase": "load",
                "record_id": self.get_record("2").id,
                "stream": "companies",
                "source_id": "2",
                "code": "value_left_out",
                "field": "city",
                "text": "A value was left out.",
            }
        )
        self.run_kinds("load")
        self.assertIn("value_left_out", self.get("2", "open").mapped("code"))
        self.get_record("2")._edit("", "name", "Beta Two")
        self.run_kinds("load")
        self.assertNotIn("value_left_out", self.get("2", "open").mapped("code"))
        self.assertIn("value_left_out", self.get("2", "closed").mapped("code"))

    def test_an_error_that_comes_again_is_open_once(self):
        self.run_kinds("load")
        self.run_kinds("load")
        self.assertEqual(self.get_record("1").state, "failed")
        self.assertEqual(self.get("1", "open").mapped("code"), ["required"])
