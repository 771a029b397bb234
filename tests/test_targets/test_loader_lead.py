"""Deals: outcome, dates, probability, time in stage; the customer stays as it is."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderLead(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Stage = cls.env["crm.stage"]
        team = cls.job.team_id
        values = {"team_ids": [(4, team.id)]}
        cls.new = Stage.create({"name": "Neu", "sequence": 900, **values})
        cls.talk = Stage.create({"name": "Gespräch", "sequence": 901, **values})
        cls.won = Stage.create(
            {"name": "Ganado", "sequence": 902, "is_won": True, **values}
        )

    def load_lead(self, **values):
        self.load("deals", "crm.lead", {"1": {"name": "Pão & Cª 🥖", **values}})
        return self.loaded("deals", "1")

    def stages(self, *keys):
        for key in keys:
            self.decide("stages", key, getattr(self, key))

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

    def test_a_lost_deal_in_a_won_stage_gets_another_stage_and_a_message(self):
        self.stages("won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]}, **{"@state": "lost"}
        )
        self.assertEqual((lead.won_status, lead.stage_id), ("lost", self.talk))
        self.assertTrue(self.messages("lost_in_won_stage"))

    def test_an_open_deal_keeps_the_probability_it_was_given(self):
        self.stages("talk")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]},
            probability=37.5,
            **{"@state": "open"},
        )
        self.assertEqual((lead.probability, lead.won_status), (37.5, "pending"))
        self.assertFalse(lead.date_closed)

    def test_history_does_not_teach_the_scores(self):
        team = self.job.team_id
        before = self.counts("crm_lead_scoring_frequency")
        self.env["crm.lead"].create(
            {"name": "Own", "team_id": team.id, "stage_id": self.won.id}
        )
        taught = self.counts("crm_lead_scoring_frequency")
        self.assertNotEqual(taught, before, "Odoo itself learns from a won deal")
        digest = self.table_digest("crm_lead_scoring_frequency")
        self.load_lead(**{"@state": "won", "@closed_at": "2014-03-12 10:00:00"})
        self.assertEqual(self.table_digest("crm_lead_scoring_frequency"), digest)

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

    def test_time_in_stage_is_what_the_history_says(self):
        self.stages("new", "talk", "won")
        lead = self.load_lead(
            **{
                "@state": "won",
                "@created_at": "2020-01-01 00:00:00",
                "@closed_at": "2020-01-31 00:00:00",
                "@stage_history": [
                    {
                        "stage": {"$map": ["stages", "talk"]},
                        "at": "2020-01-11 00:00:00",
                    },
                    {"stage": {"$map": ["stages", "new"]}, "at": "2020-01-01 00:00:00"},
                    {"stage": {"$map": ["stages", "won"]}, "at": "2020-01-31 00:00:00"},
                ],
            }
        )
        self.assertEqual(lead.stage_id, self.won)
        spent = {int(k): v for k, v in lead.duration_tracking.items()}
        self.assertEqual(spent[self.new.id], timedelta(days=10).total_seconds())
        self.assertEqual(spent[self.talk.id], timedelta(days=20).total_seconds())
        self.assertEqual(lead.date_last_stage_update, datetime(2020, 1, 31))
        moved = self.env.ref("crm.mt_lead_stage")
        messages = lead.message_ids.filtered(lambda m: m.subtype_id == moved)
        self.assertEqual(
            messages.mapped("date"), [datetime(2020, 1, 31), datetime(2020, 1, 11)]
        )
        self.assertEqual(
            messages[0].tracking_value_ids.mapped("new_value_char"), [self.won.name]
        )
        # A move made in Odoo afterwards goes on counting from there.
        lead.with_context(tracking_disable=False).write({"stage_id": self.talk.id})
        self.env.flush_all()
        lead.invalidate_recordset()
        self.assertGreater(lead.duration_tracking[str(self.won.id)], 0)

    def test_an_update_of_the_stage_keeps_the_dates_of_the_source(self):
        self.stages("new", "won")
        values = {
            "@created_at": "2020-01-01 00:00:00",
            "@updated_at": "2020-01-02 00:00:00",
        }
        lead = self.load_lead(stage_id={"$map": ["stages", "new"]}, **values)
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]},
            **{
                **values,
                "@updated_at": "2020-02-02 00:00:00",
                "@closed_at": "2020-02-01 00:00:00",
            },
        )
        self.assertEqual(lead.stage_id, self.won)
        self.assertEqual(lead.date_closed, datetime(2020, 2, 1))
        self.assertEqual(lead.write_date, datetime(2020, 2, 2))

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

    def test_moves_since_the_last_load_are_added_once(self):
        self.stages("new", "talk", "won")
        steps = [
            {"stage": {"$map": ["stages", name]}, "at": f"2020-0{n}-01 00:00:00"}
            for n, name in enumerate(("new", "talk", "won"), 1)
        ]
        self.load_lead(
            **{"@stage_history": steps[:2], "@created_at": "2020-01-01 00:00:00"}
        )
        lead = self.load_lead(
            **{"@stage_history": steps, "@created_at": "2020-01-01 00:00:00"}
        )
        moved = self.env.ref("crm.mt_lead_stage")
        dates = lead.message_ids.filtered(lambda m: m.subtype_id == moved).mapped(
            "date"
        )
        self.assertEqual(dates, [datetime(2020, 3, 1), datetime(2020, 2, 1)])
        self.assertEqual(len(self.map_row("deals", "1").extras["mail.message"]), 2)
        self.assertEqual(self.unload("deals"), {"deleted": 1})

    # -- the customer -----------------------------------------------------------

    def load_customer(self, **values):
        self.load("people", "res.partner", {"9": {"name": "Kundin", **values}})
        return self.loaded("people", "9")

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

    # -- changes ----------------------------------------------------------------

    def test_a_change_without_a_date_is_not_dated_today(self):
        self.stages("new", "talk")
        self.env["crm.migration.owner"].create(
            {"job_id": self.job.id, "key": "root", "user_id": self.env.uid}
        )
        created = {"@created_at": "2020-01-01 00:00:00"}
        self.load_lead(
            stage_id={"$map": ["stages", "new"]}, user_id={"$owner": "anna"}, **created
        )
        lead = self.load_lead(
            stage_id={"$map": ["stages", "talk"]}, user_id={"$owner": "root"}, **created
        )
        self.assertEqual((lead.stage_id, lead.user_id), (self.talk, self.env.user))
        then = datetime(2020, 1, 1)
        self.assertEqual((lead.date_open, lead.date_last_stage_update), (then, then))
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_a_deal_that_was_reopened_is_open_again(self):
        self.stages("new", "talk", "won")
        for state, stage in (("lost", "talk"), ("won", "won")):
            with self.subTest(state):
                self.load_lead(
                    stage_id={"$map": ["stages", stage]},
                    **{"@state": state, "@closed_at": "2020-01-01 00:00:00"},
                )
                lead = self.load_lead(
                    stage_id={"$map": ["stages", "new"]}, **{"@state": "open"}
                )
                self.assertEqual(
                    (lead.active, lead.won_status, lead.stage_id),
                    (True, "pending", self.new),
                )
                self.assertFalse(lead.date_closed)
                self.assertTrue(lead.is_automated_probability)
                self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_an_open_deal_in_a_won_stage_stays_open(self):
        self.stages("won")
        lead = self.load_lead(
            stage_id={"$map": ["stages", "won"]}, **{"@state": "open"}
        )
        self.assertEqual((lead.won_status, lead.stage_id), ("pending", self.talk))
        self.assertTrue(self.messages("open_in_won_stage"))

    # -- history ----------------------------------------------------------------

    def history(self, *keys):
        return [
            {"stage": {"$map": ["stages", key]}, "at": f"2020-0{n}-01 00:00:00"}
            for n, key in enumerate(keys, 1)
        ]

    def test_a_stage_of_the_history_that_nobody_decided_is_named_once(self):
        self.stages("new", "won")
        lead = self.load_lead(**{"@stage_history": self.history("new", "alt", "won")})
        (message,) = self.messages("steps_named")
        self.assertIn("alt", message.text)
        self.assertFalse(lead.description)

    def test_a_stage_that_odoo_does_not_have_keeps_its_name_and_its_days(self):
        self.stages("new", "won")
        steps = {"@stage_history": self.history("new", "alt", "won")}
        lead = self.load_lead(**{"@created_at": "2020-01-01 00:00:00"}, **steps)
        moves = lead.message_ids.tracking_value_ids.sorted("create_date")
        told = moves.mapped(lambda m: (m.old_value_char, m.new_value_char))
        self.assertEqual(told, [("Neu", "alt"), ("alt", "Ganado")])
        # January is the first stage's; February is nobody's.
        self.assertEqual(lead.duration_tracking[str(self.new.id)], 31 * 86400)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        self.decide("stages", "alt", self.talk)
        self.map_row("deals", "1").values_hash = False  # as deciding does
        self.load_lead(**{"@created_at": "2020-01-01 00:00:00"}, **steps)
        again = lead.message_ids.tracking_value_ids.sorted("create_date")
        self.assertEqual(again, moves)
        self.assertEqual(moves[0].new_value_integer, self.talk.id)
        self.assertEqual(moves[1].old_value_char, self.talk.name)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_verification_sees_a_move_and_an_author_that_are_not_there(self):
        self.stages("new", "won")
        lead = self.load_lead(
            **{
                "@stage_history": self.history("new", "won"),
                "@updated_at": "2020-02-02 00:00:00",
                "@updated_by": {"$owner": "anna"},
            }
        )
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])
        self.env.cr.execute(
            "DELETE FROM mail_tracking_value WHERE mail_message_id = ANY(%s)",
            [lead.message_ids.ids],
        )
        self.env.cr.execute(
            "UPDATE crm_lead SET write_uid = 1, write_date = '2020-02-01' WHERE id = %s",
            [lead.id],
        )
        self.env.invalidate_all()
        found = {each["field"] for each in self.verify("deals", "crm.lead", ["1"])}
        self.assertEqual(found, {"@stage_history", "write_uid", "write_date"})
