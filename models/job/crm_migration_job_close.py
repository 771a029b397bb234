"""The end of a migration: what was read and the credentials go, what proves it stays."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from .kinds import ALIVE

OF_CORRECTIONS = "corrections-%"
"""Workbooks that quote the source record by record; documents and guides stay."""

TYPED = ("char", "text", "json", "binary", "html")
"""Types of fields in which a dialog may hold what stood in the source."""

CONTINUED = "predecessor_id"
"""Of a migration that is still to be: another one."""

STEPS = 3
"""From a dialog to its migration at most: a line, its mapping, the migration."""


class CrmMigrationJobClose(models.AbstractModel):
    """A migration that was closed can still be shown, printed and rolled back."""

    _name = "crm.migration.job.close"
    _description = "Migration: Job Close"

    closed_at = fields.Datetime(string="Closed On", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_text = fields.Char(compute="_compute_closed_text")

    @api.depends("closed_at", "closed_by_id")
    def _compute_closed_text(self):
        for job in self:
            job.closed_text = job.closed_at and self.env._(
                "Closed on %(moment)s by %(user)s: the credentials and what was read are "
                "wiped. The links, the reports and the sums stay.",
                moment=format_datetime(self.env, job.closed_at),
                user=job.closed_by_id.sudo().name or "",
            )

    def action_close(self):
        """Show what closing wipes and what stays, then ask."""
        self.ensure_one()
        self._as_manager()._check_closable()
        return self._open_dialog(
            self.env._("Close the Migration"),
            "crm.migration.close",
            default_job_id=self.id,
        )

    def _check_closable(self):
        """Refuse to wipe what a run still needs, or what is wiped already.

        :raises UserError: says which of the two
        """
        self._check_not_closed()
        if self.run_id.state in ALIVE:
            raise UserError(self.env._("This migration is still at work."))

    def _check_not_closed(self):
        """Refuse what needs the source or what was read of it.

        :raises UserError: both are gone
        """
        for job in self.filtered("closed_at"):
            raise UserError(
                self.env._(
                    "“%(job)s” is closed: its credentials and its data are wiped. Run a "
                    "plan from the same system; what was loaded is recognized.",
                    job=job.name,
                )
            )

    def _close(self):
        """Forget the credentials and the raw payloads; reports and links stay."""
        user = self.env.user
        for job in self._as_manager():
            job._check_closable()
            job._wipe_credentials()
            job._wipe_files()
            job._wipe_read()
            job._wipe_dialogs()
            job.write(
                {
                    "phase": "done",
                    "active": False,
                    "delta_interval": "none",
                    "closed_at": fields.Datetime.now(),
                    "closed_by_id": user.id,
                }
            )
            job.message_post(body=job.closed_text)

    def _wipe_files(self):
        """Remove the files of the source, what was unpacked of them, and workbooks."""
        self._remove_work_folder()
        self._remove_files(self.file_ids)
        self.file_ids = False
        self._get_corrections().unlink()

    def _get_corrections(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=like", OF_CORRECTIONS),
            ]
        )

    def _wipe_read(self):
        """Empty what quotes the source: payloads, values, samples, places in its lists."""
        self.env.flush_all()
        for query in (
            "UPDATE crm_migration_record SET payload = '{}'::jsonb, values = NULL,"
            " edits = NULL WHERE job_id = %s",
            # How much was filled stays: by it newer files are recognized later.
            """
            UPDATE crm_migration_stream AS stream
               SET sample = (SELECT jsonb_object_agg(key, value || '{"samples": []}')
                               FROM jsonb_each(stream.sample))
             WHERE job_id = %s AND sample IS NOT NULL
            """,
            "UPDATE crm_migration_stream SET checkpoint = NULL WHERE job_id = %s",
            """
            UPDATE crm_migration_mapping_line AS line SET samples = NULL
              FROM crm_migration_mapping AS mapping
             WHERE mapping.id = line.mapping_id AND mapping.job_id = %s
            """,
            "UPDATE crm_migration_quality_hit AS hit SET value = NULL"
            "  FROM crm_migration_record AS record"
            " WHERE record.id = hit.record_id AND record.job_id = %s",
            # The conditions of a sample were typed from what was seen of the source.
            "UPDATE crm_migration_run SET checkpoint = NULL,"
            " parameters = parameters #- '{sample,filter}' WHERE job_id = %s",
        ):
            self.env.cr.execute(SQL(query, self.id))
        self.env.invalidate_all(flush=False)

    def _wipe_dialogs(self):
        """Remove dialogs that nobody has cleared away yet: they hold what was typed."""
        for name in self.env.registry:
            model = self.env[name]
            if not name.startswith("crm.migration.") or not model._transient:
                continue
            if not self._is_typed_into(model):
                continue
            for path in self._list_ways(model):
                model.search([(path, "=", self.id)]).unlink()

    def _list_ways(self, model, steps=STEPS):
        """Return the paths that lead from a dialog to the migration it is about."""
        found = []
        for field in model._fields.values():
            linked = field.type in ("many2one", "many2many") and field.store
            if not linked or field.name == CONTINUED or not steps:
                continue
            if field.comodel_name == self._name:
                return [field.name]
            if field.comodel_name.startswith("crm.migration."):
                ways = self._list_ways(self.env[field.comodel_name], steps - 1)
                found += [f"{field.name}.{way}" for way in ways]
        return found

    def _is_typed_into(self, model):
        """Tell whether a dialog, or a line of it, may hold what stood in the source."""
        lines = [f.comodel_name for f in model._fields.values() if f.type == "one2many"]
        return any(
            field.store and field.type in TYPED
            for each in (model, *map(self.env.__getitem__, lines))
            for field in each._fields.values()
        )
