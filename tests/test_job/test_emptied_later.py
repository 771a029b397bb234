"""A newer file says nothing any more of what it said: names, times, dates of origin."""

from odoo.tests import tagged

from .again_case import AgainCase

PEOPLE = """Id,Full Name,Email,Phone,Created Date,Created By,City
1,Ana Sá,ana@a.example,,2021-03-04 10:00:00,admin,Porto
2,Rui Pó,rui@c.example,,2020-02-02 09:00:00,admin,Faro
3,Solo,,,2020-02-02 09:00:00,admin,Oz
"""
PEOPLE_LATER = """Id,Full Name,Email,Phone,Created Date,Created By,City
1,,ana@a.example,,2021-03-04 10:00:00,admin,Porto
2,Rui Pó,rui@c.example,,,,Faro
3,,,,2020-02-02 09:00:00,admin,Lagos
"""
MEETINGS = """Id,Subject,Start,End,Location
1,Review,2024-05-06 10:40,2024-05-06 11:00,Room 1
2,Talk,2024-05-06 10:00,2024-05-06 11:00,Room 2
"""
MEETINGS_LATER = """Id,Subject,Start,End,Location
1,Review,,2024-05-06 11:00,Room 1
2,Talk,,,Room 3
"""
NOTES = """Id,Note body,Activity date,Create date,Contact Id
1,Rang,2021-05-01 10:00,2021-06-01 09:00,1
2,Met,2021-05-02 10:00,2021-06-02 09:00,1
3,Wrote,2021-05-03 10:00,2021-06-03 09:00,1
"""
NOTES_LATER = """Id,Note body,Activity date,Create date,Contact Id
1,Rang,2021-05-01 10:00,,1
2,Met her,,,1
3,Wrote,,2021-06-03 09:00,1
"""
COMPANIES = "Id,Name,City\n1,Alpha Lda,Faro\n2,Beta SA,\n"
COMPANIES_LATER = "Id,Name,City\n1,,Faro\n2,Beta SA,\n"
STAFF = """Id,Full Name,Company
11,Ana Sá,Alpha Lda
12,Rui Pó,Alpha Lda
13,Eva Ró,Beta SA
"""
STAFF_LATER = """Id,Full Name,Company
11,Ana Sá,
12,Rui Pó,Alpha Lda
13,Eva Ró,Beta SA
"""


@tagged("post_install", "-at_install")
class TestEmptiedLater(AgainCase):
    def read_twice(self, name, first, later, **others):
        """Read a file, then a newer one.

        :param others: object → text of its file; of both where it is another one
        """
        both = {
            f"{each}.csv": [text] * 2 if isinstance(text, str) else text
            for each, text in others.items()
        }
        others = {each: texts[0].encode() for each, texts in both.items()}
        self.import_files({name: first.encode(), **others})
        self.run_kinds("discover", "extract", "load", "verify")
        self.author = self.get("2").create_uid
        others = {each: texts[1] for each, texts in both.items()}
        self.read_again({name: later, **others})

    def get(self, key):
        return self.migrated(self.job.stream_ids.filtered("staged_count")[:1].name, key)

    def get_told(self):
        """Return (key, code) of what is said about single records."""
        found = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("source_id", "!=", False)]
        )
        return {(each.source_id, each.code) for each in found}

    def test_a_contact_is_called_by_its_address_once_its_name_is_gone(self):
        self.read_twice("contacts.csv", PEOPLE, PEOPLE_LATER)
        self.assertEqual(self.get("1").name, "ana@a.example")
        self.assertEqual(self.get("3").name, "Solo", "there is nothing to call it by")
        self.assertEqual(self.get("3").city, "Oz")
        told = self.get_told()
        self.assertLessEqual({("1", "name_from_address"), ("3", "required")}, told)
        self.assertNotIn("refused", {code for _key, code in told})

    def test_dates_and_authors_that_are_no_longer_told_stay(self):
        self.read_twice("contacts.csv", PEOPLE, PEOPLE_LATER)
        rui = self.get("2")
        self.assertEqual(str(rui.create_date), "2020-02-02 09:00:00")
        self.assertNotEqual(rui.create_uid, self.env.user)
        self.assertEqual(rui.create_uid, self.author)
        # The third one is refused; of the others nothing differs.
        self.assertEqual(self.get_differing(), {("3", "city")})

    def test_another_date_than_ever_told_is_found_all_the_same(self):
        self.read_twice("contacts.csv", PEOPLE, PEOPLE_LATER)
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = now() + interval '2 days' WHERE id = %s",
            [self.get("2").id],
        )
        self.run_kinds("verify")
        self.assertIn(("2", "create_date"), self.get_differing())

    def test_a_meeting_keeps_the_end_that_the_source_says(self):
        self.read_twice("events.csv", MEETINGS, MEETINGS_LATER)
        review, talk = self.get("1"), self.get("2")
        hour = review.stop - review.start
        self.assertEqual(hour.total_seconds(), 3600, "an hour before its end")
        self.assertEqual(review.stop, talk.stop)
        self.assertEqual(self.get_differing(), {("2", "location")})

    def test_a_meeting_without_a_time_is_not_moved_to_today(self):
        self.read_twice("events.csv", MEETINGS, MEETINGS_LATER)
        talk = self.get("2")
        self.assertEqual(str(talk.start.date()), "2024-05-06")
        self.assertEqual(talk.location, "Room 2")
        self.assertIn(("2", "required"), self.get_told())

    def test_a_note_whose_date_of_creation_is_gone_has_the_day_that_it_tells(self):
        self.read_twice("notes.csv", NOTES, NOTES_LATER, contacts=PEOPLE)
        rang, met, wrote = (self.migrated("notes", key) for key in "123")
        dates = {str(rang[name]) for name in ("date", "create_date", "write_date")}
        self.assertEqual(dates, {"2021-05-01 10:00:00"})
        self.assertEqual(str(met.date), "2021-05-02 10:00:00", "none is told any more")
        self.assertEqual(str(met.create_date), "2021-06-02 09:00:00")
        self.assertEqual(str(wrote.date), "2021-06-03 09:00:00")
        self.assertEqual(self.get_differing(), set())

    def test_who_left_a_company_that_has_no_name_any_more_is_in_none(self):
        self.read_twice(
            "companies.csv",
            COMPANIES,
            COMPANIES_LATER,
            contacts=(STAFF, STAFF_LATER),
        )
        alpha = self.migrated("companies", "1")
        self.assertEqual(alpha.name, "Alpha Lda", "Odoo needs a name")
        self.assertFalse(self.migrated("contacts", "11").parent_id)
        self.assertEqual(self.migrated("contacts", "12").parent_id, alpha)
        self.assertEqual(self.get_differing(), set())
