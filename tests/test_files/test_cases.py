"""Small files of real kinds, from the command line to the rows in the database.

What each column means is tried in ``test_file_fields.py`` and ``tests/connectors``; here
is what somebody finds in Odoo afterwards, and what the command line says.
"""

import gzip
import io
import zipfile
from datetime import date, datetime, timedelta

import openpyxl

from odoo.tests import tagged

from ..test_cli.command_common import PLAN, CommandCase


class CaseLoading(CommandCase):
    def load_files(self, files):
        """Run a plan over files, name → text or bytes; return (status, printed text)."""
        names = [self.save(content, name) for name, content in files.items()]
        given = [part for name in names for part in ("--file", name)]
        plan = {**PLAN, "source": "spreadsheet"}
        status, text = self.run_plan(plan, "--quiet", *given)
        type(self).job = self.env["crm.migration.job"].search([], order="id desc")[:1]
        self.assertNotIn("Traceback", text)
        self.assertNotIn("unforeseen", text)
        self.assertNotRegex(text, r"\['|\{'|\bNone\b(?! of)")
        return status, text

    def arrive(self, files):
        """Load files of which everything arrives."""
        status, text = self.load_files(files)
        self.assertEqual(status, 0, text)

    def be_told(self, files, *words, status=3):
        found, text = self.load_files(files)
        self.assertEqual(found, status, text)
        for word in words:
            self.assertIn(word, text)
        return text

    def people(self, *names, stream="contacts"):
        """Return the values of fields of what a stream became: a list per record."""
        rows = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)], order="id"
        )
        records = self.env[rows[:1].res_model or "res.partner"].browse(
            # By their ids, or as they stand in a file without ids.
            rows.sorted(
                lambda r: (r.source_id if len(r.source_id) < 16 else "", r.id)
            ).mapped("res_id")
        )
        return [tuple(record[name] for name in names) for record in records]


def book(rows, formats=None, title="Sheet1"):
    """Return the bytes of a workbook; ``formats``: cell → number format."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for cell, pattern in (formats or {}).items():
        made.active[cell].number_format = pattern
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", ".").replace("--", "/"), data)
    return content.getvalue()


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
        self.assertEqual(self.people("name", stream="deals"), [("A",), ("B",)])

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

    def stream(self):
        return self.job.stream_ids.name


@tagged("post_install", "-at_install")
class TestTexts(CaseLoading):
    def test_the_last_rows_say_how_all_are_written(self):
        rows = "".join(f"{n};Deal {n};{100 + n};\n" for n in range(1, 600))
        rows += "600;Deal 600;1.250;31/12/2024\n601;Deal 601;12.500,00;05/01/2025\n"
        self.arrive({"deals.csv": "id;name;amount;close date\n" + rows})
        deals = self.env["crm.lead"].search([("name", "in", ["Deal 600", "Deal 601"])])
        found = {d.name: (d.expected_revenue, d.date_deadline) for d in deals}
        self.assertEqual(found["Deal 600"], (1250, date(2024, 12, 31)))
        self.assertEqual(found["Deal 601"], (12_500, date(2025, 1, 5)))

    def test_escapes_and_armor_are_in_no_name_and_no_key(self):
        self.arrive(
            {
                "accounts.csv": 'id,name,phone\n="001",Alpha &amp; S&ouml;hne,\'+351210\n',
                "contacts.csv": "id,first name,last name,account name,postal code\n"
                '1,Se&aacute;n,O&#039;Example,Alpha &amp; S&ouml;hne,="01069"\n',
            }
        )
        [(company, phone)] = self.people("name", "phone", stream="companies")
        self.assertEqual((company, phone), ("Alpha & Söhne", "+351210"))
        [(name, parent, code)] = self.people("name", "parent_id", "zip")
        self.assertEqual((name, parent.name), ("Seán O'Example", company))
        self.assertEqual(code, "01069")

    def test_a_state_is_that_of_its_row_or_asked_for(self):
        self.be_told(
            {
                "contacts.csv": "id,full name,state,country\n1,A,CA,Spain\n2,B,CA,Italy\n"
                "3,C,CA,United States\n4,D,Limburg,Belgium\n5,E,CA,\n"
            },
            "“CA”",
        )
        states = [state for (state,) in self.people("state_id")]
        countries = [state.country_id.code or "" for state in states]
        self.assertEqual(countries, ["ES", "IT", "US", "BE", ""])

    def test_notes_that_name_only_their_person_are_all_there(self):
        people = "".join(f"{n},Person {n}\n" for n in range(1, 21))
        notes = "".join(f"{n},Matter {n},2024-05-01\n" for n in range(1, 21))
        notes += "7,Called again,2024-06-01\n"
        self.arrive(
            {
                "contacts.csv": "ID,Full Name\n" + people,
                "notes.csv": "Contact ID,Note,Date\n" + notes,
            }
        )
        self.assertEqual(len(self.people("id", stream="notes")), 21)
        seven = self.env["res.partner"].search([("name", "=", "Person 7")])
        bodies = " ".join(seven.message_ids.mapped("body"))
        self.assertIn("Matter 7", bodies)
        self.assertIn("Called again", bodies)

    def test_a_name_of_two_people_links_nobody_and_is_told(self):
        self.be_told(
            {
                "contacts.csv": "id,full name,email\n1,Rui Example,a@example.com\n"
                "2,Rui Example,b@example.com\n3,Eva Example,c@example.com\n",
                "deals.csv": "id,deal name,contact\n1,A,Rui Example\n2,B,Eva Example\n",
            },
            "2 records have this name",
        )
        one, two = self.people("partner_id", stream="deals")
        self.assertFalse(one[0])
        self.assertEqual(two[0].name, "Eva Example")

    def test_a_person_is_linked_by_first_and_last_name(self):
        self.arrive(
            {
                "companies.csv": "id,name\n1,Alpha\n2,Beta\n",
                "contactos.csv": "ID;Nombre;Apellidos;Empresa;Teléfono\n"
                "1;Ana María;Etxe Example;Alpha;12345\n2;Iñaki;Peña;Beta;54321\n"
                "3;Iñaki;Peña;Alpha;65432\n",
                "deals.csv": "id,deal name,contact,company\n1,A,Ana María Etxe Example,\n"
                "2,B,Iñaki Peña,Beta\n",
            }
        )
        found = [p for (p,) in self.people("partner_id", stream="deals")]
        self.assertEqual(found[0].name, "Ana María Etxe Example")
        self.assertEqual((found[1].name, found[1].phone), ("Iñaki Peña", "54321"))

    def test_ids_of_salesforce_in_both_lengths(self):
        self.arrive(
            {
                "Account.csv": "Id,Name\n0015g00000XyZab,Alpha\n0015g00000XYZab,Beta\n",
                "Contact.csv": "Id,FirstName,LastName,AccountId\n"
                "0035g00000Aaaa1AAA,Rui,Example,0015g00000XyZabAAF\n"
                "0035g00000Aaaa2AAA,Eva,Example,0015g00000XYZab\n",
            }
        )
        parents = {
            name: parent.name for name, parent in self.people("name", "parent_id")
        }
        self.assertEqual(parents, {"Rui Example": "Alpha", "Eva Example": "Beta"})

    def test_companies_in_a_circle_are_told_with_field_and_parent(self):
        text = self.be_told(
            {
                "companies.csv": "id,name,parent company id\n1,Alpha,2\n2,Beta,1\n3,Gamma,3\n"
                "4,Delta,5\n5,Epsilon,\n"
            },
            "parent_id",
            "recursive",
        )
        self.assertNotIn("unaccounted for", text)
        parents = {
            n: p.name for n, p in self.people("name", "parent_id", stream="companies")
        }
        self.assertEqual(parents["Delta"], "Epsilon")
        self.assertFalse(parents["Alpha"] and parents["Beta"])
        self.assertEqual(len(parents), 5)

    def test_a_child_keeps_its_own_address(self):
        self.arrive(
            {
                "companies.csv": "id,name,parent company id,street,city,country\n"
                "1,Alpha,,Main 1,Fremont,United States\n2,Alpha Norte,1,King 2,Toronto,Canada\n"
            }
        )
        found = self.people("street", "city", stream="companies")
        self.assertEqual(found, [("Main 1", "Fremont"), ("King 2", "Toronto")])

    def test_markup_stays_scripts_go_and_signs_are_text(self):
        self.arrive(
            {
                "contacts.csv": "id,full name\n1,Rui Example\n",
                "notes.csv": "id,contact id,note,date\n"
                '1,1,"<p>Olá <b>Rui</b><script>alert(1)</script></p>",2024-05-01 10:00:00\n'
                '2,1,"Price <100 and >50, from Eva <eva@example.com>",2024-05-02 10:00:00\n',
            }
        )
        one, two = (str(body) for (body,) in self.people("body", stream="notes"))
        self.assertIn("<b>Rui</b>", one)
        self.assertNotIn("alert", one)
        self.assertIn("&lt;100", two)
        self.assertIn("&lt;eva@example.com&gt;", two)

    def test_all_day_and_timed_meetings_of_a_calendar_all_arrive(self):
        head = "Subject,Start Date,Start Time,End Date,End Time,All day event\n"
        self.arrive(
            {
                "calendar events.csv": head
                + "Visit,21/04/2025,14:30:00,21/04/2025,15:30:00,False\n"
                + "Fair,22/04/2025,00:00:00,24/04/2025,00:00:00,True\n"
            }
        )

    def test_durations_in_parts_and_in_words_all_arrive(self):
        self.arrive(
            {
                "meetings.csv": "id,Subject,Start Date,Duration Hours,Duration Minutes\n"
                "1,A,2024-05-06 10:00:00,1,30\n2,B,2024-05-06 12:00:00,0,15\n",
            }
        )
        self.arrive(
            {"réunions.csv": "Objet;Début;Durée\nVisite;22/05/2025 10:00;1 h 30\n"}
        )
        self.assertEqual(self.people("duration", stream="reunions"), [(1.5,)])

    def test_labels_of_google_are_tags_and_other_addresses_kept(self):
        self.load_files(
            {
                "contacts.csv": "First Name,Last Name,Labels,E-mail 1 - Value\n"
                "Rui,Example,Friends ::: * myContacts,a@example.com ::: b@example.com\n"
            }
        )
        [(mail, tags, notes)] = self.people("email", "category_id", "comment")
        self.assertEqual(mail, "a@example.com")
        self.assertEqual(sorted(tags.mapped("name")), ["Friends", "myContacts"])
        self.assertIn("b@example.com", notes)
        self.assertFalse(self.job.unaccounted_count)

    def test_a_number_with_its_area_code_before_a_slash_stays_whole(self):
        self.arrive(
            {
                "Kunden.csv": "Kundennummer;Nachname;Telefon\n"
                "1;Beispiel;+49 (0)30 / 897069\n2;Muster;555-0100 / 555-0101\n"
            }
        )
        numbers = self.people("phone", stream=self.job.stream_ids.name)
        self.assertEqual(numbers, [("+49 (0)30 / 897069",), ("555-0100",)])

    def test_the_probability_of_a_deal_that_is_over_is_no_difference(self):
        self.arrive(
            {
                "deals.csv": "id,deal name,amount,status,probability\n1,A,5,Won,50 %\n"
                "2,B,6,Lost,90 %\n3,C,7,Open,40 %\n"
            }
        )
        found = self.people("probability", stream="deals")
        self.assertEqual(found, [(100,), (0,), (40,)])

    def test_backslashes_of_php(self):
        self.arrive(
            {
                "contacts.csv": 'Id,Name,Notes\n1,A,"say ""hi"""\n2,B,"path \\"C:\\" end"\n'
                '3,C,"C:\\"\n4,D,"x ""y"" z"\n5,E,plain\n'
            }
        )
        names = [name for (name,) in self.people("name")]
        self.assertEqual(names, ["A", "B", "C", "D", "E"])
        notes = [str(note) for (note,) in self.people("comment")]
        self.assertIn("C:\\", notes[2])
        self.assertIn('x "y" z', notes[3])

    def test_nothing_that_can_be_loaded_is_no_traceback(self):
        note = "ID,Note,Created At\n1,Nobody's note,2024-05-01 10:00:00\n"
        self.be_told({"notes.csv": note}, "None of the records", status=1)


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
                "people.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Eva\nEND:VCARD\n",
                "doc.pdf": b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n",
            },
            "people.vcf",
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
