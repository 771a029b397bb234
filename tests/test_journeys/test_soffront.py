"""Soffront: who watches a ticket."""

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from .journey_common import Connected
from .journey_systems import SoffrontSystem


@tagged("post_install", "-at_install")
class TestFollowers(SoffrontSystem, Connected, MigrationCase):
    def test_who_watches_a_ticket_follows_it_and_is_not_told(self):
        """Where tickets can be followed; as an activity, a note names who did."""
        priya = new_test_user(self.env, "priya", name="Priya Nair").partner_id
        mails = self.count("mail_mail")
        type(self).job = self.create_job()
        self.assertTrue(self.job.action_check_connection())
        with mute_logger("odoo.sql_db"):
            for kind in ("discover", "extract", "load", "verify"):
                run = self.run_kind(kind)
                self.assertEqual(run.state, "done", run.blocked_reason)
                # Tickets alone.
                others = self.job.stream_ids.filtered(lambda s: s.name != "tickets")
                others.selected = False
        first = self.simulator.customer.rows("Ticket")[0]
        record = self.find_record("tickets", str(first["FormID"]))
        if "message_partner_ids" in record and record._name != "mail.activity":
            self.assertIn(priya, record.message_partner_ids)
        else:
            self.assertIn("Priya Nair", str(record.note))
        self.assertEqual(self.count("mail_mail"), mails)
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differences.mapped("field"))
        with mute_logger("odoo.sql_db"):
            self.run_kind("rollback")
        self.assertFalse(record.exists())
        self.assertTrue(priya.exists())

    def count(self, table):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT count(*) FROM {table}")
        return self.env.cr.fetchone()[0]

    def find_record(self, stream, source_id):
        row = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("part", "=", ""),
            ],
            limit=1,
        )
        return self.env[row.res_model].browse(row.res_id)
