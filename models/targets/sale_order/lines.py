"""Lines of a quotation: what is sold, for how much, with which tax."""

from odoo import models
from odoo.fields import Command

from ...loading.decimals import as_decimal
from ...loading.taxes import SALE
from ..lookup_list import fold_name
from .fitting import fit

LINES = "order_line"
RATE, TAX_AMOUNT = "@tax_rate", "@tax_amount"
BESIDE = (
    *("@amount", "@discount", "@discount_kind", "@discount_amount"),
    *(RATE, TAX_AMOUNT, "@amount_with_tax", "@unit"),
)
PERCENT = "percent"


class CrmMigrationTargetSaleOrderLines(models.AbstractModel):
    """A line without a product is one that Odoo keeps, and does not confirm (19.0)."""

    _name = "crm.migration.target.sale.order.lines"
    _description = "Migration: Target Sale Order Lines"
    _inherit = ["crm.migration.loading.taxes"]

    _rates = f'$.{LINES}[*]."{RATE}"'
    """Where the staged values have the percentages."""

    def _convert_rows(self, batch, item, target, field, value):
        commands = super()._convert_rows(batch, item, target, field, value)
        if target == LINES:
            for number, (_kind, _id, vals) in enumerate(commands, 1):
                vals["sequence"] = number
        return commands

    def _complete_row(self, batch, item, target, vals):
        vals = super()._complete_row(batch, item, target, vals)
        if target != LINES:
            return vals
        beside = {name: vals.pop(name) for name in BESIDE if name in vals}
        texts = [str(vals.get("name") or "").strip()]
        if not texts[0] and vals.get("product_id"):
            product = self.env["product.product"].browse(vals["product_id"])
            texts = [product.name or ""]
        texts += self._fit_numbers(batch, item, vals, beside)
        texts += self._find_unit(batch, vals, beside)
        self._add_taxes(batch, item, vals, beside)
        vals["name"] = "\n".join(filter(None, texts)) or self.env._("Line")
        return vals

    def _fit(self, batch, item, vals, beside):
        """Return the ``Line`` of a row, and its discount: in hundredths, and in money."""
        precision = self.env["decimal.precision"]
        percent, off = vals.get("discount"), beside.get("@discount_amount")
        if given := as_decimal(beside.get("@discount")):
            kind = beside.get("@discount_kind")
            percent, off = (given, None) if kind == PERCENT else (None, given)
            if not kind:
                off = None  # it takes nothing off
        line = fit(
            vals.get("product_uom_qty"),
            vals.get("price_unit"),
            percent=percent,
            off=off,
            amount=beside.get("@amount"),
            places=self._find_currency(batch, item).decimal_places,
            digits=batch.once(
                "digits",
                lambda: (
                    precision.precision_get("Product Unit"),
                    precision.precision_get("Discount"),
                ),
            ),
            # Odoo drops the discount of what is no product at the next change of its
            # quantity.
            may_discount=bool(vals.get("product_id")),
        )
        return line, percent, off

    def _fit_numbers(self, batch, item, vals, beside):
        """Let Odoo come to the source's amount; yield its own numbers if they give way."""
        quantity, price = vals.get("product_uom_qty"), vals.get("price_unit")
        line, percent, off = self._fit(batch, item, vals, beside)
        if as_decimal(beside.get("@discount")) and not beside.get("@discount_kind"):
            vals["@discount"] = beside["@discount"]  # that it stood there is noted
        vals |= {
            "product_uom_qty": line.quantity,
            "price_unit": line.price,
            "discount": line.discount,
            # A price that is the "technical" one as well counts as computed, and goes
            # back to the list price at the next change of its quantity (19.0).
            "technical_price_unit": 0.0 if line.price else 1.0,
        }
        if line.is_exact:
            return
        off = f"{as_decimal(percent).normalize():f} %" if percent else off or 0
        yield self.env._(
            "%(quantity)s × %(price)s, discount %(discount)s",
            quantity=1 if quantity is None else quantity,
            price=price or 0,
            discount=off,
        )

    def _find_currency(self, batch, item):
        return self._currency(batch, item)[0]

    def _find_unit(self, batch, vals, beside):
        """Take the unit of this very name; any other is named in the text."""
        unit = str(beside.get("@unit") or "").strip()
        if not unit:
            return
        units = batch.once("units", lambda: self._fetch_units(batch))
        if found := units.get(fold_name(unit)):
            vals["product_uom_id"] = found
        else:
            yield self.env._("Unit: %(unit)s", unit=unit)

    def _fetch_units(self, batch):
        """Return folded name → id of the units, in every language they have."""
        units, several = {}, set()
        for lang, _label in self.env["res.lang"].get_installed():
            # All of a list that people read; pylint: disable-next=no-search-all
            for unit in self.env["uom.uom"].with_context(lang=lang).search([]):
                if units.setdefault(fold_name(unit.name), unit.id) != unit.id:
                    several.add(fold_name(unit.name))
        return {name: unit for name, unit in units.items() if name not in several}

    def _add_taxes(self, batch, item, vals, beside):
        """Give the line the tax of the source, and never another by Odoo's own rules."""
        vals["tax_ids"] = [Command.clear()]
        if self._is_without_taxes(item):
            if beside.get(RATE):
                vals[RATE] = beside[
                    RATE
                ]  # it charges nothing: that it stood there is noted
            return
        line = (vals["product_uom_qty"], vals["price_unit"], vals["discount"])
        rate = self._find_rate_of(batch, item, beside, line)
        if rate == 0:
            return
        ids = rate and self._get_tax_ids(
            batch, SALE, rate, self._has_taxes_within(item)
        )
        if ids:
            vals["tax_ids"] = [Command.set(ids)]
            return
        if gross := beside.get("@amount_with_tax"):
            vals["@amount_with_tax"] = gross
        text = f"{rate.normalize():f} %" if rate else beside[TAX_AMOUNT]
        item.report("tax_missing", field=LINES, value=text)

    def _find_rate_of(self, batch, item, beside, line):
        """Return the percentage of a line, None where none explains its tax."""
        quantity, price, discount = map(as_decimal, line[:3])
        net = quantity * price * (100 - discount) / 100
        places = self._find_currency(batch, item).decimal_places
        rate, tax = as_decimal(beside.get(RATE)), as_decimal(beside.get(TAX_AMOUNT))
        if tax and self._has_taxes_within(item):
            net -= tax
        return self._find_rate(batch, SALE, rate or None, net, tax or None, places)

    def _find_wanted(self, batch, items):
        """Return {(kind, percentage, is it within the price)} of the lines."""
        return {
            (SALE, rate, self._has_taxes_within(item))
            for item in items
            if self._find_currency(batch, item) and not self._is_without_taxes(item)
            for row in self._get_rows(item)
            if isinstance(row, dict) and (row.get(RATE) or row.get(TAX_AMOUNT))
            for rate in [
                self._find_rate_of(
                    batch, item, row, self._fit(batch, item, row, row)[0]
                )
            ]
            if rate
        }

    def _get_checks(self, job):
        mappings = job.mapping_ids.filtered(
            lambda mapping: mapping.selected and mapping.model_name == self._model
        )
        job.env.flush_all()
        text = self._explain_missing_taxes(job, mappings, self._rates)
        checks = [("target.order_taxes", "warning", text)] if text else []
        return [*super()._get_checks(job), *checks]

    def _get_rows(self, item):
        return item.targets.get(LINES) or ()

    def _create_in_generations(self, batch, items):
        self._create_missing_taxes(batch, self._find_wanted(batch, items))
        super()._create_in_generations(batch, items)
        self._drop_unused(batch)

    def _after_create(self, batch, items):
        super()._after_create(batch, items)
        self._own_taxes_of(batch, items)

    def _update(self, batch, items):
        self._create_missing_taxes(batch, self._find_wanted(batch, items))
        super()._update(batch, items)
        self._own_taxes_of(batch, [item for item in items if item.res_id])

    def _own_taxes_of(self, batch, items):
        for item in items:
            record = batch.model.browse(item.res_id)
            lines = record[LINES] if LINES in record._fields else record
            self._own_taxes(batch, item, lines.tax_ids)

    def _is_without_taxes(self, item):
        """Tell whether no line of a quotation is taxed, whatever rate stands in it."""
        return item.targets.get("@tax_included") in ("no_tax", "none")

    def _has_taxes_within(self, item):
        return item.targets.get("@tax_included") in (True, "true", "inclusive")
