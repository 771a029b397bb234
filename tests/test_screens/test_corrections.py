"""What did not come through goes out as a workbook and comes back corrected."""

import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import CrmMigrationCase
from ..review_common import REVIEWER


@tagged("post_install", "-at_install")
class TestCorrections(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        groups = f"base.group_user,sales_team.group_sale_salesman_all_leads,{REVIEWER}"
        self.reviewer = new_test_user(self.env, "corrector", groups=groups)
        self.use_source(
            companies=[
                {"id": 1, "name": "Söderström & Co"},
                {"id": 2, "name": "", "email": "not one", "turnover": "007"},
                {"id": 3, "name": "", "website": "=1+1"},
            ],
            contacts=[
                {"id": 7, "name": "O'Neill", "email": "o@s.example", "company_id": 1}
            ],
        )
        self.run_kind("discover")
        self.run_kind("extract")

    def open(self, records=None):
        values = {"job_id": self.job.id}
        if records:
            values["record_ids"] = [(6, 0, records.ids)]
        dialog = self.env["crm.migration.record.workbook"].with_user(self.reviewer)
        return dialog.create(values)

    def download(self, dialog):
        url = dialog.action_download()["url"]
        number = int(url.split("/content/")[1].split("?")[0])
        raw = self.env["ir.attachment"].browse(number).raw
        return openpyxl.load_workbook(io.BytesIO(raw))

    def upload(self, dialog, book):
        buffer = io.BytesIO()
        book.save(buffer)
        dialog.file = base64.b64encode(buffer.getvalue())
        dialog.action_take_over()
        return dialog.report

    def cell(self, sheet, source_id, label):
        """Return the cell of a record under the label of a column."""
        column = next(c.column for c in sheet[2] if c.value == label)
        row = next(c.row for c in sheet["A"] if c.value == source_id)
        return sheet.cell(row, column)

    def test_a_row_for_each_record_that_did_not_come_through(self):
        dialog = self.open()
        self.assertEqual(dialog.count, 2)
        [sheet] = self.download(dialog).worksheets
        self.assertEqual([c.value for c in sheet["A"]][2:], ["2", "3"])
        self.assertIn("Name", sheet["B3"].value)
        # What the source says, where nothing could be made of it; and never a formula.
        self.assertEqual(self.cell(sheet, "2", "Email").value, "not one")
        self.assertEqual(self.cell(sheet, "3", "Website Link").data_type, "s")

    def test_what_is_corrected_is_loaded_and_the_rest_stays_as_it_is(self):
        dialog = self.open()
        book = self.download(dialog)
        self.cell(book.active, "2", "Name").value = "Zoë's Bakery"
        self.cell(book.active, "2", "Email").value = "zoe@bakery.example"
        report = self.upload(dialog, book)
        self.assertIn("1 record was corrected", report)
        two, three = self.staged("companies")[1:]
        self.assertEqual(
            two.edits, {"": {"name": "Zoë's Bakery", "email": "zoe@bakery.example"}}
        )
        self.assertEqual(two.payload["email"], "not one")
        self.assertFalse(three.edits)
        self.run_kind("load")
        partner = self.env[two.res_model].browse(two.res_id)
        self.assertEqual(
            (partner.name, partner.email), ("Zoë's Bakery", "zoe@bakery.example")
        )
        self.assertEqual((three.state, three.res_id), ("failed", 0))

    def test_a_link_is_typed_as_the_id_of_the_source(self):
        contact = self.staged("contacts")
        dialog = self.open(contact)
        book = self.download(dialog)
        label = next(c.value for c in book.active[2] if "Company" in str(c.value))
        cell = self.cell(book.active, "7", label)
        self.assertEqual(cell.value, "1")
        cell.value = "3"
        self.assertIn("1 record was", self.upload(dialog, book))
        self.assertEqual(contact.edits[""]["parent_id"], {"$ref": ["companies", "3"]})
        cell.value = "99"
        self.assertIn("99", self.upload(dialog, book))
        self.assertEqual(contact.edits[""]["parent_id"], {"$ref": ["companies", "3"]})

    def test_what_does_not_fit_is_told_and_the_others_are_taken(self):
        dialog = self.open()
        book = self.download(dialog)
        self.cell(book.active, "2", "Name").value = "Zoë's Bakery"
        book.active.cell(4, 1).value = "404"
        report = self.upload(dialog, book)
        self.assertIn("1 record was", report)
        self.assertIn("404: ", report)

    def test_other_files_are_refused(self):
        dialog = self.open()
        for raw in (b"PK\x03\x04 no zip", b"Name\nAna\n"):
            dialog.file = base64.b64encode(raw)
            with self.subTest(raw), self.assertRaisesRegex(UserError, "not a workbook"):
                dialog.action_take_over()
        book = self.download(dialog)
        book.active["A1"] = f"crm_migration:{self.job.id + 1}:companies"
        with self.assertRaisesRegex(UserError, "not a workbook"):
            self.upload(dialog, book)

    def test_who_may_not_review_gets_nothing(self):
        stranger = new_test_user(self.env, "no_review", groups="base.group_user")
        dialog = self.env["crm.migration.record.workbook"].with_user(stranger)
        with self.assertRaises(AccessError):
            dialog.create({"job_id": self.job.id})
