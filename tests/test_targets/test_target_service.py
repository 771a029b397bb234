"""Tickets, phone calls and pages: the OCA's addons where they are, else what stands in."""

from datetime import datetime

from odoo.tests import Form, tagged

from ...connectors.mapping.vocabulary import field, mapping
from ..loader_common import LoaderCase
from ..target_planting import plant

CREATED, CLOSED = "2021-03-04 08:15:00", "2021-03-09 16:45:00"


class ServiceCase(LoaderCase):
    def setUp(self):
        super().setUp()
        people = {"1": {"name": "Zoë D’Angelo", "email": "zoe@norte.example"}}
        self.load("contacts", "res.partner", people)
        self.zoe = self.loaded("contacts", "1")

    def resolve(self, model, *targets):
        item = mapping("things", model, *(field(name, name) for name in targets))
        return self.env["crm.migration.target"]._resolve_mappings([item])


@tagged("post_install", "-at_install")
class TestWithoutThem(ServiceCase):
    """What the mapping of an app that is not installed becomes."""

    def test_a_ticket_is_a_task_and_else_an_activity(self):
        if "helpdesk.ticket" in self.env:
            self.assertEqual(
                self.resolve("helpdesk.ticket", "name")[0][0].model, "helpdesk.ticket"
            )
            return
        names = (
            "name",
            "number",
            "description",
            "user_id",
            "partner_id",
            "priority",
            "@done_at",
        )
        (found,), left_out = self.resolve("helpdesk.ticket", *names)
        self.assertEqual(left_out, [])
        expected = "project.task" if "project.task" in self.env else "mail.activity"
        self.assertEqual((found.model, found.wanted), (expected, "helpdesk.ticket"))
        targets = [item.target for item in found.fields]
        self.assertIn("@note.number", targets)
        self.assertIn("@done_at", targets)

    def test_a_call_is_a_message_and_names_what_has_no_field(self):
        names = (
            "name",
            "description",
            "user_id",
            "partner_phone",
            "direction",
            "@thread",
        )
        (found,), _left_out = self.resolve("crm.phonecall", *names)
        if "crm.phonecall" in self.env:
            self.assertEqual(found.model, "crm.phonecall")
            return
        self.assertEqual(found.model, "mail.message")
        targets = [item.target for item in found.fields]
        self.assertEqual(
            targets,
            ["subject", "body", "@author", "@note.partner_phone", "@note.direction",
             "@thread", "@subtype"],
        )  # fmt: skip

    def test_an_optional_mapping_gives_way_to_another(self):
        item = mapping("calls", "crm.phonecall", field("name", "n"), optional=True)
        found, left_out = self.env["crm.migration.target"]._resolve_mappings([item])
        if "crm.phonecall" in self.env:
            self.assertEqual(found, [item])
        else:
            self.assertEqual((found, left_out[0].needs), ([], "crm.phonecall"))


@tagged("post_install", "-at_install")
class TestTickets(ServiceCase):
    def setUp(self):
        super().setUp()
        self.is_here = "helpdesk.ticket" in self.env

    def ticket(self, **more):
        return {
            "name": 'Pump won\'t start: 50% "dead"',
            "number": "CAS-00004-K2M8P4",
            "description": "<p>It hums.</p>",
            "partner_id": self.ref("contacts", "1"),
            "user_id": {"$owner": "anna"},
            "@created_at": CREATED,
            "@done_at": CLOSED,
            **more,
        }

    def test_a_closed_ticket_keeps_its_dates_its_number_and_who_asked(self):
        if not self.is_here:
            return self.assertNotIn("helpdesk.ticket.stage", self.env)
        before = self.counts("helpdesk_ticket", "mail_mail", "mail_message")
        self.load("tickets", "helpdesk.ticket", {"1": self.ticket()})
        ticket = self.loaded("tickets", "1")
        self.assertEqual(ticket.closed_date, datetime(2021, 3, 9, 16, 45))
        self.assertEqual(ticket.create_date, datetime(2021, 3, 4, 8, 15))
        self.assertTrue(ticket.stage_id.closed)
        self.assertEqual(ticket.number, "CAS-00004-K2M8P4")
        self.assertEqual(
            (ticket.partner_name, ticket.partner_email), (self.zoe.name, self.zoe.email)
        )
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(self.verify("tickets", "helpdesk.ticket", ["1"]), [])
        renamed = self.ticket(name="Pump", **{"@done_at": None})
        renamed["stage_id"] = None
        self.load("tickets", "helpdesk.ticket", {"1": self.ticket(name="Pump")})
        ticket = self.loaded("tickets", "1")
        self.assertEqual(
            (ticket.name, ticket.closed_date), ("Pump", datetime(2021, 3, 9, 16, 45))
        )
        with plant(ticket, "stage_id"):
            self.assertTrue(self.verify("tickets", "helpdesk.ticket", ["1"]))
        self.unload("tickets")
        self.assertEqual(
            self.counts("helpdesk_ticket", "mail_mail", "mail_message"), before
        )

    def test_the_next_number_is_none_that_came_along(self):
        if not self.is_here:
            return self.assertNotIn("helpdesk.ticket", self.env)
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        taken = f"{sequence.prefix or ''}90017{sequence.suffix or ''}"
        self.load("tickets", "helpdesk.ticket", {"1": self.ticket(number=taken)})
        own = self.env["helpdesk.ticket"].create({"name": "New", "description": "x"})
        self.assertNotEqual(own.number, taken)
        self.assertEqual(sequence.number_next_actual, 90019)

    def test_a_ticket_without_a_text_is_one(self):
        if not self.is_here:
            return self.assertNotIn("helpdesk.ticket", self.env)
        self.load("tickets", "helpdesk.ticket", {"1": {"name": "Silent"}})
        self.assertEqual(self.loaded("tickets", "1").name, "Silent")
        self.assertEqual(self.verify("tickets", "helpdesk.ticket", ["1"]), [])

    def test_a_stage_that_is_called_solved_closes_its_tickets(self):
        if not self.is_here:
            return self.assertNotIn("helpdesk.ticket", self.env)
        catalog = self.env["crm.migration.target.lookup.list"]
        found, created = catalog._find_or_create(
            self.job,
            "helpdesk.ticket.stage",
            ["Gelöst ✓", "Erledigt", "Waiting for parts"],
        )
        stages = self.env["helpdesk.ticket.stage"].browse(created)
        closed = {stage.name: stage.closed for stage in stages}
        self.assertEqual(
            (closed["Erledigt"], closed["Waiting for parts"]), (True, False)
        )
        self.assertEqual(set(found), {"Gelöst ✓", "Erledigt", "Waiting for parts"})


@tagged("post_install", "-at_install")
class TestCallsAndPages(ServiceCase):
    def test_a_call_keeps_its_duration_and_its_state(self):
        if "crm.phonecall" not in self.env:
            return
        before = self.counts("crm_phonecall", "mail_message", "mail_mail")
        call = {
            "name": "Rückruf 8 ☎",
            "direction": "in",
            "date": CREATED,
            "@duration": 0.25,
            "@thread": self.ref("contacts", "1"),
            "user_id": {"$owner": "anna"},
        }
        self.load(
            "calls", "crm.phonecall", {"1": call, "2": {**call, "@duration": None}}
        )
        first, second = self.loaded("calls", "1"), self.loaded("calls", "2")
        self.assertEqual((first.duration, first.state), (15.0, "done"))
        self.assertEqual((second.duration, second.state), (0.0, "done"))
        self.assertEqual(first.partner_id, self.zoe)
        self.assertEqual(first.date_closed, datetime(2021, 3, 4, 8, 15))
        self.assertEqual(self.verify("calls", "crm.phonecall", ["1", "2"]), [])
        self.load("calls", "crm.phonecall", {"1": {**call, "name": "Back"}})
        first = self.loaded("calls", "1")
        self.assertEqual(
            (first.name, first.duration, first.state), ("Back", 15.0, "done")
        )
        self.unload("calls")
        self.assertEqual(
            self.counts("crm_phonecall", "mail_message", "mail_mail"), before
        )

    def test_a_call_is_named_on_every_record_that_does_not_show_it(self):
        if "crm.phonecall" not in self.env:
            return
        firm = {"9": {"name": "Norte ✓ Lda", "is_company": True}}
        self.load("companies", "res.partner", firm)
        self.load("deals", "crm.lead", {"5": {"name": "Pumps"}})
        links = [("deals", "5"), ("contacts", "1"), ("companies", "9")]
        thread = [self.ref(*link) for link in links]
        rows = {"1": {"name": "Call ☎", "date": CREATED, "@thread": thread}}
        before = self.counts("mail_message")
        self.load("calls", "crm.phonecall", rows)
        call, norte = self.loaded("calls", "1"), self.loaded("companies", "9")
        self.assertEqual(call.opportunity_id.name, "Pumps")
        self.assertEqual(call.partner_id, self.zoe)
        (note,) = norte.message_ids.filtered(lambda message: message.id < 0)
        self.assertIn("Call ☎", note.body)
        self.assertIn(f'data-oe-id="{call.id}"', note.body)
        self.assertEqual(self.verify("calls", "crm.phonecall", ["1"]), [])
        self.unload("calls")
        self.assertEqual(self.counts("mail_message"), before)

    def test_an_article_stands_within_its_category_with_its_date(self):
        if "document.page" not in self.env:
            return
        before = self.counts("document_page", "document_page_history")
        rows = {
            "c": {"name": "Hardware", "type": "category"},
            "a": {
                "name": "Spindel klemmt",
                "content": "<p>Öl <script>alert(1)</script>nachfüllen</p>",
                "parent_id": self.ref("articles", "c"),
                "@created_at": CREATED,
                "@updated_at": CLOSED,
                "@created_by": {"$owner": "anna"},
            },
        }
        self.load("articles", "document.page", rows)
        page = self.loaded("articles", "a")
        self.assertEqual(page.parent_id.name, "Hardware")
        self.assertEqual(page.content_date, datetime(2021, 3, 9, 16, 45))
        self.assertEqual(page.content_uid, self.anna)
        self.assertIn("nachfüllen", page.content)
        self.assertNotIn("script", page.content)
        self.assertEqual(self.verify("articles", "document.page", ["a", "c"]), [])
        self.unload("articles")
        self.assertEqual(self.counts("document_page", "document_page_history"), before)

    def test_a_page_can_be_changed_and_saved_in_its_own_form(self):
        """The form wants a category, and a name and summary of each version."""
        if "document.page" not in self.env:
            return
        before = self.counts("document_page", "document_page_history")
        rows = {"a": {"name": "Spindel", "content": "<p>Öl</p>", "@updated_at": CLOSED}}
        self.load("articles", "document.page", rows)
        self.assertEqual(self.verify("articles", "document.page", ["a"]), [])
        self.unload("articles")
        self.unload("@helper")
        self.assertEqual(self.counts("document_page", "document_page_history"), before)
        self.load("articles", "document.page", rows)
        page = self.loaded("articles", "a")
        with Form(page) as form:
            form.name = "Spindeln"
        self.assertEqual(page.name, "Spindeln")
        self.assertEqual(len(page.history_ids), 1)
        self.assertIn(self.job.name, page.parent_id.name)
        self.assertEqual(page.parent_id.type, "category")

    def test_the_text_of_a_category_is_found_in_its_chatter(self):
        if "document.page" not in self.env:
            return
        before = self.counts("document_page", "document_page_history", "mail_message")
        text = "<p>All about <b>spindles</b><script>alert(1)</script></p>"
        rows = {
            "c": {
                "name": "Hardware",
                "type": "category",
                "content": text,
                "@leftovers": [["Category ID", "K-1"]],
            },
            "a": {"name": "Spindel", "parent_id": self.ref("articles", "c")},
        }
        self.load("articles", "document.page", rows)
        category = self.loaded("articles", "c")
        note = category.message_ids.body
        self.assertIn("All about <b>spindles</b>", note)
        self.assertIn("K-1", note)
        self.assertNotIn("script", note)
        self.assertIn("Spindel", category.content, "the index of its pages")
        self.assertEqual(self.verify("articles", "document.page", ["a", "c"]), [])
        self.unload("articles")
        after = self.counts("document_page", "document_page_history", "mail_message")
        self.assertEqual(after, before)
