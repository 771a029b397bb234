"""Make sense of an answer, whose members are spelled now one way and now another."""

import re
from dataclasses import dataclass

_TOKEN_TROUBLE = re.compile(
    r"\b(token|session|not logged ?in|log ?in (again|first)|(not|un)[ -]?authenticated"
    r"|authentication)\b",
    re.IGNORECASE,
)
_NO_RIGHT = re.compile(
    r"\b(privileges?|permissions?|access|denied|not allowed|rights?"
    r"|(un|not )?authori[sz](ed|ation))\b",
    re.IGNORECASE,
)
LONGEST_TEXT = 200


def member(data, name):
    """Return a member whatever its case; one spelled exactly so comes first.

    >>> member({"FORMID": 7}, "FormID"), member({"formid": 1, "FormID": 2}, "FormID")
    (7, 2)
    """
    if not isinstance(data, dict):
        return None
    if name in data:
        return data[name]
    wanted = name.casefold()
    return next((v for k, v in data.items() if str(k).casefold() == wanted), None)


def at(data, path):
    """
    >>> at({"object": {"Results": [1]}}, "Object.RESULTS")
    [1]
    """
    for part in path.split("."):
        data = member(data, part)
    return data


def as_number(value):
    """Return a whole number given as one or as text, else None.

    >>> as_number(" 12 "), as_number(12.0), as_number(True), as_number("12a")
    (12, 12, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int):
        return value
    found = re.fullmatch(r"\s*(-?[0-9]{1,18})(?:\.0+)?\s*", str(value))
    return int(found[1]) if found else None


def respelled(row, names):
    """Return a row with members spelled as in ``names``; what is not there stays.

    Of two members that differ in case only, the one that holds something counts.

    >>> respelled({"EMAIL": "a@b.c", "Email": "", "X": 1}, ["email"])
    {'email': 'a@b.c', 'X': 1}
    """
    proper = {name.casefold(): name for name in names}
    result = {}
    for name, value in row.items():
        spelled = proper.get(str(name).casefold(), name)
        if spelled not in result or result[spelled] in (None, ""):
            result[spelled] = value
    return result


@dataclass(frozen=True)
class Trouble:
    """What the service says went wrong: its number, its text, and what kind it is."""

    number: int
    text: str

    @property
    def is_about_token(self):
        return bool(_TOKEN_TROUBLE.search(self.text))

    @property
    def is_about_rights(self):
        return bool(_NO_RIGHT.search(self.text)) and not self.is_about_token


class AnswerReader:
    """Where rows, total and error stand, by the ``result`` part of the profile."""

    def __init__(self, rules):
        self._rules = rules

    def rows(self, data):
        """Return the rows of an answer, an empty list for "nothing"."""
        for path in self._rules["rows"]:
            found = at(data, path)
            if isinstance(found, list):
                return found
        return []

    def total(self, data):
        found = (as_number(at(data, path)) for path in self._rules["total"])
        return next((number for number in found if number is not None), None)

    def trouble(self, data):
        """Return the ``Trouble`` of an answer, None where there is none.

        Rows count more than an error number: one below zero comes with rows at times.
        """
        number = as_number(member(data, self._rules["error_code"]))
        if not number or self.rows(data):
            return None
        texts = (member(data, name) for name in self._rules["error_text"])
        text = next((str(item) for item in texts if item), "")
        trouble = Trouble(number, " ".join(text.split())[:LONGEST_TEXT])
        return trouble if number > 0 or trouble.is_about_token else None
