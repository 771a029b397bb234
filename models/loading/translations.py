"""Texts that Odoo keeps in several languages: what was never translated follows."""

from odoo import models


class CrmMigrationLoadingTranslations(models.AbstractModel):
    """Odoo creates a text in the language of the loader and in English, whichever that is.

    A change in one language leaves the others as they were: whoever reads Odoo in another
    one would never see it. What somebody has translated stays as it is.
    """

    _name = "crm.migration.loading.translations"
    _description = "Migration: Loading Translations"

    def _write_in_languages(self, record, vals):
        """Write values; languages in which a text is the same get the new one, too."""
        alike = {name: self._list_alike(record, name) for name in vals}
        record.write(dict(vals))
        for name, languages in alike.items():
            for code in languages:
                localized = record.with_context(lang=code)
                models.BaseModel.write(localized, {name: record[name]})

    def _list_alike(self, record, name):
        """Return the other languages in which a text stands as it does in ours.

        A language that has no text of its own shows the English one.
        """
        field = record._fields[name]
        # What is translated term by term Odoo keeps together itself.
        if field.translate is not True or not field.store or not record[name]:
            return []
        texts = field._get_stored_translations(record) or {}
        ours = field.translation_lang(record.env)
        return [
            code
            for code, text in texts.items()
            if code != ours and text == record[name]
        ]
