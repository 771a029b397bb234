"""The overview: one line for each object, from the source to what was taken back."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestOverview(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": 1, "name": "Søndergård A/S", "email": "post@s.example"},
                {"id": 2, "name": "Łąka Sp. z o.o."},
                {"id": 3, "name": ""},
            ],
            contacts=[{"id": 7, "name": "Ana", "company_id": 1}],
            deals=[{"id": 4, "title": "Roof", "amount": "12.5", "company_id": 2}],
        )

    def get_lines(self):
        """Return stream → line of the overview."""
        self.env.invalidate_all()
        lines = self.env["crm.migration.overview"].search(
            [("job_id", "=", self.job.id)]
        )
        return {line.stream_id.name: line for line in lines}

    def run_all(self, *kinds):
        for kind in kinds:
            self.assertEqual(self.run_kind(kind).state, "done")

    def show(self, stream, *names):
        line = self.get_lines()[stream]
        return tuple(line[f"{name}_count"] for name in names)

    def test_what_is_only_read_is_still_to_do(self):
        self.run_all("discover", "extract")
        shown = self.show("companies", "source", "staged", "loaded", "pending")
        self.assertEqual(shown, (3, 3, 0, 3))

    def test_a_dry_run_has_loaded_nothing(self):
        self.run_all("discover", "extract")
        self.env["crm.migration.reconciliation"].create(
            {
                "job_id": self.job.id,
                "run_id": self.job.run_id.id,
                "stream_id": self.staged("companies").stream_id.id,
                "is_prediction": True,
                **dict.fromkeys(("source_count", "staged_count", "created_count"), 3),
            }
        )
        self.assertEqual(self.show("companies", "staged", "loaded"), (3, 0))

    def test_every_line_adds_up_after_load_and_verification(self):
        self.run_all("discover", "extract", "load", "verify")
        for name, line in self.get_lines().items():
            with self.subTest(name):
                done = line.loaded_count + line.aside_count + line.failed_count
                self.assertEqual(line.staged_count, done + line.pending_count)
                self.assertGreater(line.compared_count, 0)
        self.assertEqual(
            sum(line.compared_count for line in self.get_lines().values()),
            self.job.run_id.compared_count,
        )
        names = ("loaded", "created", "failed", "difference", "rolled_back")
        self.assertEqual(self.show("companies", *names), (2, 2, 1, 0, 0))

    def test_a_difference_and_an_unaccounted_value_stand_with_their_object(self):
        self.run_all("discover", "extract", "load")
        self.env.cr.execute(
            "UPDATE crm_lead SET name = 'Another' WHERE id = %s",
            [self.migrated("deals", "4").id],
        )
        self.env.invalidate_all()
        self.run_all("verify")
        self.assertEqual(self.show("deals", "difference"), (1,))
        self.assertEqual(self.show("companies", "difference"), (0,))
        accounted, unaccounted = self.show("deals", "accounted", "unaccounted")
        sums = self.job._get_coverage()
        shown = self.get_lines().values()
        self.assertEqual(
            sum(line.accounted_count + line.unaccounted_count for line in shown),
            sum(sums.values()),
        )
        self.assertGreater(accounted, 0)
        self.assertEqual(unaccounted, 1, "its title stands nowhere any more")

    def test_after_a_rollback_it_still_tells_what_was_loaded_and_proven(self):
        self.run_all("discover", "extract", "load", "verify")
        names = ("loaded", "compared", "accounted")
        before = self.show("companies", *names)
        self.run_all("rollback")
        self.assertEqual(self.show("companies", *names), before)
        self.assertEqual(self.show("companies", "rolled_back", "kept"), (2, 0))

    def test_what_nothing_happened_to_has_no_column(self):
        self.run_all("discover", "extract", "load")
        self.assertIn("no_rolled_back", self.job.action_open_overview()["context"])
        self.run_all("rollback")
        self.assertNotIn("no_rolled_back", self.job.action_open_overview()["context"])

    def test_what_people_have_worked_on_is_kept_and_not_rolled_back(self):
        self.run_all("discover", "extract", "load", "verify")
        company = self.migrated("companies", "2")
        company.flush_recordset()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + INTERVAL '1 day' WHERE id = %s",
            [company.id],
        )
        self.env.invalidate_all()
        self.run_all("rollback")
        self.assertEqual(self.show("companies", "rolled_back", "kept"), (1, 1))

    def test_another_load_begins_a_new_line(self):
        self.run_all("discover", "extract", "load", "verify", "rollback", "load")
        names = ("loaded", "rolled_back", "kept", "compared")
        self.assertEqual(self.show("companies", *names), (2, 0, 0, 0))

    def test_left_out_has_its_reason_and_its_number(self):
        self.run_all("discover", "extract", "load")
        self.staged("contacts")._skip("Former customers stay behind")
        self.staged("companies").filtered(lambda r: r.source_id == "3")._skip("No name")
        self.run_all("load")
        line = self.get_lines()["companies"]
        self.assertEqual((line.aside_count, line.failed_count), (1, 0))
        self.assertEqual(line.reason_text, "1 × No name")
        self.assertFalse(self.get_lines()["deals"].reason_text)

    def test_what_stands_in_for_an_app_says_so(self):
        self.run_all("discover")
        mappings = self.job.mapping_ids.filtered(lambda m: m.stream == "deals")
        self.assertEqual(self.get_lines()["deals"].model_label, mappings.model_label)
        mappings.wanted_model = "helpdesk.ticket"
        app = self.env["crm.migration.target"]._name_app("helpdesk.ticket")
        self.assertEqual(
            self.get_lines()["deals"].model_label,
            f"{mappings.model_label} (instead of {app})",
        )

    def test_it_is_quick_however_many_records_there_are(self):
        """Sums are read, never the records, but for the reasons: one query for all."""
        self.run_all("discover", "extract", "load", "verify")
        lines = self.env["crm.migration.overview"].search(
            [("job_id", "=", self.job.id)]
        )
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lines.read(["staged_count", "loaded_count", "compared_count", "reason_text"])
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)

    def test_its_buttons_open_the_object_and_the_migration_opens_it(self):
        self.run_all("discover", "extract", "load", "verify")
        line = self.get_lines()["companies"]
        action = line.action_open_records()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.staged("companies"))
        action = line.action_open_coverage()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(found.mapped("count")), line.accounted_count)
        action = self.job.action_open_overview()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), 3)

    def test_reviewers_read_it_and_nobody_writes_it(self):
        self.run_all("discover", "extract")
        line = self.get_lines()["companies"]
        group = "crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "rvw", groups=f"base.group_user,{group}")
        self.assertEqual(line.with_user(reviewer).staged_count, 3)
        self.assertTrue(line.with_user(reviewer).model_label)
        stranger = new_test_user(self.env, "str", groups="base.group_user")
        with self.assertRaises(AccessError):
            line.with_user(stranger).read(["staged_count"])
        with self.assertRaises(AccessError):
            line.with_user(reviewer).write({"sequence": 1})
