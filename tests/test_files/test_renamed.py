"""A newer export renames what the other files, as they were, still name."""

from odoo.tests import tagged

from ..test_cli.command_common import PLAN
from .test_one_of_several import OneOfSeveral

FILES = {
    "companies.csv": "Company ID,Company Name\n1,Alpha Lda\n",
    "contacts.csv": (
        "Contact ID,Full Name,Company,Email\n"
        "11,Vera Example,Alpha Lda,vera@alpha.example\n"
    ),
    "deals.csv": (
        "Deal ID,Deal Name,Company,Amount\n21,Saddles,Alpha Lda,10\n"
        "22,Reins,Alpha Lda,20\n"
    ),
    "notes.csv": (
        "Note ID,Note,Deal,Company,Created Time\n"
        "31,A,Saddles,Alpha Lda,2024-05-01 10:00\n"
        "32,B,Reins,Alpha Lda,2024-05-01 11:00\n"
    ),
    "activities.csv": (
        "Activity ID,Subject,Type,Due Date,Done,Deal,Contact\n"
        "41,Ring,Call,2031-05-01,To do,Saddles,\n"
        "42,Write,Email,2031-05-01,To do,,Vera Example\n"
    ),
    "meetings.csv": (
        "Meeting ID,Subject,Start,End,Deal\n"
        "51,Visit,2031-05-01 10:00,2031-05-01 11:00,Saddles\n"
    ),
}
RENAMED = {
    "companies.csv": FILES["companies.csv"].replace("Alpha", "Alpha and Omega"),
    "contacts.csv": FILES["contacts.csv"].replace("Vera", "Vera Maria"),
    "deals.csv": FILES["deals.csv"].replace("Saddles", "Saddles XL"),
}


@tagged("post_install", "-at_install")
class TestRenamed(OneOfSeveral):
    def read_again(self, files, status=0):
        names = [self.save(content, name) for name, content in files.items()]
        given = [part for name in names for part in ("--file", name)]
        found, text = self.call("read-again", "--quiet", *given)
        self.env.invalidate_all()
        self.assertEqual(found, status, text)
        return text

    def check_links(self):
        self.assertTrue(self.is_on(self.note_of(31), "deals", 21))
        for source_id, home in ((41, ("deals", 21)), (42, ("contacts", 11))):
            activity, bearer = self.target("activities", source_id), self.target(*home)
            self.assertEqual(
                (activity.res_model, activity.res_id), (bearer._name, bearer.id)
            )
        self.assertEqual(
            self.target("contacts", 11).parent_id, self.target("companies", 1)
        )
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)

    def test_what_one_file_renames_the_others_still_mean(self):
        self.arrive(FILES)
        self.check_links()
        self.read_again({**FILES, **RENAMED})
        self.assertEqual(self.target("deals", 21).name, "Saddles XL")
        self.assertEqual(self.target("contacts", 11).name, "Vera Maria Example")
        self.check_links()

    def test_a_second_renaming(self):
        self.arrive(FILES)
        # That the other files are not there any more is told.
        self.read_again({"deals.csv": RENAMED["deals.csv"]}, status=3)
        self.check_links()
        twice = FILES["deals.csv"].replace("Saddles", "Saddles XXL")
        self.read_again({**FILES, "deals.csv": twice})
        self.assertEqual(self.target("deals", 21).name, "Saddles XXL")
        self.check_links()

    def test_a_changed_note_that_names_it_as_it_was_stays_where_it_is(self):
        self.arrive(FILES)
        changed = {"notes.csv": FILES["notes.csv"].replace("31,A", "31,Changed")}
        self.read_again({**FILES, **RENAMED, **changed})
        self.assertIn("Changed", self.note_of(31).body)
        self.check_links()

    def test_a_migration_that_continues_the_first(self):
        self.arrive(FILES)
        type(self).job.name = "The first"
        names = [self.save(c, name) for name, c in {**FILES, **RENAMED}.items()]
        given = [part for name in names for part in ("--file", name)]
        plan = {**PLAN, "source": "spreadsheet", "continues": "The first"}
        status, text = self.run_plan(plan, "--quiet", *given)
        type(self).job = self.env["crm.migration.job"].search([], order="id desc")[:1]
        self.assertEqual(status, 0, text)
        self.assertTrue(self.job.predecessor_id)
        self.assertEqual(self.target("deals", 21).name, "Saddles XL")
        self.check_links()
