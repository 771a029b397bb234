"""What the values of a column say about what it can be."""

import re

from ..core.day_words import plain_time
from ..mapping.currency_signs import find_currency, fold_unit, is_currency, is_scaled
from ..mapping.moments import is_serial
from ..mapping.outcomes import meaning_of
from ..mapping.several import SEPARATORS, further_separators
from ..mapping.transforms import TRANSFORMS, BadValue
from ..mapping.values import fold_words, stands_for_nothing

_ENOUGH = 0.5
_SOME = 1 / 3
_CURRENCY_WORDS = frozenset(
    "currency currencies ccy curr wahrung waehrung devise monnaie moneda divisa moeda valuta"
    " waluta mena penznem valyuta валюта валута".split()
)
_NEW_PLACES = frozenset(
    "new york;new jersey;new mexico;new hampshire;new brunswick;new south wales;new delhi;"
    "new providence;new caledonia".split(";")
)
"""States whose name begins like that of what was just entered."""
_FULL = {"hours": 24, "minutes": 60, "seconds": 60}
_TIME = re.compile(
    r"(?:1899-12-3\d[T ])?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?"
    r"(?:\s*(?:uhr|hrs?|h|o'clock)\.?)?",
    re.IGNORECASE,
)
_ID = re.compile(
    r"\d+|rec[0-9a-zA-Z]{14}|[0-9a-zA-Z]{15}(?:[0-9a-zA-Z]{3})?|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[a-z]+_\w+"
)


def texts_of(column):
    """Return the distinct texts of a column without words for nothing."""
    return [text for text in column.values if not stands_for_nothing(text)]


def share(column, test):
    """Return how many of the distinct values pass a test; 1 where there are none."""
    texts = texts_of(column)
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 1.0


def converts(*step):
    """Return a test: whether a step takes a value."""
    name, *arguments = step

    def test(text):
        try:
            return TRANSFORMS[name](text, *arguments) is not None
        except BadValue as error:
            return error.code in ("ambiguous_number", "ambiguous_duration")

    return test


def is_date(column):
    if column.kind in ("date", "datetime") or is_serial_day(column):
        return True
    order = column.date_order or "dmy"
    return share(column, converts("date_as", order)) >= _ENOUGH


def is_serial_day(column):
    """Tell whether a column has days as bare numbers of Excel; its name must say so."""
    if column.kind not in ("integer", "float") or not column.values:
        return False
    return all(map(is_serial, _numbers_of(column)))


def is_time(column):
    """Tell whether a column has times of day alone."""
    texts = texts_of(column)
    return (
        bool(texts)
        and share(column, lambda one: _TIME.fullmatch(plain_time(one))) > 0.9
    )


def has_own_time(column):
    """Tell whether days have a time of their own; a midnight is none."""
    return any(
        re.search(r"[T ]\d{1,2}:\d\d", text)
        and not re.search(r"[T ]0?0:00(?::00(?:\.0+)?)?\b", text)
        for text in texts_of(column)
    )


def has_email(text):
    return re.search(r"[^\s@]@[^\s@]+\.[^\s@]", text)


def has_phone(text):
    # No day, however many digits it has.
    return len(re.findall(r"\d", text)) >= 5 and not re.match(r"\d{4}-\d\d-\d\d", text)


def is_number(column):
    if column.kind in ("integer", "float", "monetary"):
        return True
    return share(column, converts("decimal")) >= _ENOUGH


def is_plain_number(column):
    return column.kind in ("integer", "float", "monetary", "date", "datetime")


def _is_day(column):
    return column.kind in ("date", "datetime")


_TESTS = {
    "decimal": is_number,
    "percent": is_number,
    "date": is_date,
    "datetime": is_date,
    "duration": lambda column: share(column, converts("duration")) >= _ENOUGH,
    "boolean": lambda column: share(column, converts("boolean")) >= _ENOUGH,
    "outcome": lambda column: share(column, converts("boolean")) >= _ENOUGH,
    "first_email": lambda column: not is_plain_number(column),
    "first_phone": lambda column: not _is_day(column) and not column.looks_like_email,
    "email": lambda column: not is_plain_number(column),
    "url": lambda column: not is_plain_number(column) and not column.looks_like_email,
}
_IS_DIGITS = re.compile(r"-?\d+").fullmatch
_NO_NUMBERS = {
    "city", "country_id", "function", "industry_id", "user_id", "contact_name",
    "partner_name", "company_name", "stage_id", "team_id", "lost_reason_id",
}  # fmt: skip


_NAMES = {"company_name", "partner_name", "contact_name"}


def fits(item, column, name=""):
    """Tell whether a column may fill a field: what it holds is of that kind.

    :param name: the name it was found by; one that means two things needs more
    """
    if item.target in _NAMES and column.looks_like_id and column.kind != "integer":
        # Nobody is called "recPKTGm6EPiDoS6g": it links to a record, or is told.
        return False
    if column.kind == "json" or not column.values:
        return True
    if item.target == "@currency" and share(column, _IS_DIGITS) == 1:
        # SuiteCRM has -99 for the usual one; the amount shows its sign.
        return False
    first = item.steps[0].name if item.steps else ""
    test = _TESTS.get(first)
    if test and not test(column):
        return False
    if first == "decimal" and is_scaled(column.name):
        # 12.5 in a column of thousands is no 12.50: somebody has to say so.
        return False
    if item.target in _NO_NUMBERS and first in ("strip", "value_map"):
        if column.kind in ("date", "datetime", "float", "monetary"):
            return False
    if name == "state" and item.target in ("@state", "state_id"):
        # Of a deal or of an address: the words tell.
        return _has_outcomes(column) == (item.target == "@state")
    return True


def _has_outcomes(column):
    return bool(texts_of(column)) and share(column, _is_outcome) >= _SOME


def _is_outcome(text):
    plain = text.strip()
    if plain.casefold() in _NEW_PLACES or (len(plain) == 2 and plain.isupper()):
        # NY is "new" in Swedish, and OK agrees.
        return False
    return meaning_of(text, "OUTCOMES") or meaning_of(text, "LEAD_STATES")


def is_workflow(column):
    """Tell whether a status is a stage: most of its words say nothing of won or lost."""
    return share(column, lambda text: meaning_of(text, "OUTCOMES")) < _ENOUGH


def has_currency(column):
    return any(find_currency(text) for text in column.values)


def is_all_currencies(column):
    """Tell whether a column has nothing but codes and signs of currencies."""
    texts = texts_of(column)
    return bool(texts) and all(is_currency(fold_unit(text)) for text in texts)


def is_headed_currency(column):
    """Tell whether a column of texts has a currency in its name: *Value Currency Code*."""
    words = set(fold_words(column.name).split())
    return not is_plain_number(column) and not words.isdisjoint(_CURRENCY_WORDS)


def is_share(column):
    """Tell whether a column has parts of one where hundredths are wanted."""
    if any("%" in text for text in texts_of(column)):
        return False
    numbers = list(_numbers_of(column))
    if not numbers or max(map(abs, numbers)) > 1:
        return False
    # Nobody reckons with half a percent; 1 alone may be either.
    return len(set(numbers)) > 1 or 0 < abs(numbers[0]) < 1


def are_parts(columns):
    """Tell whether columns have the parts of a duration, not the whole of it in each unit.

    All but the smallest part are whole, and none but the largest fills the one before it.

    :param columns: unit → column, the largest unit first
    """
    numbers = [list(_numbers_of(column)) for column in columns.values()]
    whole = all(n == int(n) for part in numbers[:-1] for n in part)
    units = list(columns)[1:]
    return whole and all(
        n < _FULL[unit]
        for unit, part in zip(units, numbers[1:], strict=True)
        for n in part
    )


def _numbers_of(column):
    for text in texts_of(column):
        try:
            yield TRANSFORMS["decimal"](text)
        except BadValue:
            continue


def separators_of(column):
    """Return what divides the values of a column: what is seen, all where nothing is."""
    if column.habit and column.habit.separator:
        return column.habit.separator
    seen = [s for s in SEPARATORS if s in column.separators]
    if not seen:
        return list(SEPARATORS)
    further = list(further_separators(column.values, seen[0], seen[1:]))
    return [seen[0], *further] if further else seen[0]


def id_separator(column):
    """Return what divides the ids of a column with several in a cell, None for no ids."""
    texts = texts_of(column)
    for separator in (";", ",", "|"):
        parts = [part.strip() for text in texts for part in text.split(separator)]
        if any(separator in text for text in texts):
            if all(_ID.fullmatch(part) for part in parts if part):
                return separator
    return None
