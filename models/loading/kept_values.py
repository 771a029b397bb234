"""Values that have no field where another model stands in: they go to the notes."""

from odoo import models

from ..staging.crm_migration_record_stage import name_record
from .batch import OWNER, REF, as_reference, find_references

KEPT = "@note."
"""``@note.<name>``: a value that stands in the notes under the label of its source."""


class CrmMigrationLoadingKeptValues(models.AbstractModel):
    """A reference is written by the name of its record, whether that is loaded or not."""

    _name = "crm.migration.loading.kept.values"
    _description = "Migration: Loading Kept Values"

    def _keep_values(self, batch, item):
        """Put the values of ``@note.…`` targets among those without a field."""
        for target, value in item.targets.items():
            if target.startswith(KEPT):
                values = value if isinstance(value, list) else [value]
                texts = [self._format_kept(batch, each) for each in values]
                if text := ", ".join(filter(None, texts)):
                    item.unmapped_values.append([self._label(batch, target), text])

    def _format_kept(self, batch, value):
        reference = as_reference(value)
        if not reference:
            return self._as_text(value)
        kind, key = reference
        if kind == OWNER:
            user = self.env["res.users"].browse(batch.users.get(key) or False)
            return user.name or self._get_owner_names(batch).get(key) or key
        if kind == REF:
            return key[1] if len(key) > 2 else self._get_kept_names(batch).get(key, "")
        decided = batch.decided.get(key)
        if isinstance(decided, tuple):
            return self.env[decided[0]].browse(decided[1]).display_name
        # A choice is a key of Odoo's; people read the word of the source.
        return key[1]

    def _get_owner_names(self, batch):
        owners = self.env["crm.migration.owner"]
        return batch.once(
            "owner names",
            lambda: {
                owner.key: owner.name
                for owner in owners.search([("job_id", "=", batch.job.id)])
            },
        )

    def _get_kept_names(self, batch):
        return batch.once("kept names", lambda: self._fetch_kept_names(batch))

    def _fetch_kept_names(self, batch):
        """Return (stream, id) → name of all staged records that the batch names so."""
        keys = {
            key
            for item in batch.items
            for each in filter(None, (item, item.loaded))
            for target, value in each.targets.items()
            if target.startswith(KEPT)
            for kind, key in find_references(value)
            if kind == REF and len(key) == 2
        }
        if not keys:
            return {}
        self.env.cr.execute(
            "SELECT stream, source_id, name, payload FROM crm_migration_record"
            " WHERE job_id = ANY(%s) AND (stream, source_id) IN %s",
            [batch.job._get_lineage().ids, tuple(keys)],
        )
        return {
            # What nothing takes here was never named by a mapping.
            (stream, key): name or name_record(payload or {}, {}) or ""
            for stream, key, name, payload in self.env.cr.fetchall()
        }
