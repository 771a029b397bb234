"""Quotations on their opportunity, and what their references stand for."""

from odoo.tests import tagged

from ...connectors.mapping.vocabulary import (
    field,
    mapping,
    strip,
)
from ..common import give_chart
from ..digests import get_digest, get_rows
from ..loader_common import LoaderCase
from .sales_common import DEALS, QUOTES, SalesCase

TAXES = ("account_tax", "account_tax_group", "account_tax_repartition_line")


@tagged("post_install", "-at_install")
class TestSalesResolved(LoaderCase):
    """The lines of a deal stand once: in a quotation, or in a table."""

    def test_the_table_stands_where_no_quotation_can(self):
        targets = self.env["crm.migration.target"]
        found, left_out = targets._resolve_mappings(DEALS)
        told = {each.model: {item.target for item in each.fields} for each in found}
        if "sale.order" in self.env:
            self.assertEqual(set(told), {"crm.lead", "sale.order"})
            self.assertNotIn("description", told["crm.lead"])
            self.assertEqual(left_out, [])
            return
        self.assertEqual(set(told), {"crm.lead"})
        self.assertIn("description", told["crm.lead"])
        (item,) = left_out
        self.assertEqual((item.stream, item.needs), ("deals", "sale.order"))
        self.assertIn("Stands in the notes", item.reason)
        self.assertIn("Sales", item.reason)

    def test_a_quotation_of_its_own_is_a_note_without_sales(self):
        found, left_out = self.env["crm.migration.target"]._resolve_mappings([QUOTES])
        (resolved,) = found
        told = {item.target for item in resolved.fields}
        self.assertEqual(left_out, [])
        if "sale.order" in self.env:
            self.assertEqual(resolved.model, "sale.order")
            self.assertEqual(told, {"name", "state", "order_line"})
            return
        self.assertEqual(resolved.model, "mail.message")
        self.assertLessEqual({"subject", "body", "@thread", "@subtype"}, told)
        self.assertNotIn("order_line", told)

    def test_products_without_their_app_are_left_out_with_the_reason(self):
        products = mapping("products", "product.template", field("name", "n", strip))
        found, left_out = self.env["crm.migration.target"]._resolve_mappings([products])
        if "product.template" in self.env:
            self.assertEqual(found, [products])
        else:
            (item,) = left_out
            self.assertEqual(item.needs, "product.template")
            self.assertIn("Product", item.reason)


@tagged("post_install", "-at_install")
class TestQuotations(SalesCase):
    def test_a_quotation_says_what_the_source_says(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(
            self.line(),
            {"name": "Setting up", "product_uom_qty": 1.5, "price_unit": 10},
            **{"@total": 169, "@untaxed": "169.00", "user_id": {"$owner": "anna"}},
        )
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.name, "Q-2019-7")
        self.assertEqual(str(order.date_order), "2019-03-04 10:11:12")
        self.assertEqual(order.opportunity_id.name, "Ferry")
        self.assertEqual(order.user_id, self.anna)
        self.assertEqual(order.order_line.mapped("price_subtotal"), [154, 15])
        self.assertEqual(order.order_line.product_id.default_code, "R-8")
        self.assertEqual(order.amount_total, 169)
        self.assertFalse(order.order_line.tax_ids)
        self.assertEqual(order.opportunity_id.expected_revenue, 50)
        self.assertEqual(self.problems("quotes"), {})
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])

    def test_the_price_stays_when_somebody_changes_the_quantity(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(
            self.line(),
            self.line(price_unit=0, name="Free"),
            {
                "name": "No product",
                "product_uom_qty": 2,
                "price_unit": 10,
                "discount": 50,
            },
        )
        self.assertEqual(order.amount_total, 164)
        order.order_line.write({"product_uom_qty": 4})
        self.assertEqual(order.order_line.mapped("price_subtotal"), [308, 0, 20])

    def test_what_does_not_fit_keeps_its_amount_and_says_what_it_was(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(
            self.line(product_uom_qty="1.3333", price_unit=90),
            self.line(product_uom_qty=3, price_unit=100, **{"@discount_amount": 100}),
            self.line(product_uom_qty=4, price_unit=100, discount="12.345"),
            self.line(product_uom_qty=3, price_unit=33.333, **{"@amount": "100.01"}),
            **{"@untaxed": "770.63"},
        )
        self.assertEqual(
            order.order_line.mapped("price_subtotal"), [120, 200, 350.62, 100.01]
        )
        self.assertEqual(order.amount_untaxed, 770.63)
        self.assertIn("1.3333 × 90", order.order_line[0].name)
        self.assertIn("discount 100", order.order_line[1].name)
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])

    def test_a_tax_is_found_by_rate_or_by_what_it_came_to(self):
        if not self.is_here:
            return
        self.prepare()
        tax = self.env["account.tax"].create(
            {"name": "19 %", "amount": 19, "type_tax_use": "sale"}
        )
        order = self.load_quote(
            self.line(product_uom_qty=3, price_unit=33.33, **{"@tax_rate": 19}),
            self.line(product_uom_qty=3, price_unit=33.33, **{"@tax_amount": "19.00"}),
            **{"@total": "237.98"},
        )
        self.assertEqual(order.order_line[0].tax_ids, tax)
        self.assertEqual(order.amount_total, 237.98)
        self.assertEqual(self.problems("quotes"), {})
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])

    def test_a_tax_that_nobody_has_is_made_with_the_chart_and_goes_with_the_rollback(
        self,
    ):
        if not self.is_here:
            return
        self.prepare()
        give_chart(self.env.company)
        before = self.counts(*TAXES)
        (text,) = self.foresee(self.line(**{"@tax_rate": 17.5}))
        self.assertIn("17.5 %", text)
        order = self.load_quote(
            self.line(**{"@tax_rate": 17.5}),
            self.line(product_uom_qty=1, price_unit=200, **{"@tax_amount": "24.60"}),
            **{"@total": "405.55"},
        )
        taxes = order.order_line.tax_ids
        self.assertEqual(sorted(taxes.mapped("amount")), [12.3, 17.5])
        self.assertEqual(order.amount_total, 405.55)
        self.assertEqual(self.problems("quotes"), {})
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])
        more = self.quote(self.line(**{"@tax_rate": "17.50"}))
        self.load("more", "sale.order", {"2": more["1"]})
        self.assertIn(self.loaded("more", "2").order_line.tax_ids, taxes)
        self.unload("quotes")
        self.assertEqual(taxes.exists().mapped("amount"), [17.5])
        self.unload("more")
        self.assertEqual(self.counts(*TAXES), before)

    def test_a_tax_that_another_migration_uses_goes_with_the_last_of_them(self):
        if not self.is_here:
            return
        self.prepare()
        give_chart(self.env.company)
        before = self.counts(*TAXES)
        tax = self.load_quote(self.line(**{"@tax_rate": 17.5})).order_line.tax_ids
        older, run, mappings = self.job, self.load_run, self.mappings
        self.job = older.create({"name": "Another", "source": older.source})
        self.load_run = run.create({"job_id": self.job.id, "kind": "load"})
        self.mappings = {}
        values = self.quote(self.line(**{"@tax_rate": 17.5}))["1"]
        self.load("theirs", "sale.order", {"1": values})
        self.assertEqual(self.loaded("theirs", "1").order_line.tax_ids, tax)
        newer = self.job, self.load_run, self.mappings
        self.job, self.load_run, self.mappings = older, run, mappings
        self.unload("quotes")
        self.assertTrue(tax.exists())
        self.job, self.load_run, self.mappings = newer
        self.unload("theirs")
        self.assertEqual(self.counts(*TAXES), before)

    def test_a_quotation_without_taxes_has_none_whatever_its_lines_say(self):
        if not self.is_here:
            return
        self.prepare()
        self.env["account.tax"].create(
            {"name": "23 %", "amount": 23, "type_tax_use": "sale"}
        )
        order = self.load_quote(
            self.line(**{"@tax_rate": 23}),
            **{"@total": "154.00", "@tax_included": "no_tax"},
        )
        self.assertFalse(order.order_line.tax_ids)
        self.assertEqual(order.amount_total, 154)
        self.assertIn("23", " ".join(map(str, order.message_ids.mapped("body"))))
        self.assertEqual(self.problems("quotes"), {})
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])

    def foresee(self, *lines):
        """Return the sentences before a load of a quotation with these lines."""
        target = self.env["crm.migration.target"]._for("sale.order")
        mapping = self.mapping("foreseen", "sale.order")
        values = {"@mapping": str(mapping.id), **self.quote(*lines)["1"]}
        self.stage("foreseen", "sale.order", {"1": values})
        checks = target._get_checks(self.job)
        mapping.selected = False
        return [text for code, _level, text in checks if code == "target.order_taxes"]

    def test_two_totals_are_said_where_they_differ(self):
        if not self.is_here:
            return
        self.prepare()
        # Nobody keeps books there: a tax would have nothing to be posted to.
        self.job.company_id = self.env["res.company"].create(
            {"name": "Bare Ltd", "currency_id": self.env.company.currency_id.id}
        )
        self.load_quote(self.line(**{"@tax_rate": 17.5}), **{"@total": "180.95"})
        told = self.problems("quotes")
        self.assertIn("17.5 %", told["tax_missing"])
        self.assertIn("180.95 USD", told["totals_differ"])
        self.assertIn("154.00 USD", told["totals_differ"])

    def test_a_cent_of_rounding_is_told_and_two_are_a_difference(self):
        if not self.is_here:
            return
        self.prepare()
        self.env["account.tax"].create(
            {"name": "23 %", "amount": 23, "type_tax_use": "sale"}
        )
        line = self.line(**{"@tax_rate": 23})
        for stream, total, code in (
            ("near", "189.43", "totals_rounded"),
            ("far", "189.44", "totals_differ"),
        ):
            rows = {stream: self.quote(line, **{"@total": total})["1"]}
            self.load(stream, "sale.order", rows)
            self.assertEqual(self.loaded(stream, stream).amount_total, 189.42)
            self.assertIn(total, self.problems(stream)[code])
            found = self.verify(stream, "sale.order", [stream])
            differ = {problem["field"] for problem in found}
            self.assertEqual(differ, {"amount_total"} if stream == "far" else set())

    def test_a_foreign_currency_has_a_list_of_the_migration(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(self.line(), **{"@currency": "SEK", "@total": 154})
        self.assertEqual(order.currency_id.name, "SEK")
        self.assertEqual(order.amount_total, 154)
        self.assertFalse(order.pricelist_id.active)
        self.load("more", "sale.order", self.quote(self.line(), **{"@currency": "SEK"}))
        self.assertEqual(self.loaded("more", "1").pricelist_id, order.pricelist_id)
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])
        self.load(
            "odd", "sale.order", self.quote(self.line(), **{"@currency": "€uros"})
        )
        self.assertIn("currency_needed", self.problems("odd"))

    def test_what_has_no_field_is_an_internal_note_and_no_condition_of_sale(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(self.line(), **{"@note": "<p>Status: <b>Won</b></p>"})
        self.assertFalse(order.note)
        note = order.message_ids.filtered(lambda m: "Won" in (m.body or ""))
        self.assertTrue(note.is_internal)
        self.assertEqual(str(note.date), "2019-03-04 10:11:12")
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])
        note.body = "<p>changed</p>"
        (difference,) = self.verify("quotes", "sale.order", ["1"])
        self.assertEqual(difference["field"], "@note")

    def test_the_note_follows_the_source_until_a_person_writes_in_it(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(self.line(), **{"@note": "<p>Won</p>"})
        (note,) = order.message_ids.filtered(lambda m: "Won" in (m.body or ""))
        self.load_quote(self.line(), **{"@note": "<p>Lost</p>"})
        self.assertEqual(note.body, "<p>Lost</p>")
        note.body = "<p>Lost, says Ana</p>"
        self.env.flush_all()
        self.load_quote(self.line(), **{"@note": "<p>Won again</p>"})
        note.invalidate_recordset()
        self.assertEqual(note.body, "<p>Lost, says Ana</p>")
        note.body = "<p>Won again</p>"
        self.env.flush_all()
        self.load_quote(self.line())
        self.assertFalse(note.exists())

    def test_nothing_is_confirmed_and_who_is_confirmed_is_left_alone(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(self.line(), state="sale")
        self.assertEqual(order.state, "draft")
        order.action_confirm()
        self.env.flush_all()
        self.load_quote(self.line(price_unit=5))
        self.assertEqual(order.order_line.price_unit, 77)
        self.assertIn("order_confirmed", self.problems("quotes"))

    def test_a_customer_that_is_missing_does_not_cost_the_lines(self):
        if not self.is_here:
            return
        self.prepare()
        before = self.env["res.partner"].search_count([])
        values = self.quote(self.line())
        del values["1"]["partner_id"]
        self.load("quotes", "sale.order", values)
        self.assertEqual(self.loaded("quotes", "1").partner_id.name, "Customer unknown")
        self.unload("quotes")
        self.unload("@helper")
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_a_later_load_changes_lines_in_place_and_respects_people(self):
        if not self.is_here:
            return
        self.prepare()
        order = self.load_quote(self.line(), state="sent")
        line = order.order_line
        self.load_quote(self.line(price_unit=80), self.line(name="More"), state="sent")
        self.assertEqual(order.order_line.ids[:1], line.ids)
        self.assertEqual(order.order_line.mapped("price_unit"), [80, 77])
        self.assertEqual(self.verify("quotes", "sale.order", ["1"]), [])
        line.price_unit = 81
        self.work_on(order, client_order_ref="Anna's")
        self.load_quote(self.line(price_unit=82), state="sent")
        self.assertEqual(line.price_unit, 81)
        self.assertIn("changed_by_both", self.problems("quotes"))

    def test_a_rollback_leaves_the_database_as_it_was(self):
        if not self.is_here:
            return
        self.prepare()
        theirs = self.env["sale.order"].create(
            {"name": "Q-2019-7", "partner_id": self.loaded("companies", "1").id}
        )
        before = get_digest(self.env)
        tables = {"sale_order": get_rows(self.env, "sale_order")}
        self.load_quote(
            self.line(),
            {"name": "x", "price_unit": 3},
            state="sent",
            **{"@currency": "SEK", "@note": "won"},
        )
        self.unload("quotes")
        self.unload("@helper")
        after = get_digest(self.env)
        self.assertEqual(
            {t: v for t, v in before.items() if after.get(t) != v}, {}, tables
        )
        self.assertTrue(theirs.exists())
