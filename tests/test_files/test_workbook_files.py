"""Workbooks: what their cells are in Odoo, and what the command line says.

What each column means is tried in ``test_file_….py`` and ``tests/connectors``.
"""

import io
import zipfile
from datetime import date, datetime, timedelta

import openpyxl

from odoo.tests import tagged

from ..workbooks import book
from .cases_common import CaseLoading


@tagged("post_install", "-at_install")
class TestWorkbooks(CaseLoading):
    def test_numbers_are_what_the_sheet_shows(self):
        rows = [["ID", "Full Name", "Postal Code", "Phone"]]
        rows += [[1, "Rui Example", 4109, 304567], [2, "Eva Example", 99084, 304568]]
        formats = {f"C{n}": "00000" for n in (2, 3)}
        formats |= {f"D{n}": "0000000" for n in (2, 3)}
        self.arrive({"contacts.xlsx": book(rows, formats)})
        self.assertEqual(
            self.people("zip", "phone"), [("04109", "0304567"), ("99084", "0304568")]
        )

    def test_a_share_of_one_shown_in_hundredths_is_a_probability(self):
        rows = [["ID", "Deal Name", "Probability"], [1, "A", 0.35], [2, "B", 0.9]]
        self.arrive({"deals.xlsx": book(rows, {"C2": "0%", "C3": "0%"})})
        self.assertEqual(self.people("probability", stream="deals"), [(35,), (90,)])

    def test_escapes_of_the_format_are_not_in_a_note(self):
        note = "One_x000D_\nTwo_x000D_\n_x005F_three"
        rows = [["ID", "Contact ID", "Note", "Created At"]]
        rows.append([1, 1, note, datetime(2024, 5, 1, 10)])
        self.arrive({"contacts.csv": "ID,Full Name\n1,Rui\n", "notes.xlsx": book(rows)})
        [(body,)] = self.people("body", stream="notes")
        self.assertIn("One<br>Two<br>_three", body)

    def test_dates_as_cells_and_as_text_in_one_column(self):
        rows = [["ID", "Deal Name", "Close Date"], [1, "A", "27/06/2025"]]
        rows += [[2, "B", datetime(2025, 3, 4)], [3, "C", "04/03/2025"]]
        self.arrive({"deals.xlsx": book(rows)})
        days = [day for (day,) in self.people("date_deadline", stream="deals")]
        self.assertEqual(days, [date(2025, 6, 27), date(2025, 3, 4), date(2025, 3, 4)])

    def test_the_company_of_a_merged_block_is_that_of_each_row(self):
        made = openpyxl.Workbook()
        for row in (
            ["Company", "Person", None, "Email"],
            [None, "First Name", "Last Name", None],
            ["Alpha", "Rui", "Example", "rui@alpha.example"],
            [None, "Eva", "Example", "eva@alpha.example"],
            ["Beta", "Ana", "Example", "ana@beta.example"],
            [None, "Bia", "Example", "bia@beta.example"],
        ):
            made.active.append(row)
        for cells in ("A1:A2", "B1:C1", "D1:D2", "A3:A4", "A5:A6"):
            made.active.merge_cells(cells)
        content = io.BytesIO()
        made.save(content)
        self.arrive({"contacts.xlsx": content.getvalue()})
        found = self.people("name", "company_name")
        self.assertIn(("Eva Example", "Alpha"), found)
        self.assertIn(("Bia Example", "Beta"), found)

    def test_the_format_of_a_cell_says_its_currency(self):
        rows = [["Deal ID", "Deal Name", "Amount"], [1, "A", 900], [2, "B", 800]]
        formats = {"C2": "#,##0.00\\ [$€-407]", "C3": "[$$-409]#,##0.00"}
        self.load_files({"deals.xlsx": book(rows, formats)})
        values = self.job.value_map_ids.filtered(lambda v: v.list == "@currencies")
        self.assertEqual(sorted(values.mapped("key")), ["EUR", "USD"])

    def test_hours_of_a_cell_are_a_duration(self):
        rows = [["Id", "Subject", "Start", "Duration"]]
        rows.append([1, "A", datetime(2024, 3, 1, 12), timedelta(hours=30, minutes=15)])
        self.arrive({"meetings.xlsx": book(rows, {"D2": "[h]:mm:ss"})})
        self.assertEqual(self.people("duration", stream="meetings"), [(30.25,)])

    def test_formulas_that_nobody_computed_are_told_and_never_zero(self):
        rows = [["Deal ID", "Deal Name", "Quantity", "Amount"]]
        rows += [[1, "A", 10, "=C2*20"], [2, "B", 4, "=C3*20"]]
        self.be_told({"deals.xlsx": book(rows)}, "formulas", "Open the file in Excel")
        self.assertFalse(self.job.difference_count)

    def test_days_written_some_seconds_early_are_told_and_the_right_ones(self):
        rows = [["Deal ID", "Deal Name", "Expected Close Date"]]
        rows.append([1, "A", datetime(2024, 2, 29, 23, 59, 16)])
        file = book(rows, {"C2": "mm-dd-yy"})
        self.be_told({"deals.xlsx": file}, "seconds wrong", "shifted_dates")
        [(day,)] = self.people("date_deadline", stream="deals")
        self.assertEqual(day, date(2024, 3, 1))

    def test_a_total_is_no_deal_and_is_told(self):
        rows = [["Deal Name", "Amount"], ["A", 700], ["B", 300], ["Total", 1000]]
        self.be_told({"deals.xlsx": book(rows)}, "Total", "extra_rows")
        names = sorted(self.people("name", stream="deals"))
        self.assertEqual(names, [("A",), ("B",)])

    def test_titles_and_footers_of_a_report_are_no_people(self):
        rows = [["Contacts of all regions"], [], ["Full Name", "Email", "City"]]
        rows += [[f"P {n}", f"p{n}@example.com", "Faro"] for n in range(1, 6)]
        rows += [["Total", 5], ["Confidential - for internal use"]]
        self.be_told({"contacts.xlsx": book(rows)}, "Confidential", "extra_rows")
        self.assertEqual(len(self.people("name")), 5)

    def test_strict_open_xml_is_read_and_verified(self):
        plain, content = book([["id", "name"], [1, "Rui"]]), io.BytesIO()
        swaps = {
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
        with (
            zipfile.ZipFile(io.BytesIO(plain)) as old,
            zipfile.ZipFile(content, "w") as new,
        ):
            for name in old.namelist():
                data = old.read(name)
                for before, after in swaps.items():
                    data = data.replace(before, after)
                new.writestr(name, data)
        self.arrive({"contacts.xlsx": content.getvalue()})
        self.assertEqual(self.people("name"), [("Rui",)])

    def test_the_checksum_of_dynamics_needs_no_decision(self):
        head = ["(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum"]
        head += ["(Do Not Modify) Modified On", "Topic", "Est. Revenue", "Status"]
        key = "5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e"
        row = [key, "abc==", datetime(2025, 1, 1), "Reins", 1200, "Open"]
        self.arrive({"Open Opportunities.xlsx": book([head, row], title="Open")})
        [(name, amount)] = self.people("name", "expected_revenue", stream=self.stream())
        self.assertEqual((name, amount), ("Reins", 1200))

    def test_tables_of_one_sheet_are_objects_of_their_own(self):
        rows = [["Full Name", "Email"], ["Eva Example", "eva@alpha.example"], []]
        rows += [["Companies"], ["Company", "Website", "City"]]
        rows += [["Alpha", "https://alpha.example", "Faro"], [], ["checked in spring"]]
        self.load_files({"contacts.xlsx": book(rows)})
        self.assertEqual(
            self.people("name", "email"), [("Eva Example", "eva@alpha.example")]
        )
        self.assertEqual(
            self.people("name", "city", stream="companies"), [("Alpha", "Faro")]
        )

    def stream(self):
        return self.job.stream_ids.name
