"""In the source = staged = created + updated + merged + skipped + failed, per object.

The counts come from ``job/crm_migration_job_reconcile.py``.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..safety.context import DRY_RUN


class CrmMigrationReconciliation(models.Model):
    """The sums of one object after one run. The database refuses sums that do not add up."""

    _name = "crm.migration.reconciliation"
    _description = "Migration Reconciliation"
    _inherit = ["crm.migration.protected"]
    _order = "run_id.id desc, sequence, id"
    _rec_name = "stream_id"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="cascade")
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    stream_id = fields.Many2one(
        "crm.migration.stream",
        required=True,
        index=True,
        ondelete="cascade",
        string="Object",
    )
    sequence = fields.Integer(related="stream_id.sequence", store=True)
    model_label = fields.Char(string="Becomes")
    is_prediction = fields.Boolean(string="Dry Run")
    source_count = fields.Integer(string="In the Source")
    rejected_count = fields.Integer(string="Unreadable")
    staged_count = fields.Integer(string="Staged")
    created_count = fields.Integer(string="Created")
    updated_count = fields.Integer(string="Updated")
    merged_count = fields.Integer(string="Merged")
    unchanged_count = fields.Integer(
        string="Unchanged", help="Loaded before, and the same in the source since."
    )
    vanished_count = fields.Integer(
        string="Vanished", help="Staged, but not in the source any more."
    )
    skipped_count = fields.Integer(string="Skipped")
    failed_count = fields.Integer(string="Failed")
    unmapped_count = fields.Integer(string="Not Loaded")
    pending_count = fields.Integer(string="Still to Do")
    missing_count = fields.Integer(
        string="Missing", help="In the source, but neither staged nor unreadable."
    )
    compared_count = fields.Integer(string="Values Compared")
    difference_count = fields.Integer(
        string="Values Differ", help="Found by the verification of this run."
    )
    in_fields_count = fields.Integer(
        string="Values in Fields", help="Filled values of the source, see Coverage."
    )
    in_notes_count = fields.Integer(string="In Notes and Chatter")
    left_out_count = fields.Integer(string="Values Left Out")
    unaccounted_count = fields.Integer(string="Unaccounted")
    is_balanced = fields.Boolean(string="Adds Up")
    is_latest = fields.Boolean(
        compute="_compute_is_latest",
        search="_search_is_latest",
        help="The sums of the last pass: those of several would count a record twice.",
    )
    signed_by_id = fields.Many2one("res.users")
    signed_at = fields.Datetime(string="Signed On")

    _sums_add_up = models.Constraint(
        """CHECK (
            staged_count = created_count + updated_count + merged_count
                + unchanged_count + skipped_count
                + failed_count + unmapped_count + pending_count
            AND source_count + vanished_count = staged_count + rejected_count + missing_count
        )""",
        "The sums of a reconciliation must add up.",
    )
    _signed_is_balanced = models.Constraint(
        "CHECK (signed_at IS NULL OR (pending_count = 0 AND missing_count = 0))",
        "Only what adds up can be signed.",
    )

    def _get_latest_runs(self, domain):
        """Return the ids of the last pass with sums, of each migration."""
        groups = self.env["crm.migration.reconciliation"]._read_group(
            domain, ["job_id"], ["run_id:max"]
        )
        return [run_id for _job, run_id in groups if run_id]

    @api.depends("run_id")
    def _compute_is_latest(self):
        latest = self._get_latest_runs([("job_id", "in", self.job_id.ids)])
        for row in self:
            row.is_latest = row.run_id.id in latest

    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        inner = "in" if True in value else "not in"
        return [("run_id", inner, self._get_latest_runs([]))]

    @api.model
    def _get_empty_columns(self, domain):
        """Return what hides the columns that have nothing but zeros in every pass."""
        names = [
            name
            for name, field in self._fields.items()
            if name.endswith("_count") and name not in ("source_count", "staged_count")
        ]
        [sums] = self._read_group(domain, [], [f"{name}:sum" for name in names])
        empty = {
            f"no_{name.removesuffix('_count')}": 1
            for name, value in zip(names, sums, strict=True)
            if not value
        }
        if not self.search_count([*domain, ("signed_at", "!=", False)], limit=1):
            empty["no_signature"] = 1
        return empty

    @api.model
    def _open_all(self):
        """Open the sums of the last pass of each migration, without empty columns."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_migration.crm_migration_reconciliation_action"
        )
        context = {"search_default_latest": 1, "search_default_by_job": 1}
        action["context"] = {**context, **self._get_empty_columns([])}
        return action

    def action_open_coverage(self):
        """Open where the filled values of this object stand, field by field."""
        self.ensure_one()
        action = self.job_id.action_open_coverage()
        action["domain"] = [*action["domain"], ("stream_id", "=", self.stream_id.id)]
        return action

    def action_sign(self):
        """Confirm that the sums are right; that is kept with a fingerprint.

        :raises UserError: records are missing or still to do
        """
        self._check_manager()
        rows = self.filtered(lambda row: not row.signed_at and not row.is_prediction)
        if open_rows := rows.filtered(lambda row: not row.is_balanced):
            names = ", ".join(open_rows.stream_id.mapped("label"))
            raise UserError(
                self.env._(
                    "This does not add up yet and cannot be signed: %(names)s.",
                    names=names,
                )
            )
        rows.sudo()._sign(self.env.user)
        return True

    def _sign(self, user, is_automatic=False, comment=""):
        """Sign these sums, each with an entry of the chain; a dry run has one of its own."""
        self.write({"signed_by_id": user.id, "signed_at": fields.Datetime.now()})
        said = {"user_id": user.id, "is_automatic": is_automatic, "comment": comment}
        self._note(lambda row: {**row.job_id._as_entry("phase", row), **said})

    def _give_up_signature(self, user, comment=None):
        """Write down that what was signed was counted anew, with another result.

        :param comment: what has happened instead
        """
        comment = comment or self.env._(
            "The sums were counted anew, with another result."
        )
        self._note(
            lambda row: {
                "action": "withdraw",
                "kind": "phase",
                "subject": row.stream_id.name,
                "user_id": user.id,
                "is_automatic": True,
                "comment": comment,
            }
        )

    def _note(self, describe):
        """Add an entry to the chain for each; what is only rehearsed leaves none."""
        if self.env.context.get(DRY_RUN):
            return
        real = self.filtered(lambda row: not row.is_prediction)
        signed = self.env["crm.migration.sign.off"]
        for job, rows in real.grouped("job_id").items():
            entries = signed._leave_out_same(job, [describe(row) for row in rows])
            if entries:
                signed._append(job, entries)
