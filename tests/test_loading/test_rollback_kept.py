"""A record that people worked on stays with its history, and can be taken back later."""

from odoo.tests import tagged
from odoo.tools import SQL

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    constant,
    field,
    lookup,
    mapping,
    strip,
)
from ..common import CrmMigrationCase, FakeSource
from ..digests import get_digest

STREAMS = (
    Stream("companies", "Companies"),
    Stream("deals", "Deals", depends_on=("companies",)),
    Stream("notes", "Notes", depends_on=("deals",)),
    Stream("todos", "To-Dos", depends_on=("deals",)),
    Stream("meetings", "Meetings", depends_on=("deals",)),
)
MAPPINGS = (
    mapping("companies", "res.partner", field("name", "name", strip, required=True)),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "company", lookup("companies")),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", strip),
        field("@thread", "deal", lookup("deals")),
        field("@author", "by", lookup("companies")),
        after=("deals",),
    ),
    mapping(
        "todos",
        "mail.activity",
        field("summary", "text", strip),
        field("date_deadline", "due", strip),
        field("@thread", "deal", lookup("deals")),
        after=("deals",),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "text", strip),
        field("start", "start", strip),
        field("stop", "stop", strip),
        field("@thread", "deal", lookup("deals")),
        after=("deals",),
    ),
)


@tagged("post_install", "-at_install")
class TestRollbackKept(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        keys = range(1, 5)
        self.use_source(
            companies=[{"id": n, "name": f"Firm {n}"} for n in keys],
            deals=[{"id": n, "name": f"Deal {n}", "company": n} for n in keys],
            notes=[
                {"id": f"{n}{m}", "text": f"Note {m}", "deal": n, "by": 4}
                for n in keys
                for m in range(3)
            ],
            todos=[
                {"id": n, "text": "Ring", "due": "2031-01-02", "deal": n} for n in keys
            ],
            meetings=[
                {
                    "id": n,
                    "text": "Visit",
                    "start": "2031-01-02 10:00:00",
                    "stop": "2031-01-02 11:00:00",
                    "deal": n,
                }
                for n in keys
            ],
        )
        self.before = get_digest(self.env)
        self.run_kinds("discover", "extract", "load")
        self.deal = self.migrated("deals", "2")
        self.assertEqual(len(self.get_notes()), 3)
        self.work_on(self.deal)

    def work_on(self, record):
        record.with_user(self.env.ref("base.user_admin")).sudo().priority = "3"
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET write_date = now() + interval '1 hour' WHERE id = %s",
                record.id,
            )
        )
        self.env.invalidate_all()

    def get_notes(self):
        return self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", self.deal.id)]
        )

    def take_back(self, **more):
        wizard = self.env["crm.migration.rollback"].create(
            {"job_id": self.job.id, "confirmed": True, **more}
        )
        wizard.action_roll_back()
        run = self.job.run_id
        self.work(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.env.invalidate_all()
        return run

    def test_its_notes_to_dos_and_meetings_stay_with_it(self):
        run = self.take_back()
        self.assertTrue(self.deal.exists())
        self.assertEqual(
            sorted(self.get_notes().mapped("preview")), ["Note 0", "Note 1", "Note 2"]
        )
        self.assertEqual(self.deal.activity_ids.mapped("summary"), ["Ring"])
        self.assertEqual(self.migrated("meetings", "2").res_id, self.deal.id)
        # Whom the deal and its notes name stays, too.
        self.assertEqual(self.deal.partner_id.name, "Firm 2")
        self.assertEqual(self.get_notes().author_id.name, "Firm 4")
        for stream, gone in (("deals", "134"), ("companies", "13")):
            for key in gone:
                self.assertIsNone(self.migrated(stream, key), (stream, key))
        told = self.env["crm.migration.message"].search([("run_id", "=", run.id)])
        self.assertEqual(
            sorted((m.stream, m.source_id, m.code) for m in told),
            [
                ("companies", "2", "kept_used"),
                ("companies", "4", "kept_used"),
                ("deals", "2", "kept_changed"),
                ("meetings", "2", "kept_history"),
                *(("notes", f"2{m}", "kept_history") for m in range(3)),
                ("todos", "2", "kept_history"),
            ],
        )

    def test_later_it_is_taken_back_with_what_people_did(self):
        self.take_back()
        self.take_back(takes_changed=True)
        self.assertFalse(self.deal.exists())
        left = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        self.assertFalse(left.mapped(lambda m: (m.stream, m.source_id)))
        after = get_digest(self.env)
        self.assertEqual(
            {name for name in after if after[name] != self.before.get(name)}, set()
        )

    def test_notes_alone_go_also_where_the_deal_would_stay(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "notes")
        self.take_back(scope="stream", stream_id=stream.id)
        self.assertFalse(self.get_notes())
        self.assertTrue(self.deal.exists())
