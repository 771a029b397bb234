"""To-dos and meetings: who, when, about what; and nobody is told."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ...models.odoo import calendar_event
from ..loader_common import LoaderCase

LOUD = ("mail_mail", "mail_followers", "mail_notification", "ir_cron_trigger")


@tagged("post_install", "-at_install")
class TestLoaderActivity(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("deals", "crm.lead", {"1": {"name": "Deal ✓"}})
        self.lead = self.loaded("deals", "1")

    def load_todos(self, rows):
        for values in rows.values():
            values.setdefault("@thread", [self.ref("deals", "1")])
        return self.load("todos", "mail.activity", rows)

    def load_forgotten(self, policy):
        self.job.overdue_policy = policy
        rows = {
            "1": {"summary": "Ring", "date_deadline": "2015-03-02"},
            "2": {"summary": "Visit", "date_deadline": str(date.today())},
            "3": {"summary": "Write", "date_deadline": "2015-03-03", "active": False},
        }
        for values in rows.values():
            values |= {"@thread": self.ref("deals", "1"), "note": "<p>Slate</p>"}
        self.load("todos", "mail.activity", rows)
        self.assertEqual(self.verify("todos", "mail.activity", list(rows)), [])
        return [
            self.loaded("todos", key).with_context(active_test=False) for key in rows
        ]

    def test_what_is_overdue_for_years_is_closed_on_its_day_where_that_was_chosen(self):
        ring, visit, write = self.load_forgotten("close")
        self.assertEqual((ring.active, ring.date_done), (False, date(2015, 3, 2)))
        self.assertEqual((visit.active, visit.date_done), (True, False))
        self.assertNotEqual(write.date_done, date(2015, 3, 3))
        self.assertEqual(
            len(self.lead.message_ids.filtered("mail_activity_type_id")), 1
        )

    def test_or_a_note_stands_for_it(self):
        ring, visit, _write = self.load_forgotten("note")
        self.assertFalse(ring.active)
        self.assertTrue(visit.active)
        [note] = self.lead.message_ids.filtered("mail_activity_type_id")
        self.assertIn("never done: Ring", note.body)
        self.assertIn("Slate", note.body)
        self.assertEqual(note.date.date(), date(2015, 3, 2))
        self.assertEqual(self.unload("todos"), {"deleted": 3})
        self.assertFalse(note.exists())

    def test_or_it_stays_open(self):
        ring, _visit, _write = self.load_forgotten("keep")
        self.assertTrue(ring.active)

    def test_an_open_to_do_of_years_ago_outlives_the_daily_clean_up(self):
        years = self.env["ir.config_parameter"].sudo()
        years.set_param("mail.activity.gc.delete_overdue_years", 3)
        self.load_todos(
            {"1": {"summary": "Ask again", "date_deadline": "2015-06-30"}}
            | {"2": {"summary": "Old", "date_deadline": "2014-06-30"}}
        )
        theirs = self.loaded("todos", "1").copy({"summary": "Nobody's import"})
        for _day in range(7):
            self.env["mail.activity"]._gc_delete_old_overdue_activities()
        self.assertTrue(self.loaded("todos", "1").exists())
        self.assertTrue(self.loaded("todos", "2").exists())
        # What is not ours goes as ever.
        self.assertFalse(theirs.exists())

    def test_an_open_to_do_has_its_deadline_owner_and_type(self):
        call = self.env.ref("mail.mail_activity_data_call")
        before = self.counts(*LOUD, "mail_message")
        self.load_todos(
            {
                "1": {
                    "summary": "Nachfassen",
                    "note": "<p>wichtig</p>",
                    "date_deadline": "2031-01-31",
                    "user_id": {"$owner": "anna"},
                    "activity_type_id": self.decide("types", "c", call),
                    "@created_at": "2020-01-01 00:00:00",
                }
            }
        )
        todo = self.loaded("todos", "1")
        self.assertEqual(
            (todo.date_deadline, todo.user_id), (date(2031, 1, 31), self.anna)
        )
        self.assertEqual((todo.activity_type_id, todo.res_name), (call, "Deal ✓"))
        self.assertEqual(self.lead.activity_ids, todo)
        self.assertEqual(todo.create_date, datetime(2020, 1, 1))
        self.assertEqual(self.counts(*LOUD, "mail_message"), before)
        self.assertEqual(self.verify("todos", "mail.activity", ["1"]), [])

    def test_a_to_do_without_a_day_is_said_to_be_due_on_the_day_of_the_load(self):
        created = {"@created_at": "2020-01-01 00:00:00"}
        self.load_todos(
            {"1": {"summary": "Call"}, "2": {"summary": "Write", **created}}
        )
        told = self.messages("no_due_day")
        self.assertEqual(
            told.mapped(lambda m: (m.source_id, m.severity)), [("1", "info")]
        )
        self.assertEqual(self.loaded("todos", "2").date_deadline, date(2020, 1, 1))

    def test_a_done_to_do_keeps_its_day_and_leaves_odoos_own_message(self):
        values = {
            "summary": "Angebot",
            "note": "<p>per Post</p>",
            "feedback": "erledigt\nund bezahlt",
            "date_deadline": "2019-05-05",
            "user_id": {"$owner": "anna"},
        }
        self.load_todos({"1": {**values, "@done_at": "2019-05-04 16:00:00"}})
        done = self.loaded("todos", "1")
        self.assertEqual((done.active, done.date_done), (False, date(2019, 5, 4)))
        (message,) = self.lead.message_ids.filtered(lambda m: m.id < 0)
        self.assertEqual(message.date, datetime(2019, 5, 4, 16))

        native = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "activity_type_id": done.activity_type_id.id,
                "summary": "Angebot",
                "note": "<p>per Post</p>",
                "user_id": self.env.uid,
            }
        )
        native.action_feedback(feedback=values["feedback"])
        own = self.lead.message_ids[0]
        for name in (
            "body",
            "message_type",
            "subtype_id",
            "mail_activity_type_id",
            "is_internal",
        ):
            self.assertEqual(message[name], own[name], name)
        self.assertEqual(message.author_id, self.anna.partner_id)

    def test_a_to_do_of_nobody_about_nothing_fails_with_a_sentence(self):
        counter = self.load_todos(
            {"1": {"summary": "?", "@thread": [self.ref("deals", "404")]}}
        )
        self.assertEqual(counter, {"failed": 1})
        self.assertEqual(self.staged("todos", "1").problem, "nobody")

    # -- meetings --------------------------------------------------------------

    def test_a_meeting_that_lost_its_attendees_loses_them_here_too(self):
        self.load(
            "contacts", "res.partner", {"1": {"name": "Bea", "email": "b@x.test"}}
        )
        row = {"name": "Review", "start": "2030-01-01 10:00:00"}
        parties = [{**self.ref("contacts", "1"), "state": "accepted"}]
        self.load_meetings({"9": {**row, "@partners": parties}})
        event = self.loaded("meetings", "9")
        self.assertEqual(event.partner_ids, self.loaded("contacts", "1"))
        self.load_meetings({"9": row})
        self.assertFalse(event.partner_ids | event.attendee_ids.partner_id)

    def load_meetings(self, rows):
        for values in rows.values():
            values.setdefault("@thread", [self.ref("deals", "1")])
        return self.load("meetings", "calendar.event", rows)

    def test_a_future_meeting_invites_nobody(self):
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Bob", "email": "bob@client.test"}},
        )
        start = datetime.now().replace(microsecond=0) + timedelta(days=30)
        before = self.counts(*LOUD, "mail_message", "mail_activity")
        self.load_meetings(
            {
                "1": {
                    "name": "Réunion",
                    "start": str(start),
                    "stop": str(start + timedelta(hours=2)),
                    "user_id": {"$owner": "anna"},
                    "description": "<p>Agenda</p>",
                    "@partners": [
                        {**self.ref("contacts", "1"), "state": "accepted"},
                        {"$owner": "anna"},
                    ],
                    "@addresses": [
                        {
                            "email": "ghost@nowhere.test",
                            "name": "Ghost",
                            "role": "required",
                        }
                    ],
                }
            }
        )
        event = self.loaded("meetings", "1")
        self.assertEqual(self.counts(*LOUD, "mail_message", "mail_activity"), before)
        self.assertEqual((event.start, event.duration), (start, 2.0))
        self.assertEqual((event.user_id, event.opportunity_id), (self.anna, self.lead))
        self.assertEqual((event.res_model, event.res_id), ("crm.lead", self.lead.id))
        states = {a.partner_id.name: a.state for a in event.attendee_ids}
        self.assertEqual(states, {"Bob": "accepted", "Anna Ågren": "needsAction"})
        self.assertEqual(event.partner_ids, event.attendee_ids.partner_id)
        self.assertIn("Agenda", event.description)
        self.assertIn("ghost@nowhere.test", event.description)
        self.assertNotIn("Contact Details", event.description)
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])

    def test_a_meeting_without_attendees_has_none(self):
        self.load_meetings(
            {"1": {"name": "Solo", "start": "2019-01-01 10:00:00", "@duration": 0.5}}
        )
        event = self.loaded("meetings", "1")
        self.assertFalse(event.partner_ids | event.attendee_ids.partner_id)
        self.assertFalse(event.user_id)
        self.assertEqual(event.stop, datetime(2019, 1, 1, 10, 30))

    def test_a_whole_day_stays_that_day_for_everybody(self):
        self.load_meetings(
            {
                "1": {
                    "name": "Messe",
                    "allday": True,
                    "start": "2019-12-24 23:00:00",
                    "stop": "2019-12-26 01:00:00",
                }
            }
        )
        event = self.loaded("meetings", "1")
        self.assertEqual(
            (event.start_date, event.stop_date),
            (date(2019, 12, 24), date(2019, 12, 26)),
        )
        native = (
            self.env["calendar.event"]
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": "Messe",
                    "allday": True,
                    "start_date": "2019-12-24",
                    "stop_date": "2019-12-26",
                    "start": "2019-12-24",
                    "stop": "2019-12-26",
                }
            )
        )
        self.assertEqual((event.start, event.stop), (native.start, native.stop))

    def test_a_meeting_that_ends_before_it_begins_has_its_begin(self):
        counter = self.load_meetings(
            {
                "1": {
                    "name": "Back",
                    "start": "2019-01-02 00:00:00",
                    "stop": "2019-01-01 00:00:00",
                },
                "2": {"name": "Forth", "start": "2019-01-02 00:00:00"},
            }
        )
        self.assertEqual(counter, {"created": 2})
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.start, datetime(2019, 1, 2))
        self.assertEqual(meeting.stop, datetime(2019, 1, 2, 1))
        self.assertIn("2019-01-01 00:00:00", meeting.description)
        self.assertEqual(self.staged("meetings", "1").problem, "value_refused")
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])

    def test_a_meeting_of_which_the_end_alone_is_known_does_not_begin_now(self):
        counter = self.load_meetings(
            {
                "1": {"name": "Call back", "stop": "2019-01-02 11:30:00"},
                "2": {
                    "name": "Fair",
                    "stop": "2019-01-02 18:00:00",
                    "@duration": 2.5,
                },
            }
        )
        self.assertEqual(counter, {"created": 2})
        for key, start, stop in (
            ("1", datetime(2019, 1, 2, 10, 30), datetime(2019, 1, 2, 11, 30)),
            ("2", datetime(2019, 1, 2, 15, 30), datetime(2019, 1, 2, 18)),
        ):
            meeting = self.loaded("meetings", key)
            self.assertEqual((meeting.start, meeting.stop), (start, stop))
        self.assertEqual(self.verify("meetings", "calendar.event", ["1", "2"]), [])

    def test_moving_a_meeting_tells_nobody_and_keeps_the_answers(self):
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Bob", "email": "bob@client.test"}},
        )
        start = datetime.now().replace(microsecond=0) + timedelta(days=30)
        values = {
            "name": "R",
            "start": str(start),
            "user_id": {"$owner": "anna"},
            "@partners": [{**self.ref("contacts", "1"), "state": "declined"}],
        }
        self.load_meetings({"1": dict(values)})
        before = self.counts(*LOUD, "mail_message")
        moved = {
            **values,
            "start": str(start + timedelta(days=1)),
            "@updated_at": "2020-01-01 00:00:00",
        }
        self.assertEqual(self.load_meetings({"1": moved}), {"updated": 1})
        event = self.loaded("meetings", "1")
        self.assertEqual(event.start, start + timedelta(days=1))
        self.assertEqual(event.attendee_ids.mapped("state"), ["declined"])
        self.assertEqual(self.counts(*LOUD, "mail_message"), before)

    def test_a_to_do_that_was_done_since_leaves_its_message_then(self):
        values = {
            "summary": "X",
            "user_id": {"$owner": "anna"},
            "date_deadline": "2019-01-01",
        }
        self.load_todos({"1": dict(values)})
        self.assertFalse(self.lead.message_ids.filtered(lambda m: m.id < 0))
        done = {**values, "@done_at": "2019-02-02 10:00:00"}
        self.assertEqual(self.load_todos({"1": done}), {"updated": 1})
        todo = self.loaded("todos", "1")
        self.assertEqual((todo.active, todo.date_done), (False, date(2019, 2, 2)))
        (message,) = self.lead.message_ids.filtered(lambda m: m.id < 0)
        self.assertEqual(message.date, datetime(2019, 2, 2, 10))
        self.assertEqual(self.unload("todos"), {"deleted": 1})
        self.assertFalse(message.exists())

    # -- days, answers, places ---------------------------------------------------

    def test_a_day_is_the_day_it_was_in_the_source(self):
        self.job.tz = "America/New_York"
        self.load_todos(
            {
                "1": {
                    "summary": "X",
                    "user_id": {"$owner": "anna"},
                    "@done_at": "2019-05-05 03:30:00",
                },
                "2": {
                    "summary": "Y",
                    "user_id": {"$owner": "anna"},
                    "@done_at": "2019-05-05",
                },
            }
        )
        self.assertEqual(self.loaded("todos", "1").date_done, date(2019, 5, 4))
        self.assertEqual(self.loaded("todos", "2").date_done, date(2019, 5, 5))

    def test_a_whole_day_east_of_greenwich_is_not_the_day_before(self):
        self.job.tz = "Europe/Berlin"
        self.load_meetings(
            {
                "1": {
                    "name": "Messe",
                    "allday": True,
                    "start": "2019-07-09 22:00:00",
                    "stop": "2019-07-10 22:00:00",
                },
                "2": {"name": "Tag", "allday": True, "start": "2019-07-10"},
            }
        )
        event = self.loaded("meetings", "1")
        self.assertEqual(
            (event.start_date, event.stop_date), (date(2019, 7, 10), date(2019, 7, 11))
        )
        self.assertEqual(self.loaded("meetings", "2").start_date, date(2019, 7, 10))

    def load_answers(self, bob, ann=None):
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {"name": "Bob", "email": "bob@client.test"},
                "2": {"name": "Ann", "email": "ann@client.test"},
            },
        )
        parties = [{**self.ref("contacts", "1"), "state": bob}]
        parties += [{**self.ref("contacts", "2"), "state": ann}] if ann else []
        self.load_meetings(
            {"1": {"name": "M", "start": "2031-01-01 10:00:00", "@partners": parties}}
        )
        event = self.loaded("meetings", "1")
        return {a.partner_id.name: a.state for a in event.attendee_ids}

    def test_an_answer_that_changed_in_the_source_changes_here(self):
        self.load_answers("needsAction")
        answers = self.load_answers("declined", "accepted")
        self.assertEqual(answers, {"Bob": "declined", "Ann": "accepted"})
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])
        attendees = self.loaded("meetings", "1").attendee_ids
        attendees.filtered(lambda a: a.partner_id.name == "Ann").state = "tentative"
        (difference,) = self.verify("meetings", "calendar.event", ["1"])
        self.assertEqual(
            (difference["expected"], difference["found"]), ("accepted", "tentative")
        )
        answers = self.load_answers("tentative", "declined")
        self.assertEqual(answers, {"Bob": "tentative", "Ann": "tentative"})
        self.assertTrue(self.messages("changed_by_both"))

    def test_a_change_by_the_load_waits_for_no_synchronisation(self):
        # Google's and Microsoft's flags are not installed here; any other will do.
        self.startPatcher(
            patch(f"{calendar_event.__name__}.SYNC_FLAGS", ("follow_recurrence",))
        )
        self.load_meetings({"1": {"name": "M", "start": "2031-01-01 10:00:00"}})
        event = self.loaded("meetings", "1")
        event.follow_recurrence = True
        loader = self.env["crm.migration.target"]._without_side_effects(self.job)
        event.with_env(loader.env).write({"name": "N", "follow_recurrence": True})
        self.assertFalse(event.follow_recurrence)
        event.write({"follow_recurrence": True})
        self.assertTrue(event.follow_recurrence, "others synchronise as ever")

    def test_a_to_do_follows_its_record(self):
        rows = {"2": {"name": "Second deal"}}
        self.stage("deals", "crm.lead", rows)
        values = {
            "summary": "X",
            "user_id": {"$owner": "anna"},
            "@thread": [self.ref("deals", "2")],
        }
        self.load_todos({"1": values})
        todo = self.loaded("todos", "1")
        self.assertFalse(todo.res_id)
        self.load("deals", "crm.lead", rows)
        maps = self.map_row("todos", "1")
        self.env["crm.migration.target"]._for("mail.activity")._link(
            self.load_run, maps
        )
        self.env.invalidate_all()
        second = self.loaded("deals", "2")
        self.assertEqual((todo.res_model, todo.res_id), ("crm.lead", second.id))
        self.assertEqual(self.verify("todos", "mail.activity", ["1"]), [])
        self.load_todos({"1": {**values, "@thread": [self.ref("deals", "1")]}})
        self.assertEqual(todo.res_id, self.lead.id)
        todo.res_id = second.id
        (difference,) = self.verify("todos", "mail.activity", ["1"])
        self.assertEqual(difference["field"], "res_id")

    def test_a_to_do_that_is_to_do_again_is_open(self):
        values = {"summary": "X", "user_id": {"$owner": "anna"}}
        values["date_deadline"] = "2019-01-01"
        self.load_todos({"1": {**values, "@done_at": "2019-02-02 10:00:00"}})
        self.load_todos({"1": dict(values)})
        todo = self.loaded("todos", "1")
        self.assertEqual((todo.active, todo.date_done), (True, False))

    def test_what_no_calendar_can_hold_costs_the_duration_not_the_meeting(self):
        counter = self.load_meetings(
            {
                "1": {"name": "A", "start": "2019-01-01 10:00:00", "@duration": 1e9},
                "2": {"name": "B", "start": "2019-01-01 10:00:00", "@duration": "inf"},
                "3": {"name": "C", "start": "0001-01-01T00:00:00+05:00"},
                "4": {"name": "D", "start": "2019-01-01 10:00:00"},
            }
        )
        self.assertEqual(counter, {"created": 3, "failed": 1})
        meeting = self.loaded("meetings", "2")
        self.assertEqual(meeting.duration, 1)
        self.assertIn("<b>Duration</b>: inf", meeting.description)
        # Without its time there is no meeting.
        self.assertEqual(self.staged("meetings", "3").problem, "not_a_date")
