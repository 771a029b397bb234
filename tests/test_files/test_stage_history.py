"""The way of deals through their stages as files tell it, and what Odoo counts from it."""

from odoo.tests import tagged

from .test_hard_values import HardValues

DEALS = """\
Id,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,SystemModstamp,IsDeleted
0065g00000AAAABAA4,Saddles,Closed Won,100.0,2025-05-01 00:00:00,1,1,2025-01-01 00:00:00,2025-05-02 08:00:00,0
0065g00000AAAACAA4,Reins,Proposal,50.0,2025-06-01 00:00:00,0,0,2025-01-03 00:00:00,2025-05-02 08:00:00,0
"""
HISTORY = """\
Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate,Probability,IsDeleted
0085g000003,0065g00000AAAABAA4,u1,2025-03-12 00:00:00,Closed Won,100.0,2025-05-01 00:00:00,100.0,0
0085g000001,0065g00000AAAABAA4,u1,2025-01-01 00:00:00,Prospecting,80.0,2025-05-01 00:00:00,10.0,0
0085g000002,0065g00000AAAABAA4,u1,2025-02-01 00:00:00,Proposal,100.0,2025-05-01 00:00:00,10.0,0
0085g000004,0065g00000AAAACAA4,u1,2025-01-03 00:00:00,Prospecting,50.0,2025-06-01 00:00:00,10.0,0
0085g000005,0065g00000AAAACAA4,u1,2025-01-13 00:00:00,Proposal,50.0,2025-06-01 00:00:00,10.0,0
"""


@tagged("post_install", "-at_install")
class TestStageHistory(HardValues):
    def deal(self, name):
        return self.env["crm.lead"].search([("name", "=", name)])

    def tracked(self):
        return self.env["mail.tracking.value"].sudo().search_count([])

    def days(self, deal):
        """Return stage → whole days that Odoo counts in it, the present one left out."""
        stages = self.env["crm.stage"].browse(map(int, deal.duration_tracking))
        found = {s.name: deal.duration_tracking[str(s.id)] / 86400 for s in stages}
        now = deal.stage_id.name
        return {name: round(n) for name, n in found.items() if name and name != now}

    def read_newer(self, history, deals=DEALS):
        files = {"Opportunity.csv": deals, "OpportunityHistory.csv": history}
        names = [self.save(content, name) for name, content in files.items()]
        given = [part for name in names for part in ("--file", name)]
        _status, text = self.call("read-again", "--quiet", *given)
        self.env.invalidate_all()
        return text

    def test_days_in_each_stage_are_those_of_the_export(self):
        before = self.tracked()
        self.arrive({"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY})
        saddles, reins = self.deal("Saddles"), self.deal("Reins")
        self.assertEqual(self.days(saddles), {"Prospecting": 31, "Proposal": 39})
        self.assertEqual(self.days(reins), {"Prospecting": 10})
        self.assertEqual(str(saddles.date_last_stage_update), "2025-03-12 00:00:00")
        self.assertEqual(str(reins.date_last_stage_update), "2025-01-13 00:00:00")
        self.assertTrue(saddles.stage_id.is_won)
        # It was closed when it came into the stage in which it is won.
        self.assertEqual(round(saddles.day_close), 70)
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)
        left = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "stage_history")]
        )
        self.assertEqual(left.mapped("state"), ["unmapped"] * 5)
        self.assertIn("told by the deal", left[0].message)
        self.assertEqual(self.tracked() - before, 3)
        self.run_kind("rollback")
        self.assertEqual(self.tracked(), before)

    def test_a_stage_that_only_the_history_has_is_decided_on_like_any_other(self):
        once = HISTORY.replace("Prospecting", "Cold call")
        self.arrive({"Opportunity.csv": DEALS, "OpportunityHistory.csv": once})
        values = self.job.value_map_ids.filtered(lambda v: v.list == "stages")
        self.assertIn("Cold call", values.mapped("key"))
        self.assertEqual(self.days(self.deal("Reins")), {"Cold call": 10})

    def test_columns_of_hubspot_are_the_same_history(self):
        head = "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Create Date,"
        head += '"Date entered ""Qualified (Sales)""","Date entered ""Offer (Sales)""",'
        head += '"Date exited ""Qualified (Sales)"""\n'
        rows = "90000000001,Saddles,Sales,Offer,100,2025-01-31 09:00,2025-02-01 09:00,"
        rows += "2025-03-01 09:00,2025-03-01 09:00\n"
        rows += "90000000002,Reins,Sales,Qualified,100,2025-01-31 09:00,2025-02-01 09:00,,\n"
        self.arrive({"hubspot-crm-exports-all-deals.csv": head + rows})
        # A day before, in a stage of which nobody tells, is none of the first one's.
        saddles, reins = self.deal("Saddles"), self.deal("Reins")
        self.assertEqual(self.days(saddles), {"Qualified": 28})
        self.assertEqual(saddles.duration_tracking["0"], 86400)
        self.assertEqual(self.days(reins), {})
        self.assertEqual(
            str(self.deal("Reins").date_last_stage_update)[:10], "2025-02-01"
        )
        self.assertEqual(self.get_unaccounted(), [])

    def test_moves_of_a_deal_that_is_not_there_are_told_and_kept(self):
        more = (
            HISTORY
            + "0085g000009,0065g00000AAAADAA4,u1,2025-02-01 00:00:00,Proposal,1,,10,0\n"
        )
        files = {"Opportunity.csv": DEALS, "OpportunityHistory.csv": more}
        self.arrive(files)
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "moves_without_deal")]
        )
        self.assertIn(
            "OpportunityHistory.csv tells 1 change of stage of 1 deal", told.text
        )
        self.assertEqual(self.days(self.deal("Reins")), {"Prospecting": 10})

    def test_a_move_that_comes_to_light_later_stands_between_the_others(self):
        """Odoo counts days in the order in which the moves were written down."""
        before = self.tracked()
        some = "".join(HISTORY.splitlines(True)[i] for i in (0, 1, 2, 4, 5))
        self.arrive({"Opportunity.csv": DEALS, "OpportunityHistory.csv": some})
        saddles = self.deal("Saddles")
        self.assertEqual(self.days(saddles), {"Prospecting": 70})
        self.read_newer(HISTORY)
        self.assertEqual(self.days(saddles), {"Prospecting": 31, "Proposal": 39})
        self.assertEqual(self.tracked() - before, 3)
        self.assertFalse(self.job.difference_count)
        self.run_kind("rollback")
        self.assertEqual(self.tracked(), before)

    def test_a_moment_that_is_none_is_told_and_costs_no_other_move(self):
        once = HISTORY.replace("u1,2025-02-01 00:00:00,Proposal", "u1,soon,Proposal")
        self.load_files({"Opportunity.csv": DEALS, "OpportunityHistory.csv": once})
        self.assertEqual(self.days(self.deal("Saddles")), {"Prospecting": 70})
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "steps_lost")]
        )
        self.assertEqual(len(told), 1)
        self.assertFalse(self.job.difference_count)

    def test_a_deal_that_somebody_moved_keeps_what_happened_in_odoo(self):
        before = self.tracked()
        self.arrive({"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY})
        reins = self.deal("Reins")
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        reins.stage_id = won
        self.env.cr.flush()
        self.env.cr.precommit.run()
        moved = self.tracked()
        self.read_newer(HISTORY)
        self.assertEqual(reins.stage_id, won)
        self.assertEqual(self.tracked(), moved)
        self.assertEqual(self.days(reins)["Prospecting"], 10)
        more = (
            "0085g000006,0065g00000AAAACAA4,u1,2025-01-20 00:00:00,Closed Lost,1,,0,0\n"
        )
        self.read_newer(HISTORY + more)
        self.assertEqual(reins.stage_id, won)
        days = self.days(reins)
        self.assertEqual(days["Prospecting"], 10)
        self.assertTrue(all(n >= 0 for n in days.values()), days)
        self.assertGreater(self.tracked(), before)

    def test_a_newer_file_may_tell_only_of_what_came_since(self):
        before = self.tracked()
        lines = HISTORY.splitlines(True)
        self.arrive(
            {
                "Opportunity.csv": DEALS,
                "OpportunityHistory.csv": "".join(lines[i] for i in (0, 2, 3, 4, 5)),
            }
        )
        self.read_newer("".join(lines[i] for i in (0, 1)))
        saddles = self.deal("Saddles")
        self.assertEqual(self.days(saddles), {"Prospecting": 31, "Proposal": 39})
        self.assertEqual(self.days(self.deal("Reins")), {"Prospecting": 10})
        self.assertEqual(self.tracked() - before, 3)
        self.assertFalse(self.job.difference_count)
        self.read_newer("".join(lines[i] for i in (0, 1, 3)))
        self.assertEqual(self.days(saddles), {"Prospecting": 31, "Proposal": 39})
        self.assertEqual(self.tracked() - before, 3)
        self.assertFalse(self.job.difference_count)
