"""A plan decides what is new to it; what a person has decided since stays."""

from odoo.tests import tagged

from ..common import MigrationCase

FILES = {
    "companies__csv": (
        "Company ID,Company Name,Phone,City,Owner\n"
        "1,Alpha Lda,+351 210 000 001,Porto,Ana\n"
    ),
    "deals__csv": (
        "Deal ID,Deal Name,Amount,Stage,Colour\n1,Saddles,10,Haggling,red\n"
        "2,Reins,20,Signing,blue\n"
    ),
}


@tagged("post_install", "-at_install")
class TestPlanDecisions(MigrationCase):
    def setUp(self):
        super().setUp()
        self.import_files(FILES)
        self.run_kinds("discover", "extract")
        self.replay()

    def replay(self, **plan):
        """Begin once more, with the decisions of the present migration as its plan."""
        exported = {**self.job._export_plan(), "accept_above": 60, **plan}
        self.import_files(FILES, **exported)
        self.run_kinds("discover", "extract")

    def line(self, source):
        return self.job.mapping_ids.line_ids.filtered(lambda x: x.source == source)

    def value(self, key):
        return self.job.value_map_ids.filtered(
            lambda row: row.key == key and row.model_name == "crm.stage"
        )

    def test_what_a_person_decides_after_the_plan_stays(self):
        ignored = {"target": False, "state": "ignored", "ignore_reason": "Not used"}
        self.line("City").write(ignored)
        self.line("Phone").state = "open"  # whether to take it is to be asked
        self.value("Signing").write({"decision": "empty"})
        self.job.owner_ids.write({"decision": "placeholder"})
        deals = self.job.mapping_ids.filtered(lambda m: m.stream == "deals")
        deals.selected = False
        self.run_kinds("transform")
        self.assertEqual(self.line("City").state, "ignored")
        self.assertEqual(self.line("City").ignore_reason, "Not used")
        self.assertEqual(self.line("Phone").state, "open")
        self.assertEqual(self.value("Signing").decision, "empty")
        self.assertEqual(self.job.owner_ids.mapped("decision"), ["placeholder"])
        self.assertFalse(deals.selected)
        # What nobody has touched is as the plan says.
        self.assertEqual(self.line("Amount").state, "accepted")
        self.assertEqual(self.value("Haggling").decision, "create")

    def test_who_goes_back_to_what_was_proposed_decides_as_well(self):
        ignored = {"target": False, "state": "ignored", "ignore_reason": "Not used"}
        city = dict(self.line("City").proposed)
        self.line("City").write(ignored)
        self.replay()
        self.assertEqual(self.line("City").state, "ignored")
        self.line("City").write({**city, "ignore_reason": False})
        self.run_kinds("transform")
        self.assertEqual(self.line("City").target, "city")
        self.assertEqual(self.line("City").state, city["state"])

    def test_a_filter_and_an_object_stay_as_a_person_left_them(self):
        self.replay(filters={"deals": [["Stage", "=", "Signing"]]})
        deals, companies = (
            self.job.stream_ids.filtered(lambda s, name=name: s.name == name)
            for name in ("deals", "companies")
        )
        self.assertTrue(deals.filter_domain)
        deals._set_filter(False)
        companies.selected = False
        self.run_kinds("transform")
        self.assertFalse(deals.filter_domain)
        self.assertFalse(companies.selected)

    def test_fields_that_a_person_separates_are_not_joined_again(self):
        (self.line("Amount") | self.line("Colour"))._take_together()
        self.replay()
        joined = self.job.mapping_ids.line_ids.filtered("joined_line_ids")
        self.assertEqual(len(joined), 1, "as the plan says")
        joined.action_separate()
        self.run_kinds("transform")
        self.assertFalse(self.job.mapping_ids.line_ids.filtered("joined_line_ids"))

    def test_what_the_plan_decides_of_values_that_come_later(self):
        self.value("Signing").write({"decision": "empty"})
        plan = self.job._export_plan()
        self.import_files(FILES, **plan)
        self.run_kinds("discover")
        self.assertFalse(self.value("Signing"))
        self.run_kinds("extract")
        self.assertEqual(self.value("Signing").decision, "empty")
