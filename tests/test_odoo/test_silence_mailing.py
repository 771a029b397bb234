"""Lists, opt-outs, templates and statistics: nobody hears of them, and nothing is sent."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    boolean,
    email,
    field,
    lookup,
    mapping,
    strip,
    template_body,
    template_subject,
)
from ..common import CrmMigrationCase, FakeSource
from . import test_silence as silence

MAPPINGS = (
    mapping("lists", "mailing.list", field("name", "name", strip, required=True)),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
    ),
    mapping(
        "contacts", "mail.blacklist", field("email", "email", email), part="opted out"
    ),
    mapping(
        "members",
        "mailing.subscription",
        field("list_id", "list", lookup("lists"), required=True),
        field("@thread", "person", lookup("contacts"), required=True),
        field("opt_out", "left", boolean),
        after=("lists", "contacts"),
    ),
    mapping(
        "mails",
        "mail.template",
        field("name", "name", strip),
        field("subject", "name", template_subject("braces")),
        field("body_html", "body", template_body("braces")),
        part="template",
    ),
    mapping("mails", "mailing.mailing", field("subject", "name", strip)),
    mapping(
        "events",
        "mailing.trace",
        field("mass_mailing_id", "mail", lookup("mails"), required=True),
        field("@thread", "person", lookup("contacts"), required=True),
        field("@event", "what", strip),
        field("@at", "at", strip),
        after=("mails", "contacts"),
        part="trace",
        optional=True,
    ),
    mapping(
        "events",
        "mail.message",
        field("body", "what", strip, required=True),
        field("date", "at", strip),
        field("@thread", "person", lookup("contacts"), required=True),
        after=("contacts",),
    ),
)
MODELS = (
    *("res.partner", "mail.blacklist", "mail.message", "mailing.list"),
    *("mailing.contact", "mailing.subscription", "mailing.mailing", "mailing.trace"),
)


@tagged("post_install", "-at_install")
class TestSilenceOfMailings(CrmMigrationCase):
    get_traces = silence.TestSilence.get_traces

    def setUp(self):
        super().setUp()
        more = ("lists", "members", "mails", "events")
        streams = [Stream("contacts", "Contacts")]
        streams += [Stream(name, name.title()) for name in more]
        self.patch(FakeSource, "streams", tuple(streams))
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        people = range(6)
        self.use_source(
            lists=[{"id": 1, "name": "News"}],
            contacts=[
                {"id": n, "name": f"Ana {n}", "email": f"a{n}@firm.example"}
                for n in people
            ],
            members=[{"id": n, "list": 1, "person": n, "left": n == 2} for n in people],
            mails=[
                {"id": 1, "name": "Hi {{first_name}}", "body": "<p>{{company}}</p>"}
            ],
            events=[
                {
                    "id": f"{n}{what}",
                    "mail": 1,
                    "person": n,
                    "what": what,
                    "at": f"2020-01-0{n + 1}T10:00:00Z",
                }
                for n in people
                for what in ("sent", "opened", "bounced")
            ],
        )
        self.job.email_results = "mailings"
        for model in MODELS:
            if model in self.env:
                self.make_rules_of(model)
        self.fired = []
        fired, rule = self.fired, self.registry["base.automation"]
        origin = rule._process

        def process(rule, records, *args, **kwargs):
            if records:
                fired.append((rule.model_name, rule.trigger, records.ids))
            return origin(rule, records, *args, **kwargs)

        self.patch(rule, "_process", process)

    def make_rules_of(self, model):
        model_id = self.env["ir.model"]._get_id(model)
        action = {"name": "-", "model_id": model_id, "state": "code", "code": "pass"}
        for trigger in silence.TRIGGERS:
            self.env["base.automation"].create(
                {
                    "name": f"{model} {trigger}",
                    "model_id": model_id,
                    "trigger": trigger,
                    "action_server_ids": [(0, 0, action)],
                }
            )

    def get_states(self):
        """Return in which states mailings are, besides the counts of harmlessness."""
        if "mailing.mailing" not in self.env:
            return set()
        return set(self.env["mailing.mailing"].search([]).mapped("state"))

    def test_nothing_is_sent_by_load_queue_or_rollback(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        before, states = self.get_traces(), self.get_states()
        self.run_kinds("discover", "extract")
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            self.run_kinds("dry_run")
        self.run_kinds("load", "verify")
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differences.mapped("field"))
        if "mailing.mailing" in self.env:
            self.assertEqual(self.get_states() - states, {"done"} - states)
            self.assertEqual(len(self.staged("events").filtered("res_id")), 18)
            self.patch(
                self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1
            )
            self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(self.get_traces(), before)
        self.run_kinds("rollback")
        self.assertFalse(self.job.loaded_count)
        self.assertEqual(self.fired, [])
        self.assertEqual(self.get_traces(), before)
        self.assertEqual(self.get_states(), states)
