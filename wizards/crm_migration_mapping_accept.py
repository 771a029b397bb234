"""The dialog that accepts all proposals above a confidence."""

from odoo import api, fields, models


class CrmMigrationMappingAccept(models.TransientModel):
    """Say beforehand how many that are; what is undecided below stays undecided."""

    _name = "crm.migration.mapping.accept"
    _description = "Accept Proposals"
    _inherit = ["crm.migration.dialog"]

    mapping_ids = fields.Many2many("crm.migration.mapping", required=True)
    threshold = fields.Integer(string="Confidence of at Least (%)", default=80)
    count = fields.Integer(compute="_compute_count")
    rest_count = fields.Integer(compute="_compute_count")

    @api.depends("threshold", "mapping_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._get_lines())
            total = self.env["crm.migration.mapping.line"].search_count(
                [("mapping_id", "in", wizard.mapping_ids.ids), ("state", "=", "open")]
            )
            wizard.rest_count = total - wizard.count

    def _get_lines(self):
        return self.env["crm.migration.mapping.line"].search(
            [
                ("mapping_id", "in", self.mapping_ids.ids),
                ("state", "=", "open"),
                ("target", "!=", False),
                ("confidence", ">=", self.threshold),
            ]
        )

    def action_accept(self):
        self.ensure_one()
        self._get_lines().action_accept()
        return {"type": "ir.actions.act_window_close"}
