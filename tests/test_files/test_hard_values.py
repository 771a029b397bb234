"""Values as other programs write them: what arrives, and what is said of the rest."""

import json

from odoo.tests import tagged

from ..test_cli.test_command_line import PLAN
from .cases_common import CaseLoading


class HardValues(CaseLoading):
    def get_unaccounted(self):
        rows = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        return [(row.stream, row.field, row.value) for row in rows]


@tagged("post_install", "-at_install")
class TestHardValues(HardValues):
    def test_a_column_beside_converted_leads_stays_with_the_others(self):
        """Salesforce's Lead.csv: what became something is a note of all its columns."""
        head = (
            "Id,LastName,FirstName,Company,Employees,IsConverted,ConvertedContactId\n"
        )
        files = {
            "Lead.csv": f"{head}L1,Silva,Ana,Casa,12,0,\nL2,Lund,Bo,Hus,34,1,C2\n",
            "Contact.csv": "Id,LastName,FirstName\nC2,Lund,Bo\n",
        }
        self.be_told(files, "Leads, Employees: Nobody decided where Employees goes")
        self.assertEqual(self.get_unaccounted(), [])
        lead = self.env["crm.lead"].search([("contact_name", "=", "Ana Silva")])
        self.assertIn("<b>Employees</b>: 12", lead.description)

    def test_a_call_of_no_length_took_no_time(self):
        files = {
            "contacts.csv": "ID,Full Name\n1,Ana Silva\n",
            "calls.csv": "Call ID,Subject,Contact ID,Call Date,Duration (min)\n"
            "c1,Intro,1,2025-05-06 10:00,0\nc2,Second,1,2025-05-07 10:00,12\n",
        }
        self.arrive(files)
        bodies = [body for (body,) in self.people("body", stream="calls")]
        self.assertEqual(
            [str(body) for body in bodies],
            ["<p>Duration: 0 min</p>", "<p>Duration: 12 min</p>"],
        )
        self.assertEqual(self.get_unaccounted(), [])

    def test_a_year_that_nobody_means_is_told_and_kept(self):
        days = ["0001-05-01", "1604-03-04", "3024-03-04", "9999-12-31", "1901-12-31"]
        rows = [f"{number},Deal {number},{day}" for number, day in enumerate(days)]
        text = "\n".join(["ID,Deal Name,Close Date", *rows])
        self.be_told({"deals.csv": text}, "is not a date", "3 × Deals")
        found = self.people("date_deadline", "description", stream="deals")
        self.assertEqual(
            [str(day or "") for day, _n in found], ["", "", "", "", days[4]]
        )
        for (_day, notes), given in zip(found, days[:3], strict=False):
            self.assertIn(given, notes)
        self.assertFalse(found[3][1], "no end is nothing")
        self.assertEqual(self.get_unaccounted(), [])

    def test_names_in_old_code_pages_are_read_among_many_columns_in_ascii(self):
        rest = "p{0}@example.com,+7 495 111-22-3{0},2024-05-0{0} 10:00,Proposal"
        names = {
            "cp1251": ["Иван Примеров", "Анна Тестова", "Пётр Кузнецов"],
            "cp1253": ["Νίκος Παπαδόπουλος", "Μαρία Γεωργίου", "Ελένη Παππά"],
            "cp1254": ["Işıl Çağ", "Gül Şen", "Ayşe Yılmaz"],
            "gb18030": ["王小明", "李四光", "张伟"],
        }
        for encoding, people in names.items():
            rows = [
                f"{n},{name},{rest.format(n)}" for n, name in enumerate(people, start=1)
            ]
            text = "\n".join(["ID,Full Name,Email,Phone,Created At,Source", *rows, ""])
            self.load_files({"contacts.csv": text.encode(encoding)})
            self.assertEqual(
                [name for (name,) in self.people("name")], people, encoding
            )

    def test_a_list_in_a_cell_is_several_tags(self):
        """pandas shows a list, SharePoint has ids behind what was looked up."""
        cells = {
            "['VIP', 'Press']": {"VIP", "Press"},
            "VIP;#3;#Press;#4": {"VIP", "Press"},
            ";#VIP;#Press;#": {"VIP", "Press"},
        }
        for cell, tags in cells.items():
            head = "ID,Full Name,Tags\n1,Ana Silva,"
            self.arrive({"contacts.csv": f'{head}"{cell}"\n2,Bo Lund,[]\n'})
            ana, bo = (found for (found,) in self.people("category_id"))
            self.assertEqual(set(ana.mapped("name")), tags, cell)
            self.assertEqual((len(bo), self.get_unaccounted()), (0, []))

    def test_what_nobody_sees_is_not_in_a_name(self):
        row = "1,\ufeffAna\u200b Silva,Ana\u200b Silva <ana@example.com>"
        self.arrive({"contacts.csv": f"ID,Full Name,Email\n{row}\n"})
        self.assertEqual(
            self.people("name", "email"), [("Ana Silva", "ana@example.com")]
        )
        self.assertEqual(self.get_unaccounted(), [])

    def test_days_without_dashes_and_since_1970_are_verified(self):
        rows = "1,A,20240304\n2,B,1709510400000\n3,C,2024-03-04\n"
        self.arrive({"deals.csv": f"ID,Deal Name,Close Date\n{rows}"})
        days = {str(day) for (day,) in self.people("date_deadline", stream="deals")}
        self.assertEqual(days, {"2024-03-04"})

    def test_a_refused_amount_is_no_thousandth(self):
        rows = "1,A,Rs. 1/-\n2,B,450\n"
        self.be_told({"deals.csv": f"ID,Deal Name,Amount\n{rows}"}, "is not a number")
        self.assertFalse(self.job.difference_count)

    def test_a_closing_date_that_nobody_knows_is_told(self):
        self.arrive({"deals.csv": "ID,Deal Name,Status\n1,A,Won\n2,B,Open\n"})
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "closed_unknown")]
        )
        self.assertEqual(told.mapped("source_id"), ["1"])

    def test_a_mail_of_a_file_goes_to_whose_address_stands_in_it(self):
        """No ids: mail programs have addresses alone, and dates as RFC 5322 writes them."""
        head = "Subject,From,To,Date,Body\n"
        mails = (
            "Hi,Ana Silva <ana@example.com>,us@ours.example; bo@example.org,"
            '"Tue, 4 Mar 2025 10:00:00 +0100",Hello\n'
            "Re: Hi,us@ours.example,Bo <bo@example.org>,"
            '"Wed, 5 Mar 2025 08:30:00 +0000",Thanks\n'
            "News,shop@elsewhere.example,us@ours.example,"
            '"Thu, 6 Mar 2025 08:30:00 +0000",Buy\n'
        )
        people = "ID,Full Name,Email\n1,Ana,ana@example.com\n2,Bo,bo@example.org\n"
        files = {"contacts.csv": people, "emails.csv": head + mails}
        text = self.be_told(files, "None of the records it belongs to was loaded")
        self.assertIn("1 × Emails", text)
        found = self.env["mail.message"].search([("subject", "in", ["Hi", "Re: Hi"])])
        self.assertEqual(
            {m.subject: (self.called(m), str(m.date)) for m in found},
            {
                "Hi": ("Ana", "2025-03-04 09:00:00"),
                "Re: Hi": ("Bo", "2025-03-05 08:30:00"),
            },
        )
        self.assertFalse(self.job.difference_count)
        self.assertEqual(self.get_unaccounted(), [])

    def called(self, message):
        return self.env[message.model].browse(message.res_id).name

    def test_an_empty_cell_behind_the_last_column_is_none(self):
        text = "ID;Full Name;City;\n1;Ana Silva;Faro;\n2;Bo Lund;;\n"
        self.arrive({"contacts.csv": text})
        self.assertEqual(
            self.people("name", "city"), [("Ana Silva", "Faro"), ("Bo Lund", False)]
        )

    def test_half_a_percent_is_no_fraction(self):
        rows = "ID,Deal Name,Probability\n1,Long shot,0.5%\n2,Even,50%\n"
        self.arrive({"deals.csv": rows})
        self.assertEqual(self.people("probability", stream="deals"), [(0.5,), (50,)])

    def test_subjects_and_names_as_they_came_over_the_wire(self):
        """RFC 2047; words that belong together stand apart, and one cannot be read."""
        mails = (
            "Subject,From,To,Date,Body\n"
            "=?UTF-8?Q?Angebot_f=C3=BCr?= =?UTF-8?B?IErDtnJn?=,"
            "=?iso-8859-1?Q?M=FCller=2C_J=F6rg?= <joerg@example.com>,us@ours.example,"
            '"Tue, 4 Mar 2025 10:00:00 +0100",Hello\n'
            "=?x-none?Q?a?=,joerg@example.com,us@ours.example,"
            '"Tue, 4 Mar 2025 11:00:00 +0100",Again\n'
        )
        people = "ID,Full Name,Email\n1,=?UTF-8?Q?J=C3=B6rg?=,joerg@example.com\n"
        self.arrive({"contacts.csv": people, "emails.csv": mails})
        self.assertEqual(self.people("name"), [("Jörg",)])
        found = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("body", "ilike", "Hello")]
        )
        self.assertEqual(found.subject, "Angebot für Jörg")
        self.assertIn("Müller, Jörg", found.email_from)
        self.assertTrue(
            self.env["mail.message"].search([("subject", "=", "=?x-none?Q?a?=")])
        )
        self.assertEqual(self.get_unaccounted(), [])

    def test_what_goes_to_the_notes_is_there_after_the_load(self):
        text = "ID,Full Name,Email\n1,Ana,ana at example\n"
        told = self.be_told({"contacts.csv": text}, "The value is kept in the notes.")
        self.assertNotIn("when the record is created", told)
        [(comment,)] = self.people("comment")
        self.assertIn("ana at example", comment)

    def test_ids_of_airtable_link_and_name_nobody(self):
        """Its API has ids in columns of links, where its CSV has names."""
        companies = [
            {"id": f"recCompany000000{n}", "fields": {"Name": f"Casa {n}"}}
            for n in (1, 2)
        ]
        people = [
            {
                "id": f"recPerson0000000{n}",
                "fields": {"Name": f"Ana {n}", "Company": [f"recCompany000000{n}"]},
            }
            for n in (1, 2)
        ]
        alone = {"contacts.json": json.dumps(people)}
        self.arrive({"companies.json": json.dumps(companies), **alone})
        found = [(n, p.name) for n, p in self.people("name", "parent_id")]
        self.assertEqual(found, [("Ana 1", "Casa 1"), ("Ana 2", "Casa 2")])
        self.be_told(alone, "fields.Company")
        self.assertEqual(self.people("company_name", "parent_id")[0][0], False)
        for cells in (("recCompany0000001", "recCompany0000002"),):
            rows = "".join(f"{n},Ana {n},{c}\n" for n, c in enumerate(cells, 1))
            self.arrive(
                {
                    "companies.csv": "id,name\n"
                    + "".join(f"{c},Casa {c[-1]}\n" for c in cells),
                    "contacts.csv": f"id,name,Company\n{rows}",
                }
            )
            found = [p.name for (p,) in self.people("parent_id")]
            self.assertEqual(found, ["Casa 1", "Casa 2"])

    def test_corrections_for_a_file_that_is_not_there_are_refused(self):
        name = self.save("ID,Full Name\n1,Ana\n", "contacts.csv")
        for wrong in ("Contacts.csv", "contacts.csv#Sheet2", "people.csv"):
            options = {"contacts.csv": {"date_order": "dmy"}, wrong: {"delimiter": ";"}}
            settings = {"file_options": options}
            plan = {**PLAN, "source": "spreadsheet", "settings": settings}
            status, text = self.run_plan(plan, "--quiet", "--file", name)
            self.assertEqual(status, 2, text)
            self.assertIn(f"corrections for {wrong}", text)
            self.assertIn("The files are: contacts.csv.", text)

    def test_rows_of_a_table_that_nobody_knows_are_lost_and_told_once(self):
        files = {
            "contacts.csv": "ID,Full Name\n1,Ana\n",
            "q3.csv": "id,shade\n1,teal\n",
        }
        text = self.be_told(files, "No mapping is meant for it; it was not loaded.")
        self.assertEqual(text.count("No mapping"), 1, text)
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "stream_unmapped")]
        )
        self.assertEqual(told.mapped("severity"), ["warning"])
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        rows = {(row.stream, row.source_id, row.field) for row in lost}
        self.assertEqual(rows, {("q3", "1", "id"), ("q3", "1", "shade")})
