"""Find the country and the state that a text means: by name, by code, by another word."""

import re

from .field_kinds import normalize
from .name_index import BY_CODE, BY_OTHER_WORD, EXACT, NOTHING, Match, NameIndex
from .names import get_country_codes
from .state_codes import OTHER_CODES


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
