"""Propose which Odoo record a value of a source means; each list has its own ways."""

import re

from .country_index import CountryIndex, StateIndex
from .name_index import BY_CODE, BY_OTHER_WORD, NOTHING, Match, NameIndex
from .names import fold, get_currency_codes

_BESIDE = re.compile(r"\s*[()\[\],:|]\s*|\s+[-–—/]\s+")
"""What stands between a code and a name or a sign that are one text."""


class StageIndex(NameIndex):
    """Of stages of one name, the one of the migration's team, else one for all teams.

    A stage of other teams alone is not the one that was meant.
    """

    def _choose(self, ids, confidence, why):
        team = self.job.team_id
        stages = self.env[self.model].sudo().browse(sorted(ids or ()))
        own = stages.filtered(lambda stage: team and team in stage.team_ids)
        fitting = own or stages.filtered(lambda stage: not stage.team_ids)
        if team or fitting:
            ids = set(fitting.ids)
        return super()._choose(ids, confidence, why)


class CurrencyIndex(NameIndex):
    """Currencies by ISO code, by name in any language, by a sign that only one has."""

    def find(self, text, within=""):
        known = {record.name: record for record in self._currencies()}
        code = self._find_code(text, known)
        if not code:
            # "GBP (£)", "USD - US Dollar": all of it must mean the same.
            parts = [self._find_code(part, known) for part in _BESIDE.split(text)]
            codes = set(filter(None, parts))
            code = codes.pop() if len(codes) == 1 else None
        if not code:
            return NOTHING
        confidence = BY_CODE if code == text.strip().upper() else BY_OTHER_WORD
        why = "code" if known[code].active else "inactive"
        return Match(known[code].id, confidence, why)

    def _find_code(self, text, known):
        """Return the ISO code that a text is or means, None of another text."""
        code = text.strip().upper()
        if code not in known:
            code = get_currency_codes().get(fold(text))
        return code if code in known else None

    def _currencies(self):
        return self.records.search([])


class LanguageIndex(NameIndex):
    """Languages that are installed; another one cannot be chosen for anybody.

    A code says which, also without its country where that leaves one: *en*, *en-GB*.
    """

    def _get_domain(self):
        return [("active", "=", True)]

    def find(self, text, within=""):
        match = super().find(text)
        if match.found:
            return match
        code = text.strip().replace("-", "_").lower()
        languages = self.records.search(self._get_domain())
        same = languages.filtered(lambda lang: lang.code.lower() == code)
        alike = languages.filtered(lambda lang: lang.code.lower().split("_")[0] == code)
        return self._choose((same or alike).ids, BY_CODE, "code")


INDEXES = {
    "crm.stage": StageIndex,
    "res.country": CountryIndex,
    "res.country.state": StateIndex,
    "res.currency": CurrencyIndex,
    "res.lang": LanguageIndex,
}


def get_index(env, model, job):
    """Return the index by which records of a model are found for a migration."""
    return INDEXES.get(model, NameIndex)(env, model, job)
