"""Leads: outcome, customer, amounts, and silence."""

from datetime import datetime

from odoo.tests import tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLoaderLead(LeadCase):
    def test_a_deal_without_a_date_of_its_own_did_not_begin_after_its_end(self):
        """Else it would have taken years to close, counted backwards (crm, 19.0)."""
        self.stages("talk", "won")
        won = {"@state": "won", "@closed_at": "2021-01-06 07:00:00"}
        lead = self.load_lead(**won)
        self.assertEqual(str(lead.create_date), "2021-01-06 07:00:00")
        self.assertEqual(lead.day_close, 0)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        steps = [
            {"stage": {"$map": ["stages", "talk"]}, "at": "2020-01-01 00:00:00"},
            {"stage": {"$map": ["stages", "won"]}, "at": "2021-01-06 07:00:00"},
        ]
        self.load(
            "more", "crm.lead", {"1": {"name": "X", "@stage_history": steps, **won}}
        )
        self.assertEqual(self.loaded("more", "1").day_close, 371)
        day = {"name": "Y", "@state": "lost", "date_deadline": "2020-02-01"}
        self.load("others", "crm.lead", {"1": day})
        self.assertEqual(self.loaded("others", "1").day_close, 0)

    def test_a_won_deal_keeps_its_closing_date(self):
        self.stages("won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]},
            **{
                "@state": "won",
                "@created_at": "2014-01-01 08:00:00",
                "@updated_at": "2015-06-01 00:00:00",
                "@closed_at": "2014-03-12 10:00:00",
            },
        )
        self.assertEqual(lead.won_status, "won")
        self.assertEqual((lead.probability, lead.active), (100, True))
        self.assertEqual(lead.date_closed, datetime(2014, 3, 12, 10))
        self.assertEqual(lead.create_date, datetime(2014, 1, 1, 8))
        self.assertEqual(lead.write_date, datetime(2015, 6, 1))
        self.assertEqual(lead.day_close, 70)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_a_won_deal_without_a_won_stage_gets_the_one_of_its_team(self):
        self.stages("talk")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]}, **{"@state": "won"}
        )
        self.assertEqual((lead.stage_id, lead.won_status), (self.won, "won"))

    def test_a_stage_that_gives_way_to_the_outcome_is_named_in_the_notes(self):
        self.stages("talk", "won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]}, **{"@state": "won"}
        )
        self.assertIn("<b>Stage</b>: Gespräch", lead.description)
        self.load(
            "deals",
            "crm.lead",
            {
                "2": {
                    "name": "B",
                    "stage_id": {"$map": ["stages", "won"]},
                    "@state": "lost",
                }
            },
        )
        self.assertIn("<b>Stage</b>: Ganado", self.loaded("deals", "2").description)
        self.assertEqual(self.verify("deals", "crm.lead", ["1", "2"]), [])

    def test_the_day_on_which_the_stage_was_entered_stays(self):
        self.stages("talk")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]},
            date_last_stage_update="2015-02-03 04:05:06",
            **{"@created_at": "2014-01-01 08:00:00", "@state": "open"},
        )
        self.assertEqual(lead.date_last_stage_update, datetime(2015, 2, 3, 4, 5, 6))
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_an_outcome_that_is_none_leaves_it_to_the_stage(self):
        self.stages("won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]}, **{"@state": "STALLED"}
        )
        self.assertEqual(lead.won_status, "won")
        self.assertIn("<b>Open, won or lost</b>: STALLED", lead.description)
        self.assertEqual(self.staged("deals", "1").problem, "value_left_out")

    def test_a_lost_deal_is_lost_and_not_only_archived(self):
        reason = self.env["crm.lost.reason"].create({"name": "Zu teuer"})
        self.stages("talk")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]},
            probability=60,
            lost_reason_id=self.decide("reasons", "x", reason),
            **{"@state": "lost", "@closed_at": "2016-02-29 23:59:59"},
        )
        self.assertEqual(
            (lead.won_status, lead.active, lead.probability), ("lost", False, 0)
        )
        self.assertEqual((lead.lost_reason_id, lead.stage_id), (reason, self.talk))
        self.assertEqual(lead.date_closed, datetime(2016, 2, 29, 23, 59, 59))

    def test_the_reason_of_a_deal_that_is_not_lost_is_no_lost_reason(self):
        """SuperOffice has one column for why something was sold or lost."""
        reason = self.env["crm.lost.reason"].create({"name": "Best price"})
        for state, kept in (("won", False), ("open", False), ("lost", reason)):
            self.load(
                "deals",
                "crm.lead",
                {state: {"name": "A", "@state": state, "lost_reason_id": reason.id}},
            )
            deal = self.loaded("deals", state)
            self.assertEqual(deal.lost_reason_id, kept or reason.browse())
            told = "Best price" in (deal.description or "")
            self.assertEqual(told, not kept, state)

    def test_a_lost_deal_in_a_won_stage_gets_another_stage_and_a_message(self):
        self.stages("won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]}, **{"@state": "lost"}
        )
        self.assertEqual((lead.won_status, lead.stage_id), ("lost", self.talk))
        self.assertTrue(self.messages("lost_in_won_stage"))

    def test_an_archived_deal_of_unknown_outcome_is_as_likely_as_odoo_says(self):
        """Odoo estimates what is archived, and leaves it at zero (crm, 19.0)."""
        lead = self.load_lead(active=False)
        self.assertFalse(lead.probability)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        self.env.cr.execute(
            "UPDATE crm_lead SET probability = 30 WHERE id = %s", [lead.id]
        )
        self.env.invalidate_all()
        found = [each["field"] for each in self.verify("deals", "crm.lead", ["1"])]
        self.assertIn("probability", found)

    def test_an_open_deal_keeps_the_probability_it_was_given(self):
        self.stages("talk")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]},
            probability=37.5,
            **{"@state": "open"},
        )
        self.assertEqual((lead.probability, lead.won_status), (37.5, "pending"))
        self.assertFalse(lead.date_closed)

    def test_a_deal_does_not_rewrite_its_customer(self):
        partner = self.env["res.partner"].create(
            {
                "name": "HQ",
                "is_company": True,
                "email": "hq@co.test",
                "phone": "210000000",
            }
        )
        self.load(
            "companies",
            "res.partner",
            {"1": {"name": "HQ"}},
            decision="merge",
            merge_id=partner.id,
        )
        before = self.table_digest("res_partner")
        lead = self.load_lead(
            partner_id=self.ref("companies", "1"),
            email_from="bob@co.test",
            phone="+351 911 111 111",
        )
        self.assertEqual(
            (lead.email_from, lead.phone), ("bob@co.test", "+351 911 111 111")
        )
        self.assertEqual(lead.partner_id, partner)
        self.assertEqual(self.table_digest("res_partner"), before)

    def test_an_amount_in_another_currency_keeps_the_original_beside_it(self):
        Currency = self.env["res.currency"].with_context(active_test=False)
        other = Currency.search(
            [("id", "!=", self.company.currency_id.id), ("rate_ids", "=", False)],
            limit=1,
        )
        other.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "name": "2010-01-01",
                "rate": 4.0,
                "company_id": self.company.id,
            }
        )
        lead = self.load_lead(
            expected_revenue=1000.0,
            **{"@currency": other.name, "@created_at": "2020-01-01 00:00:00"},
        )
        self.assertEqual(lead.expected_revenue, 250.0)
        self.assertIn(f"1000.00 {other.name}", lead.description)

    def test_nobody_is_told_and_nobody_follows(self):
        tables = (
            "mail_mail",
            "mail_message",
            "mail_followers",
            "mail_notification",
            "mail_activity",
            "bus_bus",
        )
        before = self.counts(*tables)
        rows = {
            str(n): {
                "name": f"L{n}",
                "user_id": {"$owner": "anna"},
                "email_from": f"l{n}@x.test",
            }
            for n in range(5)
        }
        self.load("deals", "crm.lead", rows)
        self.assertEqual(self.counts(*tables), before)
        self.assertEqual(self.loaded("deals", "3").user_id, self.anna)
        lead = self.loaded("deals", "3")
        if "iap_enrich_done" in lead._fields:
            self.assertTrue(lead.iap_enrich_done, "no enrichment is bought for it")

    def test_a_rule_of_the_company_does_not_fire_for_us_but_for_others(self):
        self.assertIn(
            "base.automation",
            self.env,
            "install base_automation in the database of the tests: without it nothing"
            " shows that a load fires no rule",
        )
        rule = self.env["base.automation"].create(
            {
                "name": "Mark",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "trigger": "on_create_or_write",
                "action_server_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Mark",
                            "model_id": self.env["ir.model"]._get_id("crm.lead"),
                            "state": "code",
                            "code": "records.write({'referred': 'fired'})",
                        },
                    )
                ],
            }
        )
        lead = self.load_lead(probability=10)
        self.assertFalse(lead.referred)
        lead = self.load_lead(probability=20)
        self.assertFalse(lead.referred)
        self.assertTrue(rule.active)
        theirs = self.env["crm.lead"].create({"name": "Theirs"})
        self.assertEqual(theirs.referred, "fired")

    def test_a_batch_costs_next_to_no_query_per_record(self):
        self.stages("talk")
        self.load(
            "contacts",
            "res.partner",
            {str(n): {"name": f"C{n}", "email": f"c{n}@x.test"} for n in range(300)},
        )
        rows = {
            str(n): {
                "name": f"D{n}",
                "stage_id": {"$map": ["stages", "talk"]},
                "partner_id": self.ref("contacts", str(n)),
                "email_from": f"other{n}@x.test",
                "user_id": {"$owner": "anna"},
                "@state": "open",
                "@created_at": "2019-01-01 00:00:00",
            }
            for n in range(300)
        }
        self.stage("deals", "crm.lead", rows)
        staged = self.rows("deals", rows)
        loader = self.env["crm.migration.target"]._for("crm.lead")
        count = self.env.cr.sql_log_count
        loader._load(self.load_run, self.mapping("deals", "crm.lead"), staged)
        self.assertLess((self.env.cr.sql_log_count - count) / 300, 0.4)

    def test_a_customer_that_comes_later_overwrites_nothing_of_the_deal(self):
        self.stage("people", "res.partner", {"9": {"name": "Kundin"}})
        own = {
            "contact_name": "Bob",
            "partner_name": "Bob & Co",
            "website": "http://bob.test",
            "function": "CEO",
            "city": "Faro",
        }
        lead = self.load_lead(partner_id=self.ref("people", "9"), **own)
        self.load_customer(
            function="Chefin",
            website="http://kundin.test",
            email="kundin@x.test",
            city="Wien",
            street="Ring 1",
        )
        maps = self.map_row("deals", "1")
        self.env["crm.migration.target"]._for("crm.lead")._link(self.load_run, maps)
        self.env.invalidate_all()
        self.assertEqual(lead.partner_id.name, "Kundin")
        self.assertEqual({name: lead[name] for name in own}, own)
        self.assertFalse(lead.street, "an address is taken as a whole or not at all")
        self.assertEqual(lead.email_from, "kundin@x.test", "it said nothing itself")
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_a_changed_customer_changes_no_deal_of_others(self):
        customer = self.load_customer()
        theirs = self.env["crm.lead"].create(
            {"name": "Theirs", "partner_id": customer.id}
        )
        before = self.table_digest("crm_lead")
        self.load_customer(email="new@x.test", phone="213218000")
        self.assertEqual(customer.email, "new@x.test")
        self.assertFalse(theirs.email_from)
        self.assertEqual(self.table_digest("crm_lead"), before)
