"""Looks into what a quotation comes to."""

from .alike import has_number
from .probe import Probe
from .verdicts import FIELD

A_CENT = 0.0051


class TotalProbe(Probe):
    """What a document comes to: its own total, else its message says how they differ."""

    is_exact = True
    fields = ("amount_total", "amount_untaxed")

    def look(self, value, path, case, part):
        name = self.fields[self.target == "@untaxed"]
        if name not in part.record._fields:
            return None
        return FIELD if has_number(value, part.record[name], (1,), A_CENT) else None


class TaxIncludedProbe(Probe):
    """Decides which taxes the lines have: it shows in them, and in their total."""

    def look(self, value, path, case, part):
        return FIELD if "amount_total" in part.record._fields else None
