"""The name of a company that a contact is linked to, where the contact calls it otherwise."""

from odoo import models

from ..words.note_text import text_from_html

FIELD = "company_name"
CODE = "value_of_company"
LOADED = "loaded contacts"


class CrmMigrationTargetCompanyNames(models.AbstractModel):
    """Keep in the notes what Odoo drops.

    Odoo empties *Company Name* as soon as a contact has a company (19.0), and systems
    that have both as fields of their own let them differ: the company was renamed, or
    the contact wrote the name of a subsidiary.
    """

    _name = "crm.migration.target.company.names"
    _description = "Migration: Names of Companies on Contacts"

    def _keep_company_name(self, batch, item, written):
        """Note the name that the contact has of its company, unless it bears it.

        :param written: the name, or nothing
        """
        if not written or self._bears_name(batch, item.targets["parent_id"], written):
            return
        if self._is_noted(batch, item, f"{self._label(batch, FIELD)}: {written}"):
            self._keep_in_notes(batch, item, FIELD, written)
            item.report(CODE, "info", field=FIELD, value=written)

    def _is_noted(self, batch, item, note):
        """Tell whether the note is to be expected.

        Of what is verified the company may have been renamed in Odoo since: the name was
        hers when the contact was loaded, and there is no note.
        """
        loaded = batch.cache.get(LOADED)
        if not loaded:
            return True
        record = batch.model.browse(item.res_id).with_prefetch(loaded)
        notes = text_from_html(record.comment or "")
        return _fold(note) in _fold(notes)

    def _list_loaded(self, batch):
        """Remember that the contacts of a batch are in Odoo; return their ids."""
        return batch.once(
            LOADED, lambda: [item.res_id for item in batch.items if item.res_id]
        )


def _fold(text):
    return " ".join(text.split())
