"""Who made a record and when, where the source does not say it: the load, when it ran."""

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
        if not author and "create_uid" not in given:
            yield "create_uid", self.env.uid, record.create_uid.id
        if not editor and "write_uid" not in given:
            yield "write_uid", self.env.uid, record.write_uid.id
        if "create_date" in given | item.defaulted_fields:
            pass
        elif self._began_before:
            # Of what it says of its end at this reading, or at an earlier one.
            latest, there = made or item.row["loaded_at"], record.create_date
            is_before = there and there <= latest
            yield "create_date", latest, latest if is_before else there
        elif not made:
            loaded, there = item.row["loaded_at"], record.create_date
            is_ours = there and batch.job.create_date - DAY <= there <= loaded
            yield "create_date", loaded, loaded if is_ours else there
        if not changed and "write_date" not in given:
            yield "write_date", item.row["watermark"], record.write_date
