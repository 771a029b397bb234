"""Records that name one of several by what else stands in the row: the same deal twice.

Exports without ids have titles only, and a company buys the same thing more than once.
"""

from odoo.tests import tagged

from ..workbooks import book
from .test_hard_values import HardValues

ORGANIZATIONS = [
    ["Organization - Name", "Organization - ID"],
    ["Alpha Lda", 1],
    ["Beta GmbH", 2],
]
PEOPLE = [
    ["Person - Name", "Person - Organization", "Person - ID"],
    ["Vera Example", "Alpha Lda", 11],
    ["Vera Example", None, 12],
    ["Otto Example", "Alpha Lda", 13],
    ["Ana Example", "Beta GmbH", 14],
]
DEALS = [
    ["Deal - Title", "Deal - Organization", "Deal - Contact person", "Deal - ID"],
    ["Saddles", "Alpha Lda", "Vera Example", 21],
    ["Saddles", "Alpha Lda", "Otto Example", 22],
    ["Saddles", "Beta GmbH", "Ana Example", 23],
    ["Reins", None, "Vera Example", 24],
    ["Bits", "Alpha Lda", "Otto Example", 25],
    ["Bits", "Alpha Lda", "Otto Example", 26],
]
NOTES = [
    [
        *("Note - ID", "Note - Content", "Note - Deal", "Note - Person"),
        *("Note - Organization", "Note - Add time"),
    ],
    [31, "A", "Saddles", "Otto Example", "Alpha Lda", "2024-05-01 10:00:00"],
    [32, "B", "Saddles", "Ana Example", "Beta GmbH", "2024-05-02 10:00:00"],
    [33, "C", "Saddles", None, "Beta GmbH", "2024-05-03 10:00:00"],
    [34, "D", "Reins", "Vera Example", None, "2024-05-04 10:00:00"],
    [35, "E", None, "Vera Example", None, "2024-05-05 10:00:00"],
    [36, "F", "Bits", "Otto Example", "Alpha Lda", "2024-05-06 10:00:00"],
    [37, "G", "Saddles", "Vera Example", None, "2024-05-07 10:00:00"],
]
ACTIVITIES = [
    [
        *("Activity - Subject", "Activity - Type", "Activity - Due date"),
        *("Activity - Done", "Activity - Deal", "Activity - Contact person"),
        *("Activity - Organization", "Activity - ID"),
    ],
    ["Ring", "Call", "2031-05-01", "To do", "Saddles", "Otto Example", "Alpha Lda", 41],
    ["Write", "Task", "2031-05-01", "Done", "Saddles", "Ana Example", "Beta GmbH", 42],
]


class OneOfSeveral(HardValues):
    def target(self, stream, source_id):
        row = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", str(source_id)),
            ]
        )
        return self.env[row.res_model or "res.partner"].browse(row.res_id)

    def note_of(self, source_id):
        return self.env["mail.message"].browse(self.target("notes", source_id).id)

    def is_on(self, message, stream, source_id):
        bearer = self.target(stream, source_id)
        return (message.model, message.res_id) == (bearer._name, bearer.id)


@tagged("post_install", "-at_install")
class TestOneOfSeveral(OneOfSeveral):
    def setUp(self):
        super().setUp()
        tables = {
            "organizations": ORGANIZATIONS,
            "people": PEOPLE,
            "deals": DEALS,
            "notes": NOTES,
            "activities": ACTIVITIES,
        }
        _status, self.text = self.load_files(
            {f"{name}-1.xlsx": book(rows) for name, rows in tables.items()}
        )

    def test_one_of_several_deals_is_known_by_its_contact_and_its_company(self):
        self.assertTrue(self.is_on(self.note_of(31), "deals", 22))
        self.assertTrue(self.is_on(self.note_of(32), "deals", 23))
        self.assertTrue(self.is_on(self.note_of(33), "deals", 23))
        for source_id, deal in ((41, 22), (42, 23)):
            activity = self.target("activities", source_id)
            self.assertEqual(activity.res_model, "crm.lead")
            self.assertEqual(activity.res_id, self.target("deals", deal).id)

    def test_who_is_named_without_a_company_is_who_has_none(self):
        self.assertEqual(
            self.target("deals", 24).partner_id, self.target("contacts", 12)
        )
        self.assertTrue(self.is_on(self.note_of(34), "deals", 24))
        self.assertTrue(self.is_on(self.note_of(35), "contacts", 12))

    def test_what_nothing_tells_apart_is_told_and_goes_to_the_contact(self):
        self.assertTrue(self.is_on(self.note_of(36), "contacts", 13))
        self.assertIn("names “Bits”, and 2 records have this name", self.text)

    def test_a_company_that_is_left_open_rules_nobody_out_who_agrees_otherwise(self):
        self.assertTrue(self.is_on(self.note_of(37), "deals", 21))

    def test_every_link_is_accounted_for(self):
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)


@tagged("post_install", "-at_install")
class TestOneMore(OneOfSeveral):
    """The newer file has another one of the same name."""

    def test_what_was_linked_before_stays_with_whom_it_meant(self):
        head = ["Note ID", "Note", "Deal", "Company", "Created Time"]
        files = {
            "companies.csv": "Company ID,Company Name\n1,Alpha Lda\n",
            "deals.csv": "Deal ID,Deal Name,Company\n21,Saddles,Alpha Lda\n",
            "notes.csv": f"{','.join(head)}\n31,A,Saddles,Alpha Lda,2024-05-01 10:00\n",
        }
        self.load_files(files)
        files["deals.csv"] += "22,Saddles,Alpha Lda\n"
        files["notes.csv"] = files["notes.csv"].replace("31,A", "31,Changed")
        files["notes.csv"] += "32,B,Saddles,Alpha Lda,2024-05-02 10:00\n"
        names = [self.save(content, name) for name, content in files.items()]
        given = [part for name in names for part in ("--file", name)]
        _status, text = self.call("read-again", "--quiet", *given)
        self.env.invalidate_all()
        self.assertTrue(self.is_on(self.note_of(31), "deals", 21))
        self.assertIn("Changed", self.note_of(31).body)
        # Which of the two the new note means, nobody knows.
        self.assertTrue(self.is_on(self.note_of(32), "companies", 1))
        self.assertIn("2 records have this name", text)
        self.assertFalse(self.job.difference_count, text)


@tagged("post_install", "-at_install")
class TestFurtherNames(OneOfSeveral):
    """Two companies have a name that stands beside the deal or the person."""

    def load_activities(self, *rows):
        more = [["Alpha Lda", 3], *(["Gamma SA", number] for number in (4, 5))]
        tables = {
            "organizations": [*ORGANIZATIONS, *more],
            "people": [PEOPLE[0], ["Cid Example", None, 15]],
            "deals": [DEALS[0], ["Girths", None, "Cid Example", 27], *DEALS[-2:]],
            "activities": [ACTIVITIES[0], *rows],
        }
        _status, text = self.load_files(
            {f"{name}-1.xlsx": book(rows) for name, rows in tables.items()}
        )
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count, text)
        domain = [("job_id", "=", self.job.id), ("stream", "=", "activities")]
        return self.env["crm.migration.message"].search(
            [*domain, ("code", "=", "reference_unclear")]
        )

    def test_an_unclear_name_behind_the_home_is_kept_and_not_told(self):
        due = ("Call", "2031-05-01", "To do")
        told = self.load_activities(
            ["Ring", *due, "Girths", "Cid Example", "Gamma SA", 41],
            ["Write", *due, None, "Cid Example", "Gamma SA", 42],
        )
        for source_id, home in ((41, ("deals", 27)), (42, ("contacts", 15))):
            activity = self.target("activities", source_id)
            bearer = self.target(*home)
            self.assertEqual(
                (activity.res_model, activity.res_id), (bearer._name, bearer.id)
            )
            self.assertIn("Gamma SA", activity.note)
        self.assertFalse(told, told.mapped("text"))

    def test_an_unclear_name_before_the_home_is_told(self):
        told = self.load_activities(
            *[["Ring", "Call", "2031-05-01", "To do", "Bits", "Cid Example", None, 41]]
        )
        self.assertEqual(told.mapped("value"), ["Bits"])
        self.assertEqual(
            self.target("activities", 41).res_id, self.target("contacts", 15).id
        )
