from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_path, mute_logger

from ..common import CrmMigrationCase

REVIEWER = "crm_migration.crm_migration_group_reviewer"
MANAGER = "crm_migration.crm_migration_group_manager"


@tagged("post_install", "-at_install")
class TestSecurity(CrmMigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(
            cls.env, "rev", groups=f"base.group_user,{REVIEWER}"
        )
        cls.manager = new_test_user(cls.env, "man", groups=f"base.group_user,{MANAGER}")
        cls.stranger = new_test_user(cls.env, "someone", groups="base.group_user")
        cls.models = [
            name
            for name in cls.env
            if name.startswith("crm.migration.") and not cls.env[name]._abstract
        ]

    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": 1, "name": "Söderström & Co", "email": "info@s.example"},
                {"id": 2, "name": "", "email": "nobody@s.example"},
            ]
        )
        self.run_kind("discover")
        self.run_kind("extract")

    def test_every_model_has_a_rule_for_the_groups_and_none_for_others(self):
        for name in self.models:
            with self.subTest(model=name):
                model = self.env[name]
                self.assertFalse(model.with_user(self.stranger).has_access("read"))
                self.assertTrue(model.with_user(self.manager).has_access("read"))
                if not model._transient:
                    self.assertTrue(model.with_user(self.reviewer).has_access("read"))

    def test_nobody_creates_or_deletes_what_the_engine_keeps(self):
        for name in self.models:
            model = self.env[name]
            if model._transient:
                continue
            with self.subTest(model=name):
                self.assertFalse(model.with_user(self.manager).has_access("create"))
                if name != "crm.migration.job":
                    self.assertFalse(model.with_user(self.manager).has_access("unlink"))

    def test_a_manager_is_a_reviewer_and_an_administrator_is_a_manager(self):
        self.assertTrue(self.manager.has_group(REVIEWER))
        self.assertFalse(self.reviewer.has_group(MANAGER))
        self.assertTrue(self.env.ref("base.user_admin").has_group(MANAGER))

    def test_a_reviewer_cannot_press_the_buttons_of_a_manager(self):
        job = self.job.with_user(self.reviewer)
        for action in (
            "action_check_connection",
            "action_discover",
            "action_extract",
            "action_transform",
            "action_dry_run",
            "action_load",
            "action_verify",
            "action_pause",
            "action_resume",
            "action_cancel",
            "action_close",
            "action_ask_clean_up",
            "action_open_rollback",
            "action_read_again",
            "action_ask_read_again",
            "action_ask_load_changes",
            "action_ask_sample",
            "action_roll_back_sample",
            "action_continue_sample",
            "action_cut_over",
            "action_reopen_cutover",
        ):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(job, action)()
        rows = self.env["crm.migration.reconciliation"].with_user(self.reviewer)
        with self.assertRaises(AccessError):
            rows.action_sign()

    def test_a_reviewer_cannot_start_or_roll_back_a_migration(self):
        for name in ("crm.migration.job.start", "crm.migration.rollback"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.env[name].with_user(self.reviewer).create({})

    def test_a_secret_is_never_readable_not_even_encrypted(self):
        self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t-ÿ"})
        self.assertNotIn("s3cr3t", self.job.settings_secret)
        self.assertEqual(self.job._get_config()["token"], "s3cr3t-ÿ")
        for user in (self.reviewer, self.manager, self.env.ref("base.user_admin")):
            job = self.job.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    job.read(["settings_secret"])
                self.assertNotIn("settings_secret", job.read()[0])
                self.assertNotIn("settings_secret", job.fields_get())
                with self.assertRaises(AccessError):
                    job.search([("settings_secret", "like", "%a%")])
                with self.assertRaises(AccessError):
                    job.search([], order="settings_secret")
                with self.assertRaises(AccessError):
                    job.write({"settings_secret": "x"})

    def test_a_manager_sees_the_settings_without_the_secrets(self):
        self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t"})
        settings = self.job.with_user(self.manager).settings
        self.assertEqual(settings["values"]["url"], "https://crm.example")
        self.assertEqual(settings["values"]["token"], "********")
        with self.assertRaises(AccessError):
            self.job.with_user(self.reviewer).read(["settings"])

    def test_the_stars_sent_back_keep_the_secret(self):
        self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t"})
        job = self.job.with_user(self.manager)
        values = {"url": "https://CRM.example:443/api/v2", "token": "********"}
        job.settings = {"fields": [], "values": values}
        self.assertEqual(self.job._get_config()["token"], "s3cr3t")
        self.assertEqual(self.job._get_config()["url"], values["url"])

    def test_a_secret_stays_with_the_address_it_was_entered_for(self):
        for address in (
            "https://crm.example.evil.test",
            "http://crm.example",
            "https://crm.example:8443",
            "",
        ):
            self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t"})
            job = self.job.with_user(self.manager)
            values = {"url": address, "token": "********"}
            with self.subTest(address=address):
                job.settings = {"fields": [], "values": values}
                self.assertFalse(self.job._get_config().get("token"))
                self.assertFalse(job.settings["values"]["token"])
        self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t"})
        values = {"url": "https://crm.example@evil.test", "token": "********"}
        with self.assertRaises(UserError):
            self.job.with_user(self.manager).settings = {"fields": [], "values": values}

    def test_a_text_that_is_kept_in_the_open_holds_no_secret(self):
        job = self.env["crm.migration.job"].create(
            {"name": "Open", "source": "net_results"}
        )
        values = {"url": "https://a.test", "endpoints": "{}"}
        job.settings = {"fields": [], "values": values}
        for text in (
            '{"headers": {"Authorization": "Bearer 0a1b2c3d4e5f"}}',
            '{"objects": {"contact": {"path": "/x?token=0a1b2c3d4e5f"}}}',
            "password: 0a1b2c3d4e5f",
        ):
            with self.subTest(text=text), self.assertRaises(UserError) as caught:
                job.settings = {
                    "fields": [],
                    "values": {**values, "endpoints": text},
                }
            self.assertIn("Endpoint profile", str(caught.exception))
            self.assertNotIn("0a1b2c3d4e5f", str(caught.exception))
        # One that was entered before does not leave with the plan.
        job.sudo().settings_open = {**values, "endpoints": text}
        self.assertNotIn("0a1b2c3d4e5f", str(job._export_plan()))

    def test_rpc_writes_only_what_a_screen_offers(self):
        record = self.staged("companies")[0].with_user(self.manager)
        link = self.env["crm.migration.id.map"].create(
            {
                "job_id": self.job.id,
                "stream": "companies",
                "source_id": "1",
                "res_model": "res.partner",
                "res_id": self.env.user.partner_id.id,
                "outcome": "created",
                "rollback_action": "delete",
            }
        )
        check = self.env["crm.migration.check"].create(
            {"job_id": self.job.id, "code": "x", "level": "blocking", "text": "No"}
        )
        for target, vals in (
            (record, {"state": "loaded"}),
            (record, {"payload": {"id": 9}}),
            (record, {"values": {"": {}}}),
            (self.job.with_user(self.manager), {"phase": "done"}),
            (self.job.with_user(self.manager), {"login": "root"}),
            (self.job.stream_ids[0].with_user(self.manager), {"checkpoint": {"a": 1}}),
            (self.job.run_id.with_user(self.manager), {"state": "done"}),
            (link.with_user(self.manager), {"res_id": 1}),
            (check.with_user(self.manager), {"accepted_reason": "Fine"}),
            (
                self.job.mapping_ids[0].with_user(self.manager),
                {"model_name": "res.users"},
            ),
        ):
            with self.subTest(model=target._name, vals=vals):
                with self.assertRaises(AccessError):
                    target.write(vals)

    def test_only_a_warning_can_be_accepted(self):
        wizard = self.env["crm.migration.check.accept"].with_user(self.reviewer)
        checks = self.env["crm.migration.check"].create(
            [
                {"job_id": self.job.id, "code": "a", "level": "blocking", "text": "No"},
                {"job_id": self.job.id, "code": "b", "level": "warning", "text": "Hm"},
            ]
        )
        with self.assertRaises(UserError):
            wizard.create(
                {"check_id": checks[0].id, "reason": "So what"}
            ).action_accept()
        wizard.create({"check_id": checks[1].id, "reason": "Agreed"}).action_accept()
        self.assertFalse(checks[0].accepted_reason)
        self.assertEqual(checks[1].accepted_reason, "Agreed")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        user = new_test_user(
            self.env,
            "abroad",
            groups=f"base.group_user,{MANAGER}",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for name in self.models:
            model = self.env[name]
            if model._transient:
                continue
            with self.subTest(model=name):
                self.assertFalse(model.with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.staged("companies")[0].with_user(user).read(["name"])

    def test_every_model_with_rows_of_a_migration_has_a_company_rule(self):
        for name in self.models:
            if self.env[name]._transient:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("domain_force", "like", "company_ids")]
            )
            self.assertTrue(rules, name)

    def test_a_dialog_of_somebody_else_cannot_be_opened(self):
        start = self.env["crm.migration.job.start"].with_user(self.manager).create({})
        other = new_test_user(self.env, "man2", groups=f"base.group_user,{MANAGER}")
        with self.assertRaises(AccessError):
            start.with_user(other).read(["name"])

    def test_a_copied_database_has_no_credentials(self):
        self.job._set_settings({"url": "https://crm.example", "token": "s3cr3t"})
        run = self.job._start_run("extract")
        self.env.flush_all()
        with open(file_path("crm_migration/data/neutralize.sql")) as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(self.job.settings_secret)
        self.assertEqual(run.state, "paused")
        self.assertEqual(self.job.state, "paused")

    def test_menus_and_buttons_are_hidden_from_others(self):
        menu = self.env.ref("crm_migration.crm_migration_menu_root")
        visible = self.env["ir.ui.menu"].with_user(self.stranger)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)
        for user, seen in ((self.stranger, False), (self.reviewer, True)):
            view = self.env["res.partner"].with_user(user).get_view(view_type="form")
            button = etree.fromstring(view["arch"]).xpath(
                "//button[@name='action_open_migration']"
            )
            self.assertEqual(bool(button), seen, user.login)
        view = (
            self.env["crm.migration.job"]
            .with_user(self.reviewer)
            .get_view(view_type="form")
        )
        names = etree.fromstring(view["arch"]).xpath("//button/@name")
        self.assertNotIn("action_load", names)
        self.assertIn("action_open_records", names)
