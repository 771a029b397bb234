"""The cells of a row of a workbook as JSON values: what the sheet shows."""

import datetime as dt

from openpyxl.utils.datetime import from_excel, from_ISO8601

from .xlsx_format import GENERAL, show
from .xlsx_links import linked, target_of_formula
from .xlsx_parts import local, text_of, unescape

EXCEL_ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}
MAX_COLUMNS = 16_384
_DAY_SECONDS = 86_400


class Shown(float):
    """A number whose format says its currency; to JSON it is a number like others."""

    __slots__ = ("currency",)


class ShownInteger(int):
    """The same for a whole number."""


class Uncomputed:
    """Stands where a formula has no result: no program computed it."""

    def __bool__(self):
        return False


UNCOMPUTED = Uncomputed()


class Total(float):
    """The result of a formula that adds up what stands above it."""

    __slots__ = ()


class Day(str):
    """A moment whose format shows the day alone, as text."""

    __slots__ = ()


class Cells:
    """Gives the values of rows.

    :param parts: ``xlsx_parts.Parts``
    """

    def __init__(self, parts):
        self.parts = parts

    def values_of(self, row):
        """Return the values of a row in their columns, without the empty ones at its end.

        Text, bool, int or float (``Shown`` where the format names a currency, ``Total``
        of a sum), ISO text of days and times, hours as ``36:00:00`` of durations, the
        text of a mask, ``UNCOMPUTED``, None.
        """
        values, place = [], 0
        for cell in row:
            if local(cell) != "c":
                continue
            place = _column_of(cell.get("r"), place)
            value = self._value_of(cell)
            if value is None:
                continue
            values += [None] * (place - 1 - len(values))
            if place <= len(values):
                raise ValueError(place)
            values.append(value)
        return values

    def _value_of(self, cell):
        kind, raw, formula, inline = cell.get("t", "n"), None, None, None
        for child in cell:
            name = local(child)
            if name == "v":
                raw = child.text
            elif name == "f":
                formula = child
            elif name == "is":
                inline = child
        if kind == "inlineStr":
            return _clean(text_of(inline)) if inline is not None else None
        if raw is None or raw == "":
            if formula is not None and kind != "str":
                return UNCOMPUTED
            return None
        if kind == "s":
            return _clean(self.parts.strings[int(raw)])
        if kind == "str":
            text = _clean(unescape(raw))
            target = formula is not None and target_of_formula(formula.text)
            return linked(text, target) if target and text else text
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind == "e":
            return raw
        if kind == "d":
            return _as_text(from_ISO8601(raw.strip()), self.parts.epoch)
        return self._number_of(cell, raw, formula)

    def _number_of(self, cell, raw, formula):
        number = _as_number(raw)
        if formula is not None:
            if not number and self.parts.recalculates:
                return UNCOMPUTED
            if _adds_up(formula.text):
                return Total(number)
        style = int(cell.get("s") or 0)
        formats = self.parts.formats
        form = formats[style] if style < len(formats) else GENERAL
        if form.kind == "duration":
            return _hours(number)
        if form.kind == "date":
            return self._moment(number, form)
        value, currency = show(number, form)
        if currency and not isinstance(value, str):
            shown = (ShownInteger if isinstance(value, int) else Shown)(value)
            shown.currency = currency
            return shown
        return value

    def _moment(self, number, form):
        try:
            moment = from_excel(number, self.parts.epoch)
        except (ValueError, OverflowError):
            # A number beyond the calendar that is dressed as a day.
            return number
        text = _as_text(moment, self.parts.epoch)
        return text if form.has_time or len(text) < 11 else Day(text)


def _column_of(reference, before):
    number = 0
    for char in reference or "":
        if not char.isalpha():
            break
        number = number * 26 + ord(char.upper()) - 64
    number = number or before + 1
    if number > MAX_COLUMNS:
        raise ValueError(reference)
    return number


def _as_number(raw):
    raw = raw.strip()
    if raw.lstrip("-").isdigit():
        return int(raw)
    number = float(raw)
    if number != number or abs(number) == float("inf"):
        raise ValueError(raw)
    if number.is_integer():
        return int(number) if abs(number) < 1e15 else number
    # Fifteen digits are all that Excel shows of a number, also where it is edited.
    return float(f"{number:.15g}")


def _adds_up(formula):
    return (formula or "").lstrip("=+ ").upper().startswith(("SUBTOTAL(", "SUM("))


def _hours(number):
    seconds = round(number * _DAY_SECONDS)
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"


def _as_text(moment, _epoch):
    """Return a day, a time or both in ISO form.

    >>> _as_text(dt.datetime(2024, 12, 31), None), _as_text(dt.time(9, 30), None)
    ('2024-12-31', '09:30:00')
    """
    if isinstance(moment, dt.timedelta):
        return _hours(moment.total_seconds() / _DAY_SECONDS)
    if isinstance(moment, dt.datetime):
        # Excel keeps seconds as a fraction of a day: 09:59:59.999 means ten o'clock.
        if moment.year < dt.MAXYEAR:
            moment += dt.timedelta(milliseconds=500)
        moment = moment.replace(microsecond=0)
        return moment.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(moment, dt.time):
        return moment.replace(microsecond=0).isoformat()
    return moment.isoformat()


def _clean(text):
    return text.replace("\0", "") if "\0" in text else text
