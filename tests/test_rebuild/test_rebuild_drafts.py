"""Drafts of what ran by itself: made, switched on and watched, taken back."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...connectors import available_sources
from ..common import FakeSource, MigrationCase
from ..digests import get_digest
from .rebuild_source import AUTOMATIONS, DATA, DRAFTED, RebuildSource

RULE = "base.automation"


class RebuildCase(MigrationCase):
    """A migration that is loaded, with every kind of automation in its inventory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        available_sources()["fake"] = RebuildSource
        cls.addClassCleanup(available_sources().pop, "fake")
        cls.addClassCleanup(setattr, FakeSource, "data", {})
        FakeSource.data = {**DATA, "workflows": [{"id": name} for name in AUTOMATIONS]}
        cls.env["crm.stage"].create({"name": "Signed", "is_won": True, "sequence": 99})
        cls.before = get_digest(cls.env)
        cls.job = cls.env["crm.migration.job"].create(
            {"name": "Rebuild / it", "source": "fake"}
        )
        cls.run_kind("discover")
        cls.job.owner_policy = "placeholder"
        cls.ana = cls.env["res.users"].search([("login", "=", "ana.sa@firm.example")])
        cls.run_kinds("extract", "load")

    def row(self, name):
        return self.job.automation_ids.filtered(lambda row: row.source_id == name)

    def rule(self, name):
        return self.row(name)._get_drafts(RULE)

    def migrated(self, stream, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ]
        )
        return self.env[found.res_model].browse(found.res_id)


@tagged("post_install", "-at_install")
class TestInventory(RebuildCase):
    def test_everything_is_listed_with_an_equivalent_and_why(self):
        self.assertEqual(
            set(self.job.automation_ids.mapped("source_id")), {*AUTOMATIONS}
        )
        states = {row.source_id: row.state for row in self.job.automation_ids}
        self.assertEqual({n for n, s in states.items() if s == "possible"}, DRAFTED)
        self.assertEqual(states["partly"], "partly")
        for row in self.job.automation_ids:
            self.assertTrue(row.recommendation and row.why_text and row.trigger_text)
            self.assertEqual(
                row.state != "possible", bool(row.obstacles_text), row.name
            )

    def test_it_is_said_in_words(self):
        row = self.row("waits")
        self.assertEqual(row.trigger_text, "Deals: Stage becomes “Offer <sent>”")
        self.assertIn("2. After 10 days: Create the activity “Later”", row.steps_text)
        self.assertIn("(a or b)", self.row("condition").obstacles_text)
        self.assertIn("99", self.row("missing").obstacles_text)
        self.assertIn("is not in Odoo", self.row("missing").obstacles_text)
        self.assertIn("Amount > 1000", self.row("field").conditions_text)
        self.assertIn("5 days before Decides", self.row("date").trigger_text)

    def test_no_secret_of_an_address_is_kept_or_shown(self):
        self.assertIn("https://hooks.example.com/…", self.row("webhook").steps_text)
        self.env.cr.execute(
            "SELECT string_agg(t::text, '') FROM crm_migration_automation t"
        )
        self.assertNotIn("invented", self.env.cr.fetchone()[0])

    def test_taken_again_it_is_the_same(self):
        before = {row.id: row.write_date for row in self.job.automation_ids}
        self.job._take_inventory()
        self.assertEqual({r.id: r.write_date for r in self.job.automation_ids}, before)

    def test_it_says_beforehand_what_to_install_or_to_do_first(self):
        rows = self.env.registry["crm.migration.automation"]
        with patch.object(rows, "_can_draft", lambda self: False):
            ((_code, level, text),) = self.job._check_rebuild()
            self.assertEqual(level, "passed")
            self.assertIn("Automation Rules", text)
            self.assertIn("Automation Rules", self.row("created").hint_text)
            with self.assertRaisesRegex(UserError, "Automation Rules"):
                self.job.action_create_drafts()
        self.run_kind("rollback")
        with self.assertRaisesRegex(UserError, "Load first"):
            self.job.action_create_drafts()

    def test_a_closed_migration_keeps_its_guide(self):
        told = self.row("created").steps_text
        self.job.phase = "done"
        self.job._close()
        self.job._take_inventory()
        self.assertEqual(self.row("created").steps_text, told)


class DraftCase(RebuildCase):
    def setUp(self):
        super().setUp()
        self.assertIn(RULE, self.env, "base_automation is installed in both worlds")
        self.job.action_create_drafts()
        self.addCleanup(self.env[RULE]._unregister_hook)

    def activate(self, name):
        """Switch a draft on, as an administrator does."""
        rules = self.rule(name)
        self.assertTrue(rules, self.row(name).obstacles_text)
        rules.write({"active": True})
        return rules

    def deal(self, **vals):
        return self.env["crm.lead"].create(
            {"name": "New deal", "type": "opportunity", "user_id": self.env.uid, **vals}
        )

    def run_schedule(self):
        """Let the rules run that wait for a date."""
        with (
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1
            ),
            mute_logger("odoo.addons.base_automation.models.base_automation"),
        ):
            self.env[RULE]._cron_process_time_based_actions()


@tagged("post_install", "-at_install")
class TestDraftsAtWork(DraftCase):
    """Each kind of draft is activated and does the right thing, and nothing else."""

    def test_none_is_active_and_none_runs(self):
        rules = self.env[RULE].with_context(active_test=False).search([])
        ours = rules.browse(
            r.id for row in self.job.automation_ids for r in row._get_drafts(RULE)
        )
        self.assertEqual(
            len(ours), len(DRAFTED) + 3
        )  # three of “waits”, one of “partly”
        self.assertFalse(any(ours.mapped("active")))
        self.assertFalse(any(ours.action_server_ids.mapped("warning")))
        self.assertFalse(self.deal().activity_ids)

    def test_on_create_an_activity(self):
        self.activate("created")
        deal = self.deal()
        self.assertEqual(deal.activity_ids.summary, "Call <them>")
        self.assertEqual(deal.activity_ids.user_id, self.env.user)
        self.assertEqual(
            deal.activity_ids.activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )
        days = deal.activity_ids.date_deadline - fields.Date.context_today(deal)
        self.assertEqual(days.days, 3)
        self.assertFalse(self.deal(type="lead").activity_ids, "a deal is no lead")
        self.assertFalse(self.migrated("deals", "1").activity_ids)

    def test_on_a_stage_an_activity(self):
        self.activate("stage")
        deal = self.deal(stage_id=self.migrated("stages", "1").id)
        self.assertFalse(deal.activity_ids)
        deal.stage_id = self.migrated("stages", "2")
        self.assertEqual(deal.activity_ids.summary, "Ring")
        deal.name = "Renamed"
        self.assertEqual(len(deal.activity_ids), 1)

    def test_on_a_field_fields_are_set_and_a_tag_is_added(self):
        self.activate("field")
        other = self.env["crm.tag"].create({"name": "Other"})
        deal = self.deal(tag_ids=[(6, 0, other.ids)], expected_revenue=5000)
        self.assertEqual(deal.priority, "0", "only a change of the amount counts")
        deal.expected_revenue = 999
        self.assertEqual(deal.priority, "0")
        deal.expected_revenue = 2000
        self.assertEqual(deal.priority, "2")
        self.assertEqual(str(deal.date_deadline), "2030-05-06")
        self.assertEqual(deal.tag_ids, other | self.migrated("tags", "1"))

    def test_won_and_lost(self):
        self.activate("won")
        self.activate("lost")
        won, lost = self.deal(), self.deal()
        for deal in won | lost:
            deal.activity_schedule("mail.mail_activity_data_todo", summary="Open")
        won.action_set_won()
        lost.action_set_lost()
        everything = self.env["mail.activity"].with_context(active_test=False)
        self.assertFalse(won.activity_ids)
        self.assertFalse(
            everything.search(
                [("res_id", "=", lost.id), ("res_model", "=", "crm.lead")]
            )
        )
        self.assertIn("Open", "".join(won.message_ids.mapped("body")))

    def test_before_a_date(self):
        rule = self.activate("date")
        today = fields.Date.today()
        rule.last_run = fields.Datetime.now() - timedelta(days=1)
        soon, later = self.deal(), self.deal()
        soon.date_deadline = today + timedelta(days=5)
        later.date_deadline = today + timedelta(days=30)
        self.run_schedule()
        self.assertEqual(soon.activity_ids.summary, "Remind")
        self.assertFalse(later.activity_ids)

    def test_what_waits_runs_when_it_is_due_and_never_for_what_was_migrated(self):
        rules = self.activate("waits")
        self.assertEqual(len(rules), 3)
        old = self.migrated("deals", "1")
        deal = self.deal(stage_id=self.migrated("stages", "2").id)
        self.assertEqual(deal.activity_ids.mapped("summary"), ["At once"])
        self.run_schedule()
        self.assertEqual(deal.activity_ids.mapped("summary"), ["At once"])
        self.turn_back(deal, days=10)
        rules.write({"last_run": fields.Datetime.now() - timedelta(hours=2)})
        self.run_schedule()
        self.assertEqual(set(deal.activity_ids.mapped("summary")), {"At once", "Later"})
        self.assertTrue(deal.active)
        self.turn_back(deal, days=40)
        rules.write({"last_run": fields.Datetime.now() - timedelta(hours=2)})
        self.run_schedule()
        self.assertEqual(deal.won_status, "lost")
        self.assertEqual(old.won_status, "pending")

    def turn_back(self, deal, days):
        deal.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_last_stage_update = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=days, minutes=30), deal.id],
        )
        deal.invalidate_recordset()

    def test_a_mail_goes_to_the_contact_and_nothing_of_the_source_is_run(self):
        self.activate("mail")
        self.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "email": "f@x.example"}
        )
        before = self.env["mail.mail"].search([])
        person = self.env["res.partner"].create(
            {"name": "Bo Lind", "email": "bo@x.example"}
        )
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.subject, "Welcome Bo Lind")
        self.assertEqual(mail.recipient_ids, person)
        self.assertIn("Dear Bo Lind", mail.body_html)
        self.assertNotIn("script", mail.body_html)

    def test_a_mail_tells_the_person_in_charge(self):
        self.activate("mail_owner")
        self.env.user.email = "me@firm.example"
        deal = self.deal(partner_id=self.migrated("companies", "1").id)
        before = self.env["mail.mail"].search([])
        deal.action_set_won()
        mail = self.env["mail.mail"].search([]) - before
        mail = mail.filtered(lambda each: each.subject == "Won: New deal")
        addresses = [mail.email_to, *mail.recipient_ids.mapped("email")]
        self.assertEqual(list(filter(None, addresses)), ["me@firm.example"])
        self.assertIn("New deal of Søder &amp; Søn is won", mail.body_html)
        self.assertIn("nothing", self.row("mail_owner").remarks_text)

    def test_another_program_is_called(self):
        self.activate("webhook")
        calls = []
        with patch(
            "requests.post",
            side_effect=lambda url, data, **_k: calls.append((url, json.loads(data))),
        ):
            firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
            self.env["res.partner"].create({"name": "Somebody"})
            with (
                mute_logger("odoo.addons.base.models.ir_actions"),
                self.assertRaises(AttributeError),
            ):
                self.env.cr.postcommit.run()
        ((url, data),) = calls
        self.assertEqual(url, "https://hooks.example.com/in?key=invented")
        self.assertEqual((data["_id"], data["name"]), (firm.id, "Firm"))

    def test_a_user_of_the_source_gets_the_activity(self):
        self.activate("user")
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.assertEqual(firm.activity_ids.summary, "For Ana")

    def test_what_can_be_said_in_part_is(self):
        self.assertEqual(self.row("partly").state, "drafted_partly")
        self.assertIn("Print a letter", self.row("partly").obstacles_text)
        self.activate("partly")
        self.assertEqual(self.deal().activity_ids.summary, "Half")


@tagged("post_install", "-at_install")
class TestDraftsTakenBack(DraftCase):
    def look(self):
        return get_digest(self.env)

    def test_a_second_time_changes_nothing(self):
        before = self.look()
        self.job.action_create_drafts()
        self.assertEqual(self.look(), before)

    def test_what_a_person_changed_or_deleted_stays_so(self):
        self.rule("created").write({"name": "Mine"})
        self.rule("stage").unlink()
        self.job.action_create_drafts()
        self.assertEqual(self.rule("created").name, "Mine")
        self.assertFalse(self.rule("stage"))
        # Asked for one by one it comes again.
        self.row("stage").action_create_draft()
        self.assertTrue(self.rule("stage"))

    def test_nothing_is_sent_and_no_model_is_wrapped(self):
        self.assertFalse(
            self.env["mail.mail"].search([("create_date", ">=", self.env.cr.now())])
        )
        self.assertFalse(hasattr(type(self.env["crm.lead"]).create, "origin"))

    def test_a_rollback_leaves_the_database_as_it_was(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        after = self.look()
        self.assertEqual(
            {
                name: rows
                for name, rows in after.items()
                if rows != self.before.get(name)
            },
            {},
        )
        self.assertEqual(set(self.job.automation_ids.mapped("draft_count")), {0})

    def test_a_rollback_keeps_what_people_have_touched_and_what_it_needs(self):
        rule = self.rule("stage")
        self.touch(rule)
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertTrue(rule.exists())
        self.assertFalse(self.rule("created"))
        said = self.env["crm.migration.message"].search(
            [("run_id", "=", run.id), ("stream", "=", "workflows")]
        )
        self.assertEqual(said.source_id, "stage")
        with mute_logger("odoo.sql_db"):
            self.run_kind("rollback", {"changed": True})
        self.assertFalse(rule.exists())

    def touch(self, record):
        record.description = "Mine"
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = now() + interval '1 hour' WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        record.invalidate_recordset()

    def test_a_migration_that_continues_takes_the_drafts_over(self):
        later = self.env["crm.migration.job"].create(
            {"name": "Later", "source": "fake", "predecessor_id": self.job.id}
        )
        first, type(self).job = self.job, later
        self.addCleanup(setattr, type(self), "job", first)
        for kind in ("discover", "extract", "load"):
            self.run_kind(kind)
        count = self.env[RULE].with_context(active_test=False).search_count([])
        later.action_create_drafts()
        self.assertEqual(
            self.env[RULE].with_context(active_test=False).search_count([]), count
        )
        row = later.automation_ids.filtered(lambda row: row.source_id == "created")
        self.assertEqual((row.state, row.draft_count), ("drafted", 1))
        with mute_logger("odoo.sql_db"):
            self.run_kind("rollback")
        self.assertTrue(self.row("created") or row)
        mine = first.automation_ids.filtered(lambda r: r.source_id == "created")
        self.assertTrue(mine._get_drafts(RULE))
