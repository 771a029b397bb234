"""Find Odoo records by what a source calls them."""

import re
from typing import NamedTuple

from odoo.fields import Domain

from .companies import get_company_domain
from .field_kinds import normalize
from .names import fold, get_country_codes, get_currency_codes
from .state_codes import OTHER_CODES

EXACT, BY_CODE, BY_OTHER_WORD = 100, 95, 90
_BESIDE = re.compile(r"\s*[()\[\],:|]\s*|\s+[-–—/]\s+")
"""What stands between a code and a name or a sign that are one text."""


class Match(NamedTuple):
    """What was found for a text.

    ``found`` is None where there is nothing, or where nothing tells several apart;
    ``why`` is ``name``, ``code``, ``word`` (another language or form), ``inactive``
    (a currency), ``archived`` (only there, so it is no proposal), ``several``,
    ``no_country`` or None; ``candidates`` are ids of which a person may choose.
    """

    found: int | None
    confidence: int
    why: str | None
    candidates: tuple = ()


NOTHING = Match(None, 0, None)


class NameIndex:
    """Names of a model's records in every installed language, case and accents ignored.

    Meant for lists that people read: countries, stages, tags. One query a language.
    Of several of one name none is taken, unless only one of them is active.
    """

    LIMIT = 20_000

    def __init__(self, env, model, job):
        self.env, self.model, self.job = env, model, job
        self.names, self.archived = {}, set()
        self.records = env[model].sudo().with_context(active_test=False)
        for lang, _label in env["res.lang"].get_installed():
            localized = self.records.with_context(lang=lang)
            for record in localized.search(self._get_domain(), limit=self.LIMIT):
                for name in self._get_names(record):
                    self.names.setdefault(normalize(name), set()).add(record.id)
                if not self._is_active(record):
                    self.archived.add(record.id)

    def _get_domain(self):
        """Nothing of another company, and nobody from outside as one of us."""
        model = self.records
        domain = get_company_domain(model, self.job.company_id)
        if self.model == "res.users":
            domain &= Domain("share", "=", False)
        return domain

    def _get_names(self, record):
        return [record[record._rec_name or "display_name"] or ""]

    def _is_active(self, record):
        return not record._active_name or record[record._active_name]

    def find(self, text, within=""):
        """Return a ``Match``.

        :param within: id of the country, for what lies in one
        """
        return self._choose(self.names.get(normalize(text)), EXACT, "name")

    def _choose(self, ids, confidence, why):
        ids = set(ids or ())
        active = ids - self.archived
        if len(active) == 1:
            return Match(active.pop(), confidence, why)
        if active:
            return Match(None, 0, "several", tuple(sorted(active)))
        if ids:
            return Match(None, 0, "archived", tuple(sorted(ids)))
        return NOTHING


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


class CountryIndex(NameIndex):
    """Countries in every language that Odoo ships, and by both ISO codes."""

    def __init__(self, env, model, job):
        super().__init__(env, model, job)
        countries = self.records.search([])
        self.codes = {country.code: country.id for country in countries}

    def find(self, text, within=""):
        match = super().find(text)
        if match.found:
            return match
        code = text.strip().upper()
        if code in self.codes:
            return Match(self.codes[code], BY_CODE, "code")
        plain = normalize(text)
        for word in (plain, plain.removeprefix("the")):
            code = get_country_codes().get(word)
            if code in self.codes:
                return Match(self.codes[code], BY_OTHER_WORD, "word")
        return match


class StateIndex(NameIndex):
    """States by name or code, each within its own country: MI is Milan in Italy.

    Without a country only a code that names it (``US-MI``) is clear.
    """

    def __init__(self, env, model, job):
        self.countries, self.codes, self.full_codes = {}, {}, {}
        super().__init__(env, model, job)
        for state in self.records.search([], limit=self.LIMIT):
            country, code = state.country_id, (state.code or "").upper()
            self.countries[state.id] = country.id
            # ISO 3166-2 has DE-NW, and so have some countries here; people write NW.
            own = code.removeprefix(f"{country.code}-")
            for each in {code, own, *OTHER_CODES.get((country.code, own), ())}:
                self.codes.setdefault(each, set()).add(state.id)
            for full in (f"{country.code}-{own}", code):
                if "-" in full:
                    self.full_codes.setdefault(full, set()).add(state.id)

    def _get_names(self, record):
        """Return both of two names: *València (Valencia)*, *Araba/Álava*."""
        name = record.name or ""
        return [name, *filter(None, map(str.strip, re.split(r"\s+/\s+|[/()]", name)))]

    def find(self, text, within=""):
        code = text.replace(".", "").strip().upper()
        named = self.names.get(normalize(text), set())
        coded = self.codes.get(code, set()) | self.full_codes.get(code, set())
        if not within:
            full = self._choose(self.full_codes.get(code), BY_CODE, "code")
            if full.found:
                return full
            candidates = tuple(sorted(named | coded))
            return Match(None, 0, "no_country", candidates)
        for ids, confidence, why in ((named, EXACT, "name"), (coded, BY_CODE, "code")):
            here = {each for each in ids if self.countries[each] == within}
            match = self._choose(here, confidence, why)
            if match.found or match.candidates:
                return match
        return NOTHING


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
