"""What three systems sell, all the way: staged, loaded, compared, covered, taken back."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from ..digests import get_digest
from .journey_common import Connected
from .journey_systems import ConcordSystem, NextCrmSystem, Opex365System

SOLD = ("deals", "products", "product_categories", "price_lists", "prices", "quotes")
SOLD += ("orders",)
OURS = ("sale.", "product.", "uom.", "account.", "crm.lead", "res.currency")
"""Models of what is sold, and of what it must leave alone."""


class SalesJourney(Connected):
    lines = ""
    """Member of a deal's payload that holds its product lines."""
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = get_digest(cls.env)
        cls.job = cls.create_job()
        with mute_logger("odoo.sql_db"):
            cls.run_kinds("discover", "extract", "load", "verify")

    def get_billed(self):
        """Return source id → payload of the deals that have product lines."""
        self.env.cr.execute(
            "SELECT source_id, payload FROM crm_migration_record WHERE job_id = %s"
            " AND stream = 'deals' AND jsonb_array_length(NULLIF(payload #> %s, 'null'))"
            " > 0",
            [self.job.id, self.lines.split(".")],
        )
        return dict(self.env.cr.fetchall())

    def get_links(self, model):
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("res_model", "=", model)]
        )
        return {(m.stream, m.source_id, m.part): m.res_id for m in maps}

    def test_the_lines_of_a_deal_stand_once(self):
        billed = self.get_billed()
        self.assertTrue(billed)
        leads = self.get_links("crm.lead")
        tables = {
            key
            for key in billed
            if "<td>" in str(self.lead(leads, key).description or "")
            or "Lines" in str(self.lead(leads, key).description or "")
        }
        if "sale.order" not in self.env:
            self.assertEqual(tables, set(billed))
            return
        self.assertFalse(tables)
        orders = self.get_links("sale.order")
        for key in billed:
            order = self.env["sale.order"].browse(orders["deals", key, "quotation"])
            self.assertEqual(order.opportunity_id.id, leads["deals", key, ""])
            self.assertIn(order.state, ("draft", "sent", "cancel"))

    def lead(self, leads, key):
        return self.env["crm.lead"].browse(leads["deals", key, ""])

    def test_totals_are_those_of_the_source_or_both_are_told(self):
        if "sale.order" not in self.env:
            return
        told = self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.job.id),
                ("code", "in", ("totals_differ", "totals_rounded")),
            ]
        )
        told = {(message.stream, message.source_id) for message in told}
        wanted = self.get_totals()
        self.assertTrue(wanted)
        for (stream, key, part), res_id in self.get_links("sale.order").items():
            order = self.env["sale.order"].browse(res_id)
            total = wanted.get((stream, key, part))
            if total is not None and (stream, key) not in told:
                with self.subTest(f"{stream} {key}"):
                    self.assertEqual(f"{order.amount_total:.2f}", f"{float(total):.2f}")

    def get_totals(self):
        """Return (stream, id, part) → total as staged."""
        self.env.cr.execute(
            "SELECT record.stream, record.source_id, own.key, own.value ->> '@total'"
            " FROM crm_migration_record AS record, jsonb_each(record.values) AS own"
            " WHERE record.job_id = %s AND own.value ? '@total'",
            [self.job.id],
        )
        return {tuple(row[:3]): row[3] for row in self.env.cr.fetchall()}

    def test_every_value_of_what_is_sold_is_accounted_for(self):
        lost = self.job.coverage_ids.filtered(
            lambda line: (
                line.kind == "unaccounted"
                and line.stream_id.name in SOLD
                and not line.field.startswith("_stages")
            )
        )
        self.assertFalse(
            lost.mapped(lambda line: (line.stream_id.name, line.field, line.count))
        )

    def test_nothing_differs_but_totals_that_are_told(self):
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("stream", "in", SOLD)]
        )
        others = found.filtered(lambda each: not each.field.startswith("amount_"))
        self.assertFalse(
            others.mapped(lambda d: (d.stream, d.field, d.expected, d.found))
        )

    def test_no_object_is_left_without_a_rule(self):
        lost = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "no_rule")]
        )
        self.assertFalse(lost.mapped(lambda m: (m.stream, m.source_id)))
        if "sale.order" in self.env:
            failed = self.env["crm.migration.record"].search(
                [
                    ("job_id", "=", self.job.id),
                    ("state", "=", "failed"),
                    ("stream", "in", SOLD),
                ]
            )
            self.assertFalse(failed.mapped(lambda r: (r.stream, r.message)))

    def test_a_rollback_takes_all_of_it_away(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.env.invalidate_all()
        links = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        left = links.filtered(
            lambda m: m.res_model.startswith(OURS) or m.stream in SOLD
        )
        self.assertFalse(left.mapped(lambda m: (m.stream, m.source_id, m.res_model)))
        after = get_digest(self.env)
        changed = {n for n in after if after[n] != self.before.get(n)}
        tables = tuple(name.replace(".", "_") for name in OURS)
        self.assertEqual({name for name in changed if name.startswith(tables)}, set())


@tagged("post_install", "-at_install")
class TestConcordSales(ConcordSystem, SalesJourney, MigrationCase):
    lines = "billable.products"


@tagged("post_install", "-at_install")
class TestNextCrmSales(NextCrmSystem, SalesJourney, MigrationCase):
    lines = "_lines"


@tagged("post_install", "-at_install")
class TestOpex365Sales(Opex365System, SalesJourney, MigrationCase):
    lines = "_lines"
