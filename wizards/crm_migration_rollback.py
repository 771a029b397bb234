"""The dialog that takes a load back: all of it, one object, or one pass."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CrmMigrationRollback(models.TransientModel):
    """Say beforehand what goes, what gets its old values back, and what stays."""

    _name = "crm.migration.rollback"
    _description = "Roll Back a Migration"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    scope = fields.Selection(
        [
            ("job", "Everything this migration loaded"),
            ("stream", "One object"),
            ("run", "One load"),
        ],
        required=True,
        default="job",
    )
    stream_id = fields.Many2one("crm.migration.stream", string="Object")
    run_id = fields.Many2one("crm.migration.run", string="Load")
    takes_changed = fields.Boolean(
        string="Also what people have worked on since",
        help="Records that somebody has changed in Odoo since the load are removed as "
        "well, their edits with them. What other records refer to stays in any case.",
    )
    delete_count = fields.Integer(compute="_compute_counts", string="Removed")
    restore_count = fields.Integer(compute="_compute_counts", string="Restored")
    keep_count = fields.Integer(compute="_compute_counts", string="Kept")
    total_count = fields.Integer(compute="_compute_counts")
    confirmed = fields.Boolean(string="Yes, take this back")

    @api.depends("job_id", "scope", "stream_id", "run_id")
    def _compute_counts(self):
        for wizard in self:
            counts = wizard._count_records()
            wizard.delete_count = counts.get("delete", 0)
            wizard.restore_count = counts.get("restore", 0)
            wizard.keep_count = counts.get("keep", 0)
            wizard.total_count = sum(counts.values())

    def _count_records(self):
        """Return what a rollback does → the number of records of Odoo.

        What was merged with another record of the source goes with that one.
        """
        links = self.env["crm.migration.id.map"]._search(self._get_domain())
        self.env.cr.execute(
            SQL(
                """
                SELECT actions[1], count(*) FROM (
                    SELECT array_agg(rollback_action ORDER BY
                               array_position('{delete,restore,keep}'::varchar[],
                                              rollback_action))
                      FROM crm_migration_id_map
                     WHERE id IN %s GROUP BY res_model, res_id) AS records (actions)
                 GROUP BY 1
                """,
                links.subselect(),
            )
        )
        return dict(self.env.cr.fetchall())

    def _get_domain(self):
        domain = [("job_id", "=", self.job_id.id)]
        if self.scope == "stream":
            domain.append(("stream", "=", self.stream_id.name or ""))
        elif self.scope == "run":
            domain.append(("run_id", "=", self.run_id.id or 0))
        return domain

    def action_roll_back(self):
        """Start the pass that takes back what was chosen.

        :raises UserError: not confirmed, or nothing to take back
        """
        self.ensure_one()
        self.job_id._check_manager()
        if not self.confirmed:
            raise UserError(self.env._("Confirm first that this shall be taken back."))
        if not self.total_count:
            raise UserError(self.env._("There is nothing to take back."))
        self.job_id._start_run("rollback", parameters=self._get_parameters())
        return {"type": "ir.actions.act_window_close"}

    def _get_parameters(self):
        parameters = {"changed": True} if self.takes_changed else {}
        if self.scope == "stream":
            parameters["stream"] = self.stream_id.name
        if self.scope == "run":
            parameters["run_id"] = self.run_id.id
        return parameters or None
