import json

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...connectors.core.errors import AuthenticationError
from ..common import CrmMigrationCase, FakeSource


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

    def save_in_browser(self, start, **values):
        """Do what a button of the dialog does first: save what the browser holds."""
        return start.web_save(values, {"settings": {}, "step": {}})

    def test_next_without_a_source_is_answered_in_words(self):
        """The browser sends the empty settings along; they belong to no source."""
        empty = self.env["crm.migration.job.start"]
        start = empty.browse(self.save_in_browser(empty, settings=False)[0]["id"])
        with self.assertRaises(UserError):
            start.action_next()

    def test_what_was_typed_for_one_source_never_goes_to_another(self):
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        values = {"url": "https://crm.example", "token": "s3cr3t"}
        self.save_in_browser(start, settings={"fields": [], "values": values})
        start.action_check()
        self.assertTrue(start.finding_ids)
        seen = start.settings
        self.save_in_browser(start, source="concord", settings=seen)
        self.assertFalse(start.finding_ids or start.line_ids or start.has_credentials)
        self.assertFalse(start.settings["values"]["url"])

    def test_what_makes_no_sense_is_refused_where_it_is_entered(self):
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        with self.assertRaises(ValidationError):
            start.attachment_limit = -1
        with self.assertRaises(ValidationError):
            start.since = fields.Datetime.add(fields.Datetime.now(), days=2)
        start.name = "  "
        with self.assertRaises(UserError):
            start.action_start()

    def test_no_file_at_all_is_answered_in_words(self):
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "step": "connect"}
        )
        start.action_next()
        self.assertEqual(start.step, "connect")
        self.assertEqual(start.finding_ids.text, "Add at least one file.")

    def test_whatever_goes_wrong_in_a_check_is_answered_without_its_secrets(self):
        def fail(self):
            raise ZeroDivisionError("s3cr3t")

        self.patch(FakeSource, "check", fail)
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        name = "odoo.addons.crm_migration.wizards.crm_migration_job_start"
        with self.assertLogs(name, "ERROR") as log:
            start.action_check()
        self.assertEqual(start.finding_ids.level, "blocking")
        self.assertNotIn("s3cr3t", start.finding_ids.text + str(log.output))

    def test_a_failed_check_keeps_the_choice_of_objects(self):
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        start.action_check()
        start.line_ids[0].selected = False
        refused = AuthenticationError("bad_credentials", host="crm.example")

        def refuse(self):
            raise refused

        check = FakeSource.check
        FakeSource.check = refuse
        self.addCleanup(setattr, FakeSource, "check", check)
        start.action_check()
        FakeSource.check = check
        start.action_check()
        self.assertFalse(start.line_ids[0].selected)

    def test_the_connection_of_a_migration_is_answered_on_the_spot(self):
        answer = self.job.action_show_connection()["params"]
        self.assertEqual((answer["type"], answer["sticky"]), ("success", False))
        self.assertIn("fake", answer["message"])

        def refuse(self):
            raise AuthenticationError("bad_credentials", host="crm.example")

        self.patch(FakeSource, "check", refuse)
        answer = self.job.action_show_connection()["params"]
        self.assertEqual((answer["type"], answer["sticky"]), ("danger", True))
        self.assertIn("does not accept", answer["message"])

    def test_a_source_that_refuses_is_answered_in_words_and_nothing_is_lost(self):
        def refuse(self):
            error = AuthenticationError("bad_credentials", host="crm.example")
            error.is_own_answer = True
            raise error

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

    def test_a_file_without_a_byte_is_named_and_warnings_are_seen_once(self):
        files = self.env["ir.attachment"].create(
            [
                {"name": "contacts.csv", "raw": b"id,name\n1,Ann\n"},
                {"name": "empty.csv", "raw": b""},
            ]
        )
        start = self.env["crm.migration.job.start"].create(
            {
                "source": "spreadsheet",
                "file_ids": [(6, 0, files.ids)],
                "step": "connect",
            }
        )
        start.action_next()
        self.assertEqual(start.step, "connect", "a warning is read before it is passed")
        self.assertEqual(start.finding_ids[0].level, "warning")
        self.assertIn("empty.csv is empty.", start.finding_ids.mapped("text"))
        start.action_next()
        self.assertEqual(start.step, "objects")

    def test_it_says_what_to_do_about_a_warning_and_names_objects_alike(self):
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": "Kontakte.csv",
                    "raw": "Vorname;Nachname;E-Mail\nJörg;Weiß;j@w.example\n".encode(
                        "cp1252"
                    ),
                },
                {"name": "Deals.csv", "raw": b"Deal ID,Deal Name\n1,Crane\n"},
            ]
        )
        start = self.env["crm.migration.job.start"].create(
            {
                "source": "spreadsheet",
                "file_ids": [(6, 0, files.ids)],
                "step": "connect",
            }
        )
        start.action_check()
        cures = {line.text: line.cure or "" for line in start.finding_ids}
        for text, cure in (
            ("Kontakte.csv does not say its encoding; cp1252 is taken.", "encoding"),
            ("Kontakte.csv has no column of ids", "key column"),
            ("Kontakte.csv holds Contacts in 3 columns.", ""),
            ("Deals.csv holds Deals in 2 columns.", ""),
        ):
            [found] = [cures[each] for each in cures if each.startswith(text)]
            self.assertIn(cure, found)
            self.assertEqual(bool(found), bool(cure), text)

    def test_a_table_that_nobody_knows_does_not_pass(self):
        file = self.env["ir.attachment"].create(
            {"name": "q3.csv", "raw": b"id,shade\n1,teal\n"}
        )
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": file.ids, "step": "connect"}
        )
        start.action_next()
        self.assertEqual(start.step, "connect")
        text = " ".join(start.finding_ids.mapped("text"))
        self.assertIn("q3.csv is not recognized", text)
        self.assertNotIn("passed", start.finding_ids.mapped("level"))
        start.action_next()
        self.assertEqual(start.step, "objects", "it was read")

    def test_two_migrations_of_a_day_have_two_names(self):
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        self.env["crm.migration.job"].create({"name": start.name, "source": "fake"})
        again = self.env["crm.migration.job.start"].create({"source": "fake"})
        self.assertEqual(again.name, f"{start.name} (2)")
