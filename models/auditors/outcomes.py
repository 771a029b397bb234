"""Won or lost: the words of the payload against the lead as it stands."""

import re

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.outcome import LOST, WON, outcome_of, read_outcome
from ..coverage.patterns import list_choices, matches
from ..coverage.sight import any_of
from .auditor import Auditor

_lt = LazyTranslate(__name__)

_TELLS = re.compile(
    r"status|state|stage|outcome|result|phase|estado|statut|stufe", re.I
)
_PLACE = re.compile(r"address|billing|shipping|country|province|region", re.I)


def _list_words(pattern):
    """Return patterns for SQL: the words alone, without regard to what is around."""
    whole = pattern.pattern.removeprefix(r"\b(?:").removesuffix(r")\b")
    # SQL may not know the small letters of all alphabets.
    return list_choices(whole.replace("förlorad", "lorad"))


class WrongOutcome(Auditor):
    code = "wrong_outcome"
    sentence = _lt("The source says won or lost, and the lead says something else.")
    models = ("crm.lead",)

    def suspects(self, sight):
        now = sight.outcome()
        said = [text for key, text in sight.list_members() if self._tells(key)]
        return any_of(
            SQL("%s AND %s <> %s", matches(text, words), now, outcome)
            for text in said
            for words, outcome in (
                (_list_words(WON), "won"),
                (_list_words(LOST), "lost"),
            )
        )

    def _tells(self, key):
        return key[:1] != "_" and _TELLS.search(key) and not _PLACE.search(key)

    def audit(self, case, part):
        words = [
            (key, value)
            for key, value in case.payload.items()
            if isinstance(value, str)
            and self._tells(key)
            # What was asked about was not taken for anything.
            and not case.told_of("@state", value)
        ]
        told = {read_outcome(value) for _key, value in words} & {"won", "lost"}
        now = outcome_of(part.record)
        if len(told) == 1 and now not in told:
            text = next(v for _k, v in words if read_outcome(v) in told)
            yield "stage_id", text, now
