"""Several columns that become one field, and one that becomes several."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..review_common import REVIEWER
from .dialects_common import DialectCase

PEOPLE = (
    "ID;Alpha;Omega;Whole;Place;Remark;Extra\n"
    "7;Vera;Beispiel;Doe, Jane;12345 Bad Ems;likes tea;early\n"
    "8;Max;;Roe, Max;01069 Dresden;;late\n"
)


@tagged("post_install", "-at_install")
class TestJoinedFields(DialectCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"base.group_user,sales_team.group_sale_salesman_all_leads,{REVIEWER}"
        cls.reviewer = new_test_user(cls.env, "joiner", groups=groups)
        cls.import_files({"contacts.csv": PEOPLE})
        cls.run_kinds("discover", "extract", "transform")
        cls.mapping = cls.job.mapping_ids[:1]
        cls.mapping.line_ids.filtered("source").write(
            {"target": False, "state": "open", "steps": False}
        )

    def get_field(self, name):
        return self.env["ir.model.fields"]._get("res.partner", name)

    def open_dialog(self, action, **values):
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        return wizard.with_context(**action["context"]).create(values)

    def get_person(self, source_id):
        self.run_kinds("transform")
        return self.get_values()["contacts", source_id][""]

    def test_first_and_last_name_become_the_name(self):
        lines = self.get_line("Alpha") + self.get_line("Omega")
        action = lines.with_user(self.reviewer).action_join()
        wizard = self.open_dialog(action, field_id=self.get_field("name").id)
        self.assertEqual(wizard.part_ids.mapped("source_text"), ["Alpha", "Omega"])
        wizard.action_join()
        joined = lines[0]
        self.assertEqual(joined.source_paths, ["Alpha", "Omega"])
        self.assertIn("Beispiel", joined.sample_result)
        self.assertEqual(lines[1].state, "ignored")
        self.assertEqual(self.get_person("7")["name"], "Vera Beispiel")
        self.assertEqual(self.get_values()["contacts", "8"][""]["name"], "Max")
        self.run_kinds("load")
        self.assertEqual(self.migrated("contacts", "7").name, "Vera Beispiel")

    def test_they_are_joined_in_the_order_chosen(self):
        lines = self.get_line("Alpha") + self.get_line("Omega")
        action = lines.with_user(self.reviewer).action_join()
        wizard = self.open_dialog(
            action, field_id=self.get_field("name").id, separator=", "
        )
        wizard.part_ids[0].sequence = 5
        wizard.action_join()
        self.assertEqual(self.get_person("7")["name"], "Beispiel, Vera")

    def test_the_first_that_is_filled_is_taken(self):
        lines = self.get_line("Omega") + self.get_line("Alpha")
        lines._join("function", "", first_filled=True)
        self.assertEqual(self.get_person("7")["function"], "Beispiel")
        self.assertEqual(self.get_values()["contacts", "8"][""]["function"], "Max")

    def test_notes_are_joined_as_text(self):
        lines = self.get_line("Remark") + self.get_line("Extra")
        lines._join("@note", "\n")
        note = self.get_person("7")["@note"]
        self.assertIn("likes tea", note)
        self.assertIn("early", note)

    def test_a_number_takes_no_text_that_is_put_together(self):
        lines = self.get_line("Remark") + self.get_line("Extra")
        with self.assertRaisesRegex(UserError, "put together"):
            lines._join("partner_latitude", " ")

    def test_fields_of_two_objects_are_not_joined(self):
        with self.assertRaises(UserError):
            self.get_line("Remark")._join("name", " ")

    def test_separated_fields_are_what_they_were(self):
        lines = self.get_line("Alpha") + self.get_line("Omega")
        before = lines.mapped(lambda line: (line.source, line.source_paths))
        lines._join("name", " ")
        lines[1].with_user(self.reviewer).action_separate()
        self.assertEqual(
            lines.mapped(lambda line: (line.source, line.source_paths)), before
        )
        self.assertEqual(lines.mapped("state"), ["open", "open"])
        # Nobody joined them any more.
        self.assertFalse(lines[0].reason)

    def test_fields_that_were_proposed_together_can_be_taken_apart(self):
        line = self.get_line("Remark")
        line.write({"source": "Remark, Extra", "source_paths": ["Remark", "Extra"]})
        self.get_line("Extra").unlink()
        line.action_separate()
        self.assertEqual(line.source_paths, "Remark")
        other = self.get_line("Extra")
        self.assertEqual((other.state, other.source_paths), ("open", "Extra"))
        lines = line.mapping_id.line_ids.sorted("position").mapped("source")
        self.assertEqual(lines.index("Extra"), lines.index("Remark") + 1)
        other.field_id = self.get_field("function")
        self.assertEqual(self.get_person("7")["function"], "early")

    def test_a_name_is_split_into_two_targets(self):
        line = self.get_line("Whole")
        action = line.with_user(self.reviewer).action_split()
        wizard = self.open_dialog(
            action,
            part_ids=[
                Command.create({"sequence": n, "field_id": self.get_field(target).id})
                for n, target in enumerate(("name", "function"), 1)
            ],
        )
        self.assertEqual(wizard.separator, ",")
        self.assertEqual(wizard.part_ids.mapped("sample_text"), ["Doe", "Jane"])
        wizard.action_split()
        person = self.get_person("7")
        self.assertEqual((person["name"], person["function"]), ("Doe", "Jane"))

    def test_the_last_part_keeps_the_rest(self):
        line = self.get_line("Place")
        lines = line._split(" ", ["zip", "city"])
        person = self.get_person("7")
        self.assertEqual((person["zip"], person["city"]), ("12345", "Bad Ems"))
        self.assertEqual(lines.mapped("steps_text")[0][:6], "part 1")
        # They stand together in the list.
        self.assertEqual(lines[1].position, line.position)
        lines[1].action_separate()
        self.assertEqual((line.target, line.state), (False, "open"))
        self.assertFalse(lines[1].exists())

    def test_a_split_column_is_accounted_for(self):
        self.get_line("Whole")._split(",", ["name", "function"])
        (self.get_line("Remark") + self.get_line("Extra"))._join("street", ", ")
        self.run_kinds("transform", "load", "verify")
        paths = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        named = set(paths.mapped("path"))
        self.assertFalse(named & {"Whole", "Remark", "Extra"})

    def test_two_parts_never_fill_one_target(self):
        with self.assertRaises(UserError):
            self.get_line("Whole")._split(",", ["name", "name"])
        with self.assertRaises(UserError):
            self.get_line("Whole")._split("", ["name", "function"])
