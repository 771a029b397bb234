"""Where something hangs that was loaded before: a later reading tears no history off."""

from odoo import models
from odoo.tools import SQL

from .loader_thread import BEARER

HANGS_ON = {
    **BEARER,
    "calendar.event": ("res_model", "res_id"),
    "ir.attachment": ("res_model", "res_id"),
}


class CrmMigrationLoader(models.AbstractModel):
    """It follows the source to another record, and stays with one that has vanished.

    A contact that was deleted in the source is kept in Odoo; its e-mails name only the
    company by then, or nothing at all. They belong to the contact all the same.
    """

    _inherit = "crm.migration.loader"

    def _with_present(self, batch, item, threads):
        """Return the records that it belongs to, beginning with the one it hangs on.

        :param threads: (model, id) of what the source names now
        """
        if not item.res_id or not self._is_read_again(batch):
            return threads
        present = self._present_homes(batch).get(item.res_id)
        if not present:
            return threads
        stays = not threads or present in threads
        if stays or present in self._vanished_homes(batch):
            return [present, *(each for each in threads if each != present)]
        return threads

    def _is_read_again(self, batch):
        return batch.once("again", batch.job._is_read_again)

    def _present_homes(self, batch):
        """Return id → (model, id) of what the records of the batch hang on."""
        return batch.once("present homes", lambda: self._fetch_homes(batch))

    def _fetch_homes(self, batch):
        model_field, id_field = HANGS_ON[batch.model_name]
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
        return batch.once("vanished homes", lambda: self._fetch_vanished_homes(batch))

    def _fetch_vanished_homes(self, batch):
        homes = set(self._present_homes(batch).values())
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


class CrmMigrationLoaderMailMessage(models.AbstractModel):
    """No field of a message names its record when it is prepared: it is moved here."""

    _inherit = "crm.migration.loader.mail.message"

    def _move_messages(self, batch, items):
        """Hang messages where the source has them now, unless a person moved them.

        A message that was moved takes its files along.
        """
        moved = {}
        for item in items:
            present = self._present_homes(batch).get(item.res_id)
            if not item.threads or present in (None, *item.threads):
                continue
            then = item.loaded.threads if item.loaded else ()
            if present in then:
                moved[item] = present
            else:
                item.home = present
                mine, theirs = (
                    self.env[model].browse(res_id).display_name
                    for model, res_id in (present, item.threads[0])
                )
                both = self._word_both(mine, theirs)
                item.report("changed_by_both", field="@thread", value=mine, **both)
        if moved:
            self._write_homes(batch, moved)

    def _write_homes(self, batch, moved):
        """Write where messages hang by SQL, as they were written: nobody edited them."""
        notes = [self._note_id(batch, item, *item.home) for item in moved]
        rows = [(item.res_id, *item.home, *left) for item, left in moved.items()]
        columns = [*map(list, zip(*rows, strict=True))]
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE mail_message AS message SET model = new.model, res_id = new.res_id
              FROM unnest(%s, %s, %s) AS new (id, model, res_id)
             WHERE message.id = new.id
            """,
            columns[:3],
        )
        self.env.cr.execute(
            """
            UPDATE ir_attachment AS file SET res_model = new.model, res_id = new.res_id
              FROM unnest(%s, %s, %s, %s, %s)
                   AS new (message_id, model, res_id, left_model, left_id)
              JOIN message_attachment_rel AS shown ON shown.message_id = new.message_id
             WHERE file.id = shown.attachment_id AND file.res_model = new.left_model
               AND file.res_id = new.left_id
            """,
            columns,
        )
        # Where it hangs now, a note said that it hangs elsewhere.
        self.env["mail.message"].search([("message_id", "in", notes)]).unlink()
        batch.cache.pop("present homes", None)
        self.env.invalidate_all(flush=False)
