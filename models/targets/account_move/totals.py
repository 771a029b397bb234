"""Totals: those of the source, to the cent, or the document stays a flagged draft."""

from decimal import Decimal

from markupsafe import Markup

from odoo import models
from odoo.fields import Command

from ...loading.decimals import as_decimal, round_to
from .lines import TAX_TOTAL, TOTAL, UNTAXED
from .taxes import AMOUNT

TOTALS = {"amount_untaxed": UNTAXED, "amount_tax": TAX_TOTAL, "amount_total": TOTAL}
NOTHING = Decimal("0.0005")
"""Less than half of the smallest unit that any currency of Odoo has."""


class CrmMigrationTargetAccountMoveTotals(models.AbstractModel):
    """Whoever adds taxes up per line gets other cents than who adds them up at the end.

    A tax that differs by no more than the rounding of its lines is set to what the
    source says; this survives the posting (19.0). Anything beyond is a difference.
    """

    _name = "crm.migration.target.account.move.totals"
    _description = "Migration: Totals of Invoices"

    def _source_totals(self, batch, item):
        """Return the totals that the source states; of three, two are enough."""
        found = {name: as_decimal(item.targets.get(t)) for name, t in TOTALS.items()}
        untaxed, tax, total = found.values()
        if total is None and None not in (untaxed, tax):
            found["amount_total"] = untaxed + tax
        elif tax is None and None not in (untaxed, total):
            found["amount_tax"] = total - untaxed
        elif untaxed is None and None not in (tax, total):
            found["amount_untaxed"] = total - tax
        return found

    def _expected_totals(self, batch, item):
        """Return the same as Odoo has them: a document of a negative total is turned."""
        found = self._source_totals(batch, item)
        total = found["amount_total"]
        if total is not None and total < 0:
            found = {n: None if v is None else -v for n, v in found.items()}
        return found

    def _find_differences(self, batch, item, move):
        """Return name → (in the source, in Odoo) of the totals that are not the same."""
        differences = {}
        for name, wanted in self._expected_totals(batch, item).items():
            found = self._amount_in_odoo(move, name)
            if wanted is not None and abs(wanted - found) >= NOTHING:
                differences[name] = (wanted, found)
        return differences

    def _amount_in_odoo(self, move, name):
        return round_to(as_decimal(move[name]), move.currency_id.decimal_places)

    def _format_totals(self, batch, item, move):
        """Return both totals for the sentence: untaxed, tax, total."""
        wanted = self._expected_totals(batch, item)
        theirs = [str(wanted[n]) if wanted[n] is not None else "?" for n in TOTALS]
        ours = [str(self._amount_in_odoo(move, name)) for name in TOTALS]
        return {
            "theirs": " + ".join(theirs[:2]) + f" = {theirs[2]}",
            "ours": " + ".join(ours[:2]) + f" = {ours[2]}",
            "currency": move.currency_id.name,
        }

    def _note_totals(self, batch, item):
        """Note what the totals are in the source where Odoo comes to others."""
        wanted = self._source_totals(batch, item)
        item.notes += [
            Markup("<p><b>%s</b>: %s</p>") % (self._label(batch, name), amount)
            for name, amount in wanted.items()
            if amount is not None
        ]

    def _note_other_totals(self, batch, items):
        for item in items:
            move = batch.model.browse(item.res_id)
            if self._find_differences(batch, item, move):
                self._note_totals(batch, item)

    # -- cents of tax ----------------------------------------------------------------

    def _adjust_taxes(self, batch, items):
        """Set taxes to what the source says where only the rounding is another."""
        moves = batch.model.browse([item.res_id for item in items])
        for item, move in zip(items, moves, strict=True):
            differences = self._find_differences(batch, item, move)
            if "amount_tax" not in differences or "amount_untaxed" in differences:
                continue
            wanted, found = differences["amount_tax"]
            if commands := self._spread(batch, item, move, wanted - found):
                move.write({"line_ids": commands})

    def _spread(self, batch, item, move, difference):
        """Return commands that bring a difference of tax onto the tax lines.

        :return: None where it is more than rounding
        """
        lines = move.line_ids.filtered(lambda line: line.display_type == "tax")
        rows = self._get_rows(batch, item)
        unit = as_decimal(move.currency_id.rounding)
        if not lines or abs(difference) > unit * (len(rows) + 1) / 2:
            return None
        sign = move.direction_sign
        by_rate = self._tax_by_rate(batch, item, move)
        new = {}
        for line in lines:
            rate = as_decimal(line.tax_line_id.amount).normalize()
            new[line] = by_rate.get(rate)
        if None in new.values() or len(set(new.values())) < len(
            {line.tax_line_id for line in lines}
        ):
            new = {}
        there = {line: sign * as_decimal(line.amount_currency) for line in lines}
        if not new or sum(new.values()) - sum(there.values()) != difference:
            largest = max(lines, key=lambda line: (abs(line.amount_currency), line.id))
            new = {largest: there[largest] + difference}
        return [
            Command.update(line.id, {"amount_currency": float(sign * amount)})
            for line, amount in new.items()
            if amount != there[line]
        ]

    def _tax_by_rate(self, batch, item, move):
        """Return percentage → tax as the lines of the source state it."""
        kind = self._kind_of(move.move_type)
        digits, found = move.currency_id.decimal_places, {}
        total = self._source_totals(batch, item)["amount_total"]
        sign = -1 if total is not None and total < 0 else 1
        for row in self._get_rows(batch, item):
            tax = as_decimal(row.get(AMOUNT))
            rate = self._rate_of(batch, kind, row, self._net_of(row), digits)
            if not rate:
                continue
            if tax is None:
                return {}
            key = rate.normalize()
            found[key] = found.get(key, Decimal(0)) + sign * tax
        return found
