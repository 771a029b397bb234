"""Campaigns as campaigns, or as tags where the migration says so."""

from odoo.tests import tagged

from ...connectors.mapping.vocabulary import field, mapping
from ..loader_common import LoaderCase

CAMPAIGNS = mapping("campaigns", "utm.campaign", field("title", "name"))


@tagged("post_install", "-at_install")
class TestCampaignPolicy(LoaderCase):
    def load_deals(self, policy):
        self.job.campaign_policy = policy
        targets = self.env["crm.migration.target"]
        (found,), left_out = targets._resolve_mappings([CAMPAIGNS], self.job)
        self.assertEqual(left_out, [])
        name = found.fields[0].target
        self.load("campaigns", found.model, {"1": {name: "Spring ✓"}})
        self.load("kinds", "crm.tag", {"1": {"name": "Hot"}})
        values = {
            "name": "Roof",
            "campaign_id": self.ref("campaigns", "1"),
            "tag_ids": [self.ref("kinds", "1")],
        }
        self.load("deals", "crm.lead", {"1": values})
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        return found.model, self.loaded("deals", "1")

    def test_by_default_they_are_campaigns(self):
        model, deal = self.load_deals("campaign")
        self.assertEqual(model, "utm.campaign")
        self.assertEqual(deal.campaign_id.title, "Spring ✓")
        self.assertEqual(deal.tag_ids.mapped("name"), ["Hot"])

    def test_as_tags_of_deals_they_stand_among_these(self):
        model, deal = self.load_deals("deal_tag")
        self.assertEqual(model, "crm.tag")
        self.assertFalse(deal.campaign_id)
        self.assertEqual(set(deal.tag_ids.mapped("name")), {"Hot", "Spring ✓"})

    def test_as_tags_of_contacts_a_deal_keeps_the_name_in_its_notes(self):
        model, deal = self.load_deals("contact_tag")
        self.assertEqual(model, "res.partner.category")
        self.assertIn("Spring ✓", str(deal.description))

    def test_values_that_name_a_campaign_are_tags_as_well(self):
        targets = self.env["crm.migration.target"]
        self.job.campaign_policy = "deal_tag"
        self.assertEqual(targets._get_model_here("utm.campaign", self.job), "crm.tag")
        tag = self.env["crm.tag"].create({"name": "Fair"})
        values = {"name": "Gate", "campaign_id": self.decide("campaigns", "Fair", tag)}
        self.load("deals", "crm.lead", {"2": values})
        self.assertEqual(self.loaded("deals", "2").tag_ids, tag)
