"""Of meetings SQL finds the same differences as Python, and of who attends them."""

import psycopg2

from odoo.tests import tagged

from .verify_both_ways import VerifyCase

STREAMS = ("meetings", "visits")


@tagged("post_install", "-at_install")
class TestVerifyMeetings(VerifyCase):
    def test_a_change_of_who_attends_is_found_by_both_ways(self):
        meeting, visit = self.loaded("meetings", "1"), self.loaded("visits", "2")
        other = self.loaded("companies", "1")
        first = self.env["calendar.attendee"].search(
            [("event_id", "=", meeting.id)], order="partner_id", limit=1
        )
        fields = self.env["calendar.attendee"]._fields
        planted = [
            (field, value)
            for field in fields.values()
            if field.store and field.column_type and field.name != "id"
            for value in self.make_others(first, field)
        ]
        found = 0
        for field, value in planted:
            savepoint = self.env.cr.savepoint()
            try:
                with self.env.cr.savepoint():
                    self.change(first._table, first.id, field.name, value)
            except psycopg2.Error:
                continue
            with self.subTest(f"{field.name} {value}"):
                found += bool(self.assert_same(STREAMS))
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        self.assertGreater(found, 12)
        relation = "calendar_event_res_partner_rel"
        for query, value in (
            (f"DELETE FROM {relation} WHERE calendar_event_id = %s", (meeting.id,)),
            ("DELETE FROM calendar_attendee WHERE id = %s", (first.id,)),
            (
                "INSERT INTO calendar_attendee (event_id, partner_id, state)"
                " VALUES (%s, %s, 'accepted')",
                (visit.id, other.id),
            ),
            (
                f"INSERT INTO {relation} (calendar_event_id, res_partner_id)"
                " VALUES (%s, %s)",
                (visit.id, other.id),
            ),
            (
                "UPDATE res_users SET active = FALSE WHERE id = %s",
                (meeting.user_id.id,),
            ),
            (
                "UPDATE res_partner SET name = 'Another' WHERE id = %s",
                (first.partner_id.id,),
            ),
        ):
            savepoint = self.env.cr.savepoint()
            self.env.cr.execute(query, value)
            self.env.invalidate_all()
            with self.subTest(query):
                self.assertTrue(self.assert_same(STREAMS))
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_staged_values_of_every_kind_are_the_same_to_both_ways(self):
        for stream, target, values in (
            ("meetings", "start", ("2021-03-05", "2021-03-05T10:00:00+02:00", None, 5)),
            ("meetings", "stop", (None, "", "2021-03-05", "2021-03-01 09:00:00")),
            ("meetings", "allday", (True, False)),
            ("meetings", "user_id", (None, {"$owner": "nobody"}, {"$owner": ""}, 1)),
            ("meetings", "description", ("<p><b>x</i></p>", "<p>x</p><b>y</b>", "x")),
            ("meetings", "description", ("<p><em>a</em> b</p>", "<p><b></b></p>", "")),
            ("meetings", "@thread", ({"$ref": ["people", "4"]}, None)),
            ("meetings", "@addresses", ([{"email": "a@b.example"}], [])),
            ("meetings", "@done_at", ("2021-03-05T10:00:00Z",)),
            *(
                ("meetings", "@partners", ([{"$ref": ["people", "3"], **more}],))
                for more in (
                    *({"state": state} for state in ("no", " yes", "\tyes", "late", 5)),
                    *({"state": None}, {"role": "to"}, {"state": ["yes"]}, {}),
                )
            ),
            (
                "meetings",
                "@partners",
                (None, [], {"$ref": ["people", "3"]}, "people", [None], [5, []]),
            ),
            (
                "meetings",
                "@partners",
                (
                    [{"$ref": ["people", "3"]}] * 2,
                    [{"$ref": ["people", "3"], "state": s} for s in ("yes", "no")],
                    [{"$ref": ["people", "gone"]}, {"$ref": ["companies", "1"]}],
                    [{"$ref": ["deals", "1"]}, {"$owner": "anna"}],
                    [{"$ref": ["people", "3", "name"]}, {"$ref": "people"}],
                ),
            ),
            ("leads", "description", ("<p>x</p>", "x < y", "", None)),
        ):
            self.check_values(stream, target, values)
