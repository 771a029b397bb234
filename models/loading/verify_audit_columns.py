"""Who made a record and when, where the source does not say it: the load, when it ran."""

import functools

from odoo import models

from .verify_columns import DAY


class CrmMigrationLoadingVerifyAuditColumns(models.AbstractModel):
    _name = "crm.migration.loading.verify.audit.columns"
    _description = "Migration: Loading Verify Audit Columns"

    def _compare_audit(self, batch, item, record, given):
        """Yield (name, expected, found) of dates and authors that no source gives.

        :param given: names of the fields that have been compared already
        """
        if item.part or not batch.model._log_access:
            return
        if not self._is_untouched(batch, item):
            return
        made, changed, author, editor = self._origin(batch, item)
        was_told = functools.partial(self._was_told, batch, item)
        if not (author or "create_uid" in given or was_told("@created_by")):
            yield "create_uid", self.env.uid, record.create_uid.id
        if not (
            editor or "write_uid" in given or was_told("@created_by", "@updated_by")
        ):
            yield "write_uid", self.env.uid, record.write_uid.id
        if "create_date" in given | item.defaulted_fields:
            pass
        elif self._began_before:
            # Of what it says of its end at this reading, or at an earlier one.
            latest, there = made or item.row["loaded_at"], record.create_date
            is_before = there and (there <= latest or was_told("@created_at"))
            yield "create_date", latest, latest if is_before else there
        elif not made:
            loaded, there = item.row["loaded_at"], record.create_date
            earliest = batch.job.create_date - DAY
            is_ours = there and there <= loaded
            is_ours = is_ours and (earliest <= there or was_told("@created_at"))
            yield "create_date", loaded, loaded if is_ours else there
        if not changed and "write_date" not in given:
            yield "write_date", item.row["watermark"], record.write_date

    def _was_told(self, batch, item, *targets):
        """Tell whether an earlier reading may have said it: what it said then, stands."""
        if not item.row.get("is_changed_since"):
            return False
        told = batch.once(
            "told targets", lambda: frozenset(batch.mapping.line_ids.mapped("target"))
        )
        return not told.isdisjoint(targets)
