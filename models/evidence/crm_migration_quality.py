"""What is wrong, or missing, in the values that were read: a total per object and kind."""

from odoo import api, fields, models

from .quality_kinds import ADVICE, KINDS


class CrmMigrationQuality(models.Model):
    """One kind of flaw among the records of one object that become one thing in Odoo.

    Written by ``job/crm_migration_job_quality.py``. A total of none is kept as well: that
    something was looked for, and not found, is worth knowing.
    """

    _name = "crm.migration.quality"
    _description = "Migration Data Quality"
    _inherit = ["crm.migration.protected"]
    _order = "sequence, stream_id, model_label, kind, id"
    _log_access = False
    _rec_name = "kind"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id")
    stream_id = fields.Many2one(
        "crm.migration.stream",
        required=True,
        index=True,
        ondelete="cascade",
        string="Object",
    )
    sequence = fields.Integer(related="stream_id.sequence", store=True)
    model_label = fields.Char(string="Becomes")
    kind = fields.Selection(KINDS, required=True, string="Looked For")
    count = fields.Integer(string="Found", help="Records with this flaw.")
    total = fields.Integer(
        string="Of", help="Records of this object, without those that are skipped."
    )
    share = fields.Float(
        string="Share (%)",
        digits=(5, 1),
        aggregator=None,
        help="Of all records of this object.",
    )
    advice = fields.Char(compute="_compute_advice", string="What to Do")
    hit_ids = fields.One2many("crm.migration.quality.hit", "quality_id", readonly=True)

    @api.depends("kind")
    def _compute_advice(self):
        for row in self:
            row.advice = self.env._(ADVICE[row.kind]) if row.kind else False

    def action_open_records(self):
        """Open the staging records that this total counts, with the value that was found."""
        self.ensure_one()
        self.check_access("read")
        action = self.job_id._open("crm_migration_record_action")
        action["domain"] = [
            *action["domain"],
            ("quality_hit_ids.quality_id", "in", self.ids),
        ]
        action["context"] = {**action["context"], "crm_migration_quality": self.id}
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        action["display_name"] = f"{self.stream_id.label}: {kinds[self.kind]}"
        return action

    def action_look_again(self):
        """Look at the values as they are by now; without a selection, of this migration."""
        known = self.env.context.get("default_job_id")
        jobs = self.job_id or self.env["crm.migration.job"].browse(known or ())
        return jobs.action_look_at_quality()
