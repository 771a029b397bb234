"""Find Odoo records by what a source calls them."""

from typing import NamedTuple

from odoo.fields import Domain

from .companies import get_company_domain
from .field_kinds import normalize

EXACT, BY_CODE, BY_OTHER_WORD = 100, 95, 90


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
