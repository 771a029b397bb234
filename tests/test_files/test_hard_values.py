"""Values as other programs write them: what arrives, and what is said of the rest."""

from odoo.tests import tagged

from .test_cases import CaseLoading


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
