"""Lines of a quotation: what is sold, for how much, with which tax."""

from odoo import models
from odoo.fields import Command
from odoo.tools import float_repr

from ..lookup_list import fold_name
from .fitting import as_decimal, fit

LINES = "order_line"
BESIDE = (
    *("@amount", "@discount", "@discount_kind", "@discount_amount"),
    *("@tax_rate", "@tax_amount", "@amount_with_tax", "@unit"),
)
PERCENT = "percent"


class CrmMigrationTargetSaleOrderLines(models.AbstractModel):
    """A line without a product is one that Odoo keeps, and does not confirm (19.0)."""

    _name = "crm.migration.target.sale.order.lines"
    _description = "Migration: Target Sale Order Lines"

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

    def _fit_numbers(self, batch, item, vals, beside):
        """Let Odoo come to the source's amount; yield its own numbers if they give way."""
        precision = self.env["decimal.precision"]
        quantity, price = vals.get("product_uom_qty"), vals.get("price_unit")
        percent, off = vals.get("discount"), beside.get("@discount_amount")
        if given := as_decimal(beside.get("@discount")):
            kind = beside.get("@discount_kind")
            percent, off = (given, None) if kind == PERCENT else (None, given)
            if not kind:
                # It takes nothing off; that it stood there is noted.
                vals["@discount"], off = beside["@discount"], None
        line = fit(
            quantity,
            price,
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
        rate = as_decimal(beside.get("@tax_rate"))
        amount = as_decimal(beside.get("@tax_amount"))
        if not (rate or amount):
            return
        base = vals["product_uom_qty"] * vals["price_unit"]
        tax_id = self._find_tax(
            batch,
            rate=float(rate) if rate else None,
            amount=float(amount) if amount else None,
            base=base * (1 - vals["discount"] / 100),
            is_included=self._has_taxes_within(item),
        )
        if tax_id:
            vals["tax_ids"] = [Command.set([tax_id])]
            return
        if gross := beside.get("@amount_with_tax"):
            vals["@amount_with_tax"] = gross
        text = f"{rate.normalize():f} %" if rate else float_repr(float(amount), 2)
        item.report("tax_missing", field=LINES, value=text)

    def _has_taxes_within(self, item):
        return item.targets.get("@tax_included") in (True, "true", "inclusive")
