"""What other addons do around and within ``create`` is done on the fast lane as well."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.odoo.lane import Lane
from .lane_common import MODELS, AddonCase

PEOPLE = [
    {"name": "Anna", "city": "Porto"},
    {"name": "Rui", "city": "Faro"},
    {"name": "Zoë", "city": "Porto"},
    {"name": "Łukasz", "city": "Nowhere"},
]


@tagged("post_install", "-at_install")
class TestLaneAddons(AddonCase):
    def test_fields_that_somebody_made(self):
        """Computed ones, stored; in every language; one for each company."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.make_field(
            "x_length",
            "integer",
            compute="for each in self: each['x_length'] = len(each.name or '')",
            depends="name",
        )
        self.make_field("x_title", "char", translate="standard")
        self.make_field("x_credit", "float", company_dependent=True)
        self.make_field(
            "x_people",
            "integer",
            compute="for each in self: each['x_people'] = len(each.child_ids)",
            depends="child_ids",
        )
        self.quiet = self.quiet(context={**self.quiet.context, "lang": "fr_FR"})
        firm = self.env["res.partner"].create({"name": "Firma", "is_company": True})
        rows = [
            {
                **vals,
                "parent_id": firm.id,
                "x_title": "Dr",
                "x_credit": position or False,
            }
            for position, vals in enumerate(PEOPLE)
        ]
        found = self.assert_same_both_ways("res.partner", rows)
        by_name = {row["name"]: row for row in found["rows"]["res_partner"]}
        self.assertEqual(by_name["Łukasz"]["x_length"], 6)
        self.assertEqual(by_name["Firma"]["x_people"], 4)
        self.assertEqual(by_name["Anna"]["x_title"], {"en_US": "Dr", "fr_FR": "Dr"})

    def test_who_acts_on_one_value_only_is_heard(self):
        """No sample would have shown it: the last row of many lives there."""

        def create(origin, records, vals_list):
            made = origin(records, vals_list)
            for record in made.filtered(lambda each: each.city == "Nowhere"):
                record.ref = f"found {record.id}"
                record.category_id = [Command.create({"name": "Lost", "color": 2})]
            return made

        rows = [{"name": f"N {n}", "city": "Porto"} for n in range(40)] + PEOPLE
        with self.override("create", create):
            found = self.assert_same_both_ways("res.partner", rows)
        self.assertEqual(
            [r["name"] for r in found["rows"]["res_partner"] if r["ref"]], ["Łukasz"]
        )
        self.assertEqual(len(found["rows"]["res_partner_category"]), 1)

    def test_numbers_are_given_once_for_each(self):
        """Who asks for a default more often than Odoo uses up numbers of a sequence."""
        sequence = self.env["ir.sequence"].create({"name": "Contacts", "prefix": "C"})

        def default_get(origin, records, fields):
            values = origin(records, fields)
            if "ref" in fields:
                values["ref"] = sequence.next_by_id()
            return values

        with self.override("default_get", default_get):
            found = self.assert_same_both_ways("res.partner", PEOPLE)
            self.create_all("res.partner", PEOPLE, Lane(MODELS))
        refs = sorted(row["ref"] for row in found["rows"]["res_partner"])
        self.assertEqual(refs, ["C1", "C2", "C3", "C4"])
        self.assertEqual(sequence.number_next_actual, 5)

    def test_a_constraint_speaks_as_it_does(self):
        def validate(origin, records, names, excluded=()):
            origin(records, names, excluded)
            if "Nowhere" in records.mapped("city"):
                raise ValidationError("There is no such town.")

        with self.override("_validate_fields", validate):
            found = self.assert_same_both_ways("res.partner", PEOPLE)
        self.assertEqual(found["error"], ("ValidationError", "There is no such town."))

    def test_the_table_speaks_as_it_does(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT res_partner_known_town"
            " CHECK (city <> 'Nowhere')"
        )
        lane, whole = Lane(MODELS), {"name": "Firma", "company_id": self.env.company.id}
        for vals_list in (PEOPLE, [{**whole, "name": False}]):
            by_odoo = self.leave(lambda v=vals_list: self.create_all("res.partner", v))
            by_lane = self.leave(
                lambda v=vals_list: self.create_all("res.partner", v, lane)
            )
            self.assertEqual(by_odoo["error"], by_lane["error"])
            self.assertIn("CheckViolation", by_odoo["error"])
        self.assertFalse(lane.refused)

    def test_whoever_changes_how_rows_are_made_is_not_passed_by(self):
        """The lane stands in for ``_create``: where it is another one, Odoo creates."""

        def _create(origin, records, data_list):
            return origin(records, data_list)

        lane = Lane(MODELS)
        with self.override("_create", _create):
            self.create_all("res.partner", PEOPLE, lane)
        self.assertFalse(lane.taken)
        self.assertEqual(lane.refused["res.partner", "method_overridden"], 4)

    def test_pictures_get_their_sizes(self):
        dot = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWj"
            "R9awAAAABJRU5ErkJggg=="
        )
        rows = [PEOPLE[0], {**PEOPLE[1], "image_1920": dot}]
        found = self.assert_same_both_ways("res.partner", rows)
        self.assertTrue(found["rows"]["ir_attachment"])

    def test_nobody_else_can_take_it(self):
        """Only who holds the ticket: a context comes from outside as text."""
        partners = self.quiet["res.partner"].with_context(crm_migration_lane="yes")
        made = partners.create([{**PEOPLE[0], "create_date": "2001-01-01 00:00:00"}])
        self.assertEqual(made.create_date, self.env.cr.now())

    def test_origin_is_a_column_like_any_other(self):
        author = self.env.ref("base.user_admin")
        lane = Lane(MODELS)
        vals = {"create_date": "2001-02-03 04:05:06", "create_uid": author.id}
        made = self.create_all("res.partner", [{**PEOPLE[0], **vals}, PEOPLE[1]], lane)
        made.invalidate_recordset()
        self.assertEqual(str(made[0].create_date), "2001-02-03 04:05:06")
        self.assertEqual(
            made.mapped("create_uid"), author | self.env.ref("base.user_root")
        )
        self.assertEqual(made[1].create_date, self.env.cr.now())

    def test_properties_have_their_defaults(self):
        """Of a team's deals, of all contacts; each record has its own."""
        plan = [
            {"name": "aaa", "type": "char", "string": "Source", "default": "Fair"},
            {"name": "bbb", "type": "tags", "string": "T", "tags": [["x", "X", 1]]},
            {"name": "ccc", "type": "integer", "string": "Floor"},
        ]
        plan[1]["default"] = ["x"]
        teams = self.env["crm.team"].create(
            [{"name": "North", "lead_properties_definition": plan}, {"name": "South"}]
        )
        field = self.env["res.partner"]._fields["properties"]
        base = self.env["properties.base.definition"].sudo()
        definition = base._get_definition_for_property_field(
            "res.partner", "properties"
        )
        definition.properties_definition = plan
        self.assertEqual(field.type, "properties")
        self.assert_same_both_ways(
            "res.partner",
            [{"name": f"P{n}"} for n in range(4)]
            + [{"name": "Own", "properties": {"aaa": "Web"}}],
        )
        found = self.assert_same_both_ways(
            "crm.lead",
            [{"name": f"D{n}", "team_id": teams[n % 2].id} for n in range(6)]
            + [{"name": "None", "team_id": False}]
            + [{"name": "Own", "team_id": teams[0].id, "lead_properties": {"ccc": 7}}],
        )
        rows = sorted(found["rows"]["crm_lead"], key=lambda row: row["id"])
        north, south, *_others, none, own = [r["lead_properties"] for r in rows][-8:]
        self.assertEqual(north, {"aaa": "Fair", "bbb": ["x"]})
        self.assertEqual((south or {}, none or {}, own["ccc"]), ({}, {}, 7))
