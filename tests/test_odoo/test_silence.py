"""Whatever Odoo does by itself during a load, nobody hears of it; right after, they do."""

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...connectors.mapping.vocabulary import (
    constant,
    datetime,
    email,
    field,
    local_date,
    lookup,
    mapping,
    owner,
    strip,
)
from ...models.odoo.silence import QUIET_CONTEXT
from ..common import CrmMigrationCase, FakeSource

MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("vat", "vat", strip),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("parent_id", "company_id", lookup("companies")),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("partner_id", "contact_id", lookup("contacts")),
        field("email_from", "email", email),
        field("user_id", "owner", owner),
        after=("contacts",),
    ),
    mapping(
        "deals",
        "mail.activity",
        field("@thread", "id", lookup("deals")),
        field("summary", "todo", strip),
        field("date_deadline", "due", local_date),
        field("user_id", "owner", owner),
        part="todo",
    ),
    mapping(
        "deals",
        "calendar.event",
        field("name", "name", strip, required=True),
        field("@thread", "id", lookup("deals")),
        field("start", "meets", datetime),
        field("user_id", "owner", owner),
        part="meeting",
    ),
)
MODELS = ("res.partner", "crm.lead", "mail.activity", "calendar.event", "mail.message")
TRIGGERS = ("on_create", "on_write", "on_create_or_write", "on_unlink")


@tagged("post_install", "-at_install")
class TestSilence(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        today = fields.Date.to_string(fields.Date.today())
        self.use_source(
            companies=[
                {"id": n, "name": f"Firm {n}", "vat": f"PT50144260{n}"}
                for n in range(4)
            ],
            contacts=[
                {
                    "id": n,
                    "name": f"Person {n}",
                    "email": f"p{n}@firm.example",
                    "company_id": n % 4,
                }
                for n in range(12)
            ],
            deals=[
                {
                    "id": n,
                    "name": f"Deal {n}",
                    "contact_id": n,
                    "email": f"p{n}@firm.example",
                    "owner": "anna@example.com",
                    "todo": "Call back",
                    "due": today,
                    "meets": f"{today}T10:00:00Z",
                }
                for n in range(6)
            ],
        )
        self.user = self.env["res.users"].create(
            {"name": "Anna", "login": "anna@example.com", "email": "anna@example.com"}
        )
        self.make_rules()
        self.fired = []
        fired, Rule = self.fired, self.registry["base.automation"]
        origin = Rule._process

        def process(rule, records, *args, **kwargs):
            if records:
                fired.append((rule.model_name, rule.trigger, records.ids))
            return origin(rule, records, *args, **kwargs)

        self.patch(Rule, "_process", process)

    def make_rules(self):
        self.assertIn("base.automation", self.env, "install base_automation")
        for model in MODELS:
            model_id = self.env["ir.model"]._get_id(model)
            action = {
                "name": "Nothing",
                "model_id": model_id,
                "state": "code",
                "code": "pass",
            }
            for trigger in TRIGGERS:
                self.env["base.automation"].create(
                    {
                        "name": f"{model} {trigger}",
                        "model_id": model_id,
                        "trigger": trigger,
                        "action_server_ids": [fields.Command.create(action)],
                    }
                )

    def get_traces(self):
        """Return what waits for the commit, and what woke whom."""
        hooks = self.env.cr.precommit.data
        return {
            "bus": len(hooks.get("bus.bus.values", ())),
            "tracking": sum(name.startswith("mail.tracking") for name in hooks),
            "triggers": self.env["ir.cron.trigger"].search_count(
                [("cron_id", "!=", self.job._get_cron().id)]
            ),
            "mails": self.env["mail.mail"].search_count([]),
            "notifications": self.env["mail.notification"].search_count([]),
        }

    def test_neither_load_nor_update_nor_rollback_is_heard_by_anybody(self):
        self.env.flush_all()
        self.env.cr.precommit.run()  # what the preparation of the test left behind
        before = self.get_traces()
        self.run_kinds("discover", "extract")
        self.job.owner_ids.write({"decision": "assign", "user_id": self.user.id})
        self.env.flush_all()
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            self.run_kinds("dry_run")
        self.run_kinds("load", "verify")
        self.assertEqual(len(self.staged("deals").filtered("res_id")), 6)
        for row in FakeSource.data["companies"]:
            row["name"] += " & Sons"
        self.job.stream_ids.write({"is_extracted": False, "checkpoint": False})
        self.run_kinds("extract", "load", "rollback")
        self.assertFalse(self.job.loaded_count)
        self.assertEqual(self.fired, [])
        self.assertEqual(self.get_traces(), before)

    def test_right_after_it_the_rules_work_for_people(self):
        self.run_kinds("discover", "extract")
        self.job.owner_ids.write({"decision": "assign", "user_id": self.user.id})
        self.run_kinds("load")
        self.assertEqual(self.fired, [])
        self.env["res.partner"].create({"name": "Theirs"})
        self.migrated("deals", "1").name = "Worked on"
        self.env.flush_all()
        self.assertIn("res.partner", {model for model, *_rest in self.fired})
        self.assertIn("crm.lead", {model for model, *_rest in self.fired})

    def test_a_rule_by_the_clock_that_has_never_run_is_told_beforehand(self):
        """Its first run, hours behind the load, would take every record of years ago."""
        model = self.env["ir.model"]._get_id("res.partner")
        rule = self.env["base.automation"].create(
            {
                "name": "A day after",
                "model_id": model,
                "trigger": "on_time_created",
                "trg_date_range": 1,
                "trg_date_range_type": "day",
            }
        )
        self.run_kinds("discover")
        *_level, text = self.job._check_automation()
        self.assertIn("never run so far: A day after.", text)
        rule.last_run = fields.Datetime.now()
        *_level, text = self.job._check_automation()
        self.assertNotIn("never run", text)

    def test_nobody_from_outside_is_silent(self):
        """A context is a caller's to choose; rules of the company are not."""
        groups = "base.group_user,base.group_partner_manager"
        user = new_test_user(self.env, "silent", groups=groups)
        self.env.flush_all()
        self.fired.clear()
        given = dict.fromkeys(QUIET_CONTEXT, True)
        partners = self.env["res.partner"].with_user(user).with_context(**given)
        partner = partners.create({"name": "Unheard"})
        # At once: what is worked out later runs for whoever flushes.
        heard = [
            trigger
            for model, trigger, ids in self.fired
            if (model, ids) == (partner._name, partner.ids)
        ]
        self.assertIn("on_create", heard)
