"""A whole company out of a simulated Concord CRM: what it had is what Odoo has."""

import hashlib

from odoo.tests import tagged

from ..common import MigrationCase
from ..screens_common import ScreenWalk
from .journey_common import Journey
from .journey_systems import ConcordSystem


@tagged("post_install", "-at_install")
class TestConcord(ScreenWalk, ConcordSystem, Journey, MigrationCase):
    personal = ("marta.oliveira@example.com",)

    def test_the_sums_are_those_of_the_source(self):
        lines = self.get_lines()
        company = self.simulator.company
        for name in ("contacts", "companies", "deals", "activities", "notes", "calls"):
            with self.subTest(stream=name):
                self.assertEqual(lines[name].source_count, company.count(name))
                self.assertEqual(lines[name].failed_count, 0)

    def test_nothing_was_changed_or_marked_as_read_in_the_source(self):
        self.assertFalse(self.simulator.marked_read)
        self.assertFalse(self.simulator.writes)
        self.assertFalse(self.simulator.leaks)

    def test_files_are_the_same_to_the_last_byte(self):
        found = self.get_map("media")
        self.assertGreater(len(found), 10)
        for source_id, attachment in found.items():
            content = self.simulator.company.file_bytes(
                int(source_id.rsplit("-", 1)[-1])
            )
            with self.subTest(source_id=source_id):
                self.assertEqual(
                    hashlib.sha256(attachment.raw or b"").hexdigest(),
                    hashlib.sha256(content).hexdigest(),
                )

    def test_dates_are_those_of_the_source(self):
        rows = {str(row["id"]): row for row in self.simulator.company.rows("contacts")}
        for source_id, partner in self.get_map("contacts").items():
            wanted = rows[source_id]["created_at"][:19].replace("T", " ")
            self.assertEqual(str(partner.create_date)[:19], wanted)

    def test_the_chatter_stands_in_the_order_of_its_dates(self):
        threads = 0
        for lead in self.get_map("deals").values():
            dates = lead.message_ids.mapped("date")
            self.assertEqual(dates, sorted(dates, reverse=True), lead.name)
            threads += len(dates) > 2
        self.assertGreater(threads, 3)

    def test_what_hangs_on_nothing_is_found_with_the_company(self):
        """A note of somebody in the bin, and comments on a to-do that nobody linked."""
        company, home = self.simulator.company, self.job.company_id.partner_id
        for stream, label in (
            ("notes", "note_of_the_bin"),
            ("calls", "call_of_the_bin"),
        ):
            message = self.get_map(stream)[str(company.find(label)["id"])]
            if message._name == "crm.phonecall":
                # The list of phone calls shows it, though it was with nobody known.
                self.assertIn(message, self.env["crm.phonecall"].search([]))
                self.assertFalse(message.partner_id)
            else:
                self.assertIn(message, home.message_ids, stream)
        activities, free = self.get_map("activities"), 0
        for source_id, message in self.get_map("comments").items():
            row = company["comments"][int(source_id)]
            parent = activities.get(str(row["commentable_id"]))
            if row["commentable_type"] == "activities" and not parent.res_id:
                self.assertIn(message, home.message_ids)
                free += 1
        self.assertTrue(free)

    def test_won_and_lost_deals_are_won_and_lost(self):
        rows = {str(row["id"]): row for row in self.simulator.company.rows("deals")}
        states = set()
        for source_id, lead in self.get_map("deals").items():
            status = rows[source_id]["status"]
            states.add(status)
            wanted = {"won": "won", "lost": "lost", "open": "pending"}[status]
            self.assertEqual(lead.won_status, wanted, lead.name)
        self.assertEqual(states, {"open", "won", "lost"})
