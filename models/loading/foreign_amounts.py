"""Amounts of money in the currency that Odoo keeps and adds them up in."""

from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from odoo import models

from .batch import as_reference

HALF_A_CENT = 0.005
HUGE = 10**12
"""From some place behind it on, rounding by a currency adds cents (Odoo 19.0)."""
PRICES = {"list_price", "standard_price"}
"""Amounts in the company's currency that Odoo keeps as plain numbers."""


class CrmMigrationLoadingAmounts(models.AbstractModel):
    """A foreign amount is never taken one to one.

    The source's own rate at the time counts, else Odoo's rate of that day. Where there
    is none the amount stays out of the field, which people add up, and is named with its
    currency in the notes. Without a currency an amount is one of the job's.
    """

    _name = "crm.migration.loading.amounts"
    _description = "Migration: Loading Amounts"

    def _derive_amounts(self, batch, item):
        """Convert what is in another currency, and keep the original beside it."""
        names = batch.once("amounts", lambda: self._amount_fields(batch.model))
        if item.unmapped_values and item.targets.get("@currency"):
            self._add_currency(batch, item, names)
        amounts = {name: item.vals[name] for name in names if item.vals.get(name)}
        if not amounts:
            return
        currency, text = self._currency(batch, item)
        own = batch.once("own currency", lambda: batch.job.company_id.currency_id)
        if currency == own:
            self._leave_out_huge(batch, item, amounts)
            return
        rate, why = self._rate(batch, item, currency, own)
        for name, amount in amounts.items():
            item.vals[name] = own.round(amount * rate) if rate else 0
            original = self._write_amount(amount, currency)
            item.notes.append(
                Markup("<p><b>%s</b>: %s %s</p>")
                % (self._label(batch, name), original, text)
            )
            if why:
                amount = f"{original} {text}"
                item.report(why, field=name, value=text, currency=text, amount=amount)

    def _leave_out_huge(self, batch, item, amounts):
        """Leave out what Odoo's own rounding makes another amount of."""
        if max(map(abs, amounts.values())) < HUGE:
            return
        own = batch.job.company_id.currency_id
        for name, amount in amounts.items():
            if abs(amount) >= HUGE and abs(own.round(amount) - amount) > HALF_A_CENT:
                del item.vals[name]
                self._leave_out(batch, item, name, self._write_amount(amount, own))

    def _add_currency(self, batch, item, names):
        """Write the currency behind amounts in the notes that their fields did not take."""
        labels = batch.once("amount labels", lambda: self._label_amounts(batch, names))
        _currency, text = self._currency(batch, item)
        item.unmapped_values = [
            [label, f"{left} {text}"]
            if label in labels and text not in self._as_text(left)
            else [label, left]
            for label, left in item.unmapped_values
        ]

    def _label_amounts(self, batch, names):
        """Return what stands before amounts in the notes: columns, and fields."""
        lines = batch.mapping.line_ids.filtered(lambda line: line.target in names)
        columns = {path for line in lines for path in line._get_paths()}
        return columns | {self._label(batch, name) for name in names}

    def _write_amount(self, amount, currency):
        """Return an amount as its currency writes it, and no digit less than it has."""
        text = f"{amount:.{currency.decimal_places if currency else 2}f}"
        return text if float(text) == amount else f"{Decimal(repr(amount)):f}"

    def _amount_fields(self, model):
        """Return the fields whose amounts are in the currency of the company.

        A record that has a currency of its own says it itself.
        """
        return [
            name
            for name, field in model._fields.items()
            if (field.type == "monetary" or name in PRICES)
            and field.store
            and not (field.compute and field.readonly)
            and not self._has_own_currency(model, field)
        ]

    def _has_own_currency(self, model, field):
        if field.type != "monetary":
            return False
        name = field.get_currency_field(model)
        currency = model._fields.get(name)
        return bool(currency) and currency.store and not currency.readonly

    # -- the currency ----------------------------------------------------------

    def _currency(self, batch, item):
        """Return the currency, none where it is not known, and what to call it."""
        value = item.targets.get("@currency")
        if not value:
            return batch.once("usual currency", lambda: self._get_usual(batch.job))
        unknown = self.env["res.currency"]
        reference = as_reference(value)
        if not reference:
            known = batch.once("currencies", lambda: self._currencies())
            text = str(value).strip()
            currency = known.get(text.upper(), unknown)
            return currency, currency.name or text
        found, text = batch.decided.get(reference[1]), reference[1][1]
        if isinstance(found, tuple) and found[0] == unknown._name:
            currency = unknown.browse(found[1])
            return currency, currency.name
        if isinstance(found, str):
            known = batch.once("currencies", lambda: self._currencies())
            currency = known.get(found.strip().upper(), unknown)
            return currency, currency.name or text
        return unknown, text

    def _get_usual(self, job):
        currency = job.currency_id or job.company_id.currency_id
        return currency, currency.name

    def _currencies(self):
        # All of a list that people read; pylint: disable-next=no-search-all
        Currency = self.env["res.currency"].with_context(active_test=False)
        return {currency.name: currency for currency in Currency.search([])}

    # -- the rate --------------------------------------------------------------

    def _rate(self, batch, item, currency, own):
        """Return what one unit is worth in the company's currency, None if unknown.

        The second value is the code of what there is to say about it.
        """
        if not currency:
            return None, "currency_unknown"
        if given := self._given_rate(item, own):
            return given, None
        if not batch.once(
            ("rates", currency), lambda: self._has_rates(batch, currency)
        ):
            return None, "no_rate"
        day = self._day_of_amount(batch, item)
        rate = batch.once(
            ("rate", currency, day),
            lambda: currency._get_conversion_rate(
                currency, own, batch.job.company_id, day
            ),
        )
        first = batch.once(
            ("first rate", currency), lambda: self._find_first_rate(batch, currency)
        )
        # Before it Odoo takes the oldest, however much younger that is.
        return rate, "rate_of_later_day" if day < first else None

    def _given_rate(self, item, own):
        """Return the source's own rate where it leads to the company's currency."""
        code = str(item.targets.get("@rate_currency") or "").strip().upper()
        try:
            rate = float(item.targets.get("@rate") or 0)
        except (TypeError, ValueError):
            return None
        return rate if code == own.name and 0 < rate < float("inf") else None

    def _has_rates(self, batch, currency):
        return bool(self._get_rates(batch, currency))

    def _get_rates(self, batch, currency):
        """Return the rates that count in the company: its own, and those of all."""
        companies = (batch.job.company_id.root_id, self.env["res.company"])
        return currency.rate_ids.filtered(lambda rate: rate.company_id in companies)

    def _find_first_rate(self, batch, currency):
        """Return the day of the oldest rate."""
        return min(self._get_rates(batch, currency).mapped("name"))

    def _day_of_amount(self, batch, item):
        """Return the day whose rate counts: of the end of a deal, else of its start."""
        created, changed, _author, _editor = self._origin(batch, item)
        closed = self._instant(item.targets.get("@closed_at"))
        return (closed or created or changed or datetime.now()).date()
