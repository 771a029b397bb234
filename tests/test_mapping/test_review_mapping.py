from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...models.mapping.propose_fields import Proposer
from ..review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewMapping(ReviewCase):
    # -- mapping -----------------------------------------------------------------

    def test_a_line_shows_a_real_value_and_what_becomes_of_it(self):
        line = self.as_reviewer(self.get_line("email"))
        self.assertEqual(line.sample_text, "info@s.example")
        self.assertEqual(line.sample_result, "info@s.example")
        self.assertEqual(line.target_label, "Email")
        self.assertEqual(line.steps_text, "e-mail address")
        self.assertAlmostEqual(line.fill_rate, 200 / 3)
        parent = self.as_reviewer(self.get_line("company_id", "contacts"))
        self.assertEqual(parent.sample_result, "Söderström & Co 🏗")
        self.assertEqual(parent.steps_text, "link to Companies")

    def test_every_step_and_every_place_has_words(self):
        from ...connectors.mapping.transforms import TRANSFORMS
        from ...models.words.mapping import STEPS

        self.assertFalse(set(TRANSFORMS) - set(STEPS))
        for name, words in STEPS.items():
            text = self.env._(words)
            self.assertTrue(text % {"argument": "x"}, name)

    def test_a_step_with_parts_of_its_own_is_told_in_words(self):
        line = self.as_reviewer(self.get_line("company_id", "contacts"))
        for steps, words in (
            (
                [["lookup_several_by", [["companies", ""], ["companies", "name"]]]],
                "links to Companies",
            ),
            (
                [["lookup_several_by", [["contacts", "", {"split": ";"}]]]],
                "links to Contacts",
            ),
            (
                [["other_numbers", [["email", "Email"], ["phone", "Phone"]]]],
                "what the first of each leaves",
            ),
            ([["html_table", [{"a": 1}, None]]], "table"),
            ([["constant", True]], "always “Yes”"),
            ([["constant", False]], "always “No”"),
        ):
            line.sudo().steps = steps
            self.assertEqual(line.steps_text, words)

    def test_a_line_of_several_fields_names_them_all_and_shows_no_markup(self):
        stream = self.job.stream_ids.filtered(lambda stream: stream.name == "companies")
        stream.sample = stream.sample | {
            "phone_2": {"label": "Second Phone", "samples": ["555"], "position": 98},
            "fax": {"label": "Fax", "samples": ["777"], "position": 99},
        }
        line = self.get_line("email")
        line.write(
            {
                "source": "phone_2, _made, fax",
                "source_paths": ["phone_2", "_made", "fax"],
                "source_label": "Second Phone",
                "target": "@note",
                "steps": [["labelled", [["Phone"], [""], ["Fax"]]]],
            }
        )
        line = self.as_reviewer(line)
        self.assertEqual(line.source_text, "Second Phone, Fax")
        self.assertIn("555", line.sample_result)
        self.assertNotIn("<", line.sample_result)

    def test_fields_to_decide_stand_in_the_order_of_the_source(self):
        stream = self.job.stream_ids.filtered(lambda stream: stream.name == "companies")
        rows = [
            {"id": 1, "zone_of_the_visit": "N", "fax": "1", "big_deal": "x", "a": "y"}
        ]
        proposer = Proposer(self.env, self.job)
        proposer.keep_sample(stream, rows, ())
        stream.invalidate_recordset()
        proposer._propose_members(stream)
        lines = stream.mapping_ids.line_ids
        found = [line.source for line in lines if line.source in rows[0]]
        self.assertEqual(found, ["zone_of_the_visit", "fax", "big_deal", "a"])

    def test_choosing_a_field_accepts_it_with_a_fitting_conversion(self):
        line = self.as_reviewer(self.get_line("turnover"))
        self.assertEqual(line.state, "open")
        fields = self.env["ir.model.fields"]
        line.field_id = fields._get("res.partner", "partner_latitude")
        self.assertEqual(line.target, "partner_latitude")
        self.assertEqual(line.steps, [["decimal"]])
        self.assertEqual(line.state, "accepted")
        line.field_id = False
        self.assertEqual((line.target, line.state), (False, "open"))

    def test_a_field_of_another_model_is_refused(self):
        line = self.as_reviewer(self.get_line("colour"))
        stage = self.env["ir.model.fields"]._get("crm.lead", "stage_id")
        with self.assertRaises(UserError):
            line.field_id = stage

    def test_choosing_a_link_makes_a_list_of_its_values(self):
        line = self.as_reviewer(self.get_line("colour"))
        line.field_id = self.env["ir.model.fields"]._get("res.partner", "industry_id")
        self.assertEqual(line.steps, [["value_map", "companies.colour"]])
        self.run_kind("transform")
        values = self.job.value_map_ids.filtered(lambda v: v.list == "companies.colour")
        self.assertEqual(sorted(values.mapped("key")), ["blue", "red"])
        self.assertEqual(set(values.mapped("model_name")), {"res.partner.industry"})

    def test_a_line_without_target_cannot_be_accepted(self):
        with self.assertRaises(UserError):
            self.as_reviewer(self.get_line("colour")).action_accept()

    def test_leaving_out_needs_a_reason_and_keeps_it(self):
        line = self.get_line("colour")
        action = self.as_reviewer(line).action_ignore()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": "Nobody knows what it means"}).action_ignore()
        self.assertEqual(line.state, "ignored")
        self.assertEqual(line.ignore_reason, "Nobody knows what it means")
        self.as_reviewer(line).action_reopen()
        self.assertEqual((line.state, line.ignore_reason), ("open", False))

    def test_a_new_field_is_proposed_with_label_and_type(self):
        line = self.get_line("turnover")
        wizard = self.env["crm.migration.mapping.custom"].with_user(self.reviewer)
        wizard = wizard.create({"line_id": line.id})
        self.assertEqual(wizard.kind, "integer")
        wizard.label = "Turnover (k€)"
        wizard.action_create()
        self.assertEqual(line.target, "@custom.turnover")
        self.assertEqual(line.target_label, "New field: Turnover (k€)")
        self.assertEqual(line.steps, [["integer"]])
        self.assertEqual(line.sample_result, "12")

    def test_a_choice_field_needs_known_choices(self):
        line = self.get_line("name")
        wizard = self.env["crm.migration.mapping.custom"].create({"line_id": line.id})
        wizard.kind = "selection"
        line.write({"samples": False})
        with self.assertRaises(UserError):
            wizard.action_create()

    def test_accepting_above_a_confidence_leaves_the_rest_open(self):
        lines = self.job.mapping_ids.line_ids
        lines.write({"state": "open"})
        sure, unsure = self.get_line("name"), self.get_line("email")
        sure.confidence, unsure.confidence = 90, 60
        wizard = self.env["crm.migration.mapping.accept"].with_user(self.reviewer)
        wizard = wizard.create({"mapping_ids": sure.mapping_id.ids, "threshold": 80})
        count = wizard.count
        wizard.action_accept()
        self.assertEqual((sure.state, unsure.state), ("accepted", "open"))
        accepted = sure.mapping_id.line_ids.filtered(
            lambda line: line.state == "accepted"
        )
        self.assertEqual(len(accepted), count)
        self.assertNotIn(False, accepted.mapped("target"))

    # -- values and owners ---------------------------------------------------------

    def create_value(self, **values):
        return self.env["crm.migration.value.map"].create(
            {"job_id": self.job.id, "list": "stages", "key": "Won", **values}
        )

    def test_choosing_a_record_decides_to_use_it(self):
        value = self.create_value(model_name="crm.stage")
        stage = self.env["crm.stage"].search([], limit=1)
        self.as_reviewer(value).target_id = stage.id
        self.assertEqual((value.target_ref, value.decision), (stage, "map"))
        self.assertEqual(value.result_text, stage.name)

    def test_a_record_of_another_list_is_refused(self):
        value = self.create_value(model_name="crm.stage")
        with self.assertRaises(ValidationError):
            self.as_reviewer(
                value
            ).target_ref = f"res.partner,{self.env.user.partner_id.id}"

    def test_only_a_listed_choice_is_taken(self):
        value = self.create_value(choices=[["won", "Won"], ["lost", "Lost"]])
        self.as_reviewer(value).choice = "won"
        self.assertEqual((value.decision, value.result_text), ("map", "Won"))
        with self.assertRaises(ValidationError):
            self.as_reviewer(value).choice = "maybe"
        with self.assertRaises(ValidationError):
            self.as_reviewer(value).action_create()

    def test_choosing_a_user_decides_the_owner(self):
        owner = self.job.owner_ids.filtered(lambda o: o.key == "ana@s.example")
        self.as_reviewer(owner).user_id = self.reviewer
        self.assertEqual(owner.decision, "assign")
        self.assertEqual(owner.result_text, self.reviewer.name)
        self.as_reviewer(owner).decision = "empty"
        self.assertFalse(owner.user_id)
