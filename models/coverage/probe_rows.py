"""Looks into the rows within a record: lines of quotations and of invoices."""

import re

from ...connectors.mapping.apply import get_value
from .alike import fold, has_number, read_numbers
from .probe import Declared, Probe, has_any_text
from .probe_fields import make_field_probe
from .verdicts import FIELD, LEFT_OUT, NOTES

NUMBERS = ("integer", "float", "monetary")
TEXTS = ("char", "text", "html")
A_CENT = 0.0051
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Row:
    """A row of a record, as a probe looks at one."""

    def __init__(self, part, record):
        self.part, self.record = part, record
        self.outcome = part.outcome

    def __getattr__(self, name):
        return getattr(self.part, name)

    def folded(self, name):
        return fold(self.record[name] or "")


class Column:
    """One field of the rows: its members, and the look into it."""

    def __init__(self, data, line, field):
        source = data["source"]
        self.members = source if isinstance(source, list | tuple) else [source]
        self.target = data["target"]
        own = {**line, "target": self.target, "steps": data["steps"], "paths": []}
        self.declared = Declared(own["steps"], line["zone"])
        about = {"model": field.model_name} if field is not None else {"model": ""}
        self.probe = make_field_probe(own, about, field) if field is not None else None

    def takes(self, member):
        return any(
            own and (member == own or member.startswith(f"{own}."))
            for own in self.members
        )


def _get_tax(record):
    """Return what the tax of a row comes to."""
    if {"price_total", "price_subtotal"} <= record._fields.keys():
        return record.price_total - record.price_subtotal
    return None


class RowsProbe(Probe):
    """A value of a row stands in the row of its place, in the field of its column.

    What is no field of its own (an amount, a rate, a discount in money) shows in what
    the row comes to, in its taxes or in its text: a source states what Odoo computes.
    """

    def __init__(self, line, mapping, field):
        super().__init__(line, mapping)
        self.may_refer = True  # its columns have lines of their own
        self.name, self.fields = field.name, (field.name,)
        self.sources = self.declared.paths
        [columns] = [step[1] for step in line["steps"] if step[0] == "rows"]
        rows = mapping["fields_of"](field.comodel_name)
        self.columns = [
            Column(each, line, rows.get(each["target"])) for each in columns
        ]

    def _split(self, path):
        """Return (number of the row, its member) of a path, None where it is no row's."""
        for source in self.sources:
            if path.startswith(f"{source}."):
                number, _dot, member = path[len(source) + 1 :].partition(".")
                if number.isdecimal() and member:
                    return int(number), member
        return None

    def wanted_links(self, value, path, payload):
        place = self._split(path)
        for column in self.columns if place else ():
            if column.takes(place[1]) and not isinstance(value, bool):
                for key in column.declared.keys(value):
                    for stream in column.declared.streams:
                        yield stream, key

    def look(self, value, path, case, part):
        place = self._split(path)
        if not place:
            return None
        number, member = place
        rows = part.record[self.name].sorted("id")
        columns = [column for column in self.columns if column.takes(member)]
        given = get_value(case.payload, path.rpartition(f".{number}.")[0])
        own = rows[number : number + 1] if len(rows) >= len(given or ()) else rows
        for row in own or rows:
            for column in columns:
                if self._stands(value, path, case, Row(part, row), column):
                    return FIELD
            if not columns and self._shows(value, row):
                return FIELD
        if columns and self._says_nothing(value):
            return LEFT_OUT, case.look.words("nothing")
        forms = [value, *([] if isinstance(value, bool) else read_numbers(value))]
        return NOTES if any(self.is_noted(f, path, case) for f in forms) else None

    def _says_nothing(self, value):
        return not isinstance(value, bool) and read_numbers(value) == {0.0}

    def _stands(self, value, path, case, row, column):
        if column.target.endswith("_kind"):
            return True  # it says how another member is meant
        if column.probe is not None:
            if column.probe.look(value, path, case, row) == FIELD:
                return True
            if self._is_linked(value, case, row, column):
                return True
        return self._shows(value, row.record)

    def _is_linked(self, value, case, row, column):
        """Tell whether a row is linked with what stands for the record that is meant."""
        if not column.declared.streams:
            return False
        names = {fold(each.display_name or "") for each in row.record[column.target]}
        for key in column.declared.keys(value):
            for stream in column.declared.streams:
                hit = case.look.links.get((stream, key))
                if hit and names & case.look.called(*hit):
                    return True
        return False

    def _shows(self, value, record):
        """Tell whether a number or a text is to be seen in any field of the row."""
        # A document of a negative total is turned round: a credit note.
        signs = (1, -1) if "move_type" in record._fields else (1,)
        tax = None if isinstance(value, bool) else _get_tax(record)
        if tax is not None and has_number(value, tax, signs, A_CENT):
            return True
        for name, field in record._fields.items():
            if not field.store and field.type not in NUMBERS:
                continue
            if field.type in NUMBERS and not isinstance(value, bool):
                if has_number(value, record[name], signs, A_CENT):
                    return True
            elif field.type in TEXTS and record[name]:
                found = record[name]
                if has_any_text(value, found, lambda found=found: fold(found)):
                    return True
                if self._is_written(value, str(found)):
                    return True
            elif field.type in ("many2one", "many2many") and name not in (
                "create_uid",
            ):
                if self._is_among(value, record[name]):
                    return True
        return False

    def _is_written(self, value, text):
        """Tell whether a text has a number, in whatever form it writes it."""
        if isinstance(value, bool) or not (numbers := read_numbers(value)):
            return False
        return bool(numbers & {float(each) for each in _NUMBER.findall(text)})

    def _is_among(self, value, linked):
        wanted = fold(value)
        for each in linked:
            if wanted and wanted == fold(each.display_name or ""):
                return True
            if each._name == "account.tax" and has_number(
                value, each.amount, (1,), A_CENT
            ):
                return True
        return False
