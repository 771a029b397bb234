"""Amounts in other currencies: never one for one."""

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestAmounts(LoaderCase):
    """A foreign amount is never one to one."""

    def setUp(self):
        super().setUp()
        self.own = self.company.currency_id
        Currency = self.env["res.currency"].with_context(active_test=False)
        self.foreign = Currency.search(
            [("name", "in", ("SEK", "NOK")), ("id", "!=", self.own.id)], limit=1
        )
        self.foreign.rate_ids.unlink()
        self.foreign.active = False

    def load_deal(self, **targets):
        row = {"name": "Saddles", "expected_revenue": 1000, **targets}
        self.load("deals", "crm.lead", {"1": row})
        return self.loaded("deals", "1")

    def add_rate(self, units, day="2020-01-01"):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.foreign.id,
                "name": day,
                "rate": units,
                "company_id": self.company.id,
            }
        )

    def test_without_a_rate_it_stays_out_of_the_sums(self):
        deal = self.load_deal(
            **{"@currency": self.foreign.name, "recurring_revenue": 50}
        )
        self.assertEqual((deal.expected_revenue, deal.recurring_revenue), (0, 0))
        self.assertIn(f"1000.00 {self.foreign.name}", deal.description)
        self.assertIn(f"50.00 {self.foreign.name}", deal.description)
        self.assertEqual(len(self.messages("no_rate")), 2)
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))

    def test_each_currency_without_a_rate_is_told_once_with_its_number(self):
        other = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search(
                [("id", "not in", (self.foreign | self.company.currency_id).ids)],
                limit=1,
            )
        )
        rows = {
            str(number): {
                "name": "Saddles",
                "expected_revenue": number,
                "@currency": (other if number > 5 else self.foreign).name,
            }
            for number in range(1, 8)
        }
        other.rate_ids.unlink()
        self.load("deals", "crm.lead", rows)
        found = [
            (loss["count"], name)
            for loss in self.job._get_losses()
            for name in (self.foreign.name, other.name)
            if loss["code"] == "no_rate" and f"for {name}." in loss["text"]
        ]
        self.assertEqual(found, [(5, self.foreign.name), (2, other.name)])

    def test_a_rate_of_another_company_is_none(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.add_rate(10)
        self.foreign.rate_ids.company_id = other
        deal = self.load_deal(**{"@currency": self.foreign.name})
        self.assertEqual(deal.expected_revenue, 0)

    def test_the_rate_of_the_day_of_the_deal_counts(self):
        self.add_rate(10, "2020-01-01")
        self.add_rate(20, "2022-01-01")
        targets = {"@currency": self.foreign.name, "recurring_revenue": 50}
        deal = self.load_deal(**targets, **{"@created_at": "2021-05-05 10:00:00"})
        self.assertEqual((deal.expected_revenue, deal.recurring_revenue), (100, 5))
        self.assertIn(f"1000.00 {self.foreign.name}", deal.description)
        self.assertFalse(self.messages())
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))

    def test_what_a_deal_came_to_abroad_is_converted_and_both_amounts_are_noted(self):
        self.add_rate(10, "2020-01-01")
        name = self.foreign.name
        targets = {"@currency": name, "@actual_revenue": "1200", "@state": "won"}
        deal = self.load_deal(**targets, **{"@created_at": "2021-05-05 10:00:00"})
        self.assertEqual(deal.expected_revenue, 120)
        for text in (f"1000.00 {name}", f"1200.00 {name}"):
            self.assertIn(f"<b>Expected Revenue</b>: {text}", deal.description)
        self.assertEqual(deal.description.count("Expected Revenue"), 2)
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))
        deal.expected_revenue = 100
        (found,) = self.verify("deals", "crm.lead", ["1"])
        self.assertEqual(
            (found["field"], found["found"]), ("expected_revenue", "100.0")
        )

    def test_what_a_deal_came_to_abroad_without_a_rate_is_in_no_sum(self):
        name = self.foreign.name
        targets = {"@currency": name, "@actual_revenue": 1200, "@state": "won"}
        deal = self.load_deal(**targets)
        self.assertEqual(deal.expected_revenue, 0)
        self.assertIn(f"1200.00 {name}", deal.description)
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))

    def test_the_rate_of_the_day_it_was_closed_counts_where_it_is_over(self):
        self.add_rate(10, "2020-01-01")
        self.add_rate(20, "2022-01-01")
        targets = {
            "@currency": self.foreign.name,
            "@created_at": "2021-05-05 10:00:00",
            "date_deadline": "2022-06-07",
        }
        rows = {state: targets | {"@state": state} for state in ("open", "won", "lost")}
        rows = {
            k: row | {"name": k, "expected_revenue": 1000} for k, row in rows.items()
        }
        rows["moment"] = rows["won"] | {"@closed_at": "2021-12-31 10:00:00"}
        self.load("deals", "crm.lead", rows)
        revenue = {k: self.loaded("deals", k).expected_revenue for k in rows}
        self.assertEqual(revenue, {"open": 100, "won": 50, "lost": 50, "moment": 100})
        self.assertFalse(self.verify("deals", "crm.lead", rows))

    def test_a_rate_that_is_younger_than_the_deal_is_told(self):
        self.add_rate(10, "2020-01-01")
        targets = {"@currency": self.foreign.name}
        deal = self.load_deal(**targets, **{"@created_at": "2019-12-31 10:00:00"})
        self.assertEqual(deal.expected_revenue, 100)
        (message,) = self.messages("rate_of_later_day")
        self.assertIn(f"1000.00 {self.foreign.name}", message.text)
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))

    def test_the_rate_of_the_source_comes_first(self):
        self.add_rate(10)
        given = {"@currency": self.foreign.name, "@rate_currency": self.own.name}
        deal = self.load_deal(**given, **{"@rate": 0.25})
        self.assertEqual(deal.expected_revenue, 250)
        self.assertFalse(self.verify("deals", "crm.lead", ["1"]))

    def test_a_rate_to_another_currency_than_ours_is_not_used(self):
        given = {"@currency": self.foreign.name, "@rate_currency": "XAU"}
        deal = self.load_deal(**given, **{"@rate": 0.25})
        self.assertEqual(deal.expected_revenue, 0)

    def test_an_unknown_currency_is_asked_for(self):
        for number, value in enumerate(("XXX", {"$map": ["@currencies", "XXX"]})):
            row = {"name": "Whips", "expected_revenue": 500, "@currency": value}
            self.load(f"deals{number}", "crm.lead", {"1": row})
            deal = self.loaded(f"deals{number}", "1")
            self.assertEqual(deal.expected_revenue, 0)
            self.assertIn("500.00 XXX", deal.description)
        self.assertEqual(len(self.messages("currency_unknown")), 2)

    def test_a_currency_that_was_decided_is_used(self):
        self.add_rate(10)
        value = self.decide("@currencies", "Kronen", self.foreign)
        self.assertEqual(self.load_deal(**{"@currency": value}).expected_revenue, 100)

    def test_the_currency_of_the_source_counts_where_the_deal_names_none(self):
        self.job.currency_id = self.foreign
        self.assertEqual(self.load_deal().expected_revenue, 0)
        self.assertTrue(self.messages("no_rate"))

    def test_our_own_currency_is_taken_as_it_is(self):
        deal = self.load_deal(**{"@currency": self.own.name})
        self.assertEqual(deal.expected_revenue, 1000)
        self.assertFalse(deal.description)

    def test_prices_of_products_are_converted_as_well(self):
        if "product.template" not in self.env:
            return
        self.add_rate(10)
        row = {"name": "Bit", "list_price": 30, "@currency": self.foreign.name}
        self.load("products", "product.template", {"1": row})
        self.assertEqual(self.loaded("products", "1").list_price, 3)
