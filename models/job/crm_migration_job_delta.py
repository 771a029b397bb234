"""Read and load changes until Odoo takes over: by hand, on a schedule, for the last time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ...connectors import get_source_class

INTERVALS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
}

WRITING = ("discover", "extract", "transform", "dry_run", "load")
"""Kinds of runs that make no sense any more once Odoo leads."""


class CrmMigrationJobDelta(models.AbstractModel):
    """A run says in its parameters what follows it: ``load``, or ``cutover``."""

    _name = "crm.migration.job.delta"
    _description = "Migration: Job Delta"

    delta_interval = fields.Selection(
        [
            ("none", "Only when somebody asks"),
            ("hourly", "Every hour"),
            ("daily", "Every day"),
            ("weekly", "Every week"),
        ],
        string="Read Changes",
        default="none",
        required=True,
        copy=False,
        help="How often the source is read again by itself, until the cutover.",
    )
    delta_mode = fields.Selection(
        [("read", "Only read: I load them myself"), ("load", "Read and load")],
        string="What It Does",
        default="read",
        required=True,
        copy=False,
        help="What somebody has changed in Odoo as well waits for a decision either way.",
    )
    delta_next_at = fields.Datetime(
        string="Next Reading", copy=False, help="Empty: as soon as possible."
    )
    frozen_at = fields.Datetime(string="Odoo Leads Since", readonly=True, copy=False)
    frozen_by_id = fields.Many2one(
        "res.users", string="Cut Over By", readonly=True, copy=False
    )
    is_frozen = fields.Boolean(compute="_compute_frozen_text")
    frozen_text = fields.Char(compute="_compute_frozen_text")
    conflict_open_count = fields.Integer(compute="_compute_conflict_counts")
    conflict_count = fields.Integer(compute="_compute_conflict_counts")
    vanished_open_count = fields.Integer(compute="_compute_vanished_open_count")

    @api.depends("frozen_at", "frozen_by_id")
    def _compute_frozen_text(self):
        for job in self:
            job.is_frozen = bool(job.frozen_at)
            job.frozen_text = job.frozen_at and self.env._(
                "Odoo leads since %(moment)s; %(user)s cut over. The source is not read "
                "any more, and nothing is loaded from it.",
                moment=format_datetime(self.env, job.frozen_at),
                user=job.frozen_by_id.sudo().name or "",
            )

    def _compute_conflict_counts(self):
        for name, domain in (
            ("conflict_open_count", [("state", "=", "open")]),
            ("conflict_count", [("state", "!=", "settled")]),
        ):
            counts = dict(
                self.env["crm.migration.conflict"]._read_group(
                    [("job_id", "in", self.ids), *domain], ["job_id"], ["__count"]
                )
            )
            for job in self:
                job[name] = counts.get(job, 0)

    def _compute_vanished_open_count(self):
        """Count what a person is to decide of what the source does not have any more."""
        for job in self:
            domain = [
                ("job_id", "=", job.id),
                ("vanished_at", "!=", False),
                ("vanished_choice", "=", False),
                ("state", "=", "loaded"),
            ]
            if job.vanished_policy == "archive":
                careful = job.sudo()._get_careful_streams()
                domain.append(("stream_id", "in", careful.ids))
            elif job.vanished_policy != "ask":
                job.vanished_open_count = 0
                continue
            job.vanished_open_count = self.env["crm.migration.record"].search_count(
                domain
            )

    @api.constrains("delta_interval")
    def _check_delta_interval(self):
        """Refuse a schedule for files: they do not change by themselves.

        :raises ValidationError: the source is one
        """
        for job in self.filtered(lambda j: j.delta_interval != "none"):
            job._check_not_frozen()
            if job.source and get_source_class(job.source).takes_files:
                raise ValidationError(
                    self.env._(
                        "Files do not change by themselves. Give newer ones with Read "
                        "Changes."
                    )
                )

    # -- buttons -----------------------------------------------------------------

    def action_open_conflicts(self):
        """Show what is left to decide; everything, once nothing is."""
        return self._open(
            "crm_migration_conflict_action",
            search_default_open=int(bool(self.conflict_open_count)),
            search_default_decided=int(bool(self.conflict_open_count)),
        )

    def action_ask_load_changes(self):
        """Show what a load of changes would bring, then ask."""
        self.ensure_one()
        self._check_manager()
        return self._open_dialog(
            self.env._("Load Changes"),
            "crm.migration.load.changes",
            default_job_id=self.id,
        )

    def action_cut_over(self):
        """Read and load changes for the last time; then Odoo leads.

        :raises UserError: nothing has been loaded yet
        """
        self.ensure_one()
        job = self._as_manager()
        job._check_not_frozen()
        if not job._is_loaded_before():
            raise UserError(self.env._("Nothing has been loaded yet."))
        job.invalidate_recordset(["is_sample"])
        if job.is_sample:
            raise UserError(self.env._("Only a sample is loaded. Load the rest first."))
        return bool(self._start_run("extract", {"again": True, "then": "cutover"}))

    def action_reopen_cutover(self):
        """Let the source be read and loaded again."""
        for job in self._as_manager().filtered("frozen_at"):
            job.write({"frozen_at": False, "frozen_by_id": False})
            job.message_post(
                body=self.env._(
                    "Reopened: the source can be read and loaded again.",
                )
            )
        return True

    # -- cutover -----------------------------------------------------------------

    def _check_not_frozen(self):
        """Refuse what would read or load once Odoo leads.

        :raises UserError: it does
        """
        for job in self.filtered("frozen_at"):
            raise UserError(
                self.env._(
                    "%(since)s A migration manager can reopen it.",
                    since=job.sudo().frozen_text,
                )
            )

    def _freeze(self, user):
        """Write down that Odoo leads from now on, and who said so."""
        self.write(
            {
                "frozen_at": fields.Datetime.now(),
                "frozen_by_id": user.id,
                "delta_interval": "none",
            }
        )
        self.message_post(body=self.frozen_text)

    def _follow(self, run):
        """Do what follows a run that has ended well."""
        then = (run.parameters or {}).get("then")
        if not then:
            return
        if run.kind == "load":
            self._freeze(run.user_id or self.env.user)
            return
        try:
            following = self._start_run(
                "load", {"then": "cutover"} if then == "cutover" else None
            )
        except UserError as error:
            reason = str(error)
            text = self.env._(
                "The changes were read, but cannot be loaded yet: %(reason)s",
                reason=reason,
            )
            if then == "cutover":
                text += " " + self.env._("Solve that, then cut over again.")
            self.message_post(body=text)
        else:
            following.user_id = run.user_id

    # -- schedule ----------------------------------------------------------------

    @api.model
    def _cron_delta(self):
        """Begin the readings that are due; what is at work is left to its end."""
        now = fields.Datetime.now()
        due = self.search(
            [
                ("delta_interval", "!=", "none"),
                ("frozen_at", "=", False),
                ("state", "=", "idle"),
                "|",
                ("delta_next_at", "=", False),
                ("delta_next_at", "<=", now),
            ]
        )
        for job in due:
            if not job._is_loaded_before() or job.is_sample or not job._try_lock():
                continue
            step = INTERVALS[job.delta_interval]
            planned = job.delta_next_at or now
            # The hour of the day stays, however long the scheduler was off.
            missed = (now - planned) // step + 1
            job.delta_next_at = planned + missed * step
            then = {"then": "load"} if job.delta_mode == "load" else {}
            try:
                job._start_run("extract", {"again": True, **then})
            except UserError as error:
                job.message_post(
                    body=self.env._(
                        "The scheduled reading could not begin: %(reason)s",
                        reason=str(error),
                    )
                )
