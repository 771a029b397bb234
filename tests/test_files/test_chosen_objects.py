"""What a table holds: asked for before a migration begins, and changed in it later."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MigrationCase

FIRMS = "Company,Industry,Website,City\nĆevap & Sons,Food,cevap.example,Split\n"
BUYERS = "Name,Phone,City\nHuber,+43 1 234567,Wien\nSonne,+43 1 234568,Graz\n"
VANS = "Kennzeichen,Baujahr\nB-AB 1,2019\nB-AB 2,2021\n"
FILES = {"firms.csv": FIRMS, "customers.csv": BUYERS, "fuhrpark.csv": VANS}


@tagged("post_install", "-at_install")
class TestChosenObjects(MigrationCase):
    def setUp(self):
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()

    # -- before it begins ----------------------------------------------------------

    def start(self, files):
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": self.upload(files).ids}
        )
        start.step = "connect"
        start.action_next()
        return start

    def choose(self, start, **objects):
        options = {name.replace("__", "."): each for name, each in objects.items()}
        values = {"file_options": json.dumps(options)}
        start.settings = {"fields": [], "values": values}

    def go_on(self, start):
        """Press *Next* as often as it takes to have seen every warning."""
        for _time in range(2):
            if start.step == "connect":
                start.action_next()
        self.assertEqual(start.step, "objects")

    def test_what_nothing_says_is_asked_for_before_anything_begins(self):
        start = self.start(FILES)
        shown = {table["name"]: table for table in start.preview}
        self.assertEqual(shown["firms.csv"]["object_text"], "Companies")
        self.assertGreater(shown["firms.csv"]["confidence"], 80)
        self.assertFalse(shown["firms.csv"]["asked"])
        for name in ("customers.csv", "fuhrpark.csv"):
            self.assertTrue(shown[name]["asked"], name)
            self.assertFalse(shown[name]["choice"], name)
            values = [value for value, _label in shown[name]["choices_of"]]
            self.assertEqual(values[-2:], ["custom", "leave_out"])
            self.assertIn(name, " ".join(start.finding_ids.mapped("text")))
        choices = dict(shown["customers.csv"]["choices_of"])
        self.assertEqual(choices["companies"], "Companies (50 %)")
        self.assertEqual(start.step, "connect")
        self.choose(
            start,
            customers__csv={"object": "companies"},
            fuhrpark__csv={"object": "leave_out"},
        )
        self.go_on(start)
        selected = {line.name: line.selected for line in start.line_ids}
        self.assertEqual(
            selected, {"companies": True, "companies_2": True, "fuhrpark": False}
        )
        self.choose(
            start,
            customers__csv={"object": "companies"},
            fuhrpark__csv={"object": "custom", "custom_object": "Vans"},
        )
        start.action_back()
        self.go_on(start)
        self.assertTrue(all(start.line_ids.mapped("selected")), start.line_ids)
        self.assertIn("Vans", start.line_ids.mapped("label"))

    def test_a_custom_object_without_a_name_is_asked_for(self):
        start = self.start({"fuhrpark.csv": VANS})
        self.choose(start, fuhrpark__csv={"object": "custom"})
        with self.assertRaisesRegex(UserError, "fuhrpark.csv"):
            start.action_next()

    # -- later ---------------------------------------------------------------------

    def migrate(self):
        options = json.dumps({"fuhrpark.csv": {"object": "leave_out"}})
        self.import_files(FILES, settings={"file_options": options})
        self.run_kinds("discover", "extract")

    def get_stream(self, name):
        return self.job.stream_ids.filtered(lambda stream: stream.name == name)

    def change(self, name, choice, label=False):
        action = self.get_stream(name).action_change_object()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        dialog.write({"choice": choice, "custom_object": label})
        dialog.action_apply()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        return dialog

    def get_models(self, name):
        mappings = self.job.mapping_ids.filtered(lambda m: m.stream == name)
        return [(m.model_name, m.selected) for m in mappings]

    def test_another_object_replaces_the_mapping_of_its_table_alone(self):
        self.migrate()
        own = self.get_stream("companies").mapping_ids.line_ids
        decided = own.filtered(lambda line: line.source == "City")
        decided.write({"state": "ignored", "ignore_reason": "Not wanted"})
        self.assertEqual(self.get_models("contacts"), [("res.partner", True)])
        self.change("contacts", "leads")
        self.assertEqual(self.get_models("contacts"), [("crm.lead", True)])
        self.assertEqual(self.get_stream("contacts").label, "Leads")
        self.assertTrue(decided.exists())
        self.assertEqual(decided.state, "ignored")
        self.assertEqual(self.job.phase, "review")
        self.run_kinds("load", "verify")
        lead = self.env["crm.lead"].search([("phone", "=", "+43 1 234567")])
        self.assertEqual(len(lead), 1)
        with self.assertRaisesRegex(UserError, "Roll back"):
            self.change("contacts", "contacts")

    def test_what_was_left_out_comes_along_once_it_is_something(self):
        self.migrate()
        vans = self.get_stream("fuhrpark")
        self.assertFalse(vans.selected)
        dialog = self.change("fuhrpark", "custom", "Vans")
        self.assertEqual(dialog.present, "Leave out")
        self.assertTrue(vans.selected)
        self.assertEqual(self.get_models("fuhrpark"), [("x_vans", True)])
        self.run_kinds("extract", "load")
        self.assertEqual(self.env["x_vans"].search_count([]), 2)

    def test_a_table_can_be_left_out_later(self):
        self.migrate()
        self.change("contacts", "leave_out")
        self.assertFalse(self.get_stream("contacts").selected)
        self.assertEqual(self.get_models("contacts"), [])
        self.assertEqual(self.get_models("companies"), [("res.partner", True)])

    def test_nothing_or_nonsense_is_refused(self):
        self.migrate()
        for choice, label in ((False, False), ("spaceships", False), ("custom", " ")):
            with self.assertRaises(UserError):
                self.change("contacts", choice, label)
        self.assertEqual(self.get_models("contacts"), [("res.partner", True)])

    def test_without_files_nothing_can_be_said(self):
        self.job = self.env["crm.migration.job"].create(
            {"name": "API", "source": "concord"}
        )
        self.job.stream_ids.create(
            {"job_id": self.job.id, "name": "deals", "label": "Deals"}
        )
        with self.assertRaises(UserError):
            self.get_stream("deals").action_change_object()

    def test_a_plan_brings_the_choice_along(self):
        self.migrate()
        self.change("contacts", "companies")
        plan = self.job._export_plan()
        options = json.loads(plan["settings"]["file_options"])
        self.assertEqual(options["customers.csv"]["object"], "companies")
        self.assertEqual(options["customers.csv"]["stream"], "contacts")
