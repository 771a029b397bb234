"""Sends, openings, clicks and bounces as statistics of mailings: asked for, and silent."""

from odoo.tests import tagged

from ...connectors.mapping.vocabulary import field, lookup, mapping
from ..digests import get_digest
from ..loader_common import LoaderCase

MAILINGS = mapping("mails", "mailing.mailing", field("subject", "subject"))
TRACES = mapping(
    "events",
    "mailing.trace",
    field("mass_mailing_id", "mail", lookup("mails")),
    part="trace",
    optional=True,
)
EVENTS = {
    "1": ("sent", "2020-10-01 08:00:00"),
    "2": ("clicked", "2020-10-03 09:00:00"),
    "3": ("opened", "2020-10-02 09:00:00"),
    "4": ("opened", "2020-10-05 09:00:00"),
    "5": ("clicked", "2020-10-04 09:00:00"),
}
QUEUES = ("mail_mail", "mail_notification", "ir_cron_trigger", "mail_message")


@tagged("post_install", "-at_install")
class TestMailingTraces(LoaderCase):
    def resolve(self):
        return self.env["crm.migration.target"]._resolve_mappings(
            [MAILINGS, TRACES], self.job
        )

    def test_they_are_made_only_where_they_are_asked_for(self):
        found, (left_out,) = self.resolve()
        self.assertEqual((found, left_out.stream), ([], "mails"))
        has_app = "mailing.trace" in self.env
        word = "E-Mails Sent to Many" if has_app else "Email Marketing"
        self.assertIn(word, left_out.reason)
        self.job.email_results = "mailings"
        found, left_out = self.resolve()
        self.assertEqual(found, [MAILINGS, TRACES] if has_app else [])
        self.assertEqual(bool(left_out), not has_app)

    def load_history(self):
        self.load(
            "people", "res.partner", {"1": {"name": "Ana", "email": "ana@firm.example"}}
        )
        self.load("mails", "mailing.mailing", {"4410": {"subject": "October news"}})
        rows = {
            key: {
                "mass_mailing_id": self.ref("mails", "4410"),
                "@thread": self.ref("people", "1"),
                "@event": event,
                "@at": moment,
            }
            for key, (event, moment) in EVENTS.items()
        }
        return self.load("events", "mailing.trace", rows)

    def test_nothing_of_the_source_is_evaluated_when_a_copy_is_sent(self):
        if "mailing.mailing" not in self.env:
            return
        told = "{{ object.env['res.users'].sudo().search([], limit=1).login }} news"
        rows = {"1": {"subject": told, "preview": told, "body_html": "<p>Hi</p>"}}
        self.load("mails", "mailing.mailing", rows)
        copy = self.loaded("mails", "1").copy()
        partner = self.env.user.partner_id
        for name in ("subject", "preview"):
            with self.subTest(name):
                shown = copy._render_template(copy[name], "res.partner", partner.ids)
                self.assertIn("object.env", shown[partner.id])
                self.assertEqual(copy[name].replace(" ", ""), told.replace(" ", ""))

    def test_what_was_told_of_one_mail_stands_on_one_trace(self):
        if "mailing.trace" not in self.env:
            return
        before, queues = get_digest(self.env), self.counts(*QUEUES)
        counter = self.load_history()
        self.assertEqual((counter["created"], counter["merged"]), (1, 4))
        trace = self.loaded("events", "1")
        self.assertEqual(
            [
                str(trace[name])
                for name in ("sent_datetime", "open_datetime", "links_click_datetime")
            ],
            ["2020-10-01 08:00:00", "2020-10-02 09:00:00", "2020-10-04 09:00:00"],
        )
        self.assertEqual(
            (trace.trace_status, trace.email), ("open", "ana@firm.example")
        )
        mailing = trace.mass_mailing_id
        self.assertEqual(
            (mailing.state, mailing.opened, mailing.clicked), ("done", 1, 1)
        )
        self.assertFalse(mailing.kpi_mail_required)
        self.assertEqual(self.verify("events", "mailing.trace", EVENTS), [])
        # Nothing waits to be sent, not even when Odoo's own queue runs.
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1)
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(self.counts(*QUEUES), queues)
        for stream in ("events", "mails", "people"):
            self.unload(stream)
        self.assertEqual(get_digest(self.env), before)

    def test_a_mail_that_came_back_says_why(self):
        if "mailing.trace" not in self.env:
            return
        self.load_history()
        bounce = {
            "mass_mailing_id": self.ref("mails", "4410"),
            "@thread": self.ref("people", "1"),
            "@event": "bounced",
            "failure_reason": "hard 5.1.1",
        }
        self.load("events", "mailing.trace", {"9": bounce})
        trace = self.loaded("events", "9")
        self.assertEqual(trace, self.loaded("events", "1"))
        self.assertEqual(
            (trace.trace_status, trace.failure_type, trace.failure_reason),
            ("bounce", "mail_bounce", "hard 5.1.1"),
        )
        self.assertEqual(self.verify("events", "mailing.trace", ["1", "9"]), [])
        trace.failure_reason = False
        (difference,) = self.verify("events", "mailing.trace", ["9"])
        self.assertEqual(difference["field"], "failure_reason")
