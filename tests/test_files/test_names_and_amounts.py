"""What has no name, no amount or no beginning; what is written in two ways at once."""

from odoo.tests import tagged

from .test_hard_values import HardValues


@tagged("post_install", "-at_install")
class TestNamesAndAmounts(HardValues):
    def test_who_has_no_name_is_named_by_an_address(self):
        self.arrive(
            {
                "contacts.csv": "ID,Full Name,Phone,Email\n1,,+351 21 1,\n"
                "2,,+351 21 2,eva@alpha.example\n3,Rui Example,,\n",
                "companies.csv": "ID,Company Name,Email\n1,,info@alpha.example\n2,Beta,\n",
            }
        )
        names = [name for (name,) in self.people("name")]
        self.assertEqual(names, ["+351 21 1", "eva@alpha.example", "Rui Example"])
        companies = [name for (name,) in self.people("name", stream="companies")]
        self.assertEqual(companies, ["info@alpha.example", "Beta"])

    def test_who_has_neither_is_told_and_waits_for_a_name(self):
        text = "ID,Full Name,City\n1,,Porto\n2,Rui Example,\n"
        self.be_told({"contacts.csv": text}, "Full Name is empty")
        self.assertEqual(self.people("name"), [("Rui Example",)])

    def test_an_amount_in_the_notes_has_its_currency(self):
        text = (
            "ID,Deal Name,Amount,Currency\n1,A,123456789012345678901234567890,EUR\n"
            "2,B,about 500,GBP\n3,C,99999999999999999999,USD\n4,D,7,USD\n"
            "5,E,8,USD\n6,F,9,USD\n7,G,10,USD\n"
        )
        self.be_told({"deals.csv": text}, "too large", "is not a number")
        notes = [note for (note,) in self.people("description", stream="deals")]
        self.assertIn("<b>Amount</b>: 123456789012345678901234567890 EUR<", notes[0])
        self.assertIn("<b>Amount</b>: about 500 GBP<", notes[1])
        self.assertIn("<b>Amount</b>: 99999999999999999999 USD<", notes[2])
        self.assertFalse(notes[3])
        self.assertEqual(self.get_unaccounted(), [])

    def test_half_a_percent_beside_whole_ones_is_half_a_percent(self):
        text = "ID,Deal Name,Probability\n1,A,0.5\n2,B,25\n3,C,100\n"
        self.arrive({"deals.csv": text})
        found = [share for (share,) in self.people("probability", stream="deals")]
        self.assertEqual(found, [0.5, 25, 100])

    def test_a_meeting_of_which_the_end_is_known_began_before_it(self):
        text = (
            "ID,Subject,Start,End\n1,A,20260-05-06 10:00,2026-05-06 11:00\n"
            "2,B,20260-05-06 10:00,20260-05-06 11:00\n"
            "3,C,2026-05-07 10:00,2026-05-07 11:00\n4,D,2026-05-08 10:00,\n"
        )
        self.be_told({"meetings.csv": text}, "“20260-05-06 10:00” is not a date")
        (name, start, notes), *others = self.people(
            "name", "start", "description", stream="meetings"
        )
        self.assertEqual([other[0] for other in others], ["C", "D"])
        self.assertEqual((name, str(start)), ("A", "2026-05-06 09:00:00"))
        self.assertIn("20260-05-06 10:00", notes)

    def test_a_day_meant_for_two_fields_is_noted_once(self):
        files = {
            "contacts.csv": "ID,Full Name\n1,Rui Example\n",
            "notes.csv": "ID,Note,Date,Contact ID\n1,Hello,20260-05-06 10:00,1\n"
            "2,Hello,2026-05-06 10:00,1\n",
        }
        self.be_told(files, "is not a date")
        (body,), _other = self.people("body", stream="notes")
        self.assertEqual(body.count("20260-05-06 10:00"), 1)

    def test_a_state_and_a_currency_may_be_written_in_two_ways_at_once(self):
        self.load_files(
            {
                "companies.csv": "ID,Company Name,State,Country\n1,A,Valencia,España\n"
                "2,B,Vizcaya,Spain\n3,C,Álava,ES\n4,D,Valencia,Venezuela\n",
                "deals.csv": "ID,Deal Name,Amount,Currency\n1,A,5,GBP (£)\n"
                "2,B,5,EUR - Euro\n3,C,5,US Dollar (USD)\n4,D,5,EUR/USD\n",
            }
        )
        states = [
            state.code for (state,) in self.people("state_id", stream="companies")
        ]
        self.assertEqual(states, ["V", "BI", "VI", False])
        found = {
            value.key: value.target_ref and value.target_ref.name
            for value in self.job.value_map_ids.filtered(
                lambda value: value.list == "@currencies"
            )
        }
        self.assertEqual(
            found,
            {
                "GBP (£)": "GBP",
                "EUR - Euro": "EUR",
                "US Dollar (USD)": "USD",
                "EUR/USD": None,
            },
        )

    def test_the_first_of_several_linked_contacts_is_the_customer(self):
        ids = [f"rec{number:014}" for number in (1, 2, 3)]
        self.arrive(
            {
                "contacts.csv": f"id,Name\n{ids[0]},Rui Example\n{ids[1]},Eva Example\n",
                "companies.csv": f"id,Name,Industry\n{ids[2]},Alpha,\n",
                "deals.csv": "id,Deal Name,Contacts,Company\n"
                f'rec{9:014},A,"{ids[1]},{ids[0]}",{ids[2]}\n',
            }
        )
        [(customer, notes)] = self.people("partner_id", "description", stream="deals")
        self.assertEqual(customer.name, "Eva Example")
        for name in ("Rui Example", "Alpha"):
            self.assertIn(f">{name}</a>", notes)

    def test_files_are_read_in_the_order_in_which_they_were_given(self):
        files = {
            "contacts-1.csv": "ID,Full Name\n1,First\n2,Second\n",
            "contacts-2.csv": "ID,Full Name\n2,Later\n3,Third\n",
        }
        self.be_told(files, "contacts-2.csv")
        self.assertEqual(self.people("name"), [("First",), ("Second",), ("Third",)])
        ids = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        self.assertEqual(ids.sorted("res_id").mapped("source_id"), ["1", "2", "3"])

    def test_a_migration_that_began_the_other_way_goes_on_so(self):
        """Positions and the names of tables hang on the order of the files."""
        self.load_files({"a-deals.csv": "ID,Deal Name\n1,A\n", "b-deals.csv": "x\n1\n"})
        self.job.is_upload_order = False
        names = [file["name"] for file in self.job._list_files()]
        self.assertEqual(names, ["b-deals.csv", "a-deals.csv"])
        self.job.is_upload_order = True
        names = [file["name"] for file in self.job._list_files()]
        self.assertEqual(names, ["a-deals.csv", "b-deals.csv"])

    def test_the_currency_of_another_amount_says_nothing_of_this_one(self):
        text = (
            "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,"
            "Deal - Weighted value,Deal - Currency of Weighted value\n"
            "1,Roof,1200.5,USD,600.25,EUR\n2,Wall,96283.85,,38513.54,EUR\n"
        )
        self.load_files({"deals.csv": text})
        found = self.people("name", "expected_revenue", stream="deals")
        self.assertEqual(found, [("Roof", 1200.5), ("Wall", 96283.85)])
        differing = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differing, differing.mapped("expected"))
