"""Amounts: foreign ones taken as they are, thousandfold ones, shares as fractions."""

import re

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import fold, read_numbers
from ..coverage.outcome import outcome_of
from ..coverage.sight import any_of
from .auditor import Auditor

_lt = LazyTranslate(__name__)

_CURRENCY = re.compile("currency|waehrung|währung|devise|moneda|moeda|valuta", re.I)
# Currencies without a fraction, and prices that say so: 12.500,-
_GROUPS = re.compile(r"₫|\bVND\b|\bRp\b|\bIDR\b|¥|₩|[.,]-")
_NUMBER = re.compile(
    r"[\d\s.,'’ʼ٫٬()+\-−–—\u200e\u200f\u202a-\u202e]|(?<=\d)[eE](?=[+-]?\d)"
)
_WHOLE = r"^\s*([2-9]|[1-9]\d+)([.,]\d*)?\s*%?\s*$"
"""Of two and more: who has such a share counts in hundredths (PostgreSQL's regex)."""
_AMBIGUOUS = re.compile(r"[^0-9]*[1-9]\d{0,2}[.,]\d{3}(?![0-9])[^0-9]*")


def _read_words(text):
    return set(re.findall(r"\w+", fold(text)))


class ForeignAmount(Auditor):
    code = "foreign_amount"
    sentence = _lt("An amount in another currency was taken one to one.")
    fields = {"crm.lead": "expected_revenue", "product.template": "list_price"}
    """Model → its amount in the company's currency."""
    models = tuple(fields)

    def suspects(self, sight):
        """What is said to be of our own currency, by its code, is no foreign amount."""
        column = sight.column(self.fields[sight.model_name])
        own = sight.look.currency.name
        if column is None or sight.look.currency_named(own) != own:
            return None
        lists = [
            name
            for probe, _paths in sight.plan.lines_of(sight.mapping_id, ("@currency",))
            for name in probe.declared.lists
        ]
        if any((name, own) in sight.look.decisions for name in lists):
            return None
        said = sight.list_given("@currency")
        said += [text for key, text in sight.list_members() if _CURRENCY.search(key)]
        others = any_of(SQL("%s NOT IN ('', %s)", text, own) for text in said)
        return SQL("COALESCE(%s, 0) <> 0 AND %s", column, others)

    def audit(self, case, part):
        field = self.fields[part.record._name]
        found = part.record[field]
        amounts = {n for _p, v in part.given(field) for n in read_numbers(v)}
        if not found or not any(abs(found - n) < 0.006 for n in amounts):
            return
        own = case.look.currency
        for path, text in self._currencies(case, part, field):
            name = case.look.currency_named(text)
            if name and name != own.name and not self._is_one(part):
                yield field, f"{found:.15g} {name} → {own.name}", found
                return
            if path and not name and not self._is_own(_NUMBER.sub("", text), own):
                yield field, f"{found:.15g} {text}", f"{found:.15g} {own.name}"
                return

    def _currencies(self, case, part, field):
        """Yield what the payload says about the currency; unmapped members as well."""
        given = part.given("@currency")
        base = any("base" in path for path, _v in part.given(field))
        if given or base:
            # A decision may have given the value its meaning.
            for path, value in given:
                for name in part.lists("@currency"):
                    hit = case.look.decisions.get((name, str(value).strip()))
                    if isinstance(hit, tuple):
                        value = case.look.env[hit[0]].browse(hit[1]).display_name
                if isinstance(value, str):
                    yield path, value
            return
        own = {path for path, _v in part.given(field)}
        for key, value in case.payload.items():
            if isinstance(value, str) and _CURRENCY.search(key) and len(value) < 30:
                if self._find_amount(case, key) in (None, *own):
                    yield "", value

    def _find_amount(self, case, key):
        """Return the amount that a currency names in its heading, None for no amount.

        *Currency of Weighted value* is not that of the *Value*.
        """
        said = _read_words(key)
        named = [
            (len(words), name)
            for name, value in case.payload.items()
            if name != key
            and read_numbers(value)
            and (words := _read_words(name)) < said
        ]
        return max(named, default=(0, None))[1]

    def _is_own(self, sign, own):
        """Tell whether what stands beside a number is nothing, or our own currency."""
        symbol = own.symbol or ""
        country = sign.upper().removesuffix(symbol.upper())
        return fold(sign) in ("", fold(symbol), fold(own.name)) or (
            bool(symbol) and sign.endswith(symbol) and country == own.name[:2]
        )

    def _is_one(self, part):
        return any(1.0 in read_numbers(value) for _path, value in part.given("@rate"))


class Estimate(Auditor):
    """That the notes say what a deal came to is not enough: reports sum up the amount."""

    code = "estimate"
    sentence = _lt("A deal is over, and has the amount that was expected of it.")
    models = ("crm.lead",)
    name = "expected_revenue"

    def suspects(self, sight):
        given = sight.is_given("@actual_revenue")
        return SQL("%s <> 'open' AND %s", sight.outcome(), given)

    def audit(self, case, part):
        if outcome_of(part.record) == "open":
            return
        found = part.record.expected_revenue
        for _path, value in part.given("@actual_revenue"):
            given = read_numbers(value)
            is_there = any(abs(found - n) < 0.006 for n in given)
            if any(given) and not is_there:
                if not case.converted_amount(self, value, found, part):
                    yield self.name, value, found


class MoreDue(Auditor):
    """Where payments are registered, no more is due than in the source.

    Less may be: whoever paid since. What did not fit is told with the document.
    """

    code = "more_due"
    sentence = _lt("More of the invoice is due than in the source.")
    models = ("account.move",)
    tolerance = 0.006

    def audit(self, case, part):
        move = part.record
        if case.look.job.payment_policy != "register" or move.state != "posted":
            return
        wanted = self._get_due(part, move)
        if wanted is None or move.amount_residual <= wanted + self.tolerance:
            return
        if not case.look.is_told(case, "payment_"):
            yield "amount_residual", f"{wanted:g}", f"{move.amount_residual:g}"

    def _get_due(self, part, move):
        """Return what is due as the source says it, None where it does not."""
        for target in ("@paid", "@residual"):
            for _path, value in part.given(target):
                if len(numbers := read_numbers(value)) == 1:
                    amount = abs(numbers.pop())
                    is_due = target == "@residual"
                    return amount if is_due else max(move.amount_total - amount, 0)
        return None


class Thousandfold(Auditor):
    code = "thousandfold"
    sentence = _lt("An amount is a thousandth of what it is: its point groups digits.")

    def suspects(self, sight):
        return any_of(
            SQL("%s ~ %s", said, r"[1-9]\d{0,2}[.,]\d{3}(\D|$)")
            for _column, said in sight.list_filled("float", "monetary", "integer")
        )

    def audit(self, case, part):
        for target, path, value in part.numbers():
            if not isinstance(value, str) or not _AMBIGUOUS.fullmatch(value.strip()):
                continue
            mark = "." if "." in value else ","
            wanted = max(read_numbers(value), default=0)
            found = part.record[target]
            if not found:
                continue  # it was refused, which is told
            if abs(found - wanted / 1000) < 0.0005 and (
                _GROUPS.search(value) or case.look.groups(path, mark)
            ):
                yield target, wanted, found


class ShareAsFraction(Auditor):
    code = "fraction"
    sentence = _lt("A percentage was taken as a fraction.")
    models = ("crm.lead",)

    def suspects(self, sight):
        return SQL("record.probability > 0 AND record.probability < 1")

    def audit(self, case, part):
        found = part.record.probability
        if 0 < found < 1 and part.given("probability"):
            # "0.5 %" is half a percent, and so is 0.5 beside 25.
            given = [
                value
                for path, value in part.given("probability")
                if "%" not in str(value) and not case.look.shows(path, _WHOLE)
            ]
            numbers = {n for v in given for n in read_numbers(v)}
            if any(abs(found - n) < 1e-6 for n in numbers):
                yield "probability", round(found * 100, 4), found


class Footer(Auditor):
    """Names of footers, and the amounts that are the sum of all others."""

    code = "footer"
    sentence = _lt("The last line of a table, its total, became a record.")
    models = ("res.partner", "crm.lead")
    names = (
        *("total", "totals", "grand total", "grand totals", "subtotal", "subtotals"),
        *("summe", "gesamt", "gesamtsumme", "zwischensumme", "sum", "suma", "razem"),
        *("total general", "total général", "total genéral", "total géneral"),
        *("totaal", "totale", "yhteensä", "итого", "合計", "总计"),
    )
    words = re.compile("|".join(names), re.I)

    def suspects(self, sight):
        """SQL may not know the small letters of all alphabets."""
        name = sight.column("name")
        large = [
            "".join(c if c.isascii() else c.upper() for c in n) for n in self.names
        ]
        return SQL(
            "(lower(btrim(%s, ' :')) = ANY(%s)"
            " OR length(%s) BETWEEN 1 AND 20 AND %s !~ '[a-zA-Z0-9]')",
            *(name, [*dict.fromkeys((*self.names, *large))], name, name),
        )

    def audit(self, case, part):
        name = (part.record.name or "").strip(" :")
        if self.words.fullmatch(name):
            yield "name", "", part.record.name
