"""Meetings: their days, attendees and answers."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ...models.odoo import calendar_event
from .activity_common import LOUD, ActivityCase


@tagged("post_install", "-at_install")
class TestLoaderMeeting(ActivityCase):
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

    def test_whose_meeting_it_is_finds_it_in_their_calendar(self):
        """Odoo's calendar shows somebody the meetings that they attend (19.0)."""
        gone = {"user_id": {"$owner": "bert"}, "start": "2019-01-02 10:00:00"}
        values = {"name": "Bert", "login": "bert", "active": False}
        user = self.env["res.users"].with_context(no_reset_password=True).create(values)
        self.job.owner_ids.create(
            {"job_id": self.job.id, "key": "bert", "name": "Bert", "user_id": user.id}
        )
        self.load("contacts", "res.partner", {"1": {"name": "Bob"}})
        self.load_meetings(
            {
                "1": {
                    "name": "Visit",
                    "start": "2019-01-01 10:00:00",
                    "user_id": {"$owner": "anna"},
                    "@partners": [self.ref("contacts", "1")],
                },
                "2": {"name": "Theirs", **gone},
            }
        )
        event, theirs = (self.loaded("meetings", key) for key in "12")
        states = {a.partner_id.name: a.state for a in event.attendee_ids}
        self.assertEqual(states, {"Bob": "needsAction", "Anna Ågren": "accepted"})
        self.assertFalse(theirs.user_id.active)
        self.assertFalse(theirs.attendee_ids, "who cannot log in needs no calendar")
        self.assertEqual(self.verify("meetings", "calendar.event", ["1", "2"]), [])

    def test_a_whole_day_keeps_the_answers(self):
        self.load("contacts", "res.partner", {"1": {"name": "Bob"}})
        self.load_meetings(
            {
                "1": {
                    "name": "Fair",
                    "allday": True,
                    "start_date": "2019-01-01",
                    "stop_date": "2019-01-02",
                    "user_id": {"$owner": "anna"},
                    "@partners": [{**self.ref("contacts", "1"), "state": "declined"}],
                }
            }
        )
        event = self.loaded("meetings", "1")
        states = {a.partner_id.name: a.state for a in event.attendee_ids}
        self.assertEqual(states, {"Bob": "declined", "Anna Ågren": "accepted"})
        self.assertEqual(self.verify("meetings", "calendar.event", ["1"]), [])

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
        states = {a.partner_id.name: a.state for a in event.attendee_ids}
        self.assertEqual(states, {"Bob": "declined", "Anna Ågren": "accepted"})
        self.assertEqual(self.counts(*LOUD, "mail_message"), before)

    # -- days, answers, places ---------------------------------------------------

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
