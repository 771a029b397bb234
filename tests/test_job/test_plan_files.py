"""A plan goes as a file from the rehearsal to another database, and says what differs."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import CrmMigrationCase

COMPANIES = [{"id": i, "name": f"Casa {i}", "owner": "ana@example.com"} for i in (1, 2)]


@tagged("post_install", "-at_install")
class TestPlanFiles(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, type(self), "job", self.job)
        self.use_source(companies=COMPANIES)
        self.job.duplicate_policy = "keep"
        self.run_kinds("discover", "extract")
        self.manager, self.reviewer = (
            new_test_user(
                self.env,
                f"plan_{kind}",
                groups=f"crm_migration.crm_migration_group_{kind}",
            )
            for kind in ("manager", "reviewer")
        )

    def export(self):
        action = self.job.with_user(self.manager).action_export_plan()
        file = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[-1].split("?")[0])
        )
        return file, json.loads(file.raw)

    def open_dialog(self, plan, **values):
        raw = plan if isinstance(plan, bytes) else json.dumps(plan).encode()
        return (
            self.env["crm.migration.plan.import"]
            .with_user(self.manager)
            .create({"file": base64.b64encode(raw), "file_name": "plan.json", **values})
        )

    def test_what_was_decided_comes_to_the_same_elsewhere(self):
        line = self.job.mapping_ids.line_ids.filtered(lambda one: one.target == "name")[
            :1
        ]
        line.write({"steps": [["constant", "Casa"]], "state": "accepted"})
        file, plan = self.export()
        self.assertEqual(file.name, "plan-Test.json")
        dialog = self.open_dialog(plan, name="Production")
        self.assertFalse(dialog.problem)
        self.assertFalse(dialog.differences)
        other = self.env["crm.migration.job"].browse(dialog.action_import()["res_id"])
        self.assertEqual((other.name, other.source), ("Production", "fake"))
        type(self).job = other
        self.run_kinds("discover", "extract", "load")
        loaded = self.env["crm.migration.id.map"].search([("job_id", "=", other.id)])
        self.assertEqual(
            set(self.env["res.partner"].browse(loaded.mapped("res_id")).mapped("name")),
            {"Casa"},
        )
        self.assertEqual(
            {**other._export_plan(), "name": ""}, {**self.export()[1], "name": ""}
        )

    def test_each_difference_of_the_database_gets_a_sentence(self):
        _file, plan = self.export()
        given = {"stream": "companies", "part": "", "steps": [], "state": "accepted"}
        partner = {**given, "model": "res.partner"}
        plan["mapping"] += [
            {**partner, "source": "vip", "target": "x_vip_level"},
            {
                **partner,
                "source": ["a", "b"],
                "target": "x_made",
                "field": {"kind": "char"},
            },
            {**partner, "source": "note", "target": "@notes"},
            {**partner, "source": "gone", "target": "x_open", "state": "open"},
            {**given, "model": "nowhere.ticket", "source": "t", "target": "name"},
            {**given, "model": "nowhere.ticket", "source": "u", "target": "ref"},
            {**given, "model": "x_machines", "source": "u", "target": "x_name"},
        ]
        value = {"list": "industry", "key": "Wine", "decision": "map"}
        plan["values"] = [
            {**value, "name": "Viticulture", "model": "res.partner.industry"},
            {**value, "name": "Portugal", "model": "res.country"},
            {**value, "name": "Ignored", "model": "res.country", "decision": "empty"},
        ]
        admin = self.env.ref("base.user_admin").login
        plan["owners"] = [
            {
                "key": "ana@example.com",
                "decision": "assign",
                "login": "ana@example.com",
            },
            {"key": "boss", "decision": "assign", "login": admin},
            {"key": "ghost", "decision": "empty", "login": None},
        ]
        dialog = self.open_dialog(plan)
        self.assertFalse(dialog.problem)
        told = dialog.differences.split("\n")
        self.assertEqual(len(told), 4, told)
        for sentence, words in zip(
            told,
            (
                ("nowhere.ticket", "2 fields go"),
                ("vip", "x_vip_level", "Contact"),
                ("Wine", "Viticulture", "Industry"),
                ("ana@example.com", self.env.company.name),
            ),
            strict=True,
        ):
            for word in words:
                self.assertIn(word, sentence)
        other = self.env["crm.migration.job"].browse(dialog.action_import()["res_id"])
        self.assertIn("x_vip_level", other.message_ids[0].body)

    def test_what_is_no_plan_gets_a_sentence(self):
        _file, plan = self.export()
        for raw, says in (
            (b"  ", "empty"),
            (b"\xff\xfe\x00", "UTF-8"),
            (b"[1]", "JSON object"),
            ({**plan, "plan": 2}, "version"),
            ({**plan, "source": "abacus"}, "abacus"),
            ({**plan, "settings": {"token": "0a1b2c3d4e5f0a1b2c3d4e5f"}}, "settings"),
        ):
            with self.subTest(says=says):
                dialog = self.open_dialog(raw)
                self.assertIn(says, dialog.problem)
                with self.assertRaises(UserError):
                    dialog.action_import()

    def test_files_are_asked_for_where_files_are_read(self):
        self.import_files({"companies__csv": "Name\nCasa\n"})
        _file, plan = self.export()
        dialog = self.open_dialog(plan)
        self.assertTrue(dialog.takes_files)
        with self.assertRaisesRegex(UserError, "add those"):
            dialog.action_import()
        newer = {"name": "companies.csv", "raw": b"Name\nVinha\n"}
        files = self.env["ir.attachment"].with_user(self.manager).create(newer)
        dialog.file_ids = files
        other = self.env["crm.migration.job"].browse(dialog.action_import()["res_id"])
        self.assertEqual(other.file_ids.mapped("name"), ["companies.csv"])

    def test_only_a_manager_hands_over_or_takes(self):
        with self.assertRaises(AccessError):
            self.job.with_user(self.reviewer).action_export_plan()
        with self.assertRaises(AccessError):
            self.env["crm.migration.plan.import"].with_user(self.reviewer).create({})
