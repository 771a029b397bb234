"""The dialog that says of a table what it holds, once the migration has begun."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

CUSTOM, LEAVE_OUT = "custom", "leave_out"


class CrmMigrationTableObject(models.TransientModel):
    """Only the mapping of this table is replaced; what was decided on others stays."""

    _name = "crm.migration.table.object"
    _description = "What a Table Holds"
    _inherit = ["crm.migration.table.preview", "crm.migration.dialog"]
    _written_by_itself = frozenset({"preview"})

    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, string="Table", ondelete="cascade"
    )
    preview = fields.Json(readonly=True)
    choices = fields.Json(compute="_compute_choices")
    tables = fields.Char(compute="_compute_choices", string="Read From")
    present = fields.Char(compute="_compute_choices", string="Taken For")
    choice = fields.Char(string="Holds")
    custom_object = fields.Char(
        string="Name of the Object",
        help="What its records are called, for instance Machines.",
    )
    is_loaded = fields.Boolean(compute="_compute_is_loaded")

    @api.model
    def _open_for(self, stream):
        """Return the action that asks about a table.

        :raises UserError: it comes from no file
        """
        stream.job_id._as_manager()
        dialog = self.create({"stream_id": stream.id})
        preview = dialog._get_tables()
        if not preview:
            raise UserError(
                self.env._(
                    "Only of what comes from a file can it be said what it holds."
                )
            )
        dialog.sudo().preview = preview
        dialog.choice = preview[0]["choice"]
        dialog.custom_object = preview[0]["custom_object"]
        action = stream._open_dialog(self.env._("What It Holds"), self._name)
        return {**action, "res_id": dialog.id}

    def _get_tables(self):
        stream = self.stream_id
        return [
            {**table, "rows": [], "columns": []}
            for table in self._get_preview_of(stream.job_id) or []
            if table.get("stream") == stream.name
        ]

    @api.depends("preview")
    def _compute_choices(self):
        for dialog in self:
            tables = dialog.preview or []
            dialog.tables = ", ".join(table["name"] for table in tables)
            first = tables[0] if tables else {}
            dialog.choices = first.get("choices_of") or []
            labels = dict(dialog.choices)
            dialog.present = (
                first.get("custom_object")
                or labels.get(first.get("choice"))
                or self.env._("Not recognized")
            )

    @api.depends("stream_id")
    def _compute_is_loaded(self):
        for dialog in self:
            stream = dialog.stream_id
            dialog.is_loaded = bool(
                self.env["crm.migration.id.map"]
                .sudo()
                .search_count(
                    [("job_id", "=", stream.job_id.id), ("stream", "=", stream.name)],
                    limit=1,
                )
            )

    def action_apply(self):
        """Read the table as what was chosen, and propose its mapping anew.

        :raises UserError: nothing was chosen, the migration is at work, or it was loaded
        """
        self.ensure_one()
        job = self.stream_id.job_id
        job._check_manager()
        self._ensure_possible(job)
        options = self._get_options()
        sudo = job.sudo()
        sudo.settings_open = {
            **(sudo.settings_open or {}),
            "file_options": json.dumps(options, ensure_ascii=False),
        }
        stream = self.stream_id.sudo()
        stream.selected = self.choice != LEAVE_OUT
        if self.choice != LEAVE_OUT:
            labels = {name: text.rsplit(" (", 1)[0] for name, text in self.choices}
            stream.label = self.custom_object or labels[self.choice]
        job._start_run("discover", {"renew": True, "replaced": stream.ids})
        return {"type": "ir.actions.act_window_close"}

    def _ensure_possible(self, job):
        if job.state != "idle":
            raise UserError(self.env._("This migration is still at work."))
        if self.is_loaded:
            raise UserError(
                self.env._("Roll back what was loaded from this table first.")
            )
        if self.choice not in dict(self.choices or []):
            raise UserError(self.env._("Choose what the table holds."))
        if self.choice == CUSTOM and not (self.custom_object or "").strip():
            raise UserError(
                self.env._("Say what the records of the object are called.")
            )

    def _get_options(self):
        """Return the corrections per file with what was chosen for these tables."""
        given = self.stream_id.job_id.sudo().settings_open or {}
        options = json.loads(given.get("file_options") or "{}")
        for table in self.preview:
            own = {**options.get(table["name"], {}), "stream": self.stream_id.name}
            own.pop("custom_object", None)
            own["object"] = self.choice
            if self.choice == CUSTOM:
                own["custom_object"] = self.custom_object.strip()
            options[table["name"]] = own
        return options
