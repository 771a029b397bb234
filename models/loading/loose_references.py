"""References that name the model in the row: what people have hung on a record so."""

import re

from odoo import models

from .usage import as_array

TALK = {"mail.message", "mail.activity", "ir.attachment"}
"""What people leave at a record; see ``_talked_about``."""


class CrmMigrationLoadingLooseReferences(models.AbstractModel):
    """No foreign key tells of them, and Odoo minds them in its own ways."""

    _name = "crm.migration.loading.loose.references"
    _description = "Migration: Loading Loose References"

    def _list_pairs(self, model_name):
        """Yield (model, query of id and target) of what names a model beside the record.

        Odoo deletes a message that somebody has scheduled with its record (19.0), and
        leaves a meeting about it that leads nowhere.
        """
        for name, field in self._list_loose():
            if name not in TALK and name not in self._own_rows:
                if pairs := self._select_pairs(name, field, model_name):
                    yield name, pairs

    def _select_pairs(self, name, field, model_name):
        """Return the query of a reference, None where no column says of what model it is."""
        column, table = f'"{field.name}"', f'"{self.env[name]._table}"'
        if field.type == "reference":
            return (
                f"SELECT id, split_part({column}, ',', 2)::int AS target FROM {table}"
                f" WHERE {column} ~ '^{re.escape(model_name)},[0-9]+$'"
            )
        of_model = self.env[name]._fields.get(field.model_field)
        if of_model is None or not (of_model.store and of_model.column_type):
            return None
        if of_model.type == "many2one":
            about = f'"{of_model.name}" = {self.env["ir.model"]._get_id(model_name)}'
        else:
            about = f"\"{of_model.name}\" = '{model_name}'"
        return f"SELECT id, {column} AS target FROM {table} WHERE {about}"

    def _is_named_loosely(self, record, own_rows):
        """Tell whether a row names the record by its model: a rule that waits for a stage."""
        self.env.flush_all()
        for name, pairs in self._list_pairs(record._name):
            self.env.cr.execute(
                f"SELECT 1 FROM ({pairs}) AS other WHERE other.target = %s"
                " AND other.id <> ALL(%s::int[]) LIMIT 1",
                [record.id, as_array(own_rows.get(name, ()))],
            )
            if self.env.cr.fetchone():
                return True
        return bool(self._waited_for(record._name, record.ids))

    def _waited_for(self, model_name, ids):
        """Return id → model of rules that wait for a record: a deal that comes to a stage.

        Of what model it is they work out themselves (``base_automation``, 19.0).
        """
        found = {}
        for name, field in self._list_loose():
            if field.type == "reference" or name in TALK:
                continue
            of_model = self.env[name]._fields.get(field.model_field)
            if of_model is None or of_model.store and of_model.column_type:
                continue
            rows = self.env[name].sudo().with_context(active_test=False)
            for row in rows.search([(field.name, "in", list(ids))]):
                if row[of_model.name] == model_name:
                    found.setdefault(row[field.name], name)
        return found
