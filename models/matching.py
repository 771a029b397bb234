"""Find Odoo records by what a source calls them."""

from .proposal import normalize

CODES = {
    "res.country": ("code",),
    "res.country.state": ("code",),
    "res.currency": ("name",),
}
EXACT, BY_CODE = 100, 95


class NameIndex:
    """Names of a model's records in every installed language, case and accents ignored.

    Meant for lists that people read: countries, stages, tags. One query a language.
    """

    LIMIT = 20_000

    def __init__(self, env, model):
        self.model = model
        self.names = {}
        records = env[model].sudo().with_context(active_test=False)
        for lang, _label in env["res.lang"].get_installed():
            localized = records.with_context(lang=lang)
            field = localized._rec_name or "display_name"
            for record in localized.search([], limit=self.LIMIT):
                self.names.setdefault(normalize(record[field] or ""), record.id)
        self.codes = {}
        for code in CODES.get(model, ()):
            for record in records.search([], limit=self.LIMIT):
                self.codes.setdefault((record[code] or "").upper(), record.id)

    def find(self, text):
        """Return (id or None, confidence in percent)."""
        if found := self.names.get(normalize(text)):
            return found, EXACT
        if found := self.codes.get(text.strip().upper()):
            return found, BY_CODE
        return None, 0
