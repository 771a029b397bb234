"""A whole company out of a simulated Concord CRM: what it had is what Odoo has."""

import hashlib
import logging

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MigrationCase
from .simulators.concord import ConcordSimulator
from .simulators.concord_data import make_company

SIZES = {
    "contacts": 60,
    "companies": 30,
    "deals": 40,
    "activities": 80,
    "notes": 40,
    "calls": 30,
    "emails": 60,
}
OUTSIDE = ("mail_mail", "mail_notification", "mail_followers")
"""Tables in which anything that reaches a person leaves a row first."""


@tagged("post_install", "-at_install")
class TestConcord(MigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.simulator = cls.enterClassContext(
            ConcordSimulator(make_company(**SIZES), rate_limit=None)
        )
        cls.company = cls.simulator.company
        cls.before = cls.count_rows()
        cls.job = cls.env["crm.migration.job"]._import_plan(
            {
                "plan": 1,
                "name": "Concord",
                "source": "concord",
                "settings": {"url": cls.simulator.url},
                "options": {"duplicate_policy": "keep", "tz": "Europe/Lisbon"},
                "accept_above": 60,
                "create_fields": True,
            },
            {"token": cls.simulator.token},
        )
        with cls.keep_logs(), mute_logger("odoo.sql_db"):
            cls.runs = {
                kind: cls.run_kind(kind)
                for kind in ("discover", "extract", "load", "verify")
            }

    @classmethod
    def count_rows(cls):
        cls.env.flush_all()
        counts = {}
        for table in OUTSIDE:
            cls.env.cr.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cls.env.cr.fetchone()[0]
        return counts

    def get_map(self, stream):
        """Return source id → Odoo record."""
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream), ("part", "=", "")]
        )
        return {m.source_id: self.env[m.res_model].browse(m.res_id) for m in maps}

    def test_every_run_came_to_its_end(self):
        for kind, run in self.runs.items():
            self.assertEqual((kind, run.state), (kind, "done"), run.blocked_reason)

    def test_the_sums_are_those_of_the_source(self):
        lines = {row.stream_id.name: row for row in self.runs["verify"].result_ids}
        self.assertTrue(all(row.is_balanced for row in lines.values()))
        for name in ("contacts", "companies", "deals", "activities", "notes", "calls"):
            with self.subTest(stream=name):
                self.assertEqual(lines[name].source_count, self.company.count(name))
                self.assertEqual(lines[name].failed_count, 0)

    def test_nothing_differs_from_what_it_should_be(self):
        self.assertGreater(self.runs["verify"].compared_count, 4000)
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differences.mapped(lambda d: (d.stream, d.field, d.found)))

    def test_nothing_left_the_database(self):
        self.assertEqual(self.count_rows(), self.before)

    def test_nothing_was_changed_or_marked_as_read_in_the_source(self):
        self.assertFalse(self.simulator.marked_read)
        self.assertFalse(self.simulator.writes)
        self.assertFalse(self.simulator.leaks)

    def test_files_are_the_same_to_the_last_byte(self):
        found = self.get_map("media")
        self.assertGreater(len(found), 10)
        for source_id, attachment in found.items():
            content = self.company.file_bytes(int(source_id.rsplit("-", 1)[-1]))
            with self.subTest(source_id=source_id):
                self.assertEqual(
                    hashlib.sha256(attachment.raw or b"").hexdigest(),
                    hashlib.sha256(content).hexdigest(),
                )

    def test_dates_and_authors_are_those_of_the_source(self):
        rows = {str(row["id"]): row for row in self.company.rows("contacts")}
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

    def test_won_and_lost_deals_are_won_and_lost(self):
        rows = {str(row["id"]): row for row in self.company.rows("deals")}
        states = set()
        for source_id, lead in self.get_map("deals").items():
            status = rows[source_id]["status"]
            states.add(status)
            wanted = {"won": "won", "lost": "lost", "open": "pending"}[status]
            self.assertEqual(lead.won_status, wanted, lead.name)
        self.assertEqual(states, {"open", "won", "lost"})

    def test_no_secret_and_no_customer_appears_in_any_log(self):
        text = "\n".join(self.logs)
        self.assertGreater(len(self.logs), 20)
        for secret in (self.simulator.token, "marta.oliveira@example.com"):
            self.assertNotIn(secret, text)

    @classmethod
    def keep_logs(cls):
        """Collect everything that is logged at any level while the block runs."""
        cls.logs = []

        class Keeper(logging.Handler):
            loggers = [
                logging.getLogger(name)
                for name in ("odoo.addons.crm_migration", "urllib3", "requests")
            ]

            def __enter__(self):
                for logger in self.loggers:
                    logger.addHandler(self)
                    logger.setLevel(logging.DEBUG)
                    logger.propagate = False

            def __exit__(self, *_exc):
                for logger in self.loggers:
                    logger.removeHandler(self)
                    logger.setLevel(logging.NOTSET)
                    logger.propagate = True

            def emit(self, record):
                cls.logs.append(record.getMessage())

        return Keeper()
