"""The pre-flight list: each check passed, and not passed, with what to do about it."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.job import crm_migration_job_preflight as preflight
from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestPreflight(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[{"id": 1, "name": "Norte", "owner": "7"}],
            contacts=[],
            deals=[{"id": 4, "title": "Roof", "amount": "12.5", "company_id": 1}],
        )
        self.job.owner_policy = "wait"
        self.run_kinds("discover", "extract")

    def check(self, code):
        """Look again; return the line."""
        self.job.action_check_again()
        found = self.job.check_ids.filtered(lambda c: c.code == f"odoo.{code}")
        self.assertEqual(len(found), 1, code)
        return found

    def assert_passed(self, code):
        self.assertEqual(self.check(code).level, "passed", code)

    def assert_warns(self, code, *words):
        check = self.check(code)
        self.assertEqual(check.level, "warning", code)
        for word in words:
            self.assertIn(word, check.text)
        return check

    def test_neutralized(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", False)
        self.assert_passed("neutralized")
        self.env["ir.config_parameter"].set_param("database.is_neutralized", True)
        self.assertTrue(self.assert_warns("neutralized").cure)

    def test_scheduler(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", False)
        cron = self.job._get_cron()
        cron.active = True
        self.assert_passed("scheduler")
        cron.active = False
        self.assert_warns("scheduler")

    def test_mail_servers(self):
        self.env["ir.mail_server"].search([]).active = False
        self.assert_passed("mail_servers")
        self.env["ir.mail_server"].create(
            {"name": "Ours", "smtp_host": "smtp.example", "from_filter": "a.example"}
        )
        self.assertTrue(self.assert_warns("mail_servers", "Ours").cure)

    def test_calendars(self):
        self.assert_passed("calendars")
        settings = self.env["res.users.settings"]
        if "google_calendar_rtoken" not in settings._fields:
            return
        settings._find_or_create_for_user(self.env.user).google_calendar_rtoken = "x"
        self.assert_passed("calendars")
        self.job.mapping_ids[0].model_name = "calendar.event"
        self.assert_warns("calendars", "Google Calendar: 1 user")
        self.env.user.res_users_settings_id.google_synchronization_stopped = True
        self.assert_passed("calendars")

    def test_enrichment(self):
        cron = self.env.ref(
            "crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False
        )
        if cron:
            cron.active = True
            self.assertIn("cost none", self.check("enrichment").text)
            cron.active = False
        self.assertIn("Nothing", self.check("enrichment").text)
        self.assert_passed("enrichment")

    def test_fields_that_exist_no_longer(self):
        self.assert_passed("fields")
        line = self.job.mapping_ids.line_ids.filtered(lambda e: e.target == "website")
        line.target = "website_of_an_app_that_left"
        self.assertTrue(self.assert_warns("fields", "an_app_that_left").cure)

    def test_owners(self):
        self.assert_warns("owners", "1 owner is not decided")
        self.job.owner_ids.decision = "empty"
        self.env.flush_all()
        self.assert_passed("owners")

    def test_disk(self):
        self.assert_passed("disk")
        self.patch(preflight, "SPARE_BYTES", 10**18)
        self.assertTrue(self.assert_warns("disk", "are free").cure)

    def test_disk_counts_the_files_that_were_read_about(self):
        mapping = self.job.mapping_ids.filtered(lambda m: m.stream == "deals")
        mapping.model_name = "ir.attachment"
        values = {"@mapping": str(mapping.id), "@file": {"path": "a", "size": 10**14}}
        self.staged("deals").values = {"": values}
        self.assert_warns("disk", "1 file was read about")

    def test_apps_that_are_missing(self):
        self.assert_passed("out_of_reach")
        self.job.stream_ids[0].left_out = [
            {"needs": "project.task", "reason": "Needs Project.", "when": []}
        ]
        self.assert_warns("out_of_reach", "Needs Project.")

    def test_a_reason_stays_until_the_check_has_passed(self):
        check = self.assert_warns("owners")
        check.accepted_reason = "They have left."
        self.assertEqual(self.check("owners").accepted_reason, "They have left.")
        self.job.owner_ids.decision = "empty"
        self.env.flush_all()
        self.assertFalse(self.check("owners").accepted_reason)

    def test_reviewers_check_again_and_strangers_do_not(self):
        group = "crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "check_reviewer", f"base.group_user,{group}")
        self.job.with_user(reviewer).action_check_again()
        stranger = new_test_user(self.env, "check_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.job.with_user(stranger).action_check_again()
