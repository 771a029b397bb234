"""A newer file of any kind updates the same keys, and a person's work in Odoo stays."""

import csv
import io
import json
from datetime import timedelta

from openpyxl import Workbook

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase

COLUMNS = ("id", "name", "city", "phone")
BEFORE = [
    (f"C{number}", f"Firm {number}", "Porto", f"+351 21 000 000{number}")
    for number in range(1, 7)
]
AFTER = [
    BEFORE[0],  # a person works on it
    ("C2", "Firm 2", "Lagos", BEFORE[1][3]),  # the source changes it
    ("C3", "Firm 3", "Faro", BEFORE[2][3]),  # both do
    ("C4", "Firm 4", "Porto", ""),  # the source empties a cell
    BEFORE[5],  # the fifth is not there any more
    ("C7", "Firm 7", "Évora", "+351 21 000 0007"),
]


def as_csv(rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([COLUMNS, *rows])
    return text.getvalue().encode()


def as_json(rows):
    return json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows]).encode()


def as_xlsx(rows):
    book = Workbook()
    book.active.title = "Companies"
    for row in (COLUMNS, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


KINDS = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}


@tagged("post_install", "-at_install")
class TestNewerFiles(MigrationCase):
    def read_again(self, name, content, more=None):
        files = self.upload({name: content, **(more or {})})
        dialog = self.env["crm.migration.read.again"].create(
            {"job_id": self.job.id, "file_ids": files.ids}
        )
        with mute_logger("odoo.addons.crm_migration"):
            dialog.action_read_again()
            self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done")

    def get(self, key):
        return self.migrated(self.job.stream_ids.filtered("staged_count").name, key)

    def edit(self, record, **values):
        """Write as a person does, some time after the load."""
        record.write(values)
        record.flush_recordset()
        later = fields.Datetime.now() + timedelta(hours=1)
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = %s WHERE id = %s", [later, record.id]
        )
        record.invalidate_recordset()

    def check(self, first, newer):
        """Load a file of one kind, work on it in Odoo, and load a newer file."""
        self.import_files({f"companies.{first}": KINDS[first](BEFORE)})
        self.run_kinds("discover", "extract", "load", "verify")
        partners = self.env["res.partner"].with_context(active_test=False)
        count = partners.search_count([])
        records = {key: self.get(key) for key, *_rest in BEFORE}
        self.edit(records["C1"], city="Braga")
        self.edit(records["C3"], city="Sintra")
        self.read_again(f"companies newer.{newer}", KINDS[newer](AFTER))
        run = self.run_kinds("load")
        sums = (run.created_count, run.updated_count, run.failed_count)
        self.assertEqual((sums[0], sums[2]), (1, 0), sums)
        self.assertEqual(partners.search_count([]), count + 1)
        self.assertEqual({k: self.get(k) for k, *_r in BEFORE}, records)
        found = {key: record.city for key, record in records.items()}
        self.assertEqual(
            found,
            {
                "C1": "Braga",
                "C2": "Lagos",
                "C3": "Sintra",
                "C4": "Porto",
                "C5": "Porto",
                "C6": "Porto",
            },
        )
        self.assertFalse(records["C4"].phone)
        self.assertEqual(self.get("C7").city, "Évora")
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "changed_by_both")]
        )
        self.assertEqual(told.mapped("source_id"), ["C3"])
        self.assertEqual(self.job.vanished_count, 1)
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.updated_count), (0, 0))
        self.run_kinds("rollback")
        left = [key for key, record in records.items() if record.exists()]
        self.assertEqual(left, ["C1", "C3"], "what a person worked on stays")

    def test_a_newer_csv(self):
        self.check("csv", "csv")

    def test_a_newer_workbook(self):
        self.check("xlsx", "xlsx")

    def test_a_newer_json(self):
        self.check("json", "json")

    def test_a_newer_file_of_another_kind(self):
        self.check("csv", "xlsx")

    def test_what_was_unusable_for_a_while_is_loaded_when_it_is_back(self):
        self.import_files({"companies.csv": as_csv(BEFORE)})
        self.run_kinds("discover", "extract", "load", "verify")
        nameless = [BEFORE[0], ("C2", "", "Porto", ""), *BEFORE[2:]]
        self.read_again("companies newer.csv", as_csv(nameless))
        self.run_kinds("load")
        record = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "C2")]
        )
        self.assertEqual((record.state, record.problem), ("failed", "required"))
        self.read_again("companies.csv", as_csv(BEFORE))
        self.assertEqual(record.state, "loaded")
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.updated_count), (0, 0))
        self.assertEqual((self.get("C2").name, self.get("C2").city), BEFORE[1][1:3])
        sums = self.job.reconciliation_ids.filtered(lambda line: line.run_id == run)
        self.assertEqual(sums.mapped("pending_count"), [0])
        self.assertEqual(sums.mapped("is_balanced"), [True])

    def test_what_a_load_has_refused_is_solved_when_it_is_as_it_was(self):
        people = b"id,full name\nP1,Vera Example\n"
        head = b"activity id,type,subject,due date,contact id\n"
        visit = b"A1,Meeting,Visit,2025-06-30,"
        self.import_files(
            {"contacts.csv": people, "activities.csv": head + visit + b"P1"}
        )
        self.run_kinds("discover", "extract", "load", "verify")
        more = {"contacts.csv": people}
        self.read_again("activities.csv", head + visit, more)
        self.run_kinds("load")
        record = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "A1")]
        )
        self.assertEqual((record.state, record.problem), ("failed", "nobody"))
        self.read_again("activities.csv", head + visit + b"P1", more)
        self.run_kinds("load")
        self.assertEqual(record.state, "loaded")
        refused = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "nobody")]
        )
        self.assertEqual(refused.mapped("state"), ["closed"])

    def test_a_namesake_that_has_vanished_before_it_was_loaded_makes_no_doubt(self):
        people = b"id,full name,company name\nP1,Vera Example,Firm 2\n"
        self.import_files({"companies.csv": as_csv(BEFORE), "contacts.csv": people})
        self.run_kinds("discover", "extract", "load", "verify")
        more = {"contacts.csv": people}
        twins = [*BEFORE, ("C9", "Firm 2", "", "")]
        self.read_again("companies newer.csv", as_csv(twins), more)
        self.read_again("companies.csv", as_csv(BEFORE), more)
        gone = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "C9")]
        )
        self.assertEqual((gone.state, gone.problem), ("skipped", "vanished"))
        self.run_kinds("load", "verify")
        self.assertEqual(
            self.migrated("contacts", "P1").parent_id, self.migrated("companies", "C2")
        )
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(found, found.mapped("kind"))
