"""A migration: where it reads, with which options, and how far it has come."""

from odoo import api, fields, models

from ..connectors import available_sources

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
VANISHED_POLICIES = [
    ("keep", "Keep it in Odoo"),
    ("archive", "Archive it in Odoo"),
]
OPTIONS = (
    "company_id",
    "team_id",
    "tz",
    "since",
    "country_id",
    "currency_id",
    "owner_policy",
    "duplicate_policy",
    "history_policy",
    "overdue_policy",
    "undecided_policy",
    "attachment_policy",
    "attachment_limit",
    "vanished_policy",
    "sign_off",
)
"""What the wizard asks, the job keeps and a plan carries."""


class CrmMigrationOptions(models.AbstractModel):
    """The choices of a migration, shared by the job and the wizard that starts it."""

    _name = "crm.migration.options"
    _description = "Migration Options"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        help="For leads whose pipeline does not say which team they belong to.",
    )
    tz = fields.Selection(
        "_selection_tz",
        string="Time Zone of the Source",
        default=lambda self: self.env.user.tz or "UTC",
        help="For times that the source writes without a zone.",
    )
    since = fields.Datetime(
        string="Changed Since", help="Leave out what has not changed since. Empty: all."
    )
    country_id = fields.Many2one(
        "res.country",
        string="Default Country",
        help="For phone numbers without a country code.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Source",
        help="For amounts without a currency. Empty: the currency of the company.",
    )
    owner_policy = fields.Selection(
        [
            ("wait", "Wait until every owner is decided"),
            ("placeholder", "Carry the name in an inactive user"),
            ("empty", "Leave the salesperson empty"),
        ],
        string="Unknown Owners",
        default="placeholder",
        required=True,
    )
    duplicate_policy = fields.Selection(
        [
            ("review", "Ask me about each"),
            ("merge", "Merge certain ones, ask about the others"),
            ("keep", "Keep both"),
        ],
        string="Duplicates",
        default="review",
        required=True,
    )
    overdue_policy = fields.Selection(
        [
            ("keep", "Keep them open"),
            ("close", "Close them on the day they were due"),
            ("note", "Leave a note instead"),
        ],
        string="Activities Overdue for Years",
        default="keep",
        required=True,
        help="Open activities that Odoo's daily clean-up would take for forgotten: due "
        "more than three years ago, unless the system parameter "
        "mail.activity.gc.delete_overdue_years says otherwise. Those that are kept open "
        "are kept from the clean-up as well.",
    )
    history_policy = fields.Selection(
        [("all", "Bring everything over"), ("none", "Leave history behind")],
        string="History",
        default="all",
        required=True,
        help="Notes, e-mails, calls and done activities.",
    )
    undecided_policy = fields.Selection(
        [
            ("notes", "Keep their values in the notes"),
            ("leave", "Leave them behind"),
        ],
        string="Undecided Fields",
        default="notes",
        required=True,
        help="Fields of the source of which nobody has decided where they go.",
    )
    attachment_policy = fields.Selection(
        [
            ("all", "Bring all files over"),
            ("review", "Flag large files for review"),
            ("none", "Leave files behind"),
        ],
        string="Attachments",
        default="review",
        required=True,
    )
    attachment_limit = fields.Integer(string="Large Means Over (MB)", default=25)
    vanished_policy = fields.Selection(
        VANISHED_POLICIES,
        string="Vanished From the Source",
        default="keep",
        required=True,
        help="What becomes of a record that a later reading does not find any more. "
        "Nothing is ever deleted.",
    )
    sign_off = fields.Selection(
        [
            ("auto", "Go on when the sums are right"),
            ("manual", "Wait for a signature after each object"),
        ],
        string="Sign-off",
        default="auto",
        required=True,
    )

    @api.model
    def _selection_tz(self):
        return self.env["res.partner"]._fields["tz"]._description_selection(self.env)


class CrmMigrationJob(models.Model):
    """The aggregate root: everything else of a migration hangs on it."""

    _name = "crm.migration.job"
    _description = "Migration"
    _inherit = [
        "mail.thread",
        "crm.migration.options",
        "crm.migration.connection",
        "crm.migration.protected",
    ]
    _order = "id desc"
    _check_company_auto = True
    _user_fields = frozenset(
        {"name", "active", "stream_ids", "settings", "predecessor_id", *OPTIONS}
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
            ("blocked", "Needs You"),
        ],
        compute="_compute_state",
        store=True,
    )
    run_id = fields.Many2one(
        "crm.migration.run", string="Current Run", readonly=True, copy=False
    )
    run_ids = fields.One2many("crm.migration.run", "job_id", readonly=True)
    progress = fields.Float(related="run_id.progress")
    blocked_reason = fields.Text(related="run_id.blocked_reason")
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
    value_lists = fields.Json(readonly=True, help="Lists that the mapping asks about.")
    file_ids = fields.Many2many(
        "ir.attachment",
        "crm_migration_job_file_rel",
        string="Files",
        readonly=True,
        copy=False,
    )
    record_count = fields.Integer(compute="_compute_counts")
    problem_count = fields.Integer(compute="_compute_counts")
    mapping_open_count = fields.Integer(compute="_compute_counts")
    owner_open_count = fields.Integer(compute="_compute_counts")
    value_open_count = fields.Integer(compute="_compute_counts")
    duplicate_open_count = fields.Integer(compute="_compute_counts")
    difference_count = fields.Integer(compute="_compute_counts")
    loaded_count = fields.Integer(compute="_compute_counts")

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
        return [(name, source.label) for name, source in available_sources().items()]


OPEN_LINES = [("state", "=", "open")]
# What is merely told is no problem.
OPEN_PROBLEMS = [("state", "=", "open"), ("severity", "!=", "info")]
