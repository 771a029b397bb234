"""What is said of records at a later reading: where their values are, and that they are gone."""

from odoo.tests import tagged

from .again_case import AgainCase

FIRST = """Id,Full Name,Email,City
1,Ana Sá,ana at a.example,Porto
2,Rui Pó,rui@b.example,Faro
3,,,Oz
4,Eva Ró,eva@c.example,Braga
5,Ivo Tó,ivo@c.example,Braga
"""
LATER = """Id,Full Name,Email,City
1,Ana Sá,ana at a.example,Porto
2,Rui Pó,rui@b.example,Lagos
3,,,Oz
4,,,Évora
5,Ivo Tó,ivo at c.example,Braga
"""
GONE = """Id,Full Name,Email,City
1,Ana Sá,ana at a.example,Porto
2,Rui Pó,rui@b.example,Lagos
"""


@tagged("post_install", "-at_install")
class TestToldAgain(AgainCase):
    def setUp(self):
        super().setUp()
        self.import_files({"contacts.csv": FIRST.encode()})
        self.run_kinds("discover", "extract", "load", "verify")

    def get_told(self, key, **values):
        domain = [("job_id", "=", self.job.id), ("source_id", "=", key)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["crm.migration.message"].search(domain)

    def test_of_records_that_are_there_it_says_where_the_value_is(self):
        self.assertIn("kept in the notes", self.get_told("1", code="bad_email").text)
        self.read_newer({"contacts.csv": LATER})
        self.run_kinds("load")
        for key in ("1", "5"):
            told = self.get_told(key, code="bad_email")
            self.assertIn("kept in the notes", told.text)
        self.assertIn("ivo at c.example", self.migrated("contacts", "5").comment)

    def test_before_the_load_it_says_what_the_load_will_do(self):
        self.read_newer({"contacts.csv": LATER})
        told = self.get_told("5", code="bad_email").text
        self.assertIn("It goes to the notes when the record is loaded.", told)

    def test_the_error_of_a_row_that_is_gone_is_resolved(self):
        self.read_newer({"contacts.csv": LATER})
        self.run_kinds("load")
        for key in ("3", "4"):
            self.assertTrue(self.get_told(key, severity="error", state="open"), key)
        self.read_newer({"contacts.csv": GONE})
        self.run_kinds("load", "verify")
        for key in ("3", "4"):
            self.assertFalse(self.get_told(key, severity="error", state="open"), key)
        self.assertTrue(self.get_told("4", severity="error").solved_run_id)
        self.assertEqual(self.migrated("contacts", "4").city, "Braga")
        self.assertFalse(self.job.difference_count)

    def test_what_comes_back_is_told_anew(self):
        self.read_newer({"contacts.csv": GONE})
        self.run_kinds("load")
        self.read_newer({"contacts.csv": LATER})
        self.run_kinds("load")
        for key in ("3", "4"):
            self.assertTrue(self.get_told(key, severity="error", state="open"), key)


DEALS = "Id,Deal Name,Stage,Probability,Source\n1,Roof,New,0,Fair\n2,Wall,New,,Fair\n"
"""How likely the first one is, the source says; of the second, Odoo does."""


@tagged("post_install", "-at_install")
class TestLikelyAgain(AgainCase):
    def test_as_likely_as_the_source_says_whatever_odoo_has_learned_since(self):
        frequency = self.env["crm.lead.scoring.frequency"]
        frequency.search([]).unlink()
        self.import_files({"deals.csv": DEALS.encode()})
        self.run_kinds("discover", "extract", "load", "verify")
        roof, wall = (self.migrated("deals", key) for key in "12")
        self.assertEqual((roof.probability, roof.automated_probability), (0, 0))
        frequency.create(
            {
                "variable": "stage_id",
                "value": str(roof.stage_id.id),
                "won_count": 5.1,
                "lost_count": 5.1,
            }
        )
        self.read_again({"deals.csv": DEALS.replace("Fair", "Web")})
        self.assertEqual((roof.source_id.name, wall.source_id.name), ("Web", "Web"))
        self.assertTrue(roof.automated_probability)
        self.assertEqual(roof.probability, 0)
        self.assertEqual(wall.probability, wall.automated_probability)
        self.assertFalse(self.job.difference_count)
