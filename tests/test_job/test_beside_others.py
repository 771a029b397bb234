"""What has not changed beside what has: a newer file renames and moves some records only."""

from odoo.tests import tagged

from .again_case import AgainCase

COMPANIES = "Record ID,Company name\n1,Alpha Lda\n2,Beta SA\n"
PEOPLE = """Record ID,First Name,Last Name,Email,Associated Company,Associated Company IDs
11,Ana,Sá,ana@a.example,Alpha Lda,1
12,Rui,Pó,rui@b.example,Beta SA,2
13,Eva,Old,eva@b.example,Beta SA,2
"""
PEOPLE_LATER = """Record ID,First Name,Last Name,Email,Associated Company,Associated Company IDs
11,Ana,Costa,ana@a.example,Alpha Lda,1
12,Rui,Pó,rui@b.example,Alpha Lda,1
13,Eva,New,eva@b.example,Beta SA,2
"""
DEALS = (
    "Record ID,Deal Name,Deal Stage,Associated Company,Associated Company IDs,"
    "Associated Contact,Associated Contact IDs\n"
    "21,Roof,New,Beta SA,2,Rui Pó (rui@b.example),12\n"
    "22,Wall,New,Alpha Lda,1,Ana Sá (ana@a.example),11\n"
)
NOTES = """Record ID,Note body,Activity date,Associated Contact,Associated Contact IDs
31,Rang her,2021-05-01 10:00,Ana Sá,11
32,Met her,2021-05-02 10:00,Eva New,13
33,Wrote him,2021-05-03 10:00,Rui Pó,12
34,Asked her,2021-05-04 10:00,Ana Sá,11
"""
FILES = {
    "companies.csv": COMPANIES,
    "contacts.csv": PEOPLE,
    "deals.csv": DEALS,
    "notes.csv": NOTES,
}


class BesideOthers(AgainCase):
    def load(self, files):
        self.import_files({name: text.encode() for name, text in files.items()})
        self.run_kinds("discover", "extract", "load", "verify")
        self.assertEqual(self.get_differing(), set())

    def get_updated(self):
        """Return object → how many of its records the last load has updated."""
        load = self.job.run_ids.filtered(lambda run: run.kind == "load")
        load = load.sorted("id")[-1:]
        lines = self.job.reconciliation_ids.filtered(lambda r: r.run_id == load)
        return {line.stream_id.name: line.updated_count for line in lines}

    def get_unaccounted(self):
        found = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        return {(each.source_id, each.field) for each in found}


@tagged("post_install", "-at_install")
class TestBesideOthers(BesideOthers):
    def setUp(self):
        super().setUp()
        self.load(FILES)

    def read_people_again(self):
        self.read_again({**FILES, "contacts.csv": PEOPLE_LATER})
        self.assertEqual(self.get_differing(), set())
        self.assertEqual(self.get_unaccounted(), set())

    def test_a_note_keeps_the_name_of_then_once_its_contact_has_another_one(self):
        note = self.migrated("notes", "31")
        self.assertNotIn("Ana Sá", note.body)
        self.read_people_again()
        self.assertEqual(self.migrated("contacts", "11").name, "Ana Costa")
        self.assertIn("Ana Sá", note.body)
        self.assertEqual(str(note.write_date), "2021-05-01 10:00:00")
        self.assertIn("Ana Sá", self.migrated("deals", "22").description)

    def test_a_name_that_the_contact_has_by_now_is_not_kept_twice(self):
        note = self.migrated("notes", "32")
        self.assertIn("Eva New", note.body)
        self.read_people_again()
        self.assertNotIn("Eva New", note.body)

    def test_a_company_that_the_contact_has_left_stays_with_the_deal(self):
        deal, beta = self.migrated("deals", "21"), self.migrated("companies", "2")
        self.assertFalse(deal.description)
        self.read_people_again()
        self.assertEqual(deal.partner_id, self.migrated("contacts", "12"))
        self.assertIn(f'data-oe-id="{beta.id}"', deal.description)

    def test_so_does_a_deal_that_has_changed_as_well(self):
        later = FILES["deals.csv"].replace("Roof,New", "Roof two,New")
        self.read_again({**FILES, "contacts.csv": PEOPLE_LATER, "deals.csv": later})
        self.assertEqual(self.get_differing(), set())
        deal = self.migrated("deals", "21")
        self.assertEqual(deal.name, "Roof two")
        self.assertIn("Beta SA", deal.description)
        # And back.
        self.read_again({**FILES, "deals.csv": FILES["deals.csv"]})
        self.assertEqual(self.get_differing(), set())
        self.assertFalse(deal.description)

    def test_only_what_says_something_else_by_now_counts_as_changed(self):
        self.read_people_again()
        self.assertEqual(
            self.get_updated(), {"companies": 0, "contacts": 3, "deals": 2, "notes": 3}
        )

    def test_a_note_that_somebody_has_rewritten_stays_as_it_is(self):
        note = self.migrated("notes", "34")
        note.body = "<p>Asked her twice</p>"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET write_date = now() + interval '1 hour' WHERE id = %s",
            [note.id],
        )
        note.invalidate_recordset()
        self.read_again({**FILES, "contacts.csv": PEOPLE_LATER})
        self.assertIn("twice", note.body)
        self.assertNotIn("Ana Sá", note.body)


PERSONS = """Person - Name,Person - Organization,Person - ID
Vera Example,Alpha Lda,11
Vera Example,,12
Otto Example,Alpha Lda,13
"""
PERSONS_LATER = PERSONS.replace("Vera Example,Alpha Lda,11", "Vera Example,Beta SA,11")
"""By her company she is told from the other one; then from nobody."""
ORGANIZATIONS = (
    "Organization - Name,Organization - ID\nAlpha Lda,1\nBeta SA,2\nGamma SA,3\n"
)
SALES = """Deal - Title,Deal - Organization,Deal - Contact person,Deal - ID
Saddles,Alpha Lda,Vera Example,21
Reins,Alpha Lda,Otto Example,22
Bits,Beta SA,,23
Bits,Beta SA,,24
"""
SALES_LATER = SALES.replace("Bits,Beta SA,,24", "Girths,Beta SA,,24")
REMARKS = """Note - ID,Note - Content,Note - Deal,Note - Organization,Note - Add time
31,A,Bits,Beta SA,2024-05-01 10:00:00
32,B,Reins,Alpha Lda,2024-05-02 10:00:00
"""
NAMED = {
    "organizations-1.csv": ORGANIZATIONS,
    "people-1.csv": PERSONS,
    "deals-1.csv": SALES,
    "notes-1.csv": REMARKS,
}


@tagged("post_install", "-at_install")
class TestNamesBeside(BesideOthers):
    def test_who_was_told_apart_by_what_is_gone_stays_linked(self):
        self.load(NAMED)
        vera = self.migrated("contacts", "11")
        deal = self.migrated("deals", "21")
        self.assertEqual(deal.partner_id, vera)
        self.read_again({**NAMED, "people-1.csv": PERSONS_LATER})
        self.assertEqual(deal.partner_id, vera)
        self.assertEqual(self.get_differing(), set())

    def test_a_name_that_is_as_unclear_as_it_was_changes_nothing(self):
        self.load(NAMED)
        later = f"{ORGANIZATIONS}Delta Lda,4\n"
        self.read_again({**NAMED, "organizations-1.csv": later})
        self.assertEqual(set(self.get_updated().values()), {0})
        self.assertEqual(self.get_differing(), set())

    def test_a_name_that_only_one_bears_by_now_is_a_link(self):
        self.load(NAMED)
        note, company = self.migrated("notes", "31"), self.migrated("companies", "2")
        self.assertEqual((note.model, note.res_id), ("res.partner", company.id))
        self.assertIn("Bits", note.body)
        self.read_again({**NAMED, "deals-1.csv": SALES_LATER})
        self.assertEqual(self.get_differing(), set())
        self.assertNotIn("Bits", note.body)
        deal = self.migrated("deals", "23")
        told = self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", deal.id)]
        )
        self.assertTrue((deal._name, deal.id) == (note.model, note.res_id) or told)

    def test_one_that_several_bear_again_is_kept_again(self):
        self.load(NAMED)
        note = self.migrated("notes", "31")
        body = note.body
        sales = SALES.replace("Bits,Beta SA,,24", "Bits,Gamma SA,,24")
        self.read_again({**NAMED, "deals-1.csv": sales})
        self.assertNotIn("Bits", note.body, "its company tells it apart")
        self.assertEqual(self.get_differing(), set())
        self.read_again(NAMED)
        self.assertEqual(self.get_differing(), set())
        self.assertEqual(note.body, body)
