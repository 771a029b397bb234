"""Won or lost: the words of the payload against the lead as it stands."""

import re

from odoo.tools.translate import LazyTranslate

from ..coverage.outcome import outcome_of, read_outcome
from .auditor import Auditor

_lt = LazyTranslate(__name__)

_TELLS = re.compile(
    r"status|state|stage|outcome|result|phase|estado|statut|stufe", re.I
)
_PLACE = re.compile(r"address|billing|shipping|country|province|region", re.I)


class WrongOutcome(Auditor):
    code = "wrong_outcome"
    sentence = _lt("The source says won or lost, and the lead says something else.")
    models = ("crm.lead",)

    def audit(self, case, part):
        words = [
            (key, value)
            for key, value in case.payload.items()
            if isinstance(value, str)
            and key[0] != "_"
            and _TELLS.search(key)
            and not _PLACE.search(key)
            # What was asked about was not taken for anything.
            and not case.told_of("@state", value)
        ]
        told = {read_outcome(value) for _key, value in words} & {"won", "lost"}
        now = outcome_of(part.record)
        if len(told) == 1 and now not in told:
            text = next(v for _k, v in words if read_outcome(v) in told)
            yield "stage_id", text, now
