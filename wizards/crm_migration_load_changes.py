"""The dialog before a load of changes: what it would bring, object by object."""

from odoo import api, fields, models

COUNTS = ("new_count", "changed_count", "unchanged_count", "vanished_count")


class CrmMigrationLoadChanges(models.TransientModel):
    """Nothing is written before somebody has seen how much of it there is."""

    _name = "crm.migration.load.changes"
    _description = "Load Changes"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    stream_ids = fields.Many2many(
        "crm.migration.stream", compute="_compute_stream_ids", string="Objects"
    )
    new_count = fields.Integer(compute="_compute_stream_ids", string="New")
    changed_count = fields.Integer(compute="_compute_stream_ids", string="Changed")
    conflict_open_count = fields.Integer(related="job_id.conflict_open_count")
    vanished_open_count = fields.Integer(related="job_id.vanished_open_count")
    read_at = fields.Datetime(compute="_compute_stream_ids", string="Read On")

    @api.depends("job_id")
    def _compute_stream_ids(self):
        for wizard in self:
            streams = wizard.job_id.stream_ids.filtered(
                lambda stream: stream.selected and any(map(stream.__getitem__, COUNTS))
            )
            wizard.stream_ids = streams
            wizard.new_count = sum(streams.mapped("new_count"))
            wizard.changed_count = sum(streams.mapped("changed_count"))
            last = wizard.job_id.run_ids.filtered(
                lambda run: run.kind in ("extract", "transform") and run.state == "done"
            )
            wizard.read_at = last.sorted("id")[-1:].ended_at

    def action_load(self):
        """Start the load."""
        self.ensure_one()
        self.job_id.action_load()
        return {"type": "ir.actions.act_window_close"}

    def action_open_conflicts(self):
        self.ensure_one()
        return self.job_id.action_open_conflicts()

    def action_open_vanished(self):
        self.ensure_one()
        return self.job_id.action_open_vanished()
