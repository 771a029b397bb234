"""A target chosen by hand converts exactly as a proposed one would."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.words.mapping import PLACES
from .dialects_common import DIALECTS, DialectCase


@tagged("post_install", "-at_install")
class TestChosenTargets(DialectCase):
    def choose_again(self, line):
        """Take the target of a line away, and choose the same by hand."""
        target = line.target
        line.invalidate_recordset()
        if target in PLACES:
            line.place = False
            self.assertFalse(line.target)
            self.assertIn(target, line.places)
            line.place = target
        else:
            field = self.env["ir.model.fields"]._get(line.model_name, target)
            line.field_id = False
            self.assertFalse(line.target)
            line.field_id = field

    def test_every_column_of_every_dialect_is_converted_as_proposed(self):
        for dialect in DIALECTS:
            self.read_dialect(dialect)
            values = self.get_values()
            self.assertTrue(values)
            compared = 0
            for forgotten in (False, True):
                for line in self.job.mapping_ids.line_ids:
                    paths = line._get_paths()
                    if not line.target or not paths or (forgotten and len(paths) > 1):
                        continue
                    before = (line.target, paths, line.steps)
                    state = line.state
                    if forgotten:
                        line.proposed = False
                    with self.subTest(
                        dialect=dialect, line=before, forgotten=forgotten
                    ):
                        self.choose_again(line)
                        after = (line.target, line._get_paths(), line.steps)
                        self.assertEqual(after, before)
                        self.assertEqual(line.state, "accepted")
                        line.state = state
                        compared += 1
                self.run_kinds("transform")
                self.assertEqual(self.get_values(), values)
            self.assertGreater(compared, 50)

    def test_what_nobody_proposed_is_read_as_the_file_writes_it(self):
        self.read_dialect("german")
        line = self.get_line("Provision", "crm.lead")
        self.assertFalse(line.target)
        line.field_id = self.env["ir.model.fields"]._get(
            "crm.lead", "recurring_revenue"
        )
        self.assertEqual(line.steps, [["decimal_as", ","]])
        birthday = self.get_line("Geburtstag", "res.partner")
        birthday.place = "@updated_at"
        self.assertEqual(birthday.steps[0][:2], ["datetime_as", "dmy"])
        self.assertIn("day, month, year", birthday.steps_text)
        self.run_kinds("transform")
        deal = self.get_values()["verkaufschancen", "12"][""]
        self.assertEqual(deal["recurring_revenue"], 7.5)
        person = self.get_values()["ansprechpartner", "7"][""]
        self.assertEqual(person["@updated_at"][:10], "1980-05-17")

    def test_the_list_says_where_a_new_field_is_to_be_created(self):
        self.read_dialect("german")
        line = self.get_line("Geburtstag", "res.partner")
        self.assertFalse(line.place)
        line.write({"target": "@custom.geburtstag", "state": "accepted"})
        shown = dict(line._fields["place"]._description_selection(self.env))
        self.assertEqual(shown[line.place], "New Field")
        line.place = line.place
        self.assertEqual(line.target, "@custom.geburtstag")
        line.place = False
        self.assertEqual((line.target, line.state), (False, "open"))

    def test_a_new_field_reads_days_as_the_file_writes_them(self):
        self.read_dialect("german")
        line = self.get_line("Geburtstag", "res.partner")
        wizard = self.env["crm.migration.mapping.custom"].create({"line_id": line.id})
        wizard.action_create()
        self.assertEqual(line.steps, [["date_as", "dmy"]])

    def test_a_person_is_looked_up_and_never_a_list(self):
        self.read_dialect("english")
        lines = self.job.mapping_ids.line_ids.filtered("target")
        for target in ("partner_id", "user_id"):
            filled = lines.filtered(
                lambda each, name=target: (
                    each.model_name == "crm.lead" and each.target == name
                )
            )
            filled.write({"target": False, "state": "open"})
            line = self.get_line("Zone fee", "crm.lead")
            line.field_id = self.env["ir.model.fields"]._get("crm.lead", target)
            names = [step[0] for step in line.steps]
            self.assertNotIn("value_map", names)
            self.assertEqual("owner" in names, target == "user_id")

    def test_a_list_made_by_hand_creates_what_odoo_lacks(self):
        self.read_dialect("english")
        line = self.get_line("Zone fee", "crm.lead")
        line.field_id = self.env["ir.model.fields"]._get("crm.lead", "medium_id")
        ((name, values),) = line.steps
        self.assertEqual(name, "value_map")
        self.assertTrue(self.job._get_list(values)["create"])
        self.run_kinds("transform")
        rows = self.job.value_map_ids.filtered(lambda row: row.list == values)
        self.assertEqual(set(rows.mapped("decision")), {"create"})

    def test_a_target_written_alone_is_converted_as_well(self):
        self.read_dialect("german")
        line = self.get_line("Provision", "crm.lead")
        line.write({"target": "expected_revenue"})
        self.assertEqual(line.steps, [["decimal_as", ","]])

    def test_a_second_line_of_a_target_is_refused_with_what_to_do(self):
        self.read_dialect("german")
        line = self.get_line("Provision", "crm.lead")
        with self.assertRaisesRegex(UserError, "Betrag.*Join"):
            line.field_id = self.env["ir.model.fields"]._get(
                "crm.lead", "expected_revenue"
            )
        line.invalidate_recordset()
