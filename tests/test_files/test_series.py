"""Meetings of a file with the rule of their series beside them."""

from odoo.tests import tagged

from .test_hard_values import HardValues

HEAD = "Meeting ID,Subject,Start,End,{}\n"


@tagged("post_install", "-at_install")
class TestSeries(HardValues):
    def series(self):
        """Return the names of the meetings of each series, with its rule."""
        found = {}
        for name, start, series in self.people(
            "name", "start", "recurrence_id", stream="meetings"
        ):
            if series:
                rows = found.setdefault(series, [])
                rows.append((name, str(start)[:10]))
        return {
            (each.rrule_type, each.end_type, each.count): sorted(rows)
            for each, rows in found.items()
        }

    def test_a_column_with_rules_makes_series_of_the_meetings_there(self):
        rule = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"
        text = HEAD.format("RRULE")
        text += f"1,Standup,2024-03-04 09:00,2024-03-04 09:30,{rule}\n"
        text += f"2,Standup,2024-03-11 09:00,2024-03-11 09:30,{rule}\n"
        # The same in the afternoon is another series.
        text += f"3,Standup,2024-03-04 15:00,2024-03-04 15:30,{rule}\n"
        text += f"4,Standup,2024-03-11 15:00,2024-03-11 15:30,{rule}\n"
        text += "5,Lunch,2024-03-12 12:00,2024-03-12 13:00,\n"
        self.arrive({"meetings.csv": text})
        made = self.env["calendar.recurrence"].search([])
        self.assertEqual(len(self.people("id", stream="meetings_series")), 2)
        self.assertEqual(
            sorted(len(each.calendar_event_ids) for each in made)[-2:], [2, 2]
        )
        [(name, series)] = self.people("name", "recurrence_id", stream="meetings")[4:]
        self.assertEqual((name, len(series)), ("Lunch", 0))
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)

    def test_the_pattern_of_salesforce_and_its_meetings_are_one_series(self):
        rule = "RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU;INTERVAL=1;COUNT=13"
        key = "828ZM0000000001YAA"
        head = "Id,Subject,ActivityDateTime,DurationInMinutes,GroupEventType,"
        head += "Recurrence2PatternText,ActivityRecurrence2Id\n"
        rows = [(1, "2024-05-06", 3), (2, "2024-05-06", 0), (3, "2024-05-13", 0)]
        text = "".join(
            f"00UZM000000wuB{n}2AI,Planning,{day} 17:00:00,60,{kind},{rule},{key}\n"
            for n, day, kind in rows
        )
        self.load_files({"Event.csv": head + text})
        [(name, series)] = set(
            self.people("name", "recurrence_id", stream=self.stream())
        )
        self.assertEqual(name, "Planning")
        self.assertEqual(len(series.calendar_event_ids), 2)
        self.assertEqual((series.rrule_type, series.count), ("weekly", 13))
        self.assertEqual(self.get_unaccounted(), [])

    def stream(self):
        names = self.job.stream_ids.mapped("name")
        return next(name for name in names if not name.endswith("_series"))

    def test_a_series_of_which_one_meeting_is_there_and_one_beyond_odoo_are_told(self):
        text = HEAD.format("Recurrence Rule")
        text += "1,Review,2024-04-01 10:00,2024-04-01 11:00,FREQ=MONTHLY;BYMONTHDAY=1\n"
        text += "2,Odd,2024-04-01 10:00,2024-04-01 11:00,FREQ=DAILY;BYHOUR=9\n"
        self.be_told({"meetings.csv": text}, "has one meeting only", "Review")
        found = dict(self.people("name", "recurrence_id", stream="meetings"))
        self.assertEqual(found["Review"].rrule_type, "monthly")
        self.assertFalse(found["Odd"])

    def test_the_end_of_a_rule_in_a_column_is_a_moment_where_it_takes_place(self):
        text = HEAD.format("Recurrence Rule")
        rows = [
            # Past midnight in Lisbon, where that Monday's meeting still takes place.
            ("Review", "2024-06-03 00:15", "2024-06-03 01:00", "20240616T233000Z"),
            ("Jour fixe", "2024-06-03 09:00", "2024-06-03 10:00", "20240616T200000Z"),
            ("Fair", "2024-06-03", "2024-06-03", "20240616T233000Z"),
            ("Talk", "2024-06-03 11:00", "2024-06-03 12:00", "20240616"),
        ]
        for number, (name, start, end, until) in enumerate(rows):
            text += f"{number},{name},{start},{end},FREQ=WEEKLY;UNTIL={until}\n"
        self.load_files({"meetings.csv": text})
        found = self.people("name", "recurrence_id", stream="meetings")
        self.assertEqual(
            {name: str(series.until) for name, series in found},
            {
                "Review": "2024-06-17",
                "Jour fixe": "2024-06-16",
                "Fair": "2024-06-16",
                "Talk": "2024-06-16",
            },
        )
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)

    def test_a_calendar_brings_days_beside_its_series_and_the_end_of_it(self):
        lines = (
            *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:t@x.test", "SUMMARY:Training"),
            "DTSTART;TZID=Asia/Tokyo:20250303T080000",
            "DTEND;TZID=Asia/Tokyo:20250303T093000",
            "RRULE:FREQ=WEEKLY;UNTIL=20250316T230000Z",
            "RDATE;TZID=Asia/Tokyo:20250305T080000,20250306T080000",
            *("END:VEVENT", "BEGIN:VEVENT", "UID:u@x.test", "SUMMARY:Fair"),
            *("DTSTART:20250410T090000Z", "DTEND:20250410T100000Z"),
            *("END:VEVENT", "END:VCALENDAR", ""),
        )
        self.load_files({"team.ics": "\r\n".join(lines)})
        found = self.people(
            "name", "start", "duration", "recurrence_id", stream=self.stream()
        )
        rows = {(name, str(start)[:16], hours) for name, start, hours, _of in found}
        self.assertEqual(
            rows,
            {
                ("Training", "2025-03-02 23:00", 1.5),
                ("Training", "2025-03-04 23:00", 1.5),
                ("Training", "2025-03-05 23:00", 1.5),
                ("Fair", "2025-04-10 09:00", 1.0),
            },
        )
        [series] = {series for *_row, series in found if series}
        self.assertEqual(str(series.until), "2025-03-17")
        self.assertEqual(self.get_unaccounted(), [])
