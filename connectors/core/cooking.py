"""Rows as they stand in a file made into records: what an export wrote around values goes."""

import re
from dataclasses import replace

from .cleaning import (
    ERRORS,
    NOTHING,
    NOTHING_BESIDE_VALUES,
    decode_words,
    strip_armor,
    strip_escapes,
    unescape_entities,
)
from .columns import Column
from .encoding import read_twice
from .identifiers import as_long_salesforce_id, as_plain_guid, is_salesforce_id
from .moments import shifted
from .xlsx_cells import UNCOMPUTED

LINK = " (link)"
"""Behind the name of a column: the member with what lies behind the text of its cells."""
CURRENCY = " (currency)"
"""Behind the name of a column: the member with the currency that its cells show."""

_EMPTY = (None, "")
_NAMED_BY_DIGITS = re.compile(
    r"(?:^|[\W_]|(?<=[a-z]))(?:ids?|nr|no|num|number|n[uú]mero|num[ée]ro|key|code|ref|phone"
    r"|mobile|cell|tel|telefon|telephone|handy|fax|zip|plz|postal(?: ?code)?|postleitzahl"
    r"|postcode)\W*$|nummer$",
    re.IGNORECASE,
)
"""What a number in digits names; nobody counts with it, so that ".0" is none of it."""
_ADDRESS = re.compile(
    r"street|address(?! ?e?mail)|city|town|zip|postal|postcode|state|province|county"
    r"|country|region|stra(?:ß|ss)e|\bort\b|\bplz\b|\bland\b|stadt|bundesland|rue|ville"
    r"|pays|calle|ciudad|pa[ií]s|cidade|indirizzo|citt|paese|woonplaats|adresse",
    re.IGNORECASE,
)


class Kitchen:
    """Makes records of rows, by what the survey of their table knows.

    :param options: see ``tabular.OPTIONS``
    :param sheet: the rows are those of a sheet, whose values know more than text does
        and have no escapes any more
    :param seen: all rows that are given are among those that the survey has seen
    """

    def __init__(self, layout, survey, options, *, sheet, seen=False):
        self.repeats = layout.repeats
        self.sheet = sheet
        keep_words = options.get("blank_words") == "keep"
        keep_days = options.get("shifted_dates") == "keep"
        facts = survey.columns
        self.blank = {n for n, f in facts.items() if f.blank_words and not keep_words}
        self.escaped = {n for n, f in facts.items() if f.is_escaped}
        self.misread = {n for n, f in facts.items() if f.misread}
        self.salesforce = {n for n, f in facts.items() if f.is_salesforce}
        self.floated = {
            n for n, f in facts.items() if f.is_floated and _NAMED_BY_DIGITS.search(n)
        }
        self.shifts = {
            n: f.shift for n, f in facts.items() if f.shift and not keep_days
        }
        self.nothing = NOTHING | ERRORS if not keep_words else ERRORS
        self.currencies = {n for n, f in facts.items() if f.currencies}
        self.links = {n for n, f in facts.items() if f.links}
        self._facts = facts
        # Millions of cells that need nothing are left alone.
        seen = seen or survey.complete
        self.plain = seen and not sheet and not self.repeats
        work = [n for n, f in facts.items() if f.needs_work] if self.plain else []
        # Of members of objects, what they stand in.
        self.touched = list(dict.fromkeys(own_name(n, survey.own) for n in work))

    def describe(self, columns, own):
        """Return the ``Column``s with those that reading adds.

        :param own: names that stand in the file; the others are members of objects
        """
        same = {name: group[0] for group in self.repeats for name in group[1:]}
        found = []
        for column in columns:
            if column.name not in own:
                column = replace(column, nested=True)
            elif column.name in same:
                column = replace(column, same_as=same[column.name])
            found.append(column)
            name = f"{column.name}{CURRENCY}"
            if column.name in self.currencies and name not in own:
                codes = tuple(self._facts[column.name].currencies)
                found.append(Column(name, values=codes, currency_of=column.name))
            name = f"{column.name}{LINK}"
            if column.name in self.links and name not in own:
                found.append(_column_of_links(name, column.name, self._facts))
        return tuple(found)

    def cook(self, row):
        """Return a record of a row, a dict."""
        if self.plain:
            for name in self.touched:
                value = row.get(name)
                if isinstance(value, str):
                    row[name] = self._text(name, value)
                elif value:
                    row[name] = self._inside(name, value)
            return row
        record, behind = {}, None
        for name, value in row.items():
            if isinstance(value, str):
                if link := getattr(value, "link", ""):
                    behind = behind or {}
                    behind[f"{name}{LINK}"] = link
                value = self._text(name, value)
            elif isinstance(value, int | float):
                if currency := getattr(value, "currency", ""):
                    behind = behind or {}
                    behind[f"{name}{CURRENCY}"] = currency
                if not isinstance(value, bool):
                    value = int(value) if isinstance(value, int) else float(value)
            elif value is UNCOMPUTED:
                value = None
            elif isinstance(value, dict | list):
                value = self._inside(name, value)
            record[name] = value
        if self.repeats:
            self._move_up(record)
        if behind:
            for name, value in behind.items():
                record.setdefault(name, value)
        return record

    def _inside(self, name, value):
        """Return an object or a list with its texts as they would be in columns."""
        if isinstance(value, str):
            return self._text(name, value)
        if isinstance(value, dict):
            return {key: self._inside(f"{name}.{key}", v) for key, v in value.items()}
        if isinstance(value, list):
            return [self._inside(name, each) for each in value]
        return value

    def _text(self, name, value):
        text = strip_armor(strip_escapes(value) if not self.sheet else value)
        text = decode_words(text)
        if name in self.misread:
            text = read_twice(text)
        if len(text) < 16:
            plain = text.strip()
            if plain in self.nothing:
                return None
            if name in self.blank and plain in NOTHING_BESIDE_VALUES:
                return None
        if name in self.escaped and "&" in text:
            text = unescape_entities(text)
        elif name in self.shifts:
            text = shifted(text, self.shifts[name])
        elif name in self.salesforce and is_salesforce_id(text.strip()):
            text = as_long_salesforce_id(text.strip())
        elif name in self.floated:
            text = text.strip().removesuffix(".0")
        elif len(text) in (36, 38):
            text = as_plain_guid(text)
        return str(text)

    def _move_up(self, record):
        """Put the filled values of columns with the same name first, in their order.

        Parts of an address stay together: none moves while one of the first is filled.
        """
        addresses = [group for group in self.repeats if _ADDRESS.search(group[0])]
        together = any(record.get(group[0]) not in _EMPTY for group in addresses)
        for group in self.repeats:
            if group in addresses and together:
                continue
            values = [record.get(name) for name in group]
            full = [value for value in values if value not in _EMPTY]
            if values[: len(full)] != full:
                full += [None] * (len(group) - len(full))
                record.update(zip(group, full, strict=True))


def own_name(path, own):
    """Return the member of a record in which a path lies; a name may have dots itself.

    >>> own_name("a.b.c", {"a": None}), own_name("a.b", {"a.b": None}), own_name("x.y", {})
    ('a', 'a.b', 'x.y')
    """
    if path in own:
        return path
    start = path.partition(".")[0]
    return start if start in own else path


def _column_of_links(name, base, facts):
    texts = tuple(facts[base].links)
    mail = all("@" in text and "/" not in text for text in texts)
    return Column(name, values=texts, looks_like_email=mail, same_as=base)
