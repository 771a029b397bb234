"""One pass of a migration: reading, a dry run, a load, a verification, a rollback."""

from odoo import api, fields, models

from .kinds import KINDS


class CrmMigrationRun(models.Model):
    """Who started what and when, in which phase it is, and its counters."""

    _name = "crm.migration.run"
    _description = "Migration Run"
    _inherit = [
        "crm.migration.run.engine",
        "crm.migration.protected",
    ]
    _order = "id desc"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True)
    phase = fields.Char(help="Technical name of the phase at work.")
    state = fields.Selection(
        [
            ("running", "Running"),
            ("waiting", "Waiting"),
            ("paused", "Paused"),
            ("blocked", "Action Required"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="running",
        index=True,
    )
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    started_at = fields.Datetime(default=fields.Datetime.now)
    ended_at = fields.Datetime()
    wait_until = fields.Datetime(string="Resumes At")
    blocked_reason = fields.Text(string="Blocked Because")
    parameters = fields.Json(help="What this run was asked for, beyond its kind.")
    stalls = fields.Integer(
        help="How often a batch of this phase brought nothing in its time."
    )
    tries = fields.Integer(
        help="How often the scheduler began the next batch; 0 once one is done."
    )
    arms_called_at = fields.Datetime(help="When the others were told of open slices.")
    checkpoint = fields.Json(help="Where the phase at work stands.")
    total = fields.Integer(string="To Do")
    done = fields.Integer()
    phase_started_at = fields.Datetime()
    created_count = fields.Integer(string="Created")
    updated_count = fields.Integer(string="Updated")
    merged_count = fields.Integer(string="Merged")
    skipped_count = fields.Integer(string="Skipped")
    failed_count = fields.Integer(string="Failed")
    compared_count = fields.Integer(string="Values Compared")
    compared_of = fields.Json(help="Object → values of it that were compared.")
    model_sums = fields.Json(
        readonly=True, help="Odoo model → what became of records there, of a load."
    )
    pace = fields.Json(readonly=True, help="How long a dry run took, object by object.")
    progress = fields.Float(compute="_compute_progress", aggregator=None)
    rate = fields.Float(compute="_compute_progress", string="Records per Second")
    time_left = fields.Float(compute="_compute_progress", string="Hours Left")
    result_ids = fields.One2many("crm.migration.reconciliation", "run_id")
    creation_ids = fields.One2many("crm.migration.creation", "run_id")

    @api.depends("kind")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run._format_kind()} {run.id or ''}".strip()

    def _get_sample(self):
        """Return which sample was asked for, None where everything was."""
        return (self.parameters or {}).get("sample")

    def _get_chosen(self):
        """Return the ids of the staging records that it is about alone.

        None where nobody has named any: it is about all, or about a sample.
        """
        return (self.parameters or {}).get("records")

    def _get_chosen_streams(self):
        """Return the objects of the staging records that it is about alone."""
        records = self.env["crm.migration.record"].browse(self._get_chosen() or [])
        return records.exists().stream_id

    def _is_partial(self):
        """Tell whether it loads but the records that are marked ``is_sampled``."""
        return bool(self._get_sample()) or self._get_chosen() is not None

    def _format_kind(self):
        """Return what kind of a pass it is, in words."""
        if self.kind == "load" and self._get_sample():
            return self.env._("Sample")
        if self.kind == "load" and self._get_chosen() is not None:
            return self.env._("Load of What Was Fetched")
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return kinds.get(self.kind, "")

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        now = fields.Datetime.now()
        uncounted = self.env["crm.migration.slice"]._get_done(self)
        for run in self:
            ended = run.state == "done"
            done = run.done + uncounted.get(run.id, 0)
            share = done / run.total if run.total else float(ended)
            run.progress = 100.0 if ended else min(100.0, 100.0 * share)
            begun = run.phase_started_at or run.started_at or now
            seconds = ((run.ended_at or now) - begun).total_seconds()
            run.rate = done / seconds if seconds > 0 else 0.0
            left = max(run.total - done, 0)
            run.time_left = left / run.rate / 3600 if run.rate and not ended else 0.0

    def action_view_creations(self):
        """Show which records took the fast lane, and why the others did not."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_migration.crm_migration_creation_action"
        )
        return {**action, "domain": [("run_id", "in", self.ids)]}
