"""Looks into the rows within a record: the lines of an invoice, of a quotation."""

import re

from .alike import fold, has_text, read_numbers
from .probe import FIELD, NOTES, Declared, Probe, key_of

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NUMBERS = ("float", "monetary", "integer")
CLOSE = 0.0051


class RowsProbe(Probe):
    """A value of the source's third row stands in the third row, in any of its cells.

    What an application works out of a row (its total, the percentage of its tax) counts
    as well: a source states what Odoo computes.
    """

    def __init__(self, line, mapping, name, comodel):
        super().__init__(line, mapping)
        self.name, self.comodel, self.fields = name, comodel, (name,)
        self.columns = {}
        for step, *arguments in line["steps"] or []:
            if step == "rows":
                self._read_columns(arguments[0], line["zone"])

    def _read_columns(self, columns, zone):
        for column in columns:
            declared = Declared(column["steps"], zone)
            source = column["source"]
            for path in source if isinstance(source, list) else [source]:
                self.columns.setdefault(path, []).append((column["target"], declared))
            self.declared.lists += declared.lists
            self.declared.streams += declared.streams
            self.declared.is_link |= declared.is_link

    def look(self, value, path, case, part):
        rows = part.record[self.name].sorted("id")
        number, member = self._split(path)
        here = rows[number : number + 1] if number is not None else rows
        for row in here or rows:
            if self._is_in(row, value, path, member, case):
                return FIELD
        return NOTES if self.is_noted(value, path, case) else None

    def _split(self, path):
        """Return the place of the row in the list, and the member of it."""
        names = path.split(".")
        for place, name in enumerate(names):
            if name.isdecimal():
                return int(name), ".".join(names[place + 1 :])
        return None, names[-1]

    def _is_in(self, row, value, path, member, case):
        for target, declared in self.columns.get(member, ()):
            field = row._fields.get(target)
            if field is not None and field.relational and declared.is_link:
                ids, model = row[target].ids, field.comodel_name
                if self._found(row, ids, model, value, path, case) == FIELD:
                    return True
        numbers = [] if isinstance(value, bool) else read_numbers(value)
        if any(self._has_number(row, number) for number in numbers):
            return True
        texts = [row[n] for n, f in row._fields.items() if f.type in ("char", "text")]
        return any(text and has_text(key_of(value), fold(text)) for text in texts)

    def _has_number(self, row, wanted):
        found = [
            row[n] for n, f in row._fields.items() if f.type in NUMBERS and f.store
        ]
        found += self._worked_out(row)
        found += map(float, _NUMBER.findall(row.display_name or ""))
        if "name" in row._fields:
            found += map(float, _NUMBER.findall(row.name or ""))
        return any(abs(abs(number) - abs(wanted)) < CLOSE for number in found)

    def _worked_out(self, row):
        """Return what is computed of the row: its tax, and the percentage of that."""
        found = []
        if {"price_total", "price_subtotal"} <= set(row._fields):
            found.append(row.price_total - row.price_subtotal)
        for name in ("tax_ids", "tax_id"):
            if name in row._fields:
                found += row[name].mapped("amount") or [0.0]
        return found
