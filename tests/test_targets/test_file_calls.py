"""Calls that an export lists: phone calls where Odoo has them, else messages."""

from datetime import datetime

from odoo.tests import tagged

from ..test_files.cases_common import CaseLoading

CONTACTS = "Contact ID,Full Name\nC1,Ana Lópe\nC2,Żaneta Wójcik\n"
CALLS = (
    "Call ID,Subject,Description,Call Date,Duration (min),Contact ID\n"
    "1,Rückruf,<b>asked</b> for prices,2025-03-04 09:30:00,12,C1\n"
    "2,,left a message,2025-03-05 10:00:00,3,C2\n"
    "3,Undated,nobody knows when,,,C2\n"
)


@tagged("post_install", "-at_install")
class TestCallsOfFiles(CaseLoading):
    def test_calls_arrive_with_whom_when_and_how_long(self):
        self.arrive({"contacts.csv": CONTACTS, "calls.csv": CALLS})
        found = {
            row.source_id: row
            for row in self.env["crm.migration.id.map"].search(
                [("job_id", "=", self.job.id), ("stream", "=", "calls")]
            )
        }
        self.assertEqual(len(found), 3)
        ana = self.env["res.partner"].search([("name", "=", "Ana Lópe")])
        undated = self.env["mail.message"].browse(found["3"].res_id)
        self.assertEqual(found["3"].res_model, "mail.message")
        self.assertIn("nobody knows when", undated.body)
        if "crm.phonecall" not in self.env:
            self.assertEqual(found["1"].res_model, "mail.message")
            message = self.env["mail.message"].browse(found["1"].res_id)
            self.assertEqual((message.model, message.res_id), ("res.partner", ana.id))
            return
        self.assertEqual({found[n].res_model for n in "12"}, {"crm.phonecall"})
        call, unnamed = self.env["crm.phonecall"].browse(
            [found["1"].res_id, found["2"].res_id]
        )
        self.assertEqual(call.name, "Rückruf")
        self.assertEqual(call.partner_id, ana)
        self.assertEqual(call.date, datetime(2025, 3, 4, 9, 30))
        self.assertEqual((call.duration, call.state), (12, "done"))
        self.assertIn("asked", call.description)
        self.assertNotIn("<b>", call.description)
        self.assertEqual((unnamed.name, unnamed.duration), ("Call", 3))
