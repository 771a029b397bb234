"""Values that reading and verification, which share no code, must understand alike."""

from odoo.tests import tagged

from .cases_common import CaseLoading


@tagged("post_install", "-at_install")
class TestTwoReadings(CaseLoading):
    """All of it is read right: a verification that doubts it cries wolf."""

    def test_amounts_with_a_dash_for_no_cents(self):
        rows = '1;A;12.500,-\n2;B;1.250,50\n3;C;– 500,00\n4;D;"1.000,– €"\n'
        self.load_files({"deals.csv": f"id;name;amount\n{rows}"})
        found = self.people("expected_revenue", stream="deals")
        self.assertEqual(found[:3], [(12500.0,), (1250.5,), (-500.0,)])
        for kind in ("difference", "unaccounted"):
            rows = self.env[f"crm.migration.{kind}"]
            self.assertFalse(rows.search([("job_id", "=", self.job.id)]), kind)

    def test_days_of_other_scripts_and_those_that_are_numbers(self):
        self.arrive(
            {
                "deals.csv": "id,deal name,amount,close date\n1,A,1,2025年3月1日\n"
                "2,B,1,٢٠٢٥-٠٣-٠٢\n3,C,1,2025/3/3\n"
            }
        )
        days = [str(day) for (day,) in self.people("date_deadline", stream="deals")]
        self.assertEqual(days, ["2025-03-01", "2025-03-02", "2025-03-03"])
        self.arrive(
            {
                "deals.csv": "id,deal name,amount,close date,created at\n"
                "1,A,1,45382,45291.5\n2,B,1,45383,45292.25\n"
            }
        )
        days = [str(day) for (day,) in self.people("date_deadline", stream="deals")]
        self.assertEqual(days, ["2024-03-31", "2024-04-01"])

    def test_durations_with_parts_of_a_second_and_of_a_minute(self):
        self.arrive(
            {
                "meetings.csv": "id,subject,start,duration\n"
                "1,A,2024-05-06 10:00,01:30:00.000\n2,B,2024-05-06 12:00,0:45:00\n"
            }
        )
        hours = self.people("duration", stream="meetings")
        self.assertEqual(hours, [(1.5,), (0.75,)])
        self.arrive(
            {
                "contacts.csv": "id,full name\n1,Vera Example\n",
                "calls.csv": "id,subject,date,Duration (seconds),contact\n"
                "1,A,2024-05-06 10:00,20,Vera Example\n"
                "2,B,2024-05-06 11:00,450,Vera Example\n",
            }
        )
        bodies = [str(body) for (body,) in self.people("body", stream="calls")]
        self.assertEqual(
            bodies, ["<p>Duration: 0.33 min</p>", "<p>Duration: 7.5 min</p>"]
        )

    def test_a_column_that_mostly_says_that_there_is_nothing(self):
        rows = "".join(
            f"{n},Person {n},{'NULL' if n % 3 else 'Porto'}\n" for n in range(1, 31)
        )
        self.arrive({"contacts.csv": f"id,full name,city\n{rows}"})
        cities = [city for (city,) in self.people("city")]
        self.assertEqual(cities.count("Porto"), 10)

    def test_an_owner_has_the_name_that_stands_beside_the_id(self):
        self.arrive(
            {
                "deals.csv": "Deal ID,Deal Name,Amount,Owner Id,Owner Name\n"
                "1,A,1,900,Ann Owner\n2,B,2,901,Bea Owner\n"
            }
        )
        owners = {owner.key: owner.name for owner in self.job.owner_ids}
        self.assertEqual(owners, {"900": "Ann Owner", "901": "Bea Owner"})

    def test_numbers_of_a_status_and_words_for_an_end_without_a_deal(self):
        rows = "1,A,1,No Bid\n2,B,1,Churned\n3,C,1,Won\n4,D,1,Proposal\n5,E,1,2\n"
        self.be_told(
            {"deals.csv": f"id,deal name,amount,status\n{rows}"}, "what “2” means"
        )
        found = self.people("name", "won_status", stream="deals")
        self.assertEqual(dict(found)["A"], "lost")
        self.assertEqual(dict(found)["B"], "lost")
        self.assertEqual(dict(found)["C"], "won")

    def test_a_country_of_which_there_are_two_is_asked_about(self):
        rows = "1,Vera,Congo\n2,Otto,DR Congo\n"
        self.be_told({"contacts.csv": f"id,full name,country\n{rows}"}, "Congo")
        codes = [country.code for (country,) in self.people("country_id")]
        self.assertEqual(codes, [False, "CD"])

    def test_a_name_with_another_blank_in_it_is_the_same_name(self):
        names = "1,Beta  Example\n2,Gamma\u00a0Example\n3,Delta Example\n"
        people = "1,Vera,Beta Example\n2,Otto,Gamma Example\n3,Ann,delta  example\n"
        self.arrive(
            {
                "companies.csv": f"id,name\n{names}",
                "contacts.csv": f"id,full name,company\n{people}",
            }
        )
        parents = [bool(parent) for (parent,) in self.people("parent_id")]
        self.assertEqual(parents, [True, True, True])

    def test_an_end_before_the_beginning_is_kept_as_it_was_written(self):
        rows = "1,A,2024-05-06 10:00,2024-05-06 09:00\n2,B,2024-05-07 10:00,2024-05-07 11:00\n"
        self.be_told(
            {"meetings.csv": f"id,subject,Starts At,Ends At\n{rows}"},
            "for Stop",
            "“2024-05-06 09:00:00”",
        )
        texts = [str(text) for (text,) in self.people("description", stream="meetings")]
        self.assertIn("2024-05-06 09:00:00", texts[0], "by the clocks of the source")

    def test_that_there_is_a_second_address_is_what_made_it(self):
        self.arrive(
            {
                "Account.csv": "Id,Name,BillingStreet,BillingCity,ShippingStreet,"
                "ShippingCity,IsDeleted,CreatedDate\n"
                "0015g00000XyZabAAF,Alpha,Main 1,Porto,Dock 2,Braga,0,2024-05-01 10:00:00\n"
                "0015g00000XyZacAAF,Beta,Main 3,Porto,Main 3,Porto,0,2024-05-01 10:00:00\n",
                "Contact.csv": "Id,FirstName,LastName,AccountId,IsDeleted\n"
                "0035g00000Aaaa1AAB,Vera,Example,0015g00000XyZabAAF,0\n",
            }
        )
        docks = self.env["res.partner"].search([("type", "=", "delivery")])
        self.assertEqual(docks.mapped("street"), ["Dock 2"])

    def test_a_list_as_json_in_a_cell_is_accounted_for(self):
        emails = '[{"value": "old@x.example", "primary": false}, {"value": "new@x.example", "primary": true}]'
        cell = emails.replace('"', '""')
        self.arrive({"contacts.csv": f'id,full name,emails\n1,Ann,"{cell}"\n'})
        ((email, comment),) = self.people("email", "comment")
        self.assertEqual(email, "new@x.example")
        self.assertIn("old@x.example", comment)
