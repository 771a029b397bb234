"""What the dialog of a new migration lists: the objects, and the answer of the source."""

from odoo import fields, models


class CrmMigrationJobStartLine(models.TransientModel):
    """An object that the source has, to be brought over or not."""

    _name = "crm.migration.job.start.line"
    _description = "New Migration: Object"
    _order = "sequence, id"

    start_id = fields.Many2one(
        "crm.migration.job.start", required=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    name = fields.Char(required=True, readonly=True)
    label = fields.Char(string="Object", readonly=True)
    derived_from = fields.Char(string="Read With", readonly=True)
    selected = fields.Boolean(string="Include", default=True)

    is_unwanted = fields.Boolean(readonly=True, help="Its table is left out.")

    def _prepare_stream(self):
        return {
            "sequence": self.sequence,
            "name": self.name,
            "label": self.label,
            "derived_from": self.derived_from,
            "selected": self.selected,
        }


class CrmMigrationJobStartFinding(models.TransientModel):
    """One sentence of the answer to *Check Connection*."""

    _name = "crm.migration.job.start.finding"
    _description = "New Migration: Finding"

    start_id = fields.Many2one(
        "crm.migration.job.start", required=True, ondelete="cascade"
    )
    level = fields.Selection(
        [("blocking", "Blocking"), ("warning", "Warning"), ("passed", "Passed")],
        required=True,
    )
    text = fields.Text(required=True, string="What Was Found")
    cure = fields.Text(string="What to Do")
