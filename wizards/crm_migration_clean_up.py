"""The dialog of what a migration has left and nobody uses: tick, confirm, gone."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang, human_size

from ..models.job.crm_migration_job_clean_up import DATA, FIELDS, MODELS, RECORDS


class CrmMigrationCleanUp(models.TransientModel):
    """Nothing is ticked beforehand; what is in use is shown, and cannot be ticked."""

    _name = "crm.migration.clean.up"
    _description = "Clean Up a Migration"
    _inherit = ["crm.migration.dialog"]
    _written_by_itself = frozenset({"is_empty"})

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    field_ids = fields.One2many(
        "crm.migration.clean.up.line",
        "clean_up_id",
        string="Fields",
        domain=[("kind", "=", FIELDS)],
    )
    model_ids = fields.One2many(
        "crm.migration.clean.up.line",
        "clean_up_id",
        string="Custom Objects",
        domain=[("kind", "=", MODELS)],
    )
    entry_ids = fields.One2many(
        "crm.migration.clean.up.line",
        "clean_up_id",
        string="Records",
        domain=[("kind", "=", RECORDS)],
    )
    data_ids = fields.One2many(
        "crm.migration.clean.up.line",
        "clean_up_id",
        string="Data of the Source",
        domain=[("kind", "=", DATA)],
    )
    is_empty = fields.Boolean(readonly=True)
    confirmed = fields.Boolean(string="Yes, remove this for good")

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        for dialog in dialogs:
            dialog._fill()
        return dialogs

    def _fill(self):
        """Look up what there is."""
        pieces = self.job_id._as_manager()._find_pieces()
        self.sudo().is_empty = not any(piece["offered"] for piece in pieces)
        self.env["crm.migration.clean.up.line"].sudo().create(
            [
                {
                    "clean_up_id": self.id,
                    "kind": piece["kind"],
                    "key": piece["key"],
                    "name": piece["name"],
                    "about": piece["about"],
                    "count": piece["count"],
                    "size": piece.get("size") or 0,
                    "note": piece["note"],
                    "is_offered": piece["offered"],
                }
                for piece in pieces
            ]
        )

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Clean Up"),
        }

    def _get_lines(self):
        return self.field_ids | self.model_ids | self.entry_ids | self.data_ids

    def action_clean_up(self):
        """Remove what is ticked.

        :raises UserError: nothing is, or it is not confirmed
        """
        self.ensure_one()
        self.job_id._check_manager()
        chosen = self._get_lines().filtered(
            lambda line: line.chosen and line.is_offered
        )
        if not chosen:
            raise UserError(self.env._("Tick first what shall go."))
        if not self.confirmed:
            raise UserError(self.env._("Confirm first that this shall be removed."))
        told = self.job_id._clean_up({(line.kind, line.key) for line in chosen})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": " ".join(told),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class CrmMigrationCleanUpLine(models.TransientModel):
    """One thing that can go, or why it cannot."""

    _name = "crm.migration.clean.up.line"
    _description = "Clean Up: Line"
    _inherit = ["crm.migration.dialog"]
    _order = "is_offered desc, id"
    _written_by_itself = frozenset(
        {"clean_up_id", "kind", "key", "name", "about", "count", "size", "note"}
        | {"is_offered"}
    )

    clean_up_id = fields.Many2one("crm.migration.clean.up", ondelete="cascade")
    kind = fields.Selection(
        [
            (FIELDS, "Fields"),
            (MODELS, "Custom Objects"),
            (RECORDS, "Records"),
            (DATA, "Data of the Source"),
        ],
        readonly=True,
    )
    key = fields.Char(readonly=True)
    name = fields.Text(readonly=True)
    about = fields.Char(string="Kind of Record", readonly=True)
    count = fields.Integer(readonly=True)
    size = fields.Float(string="Bytes", readonly=True)
    size_text = fields.Char(compute="_compute_size_text", string="Size")
    note = fields.Text(readonly=True)
    is_offered = fields.Boolean(readonly=True, help="Nobody uses it: it can go.")
    chosen = fields.Boolean(string="Remove")

    @api.depends("size")
    def _compute_size_text(self):
        for line in self:
            line.size_text = human_size(line.size) if line.size else False

    def action_choose(self):
        """Tick it, or take the tick away: a card has no box of its own."""
        self.ensure_one()
        self.clean_up_id.job_id._check_manager()
        self.chosen = self.is_offered and not self.chosen
        return self.clean_up_id._show()

    def _format(self):
        """Return the line as text."""
        self.ensure_one()
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        parts = [
            f"{kind}: {self.about}" if self.about else kind,
            self.name or "",
            formatLang(self.env, self.count, digits=0),
            self.size_text or "",
        ]
        state = "" if self.is_offered else self.env._("in use")
        head = " · ".join(filter(None, [*parts, state]))
        return f"{head}\n    {self.note}" if self.note else head
