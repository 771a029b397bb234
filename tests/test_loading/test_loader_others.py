"""What belongs to several records: the first bears it, and none of the others loses it."""

from datetime import datetime

from odoo.tests import tagged

from ..loader_common import LoaderCase

START = "2019-03-04 10:00:00"


@tagged("post_install", "-at_install")
class TestLoaderOthers(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load(
            "companies",
            "res.partner",
            {"1": {"name": "Ćevap & Sons", "is_company": True}},
        )
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Bob"}, "2": {"name": "Zoë"}},
        )
        self.load("deals", "crm.lead", {"1": {"name": "Deal ✓"}, "2": {"name": "B"}})
        self.company = self.loaded("companies", "1")
        self.bob, self.zoe = (self.loaded("contacts", key) for key in "12")
        self.deal, self.other = (self.loaded("deals", key) for key in "12")
        self.all = [
            self.ref("deals", "1"),
            self.ref("deals", "2"),
            self.ref("contacts", "1"),
            self.ref("contacts", "2"),
            self.ref("companies", "1"),
        ]

    def notes(self, record):
        """Return the texts of the notes that the migration left on a record."""
        messages = record.message_ids.filtered(lambda message: message.id < 0)
        return [str(message.body) for message in messages]

    def test_a_meeting_keeps_all_its_links(self):
        values = {"name": "Réunion", "start": START, "@thread": self.all}
        rows = {"1": {**values, "user_id": {"$owner": "anna"}}}
        self.assertEqual(self.load("meetings", "calendar.event", rows), {"created": 1})
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.opportunity_id, self.deal)
        # Whose meeting it is attends it as well.
        people = self.bob | self.zoe | self.anna.partner_id
        self.assertEqual(meeting.partner_ids, people)
        for record in (self.other, self.company):
            (note,) = self.notes(record)
            self.assertIn("Réunion", note)
            self.assertIn(f'data-oe-model="calendar.event" data-oe-id="{meeting.id}"', note)  # fmt: skip
        for record in (self.deal, self.bob, self.zoe):
            self.assertEqual(self.notes(record), [], "it shows the meeting itself")
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])

    def test_links_that_come_later_are_added_and_nothing_comes_twice(self):
        rows = {"1": {"name": "R", "start": START, "@thread": self.all[:1]}}
        self.load("meetings", "calendar.event", rows)
        rows["1"]["@thread"] = self.all
        self.assertEqual(self.load("meetings", "calendar.event", rows), {"updated": 1})
        rows["1"]["name"] = "Renamed"
        self.load("meetings", "calendar.event", rows)
        self.assertEqual(len(self.notes(self.company)), 1)
        self.assertEqual(self.loaded("meetings", "1").partner_ids, self.bob | self.zoe)
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])

    def test_a_planned_call_stands_on_one_record_and_the_others_say_so(self):
        rows = {
            "1": {
                "summary": "Call Bob",
                "date_deadline": "2031-01-31",
                "user_id": {"$owner": "anna"},
                "@created_at": "2019-02-02 08:00:00",
                "@thread": self.all,
            }
        }
        self.load("calls", "mail.activity", rows)
        self.assertEqual(self.deal.activity_ids, self.loaded("calls", "1"))
        for record in (self.other, self.bob, self.zoe, self.company):
            (note,) = self.notes(record)
            self.assertIn("Call Bob", note)
            self.assertIn("Deal ✓", note)
        message = self.company.message_ids.filtered(lambda m: m.id < 0)
        self.assertEqual(message.date, datetime(2019, 2, 2, 8))
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(self.verify("calls", "mail.activity", ["1"]), [])
        message.unlink()
        (difference,) = self.verify("calls", "mail.activity", ["1"])
        self.assertEqual(
            (difference["field"], difference["expected"]), ("@thread", "Ćevap & Sons")
        )

    def test_a_message_and_a_file_are_named_on_the_other_records(self):
        rows = {"1": {"subject": "Offer", "body": "<p>x</p>", "date": START}}
        rows["1"]["@thread"] = self.all
        self.load("notes", "mail.message", rows)
        (note,) = self.notes(self.company)
        self.assertIn("Offer", note)
        self.assertEqual(self.verify("notes", "mail.message", ["1"]), [])

    def test_a_rollback_takes_the_notes_back(self):
        before = self.counts("mail_message", "calendar_event", "mail_activity")
        self.load(
            "meetings",
            "calendar.event",
            {"1": {"name": "R", "start": START, "@thread": self.all}},
        )
        self.load(
            "calls",
            "mail.activity",
            {"1": {"summary": "C", "@thread": self.all, "date_deadline": "2031-01-31"}},
        )
        self.unload("calls")
        self.unload("meetings")
        self.assertEqual(
            self.counts("mail_message", "calendar_event", "mail_activity"), before
        )

    def test_a_link_to_what_was_not_loaded_is_told_and_the_others_stay(self):
        lost = self.ref("contacts", "404")
        rows = {"1": {"name": "R", "start": START, "@thread": [lost, *self.all]}}
        self.load("meetings", "calendar.event", rows)
        self.assertEqual(self.loaded("meetings", "1").opportunity_id, self.deal)
        self.assertIn("404", self.messages("reference_missing").text)

    def test_what_belongs_to_nothing_goes_where_the_profile_says(self):
        rows = {
            "1": {"body": "<p>alone</p>", "date": START, "@unlinked": "company"},
            "2": {"body": "<p>lost</p>", "date": START, "@unlinked": "company"},
            "3": {"body": "<p>mail</p>", "date": START},
        }
        rows["2"]["@thread"] = [self.ref("deals", "404")]
        counter = self.load("notes", "mail.message", rows)
        self.assertEqual(counter, {"created": 1, "failed": 2})
        self.assertIn(self.loaded("notes", "1"), self.company_partner().message_ids)
        self.assertIn(self.company_partner().name, self.messages("unlinked").text)
        self.assertEqual(self.staged("notes", "3").problem, "no_thread")
        self.assertEqual(self.verify("notes", "mail.message", ["1"]), [])
        todo = {"summary": "Alone", "@unlinked": "company"}
        self.load("todos", "mail.activity", {"1": todo})
        activities = self.company_partner().with_context(active_test=False)
        self.assertIn(self.loaded("todos", "1"), activities.activity_ids)

    def test_a_comment_on_a_to_do_that_stands_alone_is_not_lost(self):
        """Of 248 activities of a Concord installation 13 hang on nothing."""
        todo = {"summary": "Alone", "user_id": self.env.uid}
        self.load("todos", "mail.activity", {"1": todo})
        self.assertFalse(self.loaded("todos", "1").res_id)
        rows = {
            "1": {"body": "<p>said</p>", "date": START, "@unlinked": "company"},
            "2": {"body": "<p>lost</p>", "date": START},
        }
        for row in rows.values():
            row["@thread"] = self.ref("todos", "1")
        counter = self.load("comments", "mail.message", rows)
        self.assertEqual(counter, {"created": 1, "failed": 1})
        comment = self.loaded("comments", "1")
        self.assertIn(comment, self.company_partner().message_ids)
        self.assertIn("<p>It belongs to: Alone</p>", comment.body)
        self.assertEqual(self.verify("comments", "mail.message", ["1"]), [])

    def company_partner(self):
        return self.job.company_id.partner_id

    def test_a_record_that_is_not_there_is_called_by_its_name(self):
        self.stage("firms", "res.partner", {"9": {"name": "Quanta Steel"}})
        self.staged("firms", "9").state = "failed"
        rows = {"1": {"name": "Ana", "parent_id": self.ref("firms", "9")}}
        self.load("people", "res.partner", rows)
        self.assertIn("Quanta Steel", self.staged("people", "1").message)

    def test_what_nobody_has_is_assigned_to_nobody(self):
        """Odoo would assign it to whoever loads."""
        field = self.env["res.company"]._fields["create_uid"]
        self.assertEqual(field.comodel_name, "res.users")
        users = self.env["res.partner"]._fields["user_id"]
        self.patch(users, "default", lambda records: self.env.uid)
        generic = self.env["crm.migration.target"]
        people = dict(generic._get_people(self.patched_batch("res.partner")))
        self.assertIs(people["user_id"], False)

    def patched_batch(self, model):
        class Batch:
            pass

        batch = Batch()
        batch.model = self.env[model]
        return batch

    def test_who_is_no_user_any_more_is_called_so(self):
        gone = "b2fd2f30-8221-48bb-aca7-56e428fac6c3"
        mapping = self.mapping("users", "res.users")
        self.assertTrue(mapping)
        self.stage("users", "res.users", {"7": {"name": "Eva", "email": "e@x.test"}})
        for number in range(3):
            owner = {
                "$owner": gone if number else "c0ffee00-0000-4000-8000-000000000001"
            }
            self.stage("people", "res.partner", {str(number): {"user_id": owner}})
        self.job._collect_owners()
        names = {owner.key: owner.name for owner in self.job.owner_ids}
        self.assertEqual(names[gone], "Deleted user 1 (records: 2)")
        self.assertEqual(
            names["c0ffee00-0000-4000-8000-000000000001"],
            "Deleted user 2 (records: 1)",
        )

    def test_words_in_a_list_cost_no_batch(self):
        """Of several nobody can tell which counts; one alone does, in a list as well."""
        there = {"@thread": [self.ref("deals", "1")]}
        to_do = {"summary": "Call", "date_deadline": "2020-01-01", **there}
        note = {"body": "Hello", "date": START, **there}
        for stream, model, target, word, values in (
            ("to-dos", "mail.activity", "@done", True, to_do),
            ("notes", "mail.message", "@subtype", "email", note),
            ("more", "crm.lead", "@state", "lost", {"name": "More"}),
        ):
            odd = ([word], [], [word, "other"], [[word]], {"a": word})
            rows = {str(n): {**values, target: each} for n, each in enumerate(odd)}
            with self.subTest(model):
                self.assertEqual(self.load(stream, model, rows), {"created": len(odd)})
        self.assertFalse(self.loaded("to-dos", "0").active)
        self.assertEqual(self.loaded("notes", "0").message_type, "email")
        self.assertEqual(self.loaded("more", "0").won_status, "lost")
        self.assertIn("other", self.loaded("more", "2").description)

    def test_what_the_table_refuses_is_said_without_the_row_of_copy(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT res_partner_no_faro"
            " CHECK (name <> 'Rui')"
        )
        rows = {"8": {"name": "Rui", "city": "Faro"}, "9": {"name": "Eva"}}
        counts = self.load("contacts", "res.partner", rows)
        self.assertEqual(counts, {"created": 1, "failed": 1})
        text = self.messages("refused").text
        self.assertIn("res_partner_no_faro", text)
        self.assertNotIn("COPY", text)
