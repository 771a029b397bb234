"""Files within files, documents beside them, and what is no table at all."""

import gzip
import io
import zipfile

from odoo.tests import tagged

from ..workbooks import packed
from .cases_common import CaseLoading


@tagged("post_install", "-at_install")
class TestPackages(CaseLoading):
    def test_archives_within_archives_and_packed_tables_are_read(self):
        inner = packed(**{"Account.csv": "Id,Name\n1,Alpha\n"})
        files = {
            "WE_1.ZIP": inner,
            "Lead.csv": "Id,LastName,Company\n1,Example,Alpha\n",
        }
        packing = io.BytesIO()
        with zipfile.ZipFile(packing, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        table = gzip.compress(b"id,name\n7,Rui Example\n")
        self.arrive({"export.zip": packing.getvalue(), "contacts.csv.gz": table})
        self.assertEqual(self.people("name", stream="companies"), [("Alpha",)])
        self.assertEqual(self.people("name"), [("Rui Example",)])

    def test_what_is_no_table_is_named_and_costs_the_good_status(self):
        self.be_told(
            {
                "contacts.csv": "id,name\n1,Rui Example\n",
                "all.mbox": "From a@example.com Mon May 6\nSubject: x\n\nHi\n",
                "doc.pdf": b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n",
            },
            "all.mbox",
            "doc.pdf",
        )
        self.assertEqual(self.people("name"), [("Rui Example",)])

    def test_a_document_in_an_archive_hangs_on_its_record(self):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("deals.csv", "Id,Name\n12,Saddles\n")
            archive.writestr("files/deals/12/Offer.pdf", b"%PDF-1.7 offer")
        self.arrive({"export.zip": content.getvalue()})
        [(deal,)] = self.people("id", stream="deals")
        file = self.env["ir.attachment"].search([("name", "=", "Offer.pdf")])
        self.assertEqual((file.res_model, file.res_id), ("crm.lead", deal))

    def test_the_weekly_export_of_salesforce_with_its_attachments(self):
        person, company = "0035g000000000DAAQ", "0015g000000000DAAQ"
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("Account.csv", f'"Id","Name"\n"{company}","Alpha"\n')
            archive.writestr(
                "Contact.csv",
                f'"Id","LastName","AccountId"\n"{person}","Example","{company}"\n',
            )
            archive.writestr(
                "Attachment.csv",
                '"Id","ParentId","Name","ContentType","BodyLength"\n'
                f'"00P5g000000000DEAQ","{person}","Offer 0.pdf","application/pdf","14"\n'
                f'"00P5g000000023wEAA","{company}","Plan.txt","text/plain","4"\n',
            )
            archive.writestr("Attachments/00P5g000000000DEAQ", b"%PDF-1.7 offer")
            archive.writestr("Attachments/00P5g000000023wEAA", b"plan")
        self.arrive({"WE_00D_1.ZIP": content.getvalue()})
        found = self.people("name", "res_model", "res_id", "raw", stream="attachments")
        [(one,)], [(two,)] = self.people("id"), self.people("id", stream="companies")
        self.assertEqual(
            found,
            [
                ("Offer 0.pdf", "res.partner", one, b"%PDF-1.7 offer"),
                ("Plan.txt", "res.partner", two, b"plan"),
            ],
        )
