"""How the records of a run were created: on the fast lane, or by Odoo, and why."""

from collections import Counter

from odoo import api, fields, models

LANE, BY_ODOO = "lane", "by_odoo"


class CrmMigrationCreation(models.Model):
    """One row per batch, model and way: several processes count without one another."""

    _name = "crm.migration.creation"
    _description = "Migration Creation"
    _inherit = ["crm.migration.protected", "crm.migration.grouped"]
    _order = "run_id.id desc, res_model, way"
    _log_access = False
    _rec_name = "res_model"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id")
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="cascade")
    res_model = fields.Char(string="Kind of Record", required=True)
    label = fields.Char(compute="_compute_label", string="Created As")
    way = fields.Selection(
        [
            (LANE, "Fast lane"),
            (BY_ODOO, "By Odoo: the model is not prepared for the fast lane"),
            ("hierarchy", "By Odoo: the model keeps a hierarchy, or parts elsewhere"),
            ("odoo_changed", "By Odoo: this version creates records in another way"),
            ("method_overridden", "By Odoo: an app changes how rows are written"),
            ("create_overridden", "By Odoo: an app changes how anything is created"),
            ("external_ids", "By Odoo: external IDs are written along"),
            ("no_such_field", "By Odoo: a field is given that does not exist"),
        ],
        string="How Created",
        required=True,
    )
    count = fields.Integer(string="Records")

    @api.depends("res_model")
    def _compute_label(self):
        for row in self:
            row.label = self._label_model(row.res_model)

    def _label_model(self, name):
        return self.env["ir.model"].sudo()._get(name).name or name

    @api.model
    def _head_groups(self, groups):
        """Head the groups of a model with what people call it."""
        super()._head_groups(groups)
        for group in groups:
            if group.get("res_model"):
                group["res_model"] = self._label_model(group["res_model"])

    @api.model
    def _count(self, batch):
        """Write down how the new records of a batch came about.

        :param batch: with the ticket that the loader took for it, if it took one
        """
        created = batch.with_outcome("created")
        if not created:
            return
        lane = batch.cache.get("lane")
        ways = Counter(self._way_of(lane, batch.model_name, item) for item in created)
        self.env.cr.execute_values(
            "INSERT INTO crm_migration_creation (job_id, run_id, res_model, way, count)"
            " VALUES %s",
            [
                (batch.job.id, batch.run.id, batch.model_name, way, count)
                for way, count in ways.items()
            ],
        )
        self.invalidate_model()

    def _way_of(self, lane, model_name, item):
        if lane is None:
            return BY_ODOO
        if lane.has_made(model_name, item.res_id):
            return LANE
        return lane.why(model_name) or BY_ODOO
