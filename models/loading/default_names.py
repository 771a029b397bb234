"""A name for what has none: by what it is, in the language of the company."""

import re

from odoo import models

UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
"""Blanks, and what leaves no trace on a screen."""


def is_nameless(text):
    """Tell whether nothing of a name can be seen.

    >>> is_nameless(" \u00a0\u200b"), is_nameless(False), is_nameless("0")
    (True, True, False)
    """
    return not text or not UNSEEN.sub("", str(text))


class CrmMigrationLoadingDefaultNames(models.AbstractModel):
    """What people work on (meetings, to-dos, deals, tasks) may come without a subject.

    It gets a name by what it is, and a message that says so. A name of a list (a tag, a
    stage, a team) is never made up: a record refers to it by that name.
    """

    _name = "crm.migration.loading.default.names"
    _description = "Migration: Loading Default Names"

    def _get_named_field(self, model):
        """Return the field that takes a default name, None where none is made up."""
        if self._is_person or "activity_ids" not in model._fields:
            return None
        field = model._fields.get(model._rec_name)
        return field.name if field and field.store and field.type == "char" else None

    def _default_name(self, batch, item):
        """Return the name of a nameless record: what its model is called."""
        return self.env["ir.model"]._get(batch.model_name).name

    def _give_name(self, batch, item):
        """Fill the name by what the record is; a comparison expects the same again."""
        name = batch.once("named", lambda: self._get_named_field(batch.model))
        if not name or not is_nameless(item.vals.get(name)):
            return
        item.vals[name], item.named = self._default_name(batch, item), name
        item.report("name_default", "info", field=name, value=item.vals[name])
