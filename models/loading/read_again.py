"""Where something hangs that was loaded before: a later reading tears no history off."""

from odoo import models
from odoo.tools import SQL

from .batch import find_references


class CrmMigrationLoadingReadAgain(models.AbstractModel):
    """It follows the source to another record, and stays with one that has vanished.

    A contact that was deleted in the source is kept in Odoo; its e-mails name only the
    company by then, or nothing at all. They belong to the contact all the same.
    """

    _name = "crm.migration.loading.read.again"
    _description = "Migration: Loading Read Again"

    _stands_alone = False
    """It may belong to no record: then it leaves the one that the source names no more."""

    def _with_present(self, batch, item, threads):
        """Return the records that it belongs to, beginning with the one it hangs on.

        :param threads: (model, id) of what the source names now
        """
        if not item.res_id or not self._is_read_again(batch):
            return threads
        present = self._present_homes(batch).get(item.res_id)
        if not present:
            return threads
        stays = present in threads or not (threads or self._is_let_go(item))
        if stays or present in self._vanished_homes(batch):
            return [present, *(each for each in threads if each != present)]
        return threads

    def _is_let_go(self, item):
        """Tell whether the source says that it belongs to nothing."""
        named = any(True for _each in find_references(item.targets.get("@thread")))
        return self._stands_alone and not named

    def _is_read_again(self, batch):
        return batch.once("again", batch.job._is_read_again)

    def _present_homes(self, batch):
        """Return id → (model, id) of what the records of the batch hang on."""
        return batch.once("present homes", lambda: self._fetch_homes(batch))

    def _fetch_homes(self, batch):
        model_field, id_field = self._hangs_on
        batch.model.flush_model([model_field, id_field])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s, %s FROM %s WHERE id = ANY(%s)",
                SQL.identifier(model_field),
                SQL.identifier(id_field),
                SQL.identifier(batch.model._table),
                [item.res_id for item in batch.items if item.res_id],
            )
        )
        return {
            res_id: (model, home_id)
            for res_id, model, home_id in rows
            if model in self.env and home_id
        }

    def _vanished_homes(self, batch):
        """Return those of them that the source does not have any more."""
        homes = set(self._present_homes(batch).values())
        return batch.once("vanished homes", lambda: self._find_vanished(batch, homes))

    def _find_vanished(self, batch, homes):
        """Return those of the (model, id) that the source does not have any more."""
        if not homes:
            return set()
        self.env.cr.execute(
            """
            SELECT map.res_model, map.res_id
              FROM unnest(%s, %s) AS home (model, id)
              JOIN crm_migration_id_map AS map
                ON map.res_model = home.model AND map.res_id = home.id
               AND map.job_id = ANY(%s)
              LEFT JOIN crm_migration_record AS record
                ON record.job_id = %s AND record.stream = map.stream
               AND record.source_id = map.source_id AND record.vanished_at IS NULL
             GROUP BY map.res_model, map.res_id HAVING count(record.id) = 0
            """,
            [
                [model for model, _res_id in homes],
                [res_id for _model, res_id in homes],
                batch.job._get_lineage().ids,
                batch.job.id,
            ],
        )
        return set(self.env.cr.fetchall())
