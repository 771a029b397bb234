"""Files of text: what their lines are in Odoo, and what the command line says.

What each column means is tried in ``test_file_….py`` and ``tests/connectors``.
"""

from datetime import date

from odoo.tests import tagged

from .cases_common import CaseLoading


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
