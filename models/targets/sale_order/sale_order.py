"""Quotations, orders and the lines of deals: all drafts, none of them confirmed."""

from odoo import models

from ...loading.batch import REF, Refused, as_reference, find_references
from ...loading.decimals import as_decimal
from ..stand_in import constant, stand_in
from .lines import LINES

CUSTOMER = "customer"
DONE = "sale"
"""What Odoo calls an order that was confirmed."""


class CrmMigrationTargetSaleOrder(models.AbstractModel):
    """Load quotations as they stood: draft, sent or cancelled.

    Nothing is confirmed: that would date it today, raise what its opportunity is expected
    to bring, and order goods (19.0). What was won or delivered elsewhere is a draft whose
    note says so. The currency is that of the price list: without one, for a foreign
    currency the migration makes a list, archived, so that it is nobody's default.

    Without Sales a quotation is a note on its opportunity or customer.
    """

    _name = "crm.migration.target.sale.order"
    _description = "Migration Target: Quotations"
    _inherit = [
        "crm.migration.target.sale.order.lines",
        "crm.migration.target",
    ]
    _model, _app = "sale.order", "sale_management"
    _places = ("@currency", "@total", "@untaxed", "@tax_included")
    _fields_needed = ("opportunity_id",)
    _stays_with_users = ("team_id",)
    _form = "sale.view_order_form"
    _chunk = 200
    _own_rows = ("sale.order.line",)
    # Its lines may be records of their own, which come behind it.
    _settles = True
    _notes_in_chatter = True
    _own_relations = (("sale.order.line", "order_id"),)
    # Of an order that is cancelled Odoo does not work it out again (sale_stock, 19.0).
    _own_life = frozenset({"warehouse_id"})
    _stand_ins = (
        stand_in(
            "mail.message",
            constant("@subtype", "note"),
            constant("@unlinked", "company"),
            name="subject",
            date_order="date",
            user_id="_author",
            order_line="",
            opportunity_id="",
            pricelist_id="",
            **{
                "@currency": "_note.currency",
                "@total": "_note.total",
                "@untaxed": "_note.untaxed",
                "@tax_included": "",
            },
        ),
    )

    # -- values ----------------------------------------------------------------

    def _default_name(self, batch, item):
        lead = self.env["crm.lead"].browse(item.vals.get("opportunity_id") or False)
        return lead.name or super()._default_name(batch, item)

    def _derive(self, batch, item):
        vals = item.vals
        self._derive_state(batch, item)
        self._derive_currency(batch, item)
        if not vals.get("partner_id"):
            helpers = batch.once(
                "customers", lambda: self._find_helpers(batch.job, "res.partner")
            )
            if customer := helpers.get(CUSTOMER):
                vals["partner_id"] = customer
                item.report("customer_missing", "info", "partner_id")

    def _derive_state(self, batch, item):
        """Confirm nothing; the word that the source has for it stands in the note."""
        decided = as_reference(item.targets.get("state"))
        if item.vals.get("state") == DONE and not decided:
            self._keep_in_notes(batch, item, "state", item.targets["state"])
        if item.vals.get("state") == DONE:
            item.vals["state"] = "draft"
        if decided:
            self._keep_in_notes(batch, item, "state", decided[1][1])

    def _derive_currency(self, batch, item):
        """Choose the list by which Odoo keeps the amounts in their own currency.

        :raises Refused: the currency is not known, and no amount is worth anything
        """
        currency, text = self._currency(batch, item)
        if not currency:
            raise Refused("currency_needed", "@currency", text)
        vals = item.vals
        given = self.env["product.pricelist"].browse(vals.get("pricelist_id") or False)
        if given and given.currency_id == currency:
            return
        if given:
            self._keep_in_notes(batch, item, "pricelist_id", given.display_name)
        if currency == batch.job.company_id.currency_id:
            vals["pricelist_id"] = False
            return
        lists = batch.once(
            "lists", lambda: self._find_helpers(batch.job, "product.pricelist")
        )
        vals["pricelist_id"] = lists.get(currency.name, False)

    def _create_in_generations(self, batch, items):
        self._make_needed(batch, items)
        super()._create_in_generations(batch, items)

    def _make_needed(self, batch, items):
        """Make what the quotations need besides, before any of them is tried."""
        if any(not self._look_up_customer(batch, item) for item in items):
            name = self.env._("Customer unknown")
            batch.cache["customers"] = self._make_helpers(
                batch, "res.partner", {CUSTOMER: {"name": name}}
            )
        own = batch.job.company_id.currency_id
        currencies = {self._currency(batch, item)[0] for item in items}
        wanted = {
            currency.name: self._get_list(batch, currency)
            for currency in currencies
            if currency and currency != own
        }
        if wanted:
            batch.cache["lists"] = self._make_helpers(
                batch, "product.pricelist", wanted
            )

    def _look_up_customer(self, batch, item):
        """Tell whether the customer is there, without a word where it is not."""
        value = item.targets.get("partner_id")
        keys = [key for kind, key in find_references(value) if kind == REF]
        return isinstance(value, int) or any(key in batch.links for key in keys)

    def _get_list(self, batch, currency):
        return {
            "name": self.env._("Migrated %(currency)s", currency=currency.name),
            "currency_id": currency.id,
            "company_id": batch.job.company_id.id,
            "active": False,
        }

    def _complete(self, batch, item):
        """Nothing is taken from Odoo's settings of today that was not so when it was made."""
        super()._complete(batch, item)
        vals = item.vals
        lead = self.env["crm.lead"].browse(vals.get("opportunity_id") or False)
        for name, value in {
            "company_id": batch.job.company_id.id,
            "user_id": False,
            "team_id": (lead.team_id or batch.job.team_id).id,
            "state": "draft",
            "validity_date": False,
            "note": False,
            "require_signature": False,
            "require_payment": False,
            "prepayment_percent": 0,
            "pricelist_id": False,
            "campaign_id": False,
            "medium_id": False,
            "source_id": False,
            "sale_order_template_id": False,
        }.items():
            if name in batch.model._fields:
                vals.setdefault(name, value)

    # -- totals ----------------------------------------------------------------

    def _after_create(self, batch, items):
        super()._after_create(batch, items)
        self._check_totals(batch, [item for item in items if LINES in item.targets])

    def _settle(self, batch, items):
        self._check_totals(batch, [i for i in items if LINES not in i.targets])

    def _check_totals(self, batch, items):
        """Say where Odoo comes to another total than the source, with both."""
        for item in items:
            record = batch.model.browse(item.res_id)
            for target, _name, theirs, ours in self._compare_totals(item, record):
                if record.currency_id.compare_amounts(theirs, ours):
                    rounded = self._is_rounding(record, theirs, ours)
                    item.report(
                        "totals_rounded" if rounded else "totals_differ",
                        "info" if rounded else "warning",
                        field=target,
                        value=self._write_amount(theirs, record.currency_id),
                        ours=self._write_amount(ours, record.currency_id),
                        currency=record.currency_id.name,
                    )
                    break

    def _compare_totals(self, item, record):
        for target, name in (
            ("@total", "amount_total"),
            ("@untaxed", "amount_untaxed"),
        ):
            wanted = as_decimal(item.targets.get(target))
            if wanted is not None:
                yield target, name, float(wanted), record[name]

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        if item.mapped["outcome"] != "created":
            return
        for _target, name, theirs, ours in self._compare_totals(item, record):
            # What the rounding makes was told by the load.
            same = self._is_rounding(record, theirs, ours)
            yield name, ours if same else theirs, ours

    def _is_rounding(self, record, theirs, ours):
        """Tell whether two totals differ by no more than the rounding of their lines.

        Odoo adds up the taxes of all lines, or rounds each (a setting of the company);
        the source may do the other, and an order has no line for the difference (19.0).
        """
        lines = len(record.order_line.filtered(lambda line: not line.display_type))
        most = record.currency_id.rounding * (lines + 1) / 2
        if not record.order_line.tax_ids:
            most = 0
        return record.currency_id.compare_amounts(abs(theirs - ours), most) <= 0

    # -- changes ---------------------------------------------------------------

    def _update(self, batch, items):
        self._make_needed(batch, items)
        super()._update(batch, items)
        self.env.flush_all()
        self._check_totals(batch, [i for i in items if i.res_id and LINES in i.targets])

    def _free_to_write(self, batch, item, record, wanted):
        """An order that was confirmed in Odoo is theirs: nothing is written any more."""
        if record.state != DONE:
            yield from super()._free_to_write(batch, item, record, wanted)
        elif wanted:
            item.report("order_confirmed", "info", "state")

    def _write_record(self, batch, record, vals):
        """Another customer does not bring along price list, salesperson and terms."""
        if "partner_id" in vals:
            kept = ("pricelist_id", "user_id", "team_id", "validity_date", "note")
            vals = {**{name: record[name] for name in kept}, **vals}
            vals = {
                name: value.id if isinstance(value, models.BaseModel) else value
                for name, value in vals.items()
            }
        super()._write_record(batch, record, vals)

    def _unlink(self, records):
        """Odoo deletes drafts and what was cancelled (19.0)."""
        sent = records.filtered(lambda order: order.state == "sent")
        sent.write({"state": "cancel"})
        super()._unlink(records)
