"""Meetings, calls and tasks of files: when they are, how long, of which kind, with whom."""

from datetime import date, datetime

from odoo.tests import tagged

from .file_fields_common import FileFieldsCase


@tagged("post_install", "-at_install")
class TestFileActivities(FileFieldsCase):
    def test_hours_and_minutes_in_two_columns_are_one_duration(self):
        self.migrate(
            meetings__csv="id,Subject,Start Date,Duration Hours,Duration Minutes\n"
            "m1,Visit,2024-05-06 10:00:00,1,30\nm2,Call,2024-05-06 12:00:00,0,15\n"
        )
        found = [self.loaded("meetings", key).duration for key in ("m1", "m2")]
        self.assertEqual(found, [1.5, 0.25])

    def test_a_meeting_in_a_skipped_hour_arrives_as_long_as_it_was(self):
        self.migrate(
            meetings__csv="id,subject,start,end\n"
            "m1,Gap,2024-03-31 01:15,2024-03-31 02:15\n"
            "m2,Behind,2024-03-31 02:15,2024-03-31 03:15\n"
        )
        for key in ("m1", "m2"):
            meeting = self.loaded("meetings", key)
            self.assertEqual(meeting.start, datetime(2024, 3, 31, 1, 15))
            self.assertEqual(meeting.stop, datetime(2024, 3, 31, 2, 15))
        self.assertFalse(self.verify())
        self.assertFalse(self.job.difference_count)
        # An end that is wrong is still one.
        self.env.cr.execute(
            "UPDATE calendar_event SET stop = '2024-03-31 03:45' WHERE id = %s",
            [self.loaded("meetings", "m2").id],
        )
        self.env.invalidate_all()
        self.assertTrue(self.verify())

    def test_a_duration_of_no_known_unit_is_asked_about(self):
        self.migrate(
            meetings__csv="id,name,start,duration\nm1,Visit,2024-05-06 10:00:00,3600\n"
            "m2,Demo,2024-05-06 12:00:00,90 min\n"
        )
        visit, demo = (self.loaded("meetings", key) for key in ("m1", "m2"))
        self.assertEqual((visit.duration, demo.duration), (1, 1.5))
        [message] = self.messages("ambiguous_duration")
        self.assertEqual((message.source_id, message.value), ("m1", "3600"))
        self.assertIn("in the notes", message.text)
        self.assertIn("3600", visit.description)
        line = self.job.mapping_ids.line_ids.filtered(lambda x: x.has_unit)
        line.unit = "seconds"
        self.assertEqual(line.steps, [["duration", "seconds"]])

    def test_day_time_and_all_day_flag_of_a_calendar_are_joined(self):
        head = "Subject,Start Date,Start Time,End Date,End Time,All day event\n"
        self.migrate(
            **{
                "calendar events__csv": head
                + "Visit,21/04/2025,14:30:00,21/04/2025,15:30:00,False\n"
                + "Fair,22/04/2025,00:00:00,24/04/2025,00:00:00,True\n"
            }
        )
        visit, fair = (self.loaded("meetings", key) for key in "12")
        self.assertEqual(visit.start, datetime(2025, 4, 21, 13, 30))
        self.assertEqual((visit.duration, visit.allday), (1, False))
        self.assertTrue(fair.allday)
        days = (date(2025, 4, 22), date(2025, 4, 23))
        self.assertEqual((fair.start_date, fair.stop_date), days)

    def test_what_is_done_is_told_by_words(self):
        self.migrate(
            contacts__csv="id,full name\n1,Vera Example\n",
            tasks__csv="id,subject,due date,status,priority,type,contact id\n"
            "1,Call Vera,2024-05-06,Erledigt,High,Anruf,1\n"
            "2,Send offer,2024-05-07,In Progress,Normal,E-Mail,1\n",
        )
        done, open_ = (self.loaded("activities", key) for key in "12")
        self.assertEqual((done.active, open_.active), (False, True))
        self.assertEqual(done.date_done, date(2024, 5, 6))
        names = [each.activity_type_id.name for each in (done, open_)]
        self.assertEqual(names, ["Call", "Email"])

    def test_the_kind_of_an_activity_that_nobody_knows_is_told_and_kept(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Eva Example\n",
            tasks__csv="Id,Subject,Due Date,Activity Type,Contact ID\n"
            "1,Roof,2024-05-01,Site inspection,1\n2,Ring,2024-05-01,Call,1\n",
        )
        self.assertFalse(self.values("activity_types")["Site inspection"])
        undecided = self.messages("value_undecided")
        self.assertEqual(undecided.mapped("source_id"), ["1"])
        activity = self.loaded("activities", "1")
        self.assertIn("Site inspection", activity.note)
        self.assertEqual(
            self.loaded("activities", "2").activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )
        self.assertFalse(self.verify())

    def test_when_a_meeting_was_held_stands_in_its_description(self):
        self.migrate(
            meetings__csv="Id,Subject,Start Date,Start Time,End Time,Completed At\n"
            "1,Visit,2025-04-21,14:30,15:45,2025-04-21 18:05\n"
        )
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.start, datetime(2025, 4, 21, 13, 30))
        self.assertEqual(meeting.stop, datetime(2025, 4, 21, 14, 45))
        self.assertIn("2025-04-21 18:05", meeting.description)
        self.assertFalse(self.verify())
        self.assertFalse(self.job.difference_count)

    def test_who_attends_becomes_an_attendee_or_is_named(self):
        self.migrate(
            contacts__csv="Id,Full Name,Email\n1,Eva Example,eva@alpha.example\n",
            meetings__csv="ID,Objet,Date de début,Participants\n"
            '1,Visite,2025-04-21 10:00,"Eva Example <eva@alpha.example>; Rui; x@b.example"\n',
        )
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.partner_ids, self.loaded("contacts", "1"))
        self.assertIn("Rui", meeting.description)
        self.assertIn("x@b.example", meeting.description)
        self.assertFalse(self.verify())

    def test_a_day_and_its_time_are_one_instant(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Zoë Example\n",
            calls__csv="Nr.;Contact ID;Notiz;Datum;Uhrzeit\n7;1;Rückruf;21.04.2025;14:30\n",
            tasks__csv="Id,Subject,Contact ID,Due Date,Due Time\n1,Ring,1,2025-04-22,09:15\n",
        )
        self.assertEqual(self.loaded("calls", "7").date, datetime(2025, 4, 21, 13, 30))
        task = self.loaded("activities", "1")
        self.assertEqual(task.date_deadline, date(2025, 4, 22))
        self.assertIn("09:15", task.note)
        self.assertFalse(self.verify())
