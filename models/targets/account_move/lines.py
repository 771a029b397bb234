"""Lines of a document: what Odoo makes of quantity, price and discount must be theirs."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL

from ...loading.batch import UNMAPPED, Refused
from ...loading.decimals import as_decimal, round_to
from .documents import REFUND_OF
from .taxes import AMOUNT, INCLUDED, LINE_PLACES, LINES, RATE, SUBTOTAL

UNTAXED, TAX_TOTAL, TOTAL = "@amount_untaxed", "@amount_tax", "@amount_total"
NUMBERS = ("quantity", "price_unit", "discount")


class CrmMigrationTargetAccountMoveLines(models.AbstractModel):
    """Odoo rounds a quantity and a discount to two digits without a word (19.0).

    Where the amount of a line would be another one, the line becomes one piece at that
    amount, and its text says what it was. The same goes for lines whose fractions of a
    cent would add up to another total: a company that rounds globally adds them up first.
    """

    _name = "crm.migration.target.account.move.lines"
    _description = "Migration: Lines of Invoices"

    def _get_rows(self, batch, item):
        """Return the lines of a document; of one that has only totals, one line."""
        rows = item.targets.get(LINES)
        if not isinstance(rows, list) or not rows:
            rows = self._get_staged_rows(batch, item)
        if rows:
            return [row for row in rows if isinstance(row, dict)]
        untaxed = as_decimal(item.targets.get(UNTAXED))
        tax = as_decimal(item.targets.get(TAX_TOTAL))
        total = as_decimal(item.targets.get(TOTAL))
        if untaxed is None and total is not None:
            untaxed = total - (tax or 0)
        if not untaxed:
            return []
        if tax is None and total is not None:
            tax = total - untaxed
        name = item.targets.get("ref") or item.targets.get("name")
        return [
            {
                "name": name or self.env._("Invoice"),
                "price_unit": float(untaxed),
                AMOUNT: float(tax or 0),
                SUBTOTAL: float(untaxed),
            }
        ]

    def _get_staged_rows(self, batch, item):
        """Return the lines that were read as an object of their own."""
        staged = batch.once("staged lines", lambda: self._fetch_staged_rows(batch))
        number = self._as_text(item.targets.get("name"))
        return staged.get(item.key[1]) or staged.get(number) or []

    def _fetch_staged_rows(self, batch):
        """Return id, or number, of an invoice → its lines, of all of a batch."""
        lines = self.env["crm.migration.target.account.move.line"]
        mappings = batch.job.mapping_ids.filtered(
            lambda mapping: mapping.selected and mapping.model_name == lines._model
        )
        keys = {item.key[1] for item in batch.items}
        keys |= {self._as_text(item.targets.get("name")) for item in batch.items}
        found = {}
        for mapping in mappings:
            for bill, _id, values in lines._fetch_lines(mapping, keys):
                row = {
                    n: v for n, v in values.items() if n not in ("@bill", "@mapping")
                }
                found.setdefault(bill, []).append(row)
        return found

    def _net_of(self, row):
        """Return the exact amount of a line, or the rounded one that the source has."""
        given = as_decimal(row.get(SUBTOTAL))
        return self._raw_of(row) if given is None else given

    def _raw_of(self, row):
        quantity = as_decimal(row.get("quantity"))
        price = as_decimal(row.get("price_unit")) or Decimal(0)
        discount = as_decimal(row.get("discount")) or Decimal(0)
        quantity = Decimal(1) if quantity is None else quantity
        return quantity * price * (100 - discount) / 100

    def _digits_of(self, batch, item):
        currency, _text = self._currency(batch, item)
        return currency.decimal_places if currency else 2

    def _convert_rows(self, batch, item, target, field, value):
        """Lines are put together at once: each depends on what the others add up to."""
        if target != LINES:
            return super()._convert_rows(batch, item, target, field, value)
        return []

    def _derive_lines(self, batch, item):
        """Fill the lines, or leave the document without any, which cannot be posted."""
        rows = self._get_rows(batch, item)
        item.targets.setdefault(LINES, [])
        sign = self._turn_negative(batch, item, rows)
        field = batch.model._fields[LINES]
        digits = self._digits_of(batch, item)
        whole = self._find_whole(batch, item, rows, digits)
        item.vals[LINES] = [
            Command.create(
                self._make_line(batch, item, field, number, row, digits, sign, whole)
            )
            for number, row in enumerate(rows, 1)
        ]

    def _turn_negative(self, batch, item, rows):
        """Turn a document of a negative total round: Odoo posts none (19.0).

        :return: -1 where the amounts of the source change their sign
        """
        total = self._source_totals(batch, item)["amount_total"]
        if total is None:
            total = sum((self._net_of(row) for row in rows), Decimal(0))
        if total >= 0:
            return 1
        kind = item.vals["move_type"]
        item.vals["move_type"] = REFUND_OF.get(kind, kind)
        return -1

    def _make_line(self, batch, item, field, number, row, digits, sign, whole):
        plain = {n: v for n, v in row.items() if n not in LINE_PLACES}
        if number - 1 in whole:
            plain = self._as_one_piece(row, plain, whole[number - 1])
        vals = self._convert_row(batch, item, LINES, field, number, plain)
        vals["name"] = (vals.get("name") or "").strip() or self.env._("(no text)")
        vals.setdefault("quantity", 1)
        if sign < 0:
            name = "price_unit" if vals.get("price_unit", 0) < 0 else "quantity"
            vals[name] = -vals[name]
        kind = self._kind_of(item.vals["move_type"])
        net = self._net_of(row)
        rate = self._rate_of(batch, kind, row, net, digits)
        ids = None
        if rate is not None:
            ids = self._get_tax_ids(batch, kind, rate, bool(row.get(INCLUDED)))
        if ids is None:
            text = self._as_text(row.get(RATE) or row.get(AMOUNT))
            item.report("invoice_tax", field=LINES, value=text, line=number)
        vals["tax_ids"] = [Command.set(ids or [])]
        return vals

    # -- quantity 1 where the amounts would not be the same ---------------------------

    def _find_whole(self, batch, item, rows, digits):
        """Return index → amount of the lines that become one piece."""
        whole, groups = {}, defaultdict(list)
        for index, row in enumerate(rows):
            if row.get("display_type"):
                continue
            wanted = self._amount_of(row, digits)
            if wanted is None:
                continue
            raw = self._raw_in_odoo(batch, row)
            if round_to(raw, digits) != wanted:
                whole[index], raw = wanted, wanted
            key = (str(row.get(RATE)), bool(row.get(INCLUDED)))
            # Odoo rounds the sum of each tax, and that of the document.
            for group in (key, None):
                groups[group].append((index, raw, wanted))
        for lines in groups.values():
            together = round_to(sum(raw for _i, raw, _w in lines), digits)
            if together != sum(wanted for _i, _raw, wanted in lines):
                whole.update((i, w) for i, raw, w in lines if raw != w)
        return whole

    def _amount_of(self, row, digits):
        """Return the rounded amount of a line; of gross prices only what is computed."""
        given = None if row.get(INCLUDED) else as_decimal(row.get(SUBTOTAL))
        try:
            return round_to(self._raw_of(row) if given is None else given, digits)
        except ArithmeticError:
            raise Refused("not_for_numbers", LINES, str(row)) from None

    def _raw_in_odoo(self, batch, row):
        """Return the amount from quantity, price and discount as Odoo keeps them."""
        kept = dict(row)
        for name in ("quantity", "discount"):
            number = as_decimal(row.get(name))
            if number is not None:
                digits = batch.once(("digits", name), lambda n=name: self._digits(n))
                kept[name] = round_to(number, digits)
        return self._raw_of(kept)

    def _digits(self, name):
        return self.env["account.move.line"]._fields[name].get_digits(self.env)[1]

    def _as_one_piece(self, row, plain, amount):
        """Return a line of quantity 1, with what it was in its text."""
        quantity, price, discount = (row.get(name) for name in NUMBERS)
        was = f"{1 if quantity is None else quantity} × {price or 0}"
        if discount:
            was += f" − {discount} %"
        name = "\n".join(filter(None, (str(row.get("name") or "").strip(), was)))
        kept = {n: v for n, v in plain.items() if n not in NUMBERS}
        return {**kept, "name": name, "quantity": 1, "price_unit": float(amount)}

    def _own_the_rows(self, batch, items, names=None):
        """Note all journal items, those of taxes and of the customer as well.

        They refer to customers, products and taxes, which may go once they do.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT move_id, id FROM account_move_line WHERE move_id = ANY(%s)",
                [item.res_id for item in items],
            )
        )
        by_move = {item.res_id: item for item in items}
        for move_id, line_id in rows:
            item = by_move[move_id]
            if line_id not in item.all_extras().get("account.move.line", ()):
                item.add_extra("account.move.line", line_id)

    def _keep_cell(self, batch, item, target, number, label, text):
        if label != UNMAPPED:
            super()._keep_cell(batch, item, target, number, label, text)
