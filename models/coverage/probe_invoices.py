"""Looks into what an invoice shows of its own: state, currency, rate, totals."""

from .alike import fold, read_numbers
from .probe import Probe, key_of
from .probe_deals import CurrencyProbe
from .probe_notes import NoteProbe
from .verdicts import FIELD, LEFT_OUT

TOTALS = ("amount_untaxed", "amount_tax", "amount_total")
CLOSE = 0.0005
PAID = ("paid", "posted")
"""What was decided of a document that was paid, and its state."""


class InvoiceStateProbe(Probe):
    """Draft, posted or cancelled; why a draft is still one, a message says."""

    fields = ("state",)

    def look(self, value, path, case, part):
        there = NoteProbe.look(self, value, path, case, part)
        if there:
            return there
        state = part.record.state
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                if (decided := case.look.decisions.get((name, key))) is not None:
                    if decided == state or (decided, state) == PAID:
                        return FIELD
        if state == "draft":
            for _field, code, sentence, _told in case.look.told.get(case.row["id"], ()):
                if code.startswith("invoice_"):
                    return LEFT_OUT, case.look.words("told", code, sentence)
        keys = {fold(key) for key in self.declared.keys(value)}
        return FIELD if fold(state) in keys else None


class InvoiceCurrencyProbe(CurrencyProbe):
    fields = ("currency_id",)

    def look(self, value, path, case, part):
        own = part.record.currency_id
        names = {fold(own.name), fold(own.symbol or ""), fold(own.full_name or "")}
        if fold(key_of(value)) in names:
            return FIELD
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                if case.look.decisions.get((name, key)) == (own._name, own.id):
                    return FIELD
        return NoteProbe.look(self, value, path, case, part)


class InvoiceRateCurrencyProbe(InvoiceCurrencyProbe):
    """The currency that a rate leads to is that of the company."""

    def look(self, value, path, case, part):
        if fold(key_of(value)) == fold(case.look.currency.name):
            return FIELD
        return super().look(value, path, case, part)


class InvoiceRateProbe(Probe):
    fields = ("invoice_currency_rate",)

    def look(self, value, path, case, part):
        found = part.record.invoice_currency_rate
        for rate in read_numbers(value):
            if rate and found and abs(1 / found - rate) <= CLOSE * rate:
                return FIELD
        return NoteProbe.look(self, value, path, case, part)


class InvoiceTotalProbe(Probe):
    """A total is that of the document; where it is another, the note has the source's."""

    fields = TOTALS

    def look(self, value, path, case, part):
        found = part.record[self.target.lstrip("@")]
        if any(abs(abs(n) - found) < CLOSE for n in read_numbers(value)):
            return FIELD
        return NoteProbe.look(self, value, path, case, part)


PLACES_OF_INVOICES = {
    "@state": InvoiceStateProbe,
    "@currency": InvoiceCurrencyProbe,
    "@rate": InvoiceRateProbe,
    "@rate_currency": InvoiceRateCurrencyProbe,
    **{f"@{name}": InvoiceTotalProbe for name in TOTALS},
}
