"""Deals of files: their outcome, stage, amount, currency and customer."""

from datetime import date

from odoo.tests import tagged

from .file_fields_common import FileFieldsCase


@tagged("post_install", "-at_install")
class TestFileDeals(FileFieldsCase):
    def test_the_outcome_of_a_deal_is_told_by_words_of_any_language_or_asked_for(self):
        words = ["WON", "LOST", "Closed - Lost", "Abandoned", "Gewonnen", "Perdu"]
        words += ["Open", "", "Parked"]
        rows = "".join(f"{n},Deal {n},1,{word}\n" for n, word in enumerate(words, 1))
        self.migrate(deals__csv="id,deal name,amount,status\n" + rows)
        deals = [self.loaded("deals", str(n)) for n in range(1, 10)]
        won = [deal.stage_id.is_won and deal.probability == 100 for deal in deals]
        lost = [not deal.active and not deal.probability for deal in deals]
        self.assertEqual([n for n, yes in enumerate(won, 1) if yes], [1, 5])
        self.assertEqual([n for n, yes in enumerate(lost, 1) if yes], [2, 3, 4, 6])
        self.assertFalse(self.values("deal_states")["Parked"], "it is asked for")
        [message] = self.messages("value_undecided")
        self.assertIn("Parked", message.text)

    def test_a_stage_says_won_and_lost_where_nothing_else_does(self):
        self.migrate(
            deals__csv="id,deal name,amount,stage\n"
            "1,A,1,Proposal\n2,B,1,Closed Lost\n3,C,1,Fermé gagné\n"
        )
        self.assertTrue(self.loaded("deals", "1").active)
        self.assertFalse(self.loaded("deals", "2").active)
        self.assertEqual(self.loaded("deals", "3").probability, 100)

    def test_an_amount_beside_its_currency_is_never_a_thousandth(self):
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "in", ("VND", "BRL", "EUR"))]
        ).active = True
        self.migrate(
            deals__csv="ID;Name;Amount\n1;A;500.000 ₫\n2;B;1.500.000 ₫\n"
            "3;C;R$ 12.500\n4;D;12.500,- €\n"
        )
        staged = {
            row.source_id: row.values[""]
            for row in self.env["crm.migration.record"].search(
                [("job_id", "=", self.job.id)]
            )
        }
        found = [staged[n]["expected_revenue"] for n in "1234"]
        self.assertEqual(found, [500_000, 1_500_000, 12_500, 12_500])
        codes = [staged[n]["@currency"]["$map"][1] for n in "1234"]
        self.assertEqual(codes, ["VND", "VND", "BRL", "EUR"])

    def test_the_currency_of_each_row_counts_and_an_unknown_one_is_asked_for(self):
        self.migrate(
            deals__csv="id,name,amount,amountCurrency\no1,Saddles,1000,USD\n"
            "o2,Reins,500,EUR\no3,Bits,500,Euro\no4,Whips,500,XXX\n"
        )
        rows = self.job.value_map_ids.filtered(lambda r: r.model_name == "res.currency")
        chosen = {row.key: row.target_ref.name for row in rows if row.decision}
        self.assertEqual(chosen, {"USD": "USD", "EUR": "EUR", "Euro": "EUR"})
        whips = self.loaded("deals", "o4")
        self.assertFalse(whips.expected_revenue)
        self.assertIn("XXX", whips.description)

    def test_of_two_people_with_one_name_the_company_tells(self):
        self.migrate(
            companies__csv="id,name\n1,Alpha Example\n2,Beta Example\n",
            contacts__csv="id,full name,company,email\n"
            "1,Vera Example,Alpha Example,vera@alpha.example\n"
            "2,Vera Example,Beta Example,vera@beta.example\n",
            deals__csv="id,deal name,amount,contact,company\n"
            "1,Saddles,10,Vera Example,Alpha Example\n"
            "2,Reins,20,Vera Example,Beta Example\n",
        )
        for key in "12":
            deal, person = self.loaded("deals", key), self.loaded("contacts", key)
            self.assertEqual(deal.partner_id, person)

    def test_prefixed_columns_and_the_worksheet_of_dynamics_are_recognized(self):
        self.migrate(
            **{
                "deals-1__csv": "Deal - ID,Deal - Title,Deal - Value,Deal - Status,"
                "Deal - Person\n1,Saddles,100,Won,Vera Example\n",
                "people-1__csv": "Person - ID,Person - Name,Person - Email - Work\n"
                "1,Vera Example,vera@example.com\n",
                "Open Opportunities__csv": "(Do Not Modify) Opportunity,"
                "(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,"
                "Est. Revenue\n5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e,abc=,"
                "2025-01-01 00:00:00,Reins,1200\n",
            }
        )
        deal = self.loaded("deals", "1")
        self.assertEqual((deal.name, deal.expected_revenue), ("Saddles", 100))
        self.assertEqual(deal.partner_id.email, "vera@example.com")
        other = self.loaded("deals_2", "5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e")
        self.assertEqual((other.name, other.expected_revenue), ("Reins", 1200))

    def test_a_midnight_of_a_zone_is_the_day_that_was_meant(self):
        self.migrate(
            deals__csv="id,deal name,amount,expected close date\n"
            "1,A,1,2024-03-31T22:00:00Z\n2,B,1,2024-12-30T23:00:00Z\n"
        )
        found = [self.loaded("deals", key).date_deadline for key in "12"]
        self.assertEqual(found, [date(2024, 4, 1), date(2024, 12, 31)])

    def test_flags_of_an_outcome_and_links_by_the_first_signs_of_an_id(self):
        deal = "0065g00000000{0}AAA"
        self.migrate(
            Opportunity__csv="Id,Name,IsClosed,IsWon\n"
            f"{deal.format('Aa')},A,1,1\n{deal.format('Ab')},B,1,0\n{deal.format('Ac')},C,0,0\n",
            Note__csv=f"Id,ParentId,Body\n0025g00000000AaAAA,{deal.format('Aa')},Good\n",
        )
        self.assertFalse(self.verify().mapped("value"))

    def test_an_amount_that_odoo_rounds_to_another_one_is_told_and_kept(self):
        amounts = ["100000000000000", "99999999999999.99", "1234567890.12", "5e12"]
        rows = "".join(f"{n},D{n},{each}\n" for n, each in enumerate(amounts, 1))
        self.migrate(deals__csv="id,deal name,amount\n" + rows)
        deals = [self.loaded("deals", str(n)) for n in range(1, 5)]
        found = [deal.expected_revenue for deal in deals]
        self.assertEqual(found, [0, 0, 1234567890.12, 5e12])
        for deal, amount in zip(deals[:2], amounts, strict=False):
            self.assertIn(amount, deal.description)
        told = self.messages().filtered(lambda m: m.severity == "warning")
        self.assertEqual(set(told.mapped("source_id")), {"1", "2"})
        self.verify()
        self.assertFalse(self.job.difference_count)

    def test_an_owner_with_an_address_beside_the_name_is_one_person(self):
        """HubSpot: Ann Owner (ann@ours.example); Insightly: Cy;cy@ours.example;"""
        self.migrate_to(
            "extract",
            deals__csv="Record ID,Deal Name,Amount,Deal owner\n"
            "1,Saddles,1,Ann Owner (ann@ours.example)\n2,Reins,2,bo@ours.example\n"
            "3,Bits,2,Cy Owner;cy@ours.example;\n",
        )
        found = {(owner.name, owner.email) for owner in self.job.owner_ids}
        people = {("Ann Owner", "ann@ours.example"), ("bo", "bo@ours.example")}
        self.assertEqual(found, people | {("Cy Owner", "cy@ours.example")})
