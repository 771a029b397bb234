"""The end of a migration: what was read and the credentials go, what proves it stays."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

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
    _inherit = ["crm.migration.job.clean.up"]

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
        self._check_idle()

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
            job._wipe_corrections()
            job._wipe_payloads()
            job._wipe_values()
            job._wipe_edits()
            job._wipe_places()
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
