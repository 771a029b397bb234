"""New stages in the source's order, the won one marked; essentials said beforehand."""

from odoo.tests import tagged

from ..common import MigrationCase

HEAD = "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Status,Probability\n"


@tagged("post_install", "-at_install")
class TestStagesAndEssentials(MigrationCase):
    def read_file(self, text, name="deals.csv"):
        self.import_files({name: text})
        self.run_kinds("discover", "extract", "transform")

    def get_stages(self):
        rows = self.job.value_map_ids.filtered(lambda r: r.model_name == "crm.stage")
        return rows.sorted("sequence")

    def test_new_stages_stand_in_the_order_of_their_probability(self):
        self.read_file(
            HEAD + "1,A,Zeta talk,10,2024-01-01,Open,60\n"
            "2,B,Yonder,10,2024-01-02,Won,100\n"
            "3,C,Alpha look,10,2024-01-03,Open,80\n"
            "4,D,Middle way,10,2024-01-04,Open,20\n"
            "5,E,Yonder,10,2024-01-05,Won,100\n6,F,Yonder,10,2024-01-06,Won,100\n"
        )
        rows = self.get_stages()
        order = ["Middle way", "Zeta talk", "Alpha look", "Yonder"]
        self.assertEqual(rows.mapped("key"), order)
        self.assertEqual(rows.mapped("is_won"), [False, False, False, True])
        self.assertEqual(set(rows.mapped("decision")), {"create"})
        self.run_kinds("load")
        stages = self.env["crm.stage"].search([("name", "in", order)])
        self.assertEqual(stages.mapped("name"), order)
        self.assertEqual(stages.mapped("is_won"), [False, False, False, True])
        self.assertEqual(self.migrated("deals", "2").stage_id.name, "Yonder")
        self.run_kinds("rollback")
        self.assertFalse(stages.exists())

    def test_without_probability_the_first_use_counts_and_names_tell_the_won_one(self):
        self.read_file(
            "Deal ID,Deal Name,Deal Stage,Amount,Create Date\n"
            "1,A,Zeta talk,10,2024-01-01\n"
            "2,B,Gewonnen,10,2024-01-02\n"
            "3,C,Alpha look,10,2024-01-03\n"
            "4,D,Zeta talk,10,2024-01-04\n"
        )
        rows = self.get_stages().filtered(lambda row: row.decision == "create")
        self.assertEqual(rows.mapped("key"), ["Zeta talk", "Alpha look", "Gewonnen"])
        self.assertEqual(rows.mapped("is_won"), [False, False, True])

    def get_won(self):
        return {row.key for row in self.get_stages() if row.is_won}

    def test_one_deal_that_was_won_makes_no_won_stage(self):
        self.read_file(
            HEAD + "1,A,Offer,10,2024-01-01,Won,100\n2,B,Hello,10,2024-01-02,Open,20\n"
        )
        self.assertFalse(self.get_won())
        self.run_kinds("load")
        deal = self.migrated("deals", "1")
        self.assertEqual(deal.won_status, "won")
        self.assertNotEqual(deal.stage_id.name, "Offer")
        self.assertIn("Offer", deal.description)

    def test_where_deals_are_won_in_any_stage_only_a_name_tells_the_won_one(self):
        """Pipedrive leaves a deal where it was won."""
        rows = [
            *(("Offer", status) for status in ("Won", "Won", "Open", "Open", "Lost")),
            *(("Talks", status) for status in ("Won", "Won", "Won")),
            *(("Gewonnen", status) for status in ("Won", "Won", "Won")),
        ]
        self.read_file(
            HEAD
            + "".join(
                f"{n},D{n},{stage},10,2024-01-01,{status},\n"
                for n, (stage, status) in enumerate(rows, 1)
            )
        )
        self.assertEqual(self.get_won(), {"Gewonnen"})

    def test_several_deals_won_in_one_stage_and_nowhere_else(self):
        rows = [("Handover", "Won")] * 3 + [("Offer", "Open"), ("Offer", "Lost")]
        self.read_file(
            HEAD
            + "".join(
                f"{n},D{n},{stage},10,2024-01-01,{status},\n"
                for n, (stage, status) in enumerate(rows, 1)
            )
        )
        self.assertEqual(self.get_won(), {"Handover"})

    def test_what_a_person_ordered_stays(self):
        self.read_file(
            HEAD + "1,A,Zeta,10,2024-01-01,Open,10\n2,B,Eta,1,2024-01-01,Open,20\n"
        )
        first, second = self.get_stages()
        first.write({"sequence": 9, "is_won": True})
        self.run_kinds("transform")
        self.assertEqual(self.get_stages(), second + first)
        self.run_kinds("load")
        stages = self.env["crm.stage"].search([("name", "in", ["Zeta", "Eta"])])
        self.assertEqual(stages.mapped("name"), ["Eta", "Zeta"])
        self.assertEqual(stages.mapped("is_won"), [False, True])

    # -- essentials ----------------------------------------------------------------

    def get_essentials(self):
        checks = self.job.check_ids
        return checks.filtered(lambda c: c.code == "odoo.target.essentials").text or ""

    def test_what_nothing_fills_is_said_before_the_load(self):
        self.read_file("Deal ID,Deal Name,Deal Stage\n1,A,New\n2,B,New\n")
        self.assertIn("Expected Revenue", self.get_essentials())
        self.assertIn("Creation date", self.get_essentials())
        self.assertNotIn(
            "Opportunity", self.get_essentials().replace("Opportunities", "")
        )
        self.assertIn("mapping", self.get_essentials())

    def test_nothing_is_said_where_all_is_filled(self):
        self.read_file(HEAD + "1,A,New,10,2024-01-01,Open,10\n")
        self.assertFalse(self.get_essentials())

    def test_a_target_taken_away_by_hand_is_missed_at_the_next_preparation(self):
        self.read_file(HEAD + "1,A,New,10,2024-01-01,Open,10\n")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda each: each.target == "expected_revenue"
        )
        line.field_id = False
        self.run_kinds("transform")
        self.assertIn("Expected Revenue", self.get_essentials())

    def test_a_meeting_without_start_and_a_contact_without_name(self):
        self.read_file("Meeting ID,Meeting name,Location\n1,A,Here\n", "meetings.csv")
        self.assertRegex(self.get_essentials(), "Start")
        self.read_file("Contact ID,Job Title,City\n1,Buyer,Here\n", "contacts.csv")
        self.assertRegex(self.get_essentials(), "Name")
