"""Series of meetings that go on beyond what the source has planned."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from ..digests import get_digest
from .activity_common import LOUD, ActivityCase

SERIES, EVENT = "calendar.recurrence", "calendar.event"
BERLIN = ZoneInfo("Europe/Berlin")


@tagged("post_install", "-at_install")
class TestSeriesGoOn(ActivityCase):
    def setUp(self):
        super().setUp()
        self.load("contacts", "res.partner", {"1": {"name": "Bob"}})
        self.now = datetime.now().replace(microsecond=0)
        # The Monday of last week at nine in Berlin.
        day = self.now.date() - timedelta(days=self.now.weekday() + 7)
        self.first = self.at_nine(day)
        self.env.flush_all()
        self.before = get_digest(self.env)

    def at_nine(self, day):
        local = datetime(day.year, day.month, day.day, 9, tzinfo=BERLIN)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def load_series(self, rule, starts=None, **more):
        """Load a series with its meetings, as far as settled; return it."""
        start = {"@start": str(self.first), "event_tz": "Europe/Berlin"}
        self.load("series", SERIES, {"1": {"@rule": rule, **start}})
        self.load_meetings(starts or [self.first], **more)
        self.settle("series", SERIES, ["1"])
        self.env.invalidate_all()
        return self.loaded("series", "1")

    def load_meetings(self, starts, **more):
        rows = {
            str(number): {
                "name": "Jour fixe",
                "start": str(start),
                "stop": str(start + timedelta(minutes=45)),
                "recurrence_id": self.ref("series", "1"),
                "follow_recurrence": True,
                "@partners": [self.ref("contacts", "1")],
                **more,
            }
            for number, start in enumerate(starts, 1)
        }
        return self.load("meetings", EVENT, rows)

    def test_an_open_series_has_its_next_meetings_for_a_year(self):
        loud = self.counts(*LOUD, "mail_message")
        series = self.load_series("FREQ=WEEKLY;BYDAY=MO")
        events = series.calendar_event_ids.sorted("start")
        coming = events.filtered(lambda e: e.start > self.now)
        self.assertGreaterEqual(len(coming), 51)
        self.assertLessEqual(coming[-1:].start, self.now + relativedelta(years=1))
        hours = {
            e.start.replace(tzinfo=ZoneInfo("UTC")).astimezone(BERLIN).hour
            for e in events
        }
        self.assertEqual(hours, {9}, "by the clock, before and after its change")
        for event in coming:
            self.assertEqual((event.name, event.duration), ("Jour fixe", 0.75))
            self.assertEqual(event.partner_ids.mapped("name"), ["Bob"])
            self.assertTrue(event.recurrency and event.follow_recurrence)
        self.assertEqual(series.base_event_id, events[:1])
        self.assertEqual(self.counts(*LOUD, "mail_message"), loud)
        text = self.messages("series_continued").text
        self.assertIn(str(coming[-1:].start.date()), text)
        self.assertEqual(self.verify("series", SERIES, ["1"]), [])
        self.assertEqual(self.verify("meetings", EVENT, ["1"]), [])
        self.take_back()

    def take_back(self):
        self.unload("meetings")
        self.unload("series")
        self.env.flush_all()
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != self.before.get(n)}, set())

    def test_a_series_that_has_an_end_goes_no_further(self):
        until = (self.now + timedelta(days=21)).date()
        series = self.load_series(f"FREQ=DAILY;UNTIL={until:%Y%m%d}")
        last = max(series.calendar_event_ids.mapped("start")).date()
        self.assertEqual(last, until)

    def test_a_series_without_a_meeting_for_a_year_is_over(self):
        old = [self.first - timedelta(days=7 * weeks) for weeks in (70, 69, 68)]
        self.first = old[0]
        series = self.load_series("FREQ=WEEKLY;BYDAY=MO", old)
        self.assertEqual(len(series.calendar_event_ids), 3)
        self.assertIn(str(old[-1].date()), self.messages("series_stopped").text)

    def test_one_that_is_over_gets_nothing(self):
        series = self.load_series("FREQ=WEEKLY;BYDAY=MO;COUNT=1")
        self.assertEqual(len(series.calendar_event_ids), 1)
        self.assertFalse(self.messages("series_continued"))

    def test_nothing_is_planned_before_the_last_meeting_of_the_source(self):
        """What was taken out of a series in the source does not come back."""
        later = self.first + timedelta(days=7 * 8)
        later = self.at_nine(later.date())
        series = self.load_series("FREQ=WEEKLY;BYDAY=MO", [self.first, later])
        starts = sorted(series.calendar_event_ids.mapped("start"))
        self.assertEqual(starts[:2], [self.first, later])
        self.assertEqual(starts[2], self.at_nine(later.date() + timedelta(days=7)))

    def test_what_the_source_plans_later_takes_the_place_of_what_was_planned(self):
        series = self.load_series("FREQ=WEEKLY;BYDAY=MO")
        count = len(series.calendar_event_ids)
        weeks = [self.at_nine((self.first + timedelta(days=7 * n)).date()) for n in range(6)]  # fmt: skip
        changed = series.calendar_event_ids.filtered(lambda e: e.start == weeks[5])
        self.env.cr.execute(
            "UPDATE calendar_event SET write_date = create_date + interval '1 hour'"
            " WHERE id = %s",
            [changed.id],
        )
        # The fourth was taken out.
        self.load_meetings([*weeks[:4], weeks[5]])
        self.env.invalidate_all()
        starts = sorted(series.calendar_event_ids.mapped("start"))
        self.assertEqual(
            starts[:6],
            [*weeks[:4], weeks[5], weeks[5]],
            "what somebody has worked on stays",
        )
        self.assertGreaterEqual(len(starts), count - 2)

    def test_days_without_hours_stay_days(self):
        day = self.now.date() - timedelta(days=3)
        whole = {"allday": True, "start_date": str(day), "stop_date": str(day)}
        series = self.load_series("FREQ=DAILY", **whole)
        coming = series.calendar_event_ids.sorted("start")[1:]
        self.assertTrue(all(coming.mapped("allday")))
        self.assertEqual(
            coming[:1].start_date + timedelta(days=1), coming[1:2].start_date
        )

    def test_what_was_taken_out_of_a_series_is_not_planned(self):
        start = {"@start": str(self.first), "event_tz": "Europe/Berlin"}
        day = self.first.date()
        gone = [self.at_nine(day + timedelta(days=7 * n)) for n in (3, 5)]
        row = {"@rule": "FREQ=WEEKLY;BYDAY=MO", "@except": [*map(str, gone)], **start}
        self.load("series", SERIES, {"1": row})
        self.load_meetings([self.first])
        self.settle("series", SERIES, ["1"])
        self.env.invalidate_all()
        starts = self.loaded("series", "1").calendar_event_ids.mapped("start")
        self.assertIn(self.at_nine(day + timedelta(days=28)), starts)
        self.assertFalse(set(gone) & set(starts))

    def test_one_that_is_refused_costs_no_other_one_its_series(self):
        start = {"@start": str(self.first), "event_tz": "Europe/Berlin"}
        self.load("series", SERIES, {"1": {"@rule": "FREQ=WEEKLY;BYDAY=MO", **start}})
        good = {
            "name": "Jour fixe",
            "start": str(self.first),
            "stop": str(self.first + timedelta(minutes=45)),
            "recurrence_id": self.ref("series", "1"),
        }
        bad = {**good, "stop": str(self.first - timedelta(days=1))}
        bad.pop("recurrence_id")
        self.load("meetings", EVENT, {"1": good, "2": bad})
        series = self.loaded("series", "1")
        self.assertEqual(self.loaded("meetings", "1").recurrence_id, series)

    def test_days_alone_are_a_series_as_well(self):
        day = self.first.date()
        gone = day + timedelta(days=21)
        row = {
            "@rule": "FREQ=WEEKLY;BYDAY=MO",
            "@start": str(day),
            "@except": str(gone),
        }
        self.load("series", SERIES, {"1": row})
        one = {"name": "Fair", "allday": True, "start_date": str(day)}
        one |= {"stop_date": str(day), "recurrence_id": self.ref("series", "1")}
        self.load("meetings", EVENT, {"1": one})
        self.settle("series", SERIES, ["1"])
        self.env.invalidate_all()
        days = self.loaded("series", "1").calendar_event_ids.mapped("start_date")
        self.assertIn(day + timedelta(days=28), days)
        self.assertNotIn(gone, days)
