"""A migration: where it reads, with which options, and how far it has come."""

from odoo import api, fields, models

from ...connectors import available_sources
from ..words.messages import translate
from .crm_migration_options import OPTIONS

PHASES = [
    ("connect", "Connect"),
    ("discover", "Discover"),
    ("map", "Map"),
    ("extract", "Extract"),
    ("review", "Review"),
    ("load", "Load"),
    ("verify", "Verify"),
    ("done", "Done"),
]


class CrmMigrationJob(models.Model):
    """The aggregate root: everything else of a migration hangs on it."""

    _name = "crm.migration.job"
    _description = "Migration"
    _inherit = [
        "crm.migration.job.review",
        "crm.migration.job.actions",
        "crm.migration.job.lineage",
        "crm.migration.job.profile",
        "crm.migration.job.rebuild",
        "crm.migration.job.preflight.essentials",
        "crm.migration.job.preflight.surroundings",
        "crm.migration.job.preflight.targets",
        "crm.migration.job.preflight.amounts",
        "crm.migration.job.preflight",
        "crm.migration.job.quality",
        "crm.migration.job.losses",
        "crm.migration.job.template",
        "crm.migration.job.plan.names",
        "crm.migration.job.figures",
        "crm.migration.job.forecast",
        "crm.migration.job.filters",
        "crm.migration.job.plan",
        "crm.migration.job.plan.file",
        "crm.migration.job.next.step",
        "crm.migration.job.coverage",
        "crm.migration.job.decisions",
        "crm.migration.job.reconcile",
        "crm.migration.job.sign.off",
        "crm.migration.job.sign.off.plan",
        "crm.migration.job.custom.fields",
        "crm.migration.job.progress",
        "crm.migration.job.reassign",
        "crm.migration.job.owners",
        "crm.migration.job.duplicates",
        "crm.migration.job.collect",
        "crm.migration.job.anonymize",
        "crm.migration.anonymize",
        "crm.migration.job.files",
        "crm.migration.job.starting",
        "crm.migration.job.close",
        "crm.migration.job.schedule.text",
        "crm.migration.job.sample",
        "crm.migration.job.fetched",
        "crm.migration.job.fetch",
        "crm.migration.job.spot.check",
        "crm.migration.job.arms",
        "crm.migration.job.cron",
        "crm.migration.job.notify",
        "crm.migration.job.again",
        "crm.migration.job.delta",
        "mail.thread",
        "crm.migration.options",
        "crm.migration.connection",
        "crm.migration.protected",
    ]
    _order = "id desc"
    _check_company_auto = True
    _user_fields = frozenset(
        {
            *("name", "active", "stream_ids", "settings", "predecessor_id"),
            *("notified_user_ids", "delta_interval", "delta_mode", "delta_next_at"),
            *OPTIONS,
        }
    ) - {"company_id"}

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    phase = fields.Selection(PHASES, default="connect", required=True, readonly=True)
    state = fields.Selection(
        [
            ("idle", "Ready"),
            ("running", "Running"),
            ("waiting", "Waiting"),
            ("paused", "Paused"),
            ("blocked", "Action Required"),
        ],
        compute="_compute_state",
        store=True,
    )
    run_id = fields.Many2one(
        "crm.migration.run", string="Current Run", readonly=True, copy=False
    )
    run_ids = fields.One2many("crm.migration.run", "job_id", readonly=True)
    run_kind = fields.Selection(related="run_id.kind", string="Kind of the Current Run")
    run_total = fields.Integer(related="run_id.total")
    coverage_ids = fields.One2many("crm.migration.coverage", "job_id", readonly=True)
    progress = fields.Float(related="run_id.progress")
    blocked_reason = fields.Text(related="run_id.blocked_reason")
    wait_until = fields.Datetime(related="run_id.wait_until")
    login = fields.Char(string="Connected As", readonly=True, copy=False)
    version = fields.Char(string="Version of the Source", readonly=True, copy=False)
    stream_ids = fields.One2many("crm.migration.stream", "job_id", string="Objects")
    mapping_ids = fields.One2many("crm.migration.mapping", "job_id", readonly=True)
    value_map_ids = fields.One2many("crm.migration.value.map", "job_id", readonly=True)
    owner_ids = fields.One2many("crm.migration.owner", "job_id", readonly=True)
    duplicate_ids = fields.One2many("crm.migration.duplicate", "job_id", readonly=True)
    check_ids = fields.One2many("crm.migration.check", "job_id", readonly=True)
    reconciliation_ids = fields.One2many(
        "crm.migration.reconciliation", "job_id", readonly=True
    )
    plan = fields.Json(readonly=True, copy=False, help="The plan this replays.")
    plan_applied = fields.Json(
        readonly=True, copy=False, help="How the plan left what it decides about."
    )
    value_lists = fields.Json(readonly=True, help="Lists that the mapping asks about.")
    file_ids = fields.Many2many(
        "ir.attachment",
        "crm_migration_job_file_rel",
        string="Files",
        readonly=True,
        copy=False,
    )
    is_upload_order = fields.Boolean(
        string="Files as Uploaded",
        readonly=True,
        copy=False,
        help="Files are read in the order of their upload, not the last one first.",
    )
    record_count = fields.Integer(compute="_compute_counts")
    problem_count = fields.Integer(compute="_compute_counts")
    mapping_open_count = fields.Integer(compute="_compute_counts")
    owner_open_count = fields.Integer(compute="_compute_counts")
    value_open_count = fields.Integer(compute="_compute_counts")
    duplicate_open_count = fields.Integer(compute="_compute_counts")
    difference_count = fields.Integer(compute="_compute_counts")
    loaded_count = fields.Integer(compute="_compute_counts")
    warning_count = fields.Integer(compute="_compute_counts")

    @api.depends("run_id.state")
    def _compute_state(self):
        for job in self:
            state = job.run_id.state
            job.state = (
                state if state in dict(self._fields["state"].selection) else "idle"
            )

    def _compute_counts(self):
        """Count per job in one query each; a list of jobs costs no more than one."""
        for name, model, domain in (
            ("record_count", "crm.migration.record", []),
            ("problem_count", "crm.migration.message", OPEN_PROBLEMS),
            ("mapping_open_count", "crm.migration.mapping.line", OPEN_LINES),
            ("owner_open_count", "crm.migration.owner", [("decision", "=", False)]),
            ("value_open_count", "crm.migration.value.map", [("decision", "=", False)]),
            (
                "duplicate_open_count",
                "crm.migration.duplicate",
                [("decision", "=", False)],
            ),
            ("difference_count", "crm.migration.difference", [("state", "=", "open")]),
            ("loaded_count", "crm.migration.id.map", []),
            ("warning_count", "crm.migration.check", OPEN_WARNINGS),
        ):
            counts = dict(
                self.env[model]._read_group(
                    [("job_id", "in", self.ids), *domain], ["job_id"], ["__count"]
                )
            )
            for job in self:
                job[name] = counts.get(job, 0)

    @api.model
    def _selection_source(self):
        return [
            (name, translate(self.env, source.label))
            for name, source in available_sources().items()
        ]


OPEN_LINES = [("state", "=", "open")]


OPEN_WARNINGS = [("level", "=", "warning"), ("accepted_reason", "=", False)]


# What is merely told is no problem.
OPEN_PROBLEMS = [("state", "=", "open"), ("severity", "!=", "info")]
