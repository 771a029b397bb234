"""Newer files over the dialog: what a user forgets, adds, or cannot know is told."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase

FIRMS = "id,name,city\n" + "".join(f"C{n},Firm {n},Porto\n" for n in range(1, 6))
PEOPLE = "id,name,email,company id\n" + "".join(
    f"P{n},Ana {n},ana{n}@again.example,C{n}\n" for n in range(1, 6)
)
VISITORS = "name,email,city\n" + "".join(
    f"Rui {n},rui{n}@again.example,Braga\n" for n in range(1, 6)
)


@tagged("post_install", "-at_install")
class TestFilesAgainByDialog(MigrationCase):
    def load(self, **files):
        self.import_files(files)
        self.run_kinds("discover", "extract", "load", "verify")
        self.partners = self.count_partners()

    def go(self, run):
        self.assertEqual(run.state, "done", run.blocked_reason)
        return run

    def read_again(self, **files):
        """Upload newer files in the dialog and load; return object → line of the load."""
        dialog = self.env["crm.migration.read.again"].create(
            {"job_id": self.job.id, "file_ids": self.upload(files).ids}
        )
        with mute_logger("odoo.addons.crm_migration"):
            dialog.action_read_again()
            self.work(self.job.run_id)
        self.go(self.job.run_id)
        run = self.go(self.run_kind("load"))
        self.go(self.run_kind("verify"))
        self.assertFalse(self.get_differences())
        return {line.stream_id.name: line for line in run.result_ids}

    def get_differences(self):
        return self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("state", "=", "open")]
        )

    def get_told(self, code):
        return self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", code)]
        )

    def count_partners(self):
        return self.env["res.partner"].with_context(active_test=False).search_count([])

    def test_the_same_keys_are_updated_whatever_the_file_is_called(self):
        self.load(kunden__csv=FIRMS)
        newer = FIRMS.replace("Firm 2,Porto", "Firm 2,Lagos").replace(",", ";")
        files = {"kunden_2026-12-05 (1).csv": newer}
        lines = self.read_again(**files)
        [line] = lines.values()
        self.assertEqual(
            (line.created_count, line.updated_count, line.vanished_count), (0, 1, 0)
        )
        self.assertEqual(self.count_partners(), self.partners)
        self.assertTrue(self.env["res.partner"].search([("city", "=", "Lagos")]))

    def test_a_file_that_is_missing_is_told_and_nothing_of_it_is_taken_for_vanished(
        self,
    ):
        self.load(companies__csv=FIRMS, contacts__csv=PEOPLE)
        lines = self.read_again(contacts__csv=PEOPLE.replace("Ana 3", "Ana Três"))
        self.assertEqual(lines["companies"].vanished_count, 0)
        self.assertEqual(lines["contacts"].updated_count, 1)
        told = self.get_told("stream_stopped")
        self.assertEqual(told.stream, "companies")
        self.assertIn("The files do not hold Companies any more", told.text)
        self.assertEqual(self.count_partners(), self.partners)
        # Its newer file arrives a day later.
        lines = self.read_again(companies__csv=FIRMS, contacts__csv=PEOPLE)
        self.assertEqual(lines["companies"].unchanged_count, 5)
        self.assertFalse(self.get_told("stream_stopped"))

    def test_an_object_that_is_new_is_mapped_and_loaded(self):
        self.load(companies__csv=FIRMS)
        lines = self.read_again(companies__csv=FIRMS, contacts__csv=PEOPLE)
        self.assertEqual(lines["contacts"].created_count, 5)
        person = self.env["res.partner"].search([("email", "=", "ana4@again.example")])
        self.assertEqual(person.parent_id.name, "Firm 4")

    def test_rows_without_ids_may_change_places(self):
        self.load(visitors__csv=VISITORS)
        head, *rows = VISITORS.splitlines()
        [line] = self.read_again(
            visitors__csv="\n".join([head, *reversed(rows)])
        ).values()
        self.assertEqual((line.created_count, line.unchanged_count), (0, 5))
        self.assertFalse(self.get_told("rows_by_content"))

    def test_a_row_without_an_id_that_was_changed_is_told_as_both(self):
        self.load(visitors__csv=VISITORS)
        lines = self.read_again(visitors__csv=VISITORS.replace("Rui 2", "Rui Dois"))
        [line] = lines.values()
        self.assertEqual((line.created_count, line.vanished_count), (1, 1))
        told = self.get_told("rows_by_content")
        self.assertIn("1 rows are new and 1 are not there any more", told.text)
        self.assertEqual(told.severity, "warning")
        # What is in Odoo of the vanished one stays until somebody decides.
        self.assertEqual(self.count_partners(), self.partners + 1)

    def test_a_column_besides_makes_no_row_without_an_id_a_new_one(self):
        self.load(visitors__csv=VISITORS)
        text = VISITORS.replace("name,", "phone,name,").replace("\nRui", "\n+351 9,Rui")
        [line] = self.read_again(visitors__csv=text).values()
        self.assertEqual((line.created_count, line.vanished_count), (0, 0))
        self.assertEqual(line.updated_count, 5)

    def test_without_a_column_that_tells_them_apart_nothing_is_loaded_twice(self):
        self.load(visitors__csv=VISITORS, contacts__csv=PEOPLE)
        self.read_again(
            visitors__csv=VISITORS.replace(",Braga", "").replace(",city", ""),
            contacts__csv=PEOPLE.replace("id,", "", 1),
        )
        self.assertEqual(self.count_partners(), self.partners)
        texts = " ".join(self.get_told("stream_stopped").mapped("text"))
        self.assertIn("Without the columns city", texts)
        self.assertIn("was told apart by id", texts)
