"""What a lead went through: its stages with their days, reopened, changed."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLeadHistory(LeadCase):
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
