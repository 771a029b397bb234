"""Deals that are over, and invoices that were paid: what they came to, and when."""

from datetime import date

from odoo.tests import tagged

from .test_hard_values import HardValues


@tagged("post_install", "-at_install")
class TestClosingDeals(HardValues):
    def leads(self, *names):
        rows = self.people("name", *names, stream="deals")
        return {name: values for name, *values in rows}

    def test_the_closing_date_is_the_best_that_the_row_has_and_else_none(self):
        head = "Deal ID,Deal Name,Status,Expected Close Date,Last Modified Date\n"
        rows = "1,Expected,Won,2024-05-17,2024-08-02 10:00\n2,Changed,Lost,,2024-08-02 10:00\n"
        rows += "3,Nothing,Won,,\n4,Lost,Lost,,\n5,Open,Open,,\n"
        self.arrive({"deals.csv": head + rows})
        found = {n: at and at.date() for n, (at,) in self.leads("date_closed").items()}
        self.assertEqual(
            found,
            {
                "Expected": date(2024, 5, 17),
                "Changed": date(2024, 8, 2),
                "Nothing": False,
                "Lost": False,
                "Open": False,
            },
        )
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "closed_unknown")]
        )
        self.assertEqual(sorted(told.mapped("source_id")), ["3", "4"])
        self.assertFalse(self.job.difference_count)

    def test_a_last_change_before_the_beginning_says_nothing_about_the_end(self):
        text = "Deal ID,Deal Name,Status,Close Date,Create Date,Last Modified Date\n"
        text += "1,Closed,Won,2024-10-26,2024-04-06,2023-09-16 20:52\n"
        text += "2,Unknown,Lost,,2024-04-06,2023-09-16 20:52\n"
        self.arrive({"deals.csv": text})
        found = {n: at and at.date() for n, (at,) in self.leads("date_closed").items()}
        self.assertEqual(found, {"Closed": date(2024, 10, 26), "Unknown": False})
        self.assertFalse(self.job.difference_count)

    def test_the_rate_is_that_of_the_day_of_closing_where_words_say_that_it_closed(
        self,
    ):
        usd = self.env.ref("base.USD")
        other = usd if self.env.company.currency_id != usd else self.env.ref("base.EUR")
        other.active = True
        other.rate_ids.unlink()
        for day, rate in (("2020-01-01", 2), ("2025-01-01", 4)):
            self.env["res.currency.rate"].create(
                {"currency_id": other.id, "name": day, "rate": rate}
            )
        text = "Deal ID,Deal Name,Status,Amount,Currency,Close Date,Create Date\n"
        text += f"1,Open,Open,100,{other.name},2025-09-30,2024-01-05\n"
        text += f"2,Won,gewonnen,100,{other.name},2025-09-30,2024-01-05\n"
        self.load_files({"deals.csv": text})
        amounts = self.leads("expected_revenue")
        self.assertEqual(amounts, {"Open": [50], "Won": [25]})

    def test_what_a_won_deal_came_to_is_its_amount(self):
        for header in ("Actual Revenue", "Amount Won", "Tatsächlicher Umsatz"):
            text = (
                f"Deal ID,Deal Name,Status,Amount,{header},Close Date\n"
                "1,Roof,Won,1000,1250.5,2024-05-17\n2,Wall,Open,800,0,\n"
                "3,Door,Lost,700,0,2024-05-17\n4,Shed,Won,300,,2024-05-17\n"
                "5,Gate,Open,90,45,\n"
            )
            self.arrive({"deals.csv": text})
            found = self.leads("expected_revenue", "description")
            amounts = {name: amount for name, (amount, _n) in found.items()}
            wanted = {"Roof": 1250.5, "Wall": 800, "Door": 700, "Shed": 300}
            self.assertEqual(amounts, {**wanted, "Gate": 90}, header)
            self.assertIn("Expected Revenue</b>: 1000.00", found["Roof"][1])
            self.assertIn("45", found["Gate"][1])
            self.assertFalse(self.job.difference_count)
            self.assertEqual(self.get_unaccounted(), [])

    def test_products_in_one_cell_are_in_the_notes_of_their_deal(self):
        text = "Deal ID,Deal Name,Amount,Products\n"
        text += '1,Roof,1000,"Tiles; Gutter, copper"\n2,Wall,800,Bricks\n3,Door,90,\n'
        self.arrive({"deals.csv": text})
        notes = {n: text for n, (text,) in self.leads("description").items()}
        self.assertIn("Products: Tiles; Gutter, copper", notes["Roof"])
        self.assertIn("Products: Bricks", notes["Wall"])
        self.assertFalse(notes["Door"])
        self.assertEqual(self.get_unaccounted(), [])
