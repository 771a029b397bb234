import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestNewMigration(CrmMigrationCase):
    """The dialog that begins a migration."""

    def test_what_was_typed_is_kept_from_step_to_step(self):
        start = self.env["crm.migration.job.start"].create({})
        with self.assertRaises(UserError):
            start.action_next()
        start.source = "fake"
        start.action_next()
        self.assertEqual(start.step, "connect")
        values = {"url": "https://crm.example", "token": "s3cr3t"}
        start.settings = {"fields": [], "values": values}
        start.action_check()
        self.assertEqual(start.finding_ids.mapped("level"), ["passed"])
        self.assertIn("fake", start.finding_ids.text)
        start.action_next()
        start.action_back()
        self.assertEqual(start.settings["values"]["token"], "********")
        start.action_next()
        deals = start.line_ids.filtered(lambda line: line.name == "deals")
        deals.selected = False
        start.action_back()
        start.action_next()
        self.assertEqual(
            start.line_ids.filtered("selected").mapped("name"),
            ["companies", "contacts"],
        )
        start.action_next()
        start.owner_policy = "wait"
        job = self.env["crm.migration.job"].browse(start.action_start()["res_id"])
        self.assertEqual(job.owner_policy, "wait")
        self.assertEqual(job._get_config()["token"], "s3cr3t")
        self.assertEqual(
            job.stream_ids.filtered("selected").mapped("name"),
            ["companies", "contacts"],
        )
        self.assertEqual((job.run_id.kind, job.state), ("discover", "running"))

    def test_a_source_that_refuses_is_answered_in_words_and_nothing_is_lost(self):
        from ..connectors.core.errors import AuthenticationError
        from .common import FakeSource

        def refuse(self):
            raise AuthenticationError("bad_credentials", host="crm.example")

        self.patch(FakeSource, "check", refuse)
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        start.action_next()
        start.action_next()
        self.assertEqual(start.step, "connect")
        self.assertEqual(start.finding_ids.level, "blocking")
        self.assertEqual(
            start.finding_ids.text, "crm.example does not accept these credentials."
        )

    def test_files_are_previewed_and_corrected(self):
        content = "id;name;note\r\n1;Ana;x\r\n2;Zoë 🌟;\r\n".encode()
        file = self.env["ir.attachment"].create({"name": "people.csv", "raw": content})
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": file.ids, "step": "connect"}
        )
        start.action_check()
        table = start.preview[0]
        self.assertEqual(table["delimiter"], ";")
        self.assertEqual(table["rows"][1][1], "Zoë 🌟")
        options = json.dumps({"people.csv": {"stream": "contacts"}})
        start.settings = {"fields": [], "values": {"file_options": options}}
        start.action_check()
        self.assertEqual(start.preview[0]["stream"], "contacts")
        self.assertEqual(start.line_ids.mapped("name"), ["contacts"])

    def test_a_broken_file_is_answered_in_words(self):
        file = self.env["ir.attachment"].create(
            {"name": "old.xls", "raw": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
        )
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": file.ids, "step": "connect"}
        )
        start.action_next()
        self.assertEqual(start.step, "connect")
        self.assertIn("blocking", start.finding_ids.mapped("level"))
        self.assertTrue(
            any("old.xls" in text for text in start.finding_ids.mapped("text"))
        )
