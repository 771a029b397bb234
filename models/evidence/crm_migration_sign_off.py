"""What was signed of a migration, by whom and when, and whether it is still the same."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sign_off_content import PHASE

KINDS = [
    ("mapping", "Mapping"),
    ("values", "Values"),
    ("owners", "Owners"),
    ("dry_run", "Dry Run"),
    ("phase", "Sums of an Object"),
]
MAX_SHOWN = 200
"""Changes that a screen shows."""


class CrmMigrationSignOff(models.Model):
    """Entries are only ever added: a withdrawal is one as well."""

    _name = "crm.migration.sign.off"
    _description = "Sign-Off"
    _inherit = [
        "crm.migration.sign.off.chain",
        "crm.migration.sign.off.words",
        "crm.migration.protected",
    ]
    _order = "job_id.id desc, number desc"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    number = fields.Integer(string="No.", required=True, aggregator=None)
    action = fields.Selection(
        [("sign", "Signed"), ("withdraw", "Withdrawn")], required=True
    )
    kind = fields.Selection(KINDS, required=True)
    subject = fields.Char(help="Technical name of the object whose sums are signed.")
    reconciliation_id = fields.Many2one("crm.migration.reconciliation")
    user_id = fields.Many2one("res.users", string="By")
    user_login = fields.Char(string="Login")
    signed_at = fields.Datetime(string="On", required=True)
    is_automatic = fields.Boolean(string="Automatic")
    is_after_break = fields.Boolean(
        string="After a Break",
        help="Signed by somebody who saw that the chain is broken.",
    )
    comment = fields.Char()
    content = fields.Binary(
        attachment=False, help="What was signed, packed: to tell what has changed."
    )
    digest = fields.Char(
        string="Fingerprint",
        help="SHA-256 of what was signed, the same on any database.",
    )
    previous = fields.Char(string="Seal of the Entry Before")
    seal = fields.Char(
        required=True,
        help="SHA-256 of this entry and of the seal of the one before it.",
    )
    state = fields.Selection(
        [
            ("valid", "Valid"),
            ("changed", "Changed Since"),
            ("broken", "Tampered With"),
            ("gap", "Behind a Gap"),
            ("replaced", "Replaced"),
            ("withdrawn", "Withdrawn"),
            ("withdrawal", "Withdrawal"),
        ],
        compute="_compute_state",
    )
    is_current = fields.Boolean(compute="_compute_state")
    problem = fields.Char(compute="_compute_state")
    object_label = fields.Char(compute="_compute_object_label", string="Object")
    what_text = fields.Char(compute="_compute_short", string="What")
    short_digest = fields.Char(compute="_compute_short", string="Short Fingerprint")
    short_seal = fields.Char(compute="_compute_short")
    how_text = fields.Char(compute="_compute_short", string="How")
    changes_html = fields.Html(
        compute="_compute_changes_html", sanitize=False, string="What Changed"
    )

    _number_uniq = models.Constraint(
        "UNIQUE(job_id, number)", "The entries of a chain are numbered."
    )

    @api.depends("kind", "subject", "number")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.number} · {entry._format_what()}"

    @api.depends("subject")
    def _compute_object_label(self):
        for entry in self:
            streams = entry.job_id.stream_ids
            stream = streams.filtered(lambda s, name=entry.subject: s.name == name)
            entry.object_label = stream.label or entry.subject

    @api.depends("digest", "seal", "is_automatic", "action", "kind", "subject")
    def _compute_short(self):
        words = dict(self._fields["action"]._description_selection(self.env))
        for entry in self:
            entry.short_digest = (entry.digest or "")[:12]
            entry.short_seal = (entry.seal or "")[:12]
            entry.what_text = entry._format_what()
            entry.how_text = (
                entry.env._("Signed automatically")
                if entry.is_automatic and entry.action == "sign"
                else words.get(entry.action)
            )

    def _compute_state(self):
        for job, entries in self.grouped("job_id").items():
            found = job.sudo()._judge_sign_offs()
            for entry in entries:
                state, is_current, problem = found.get(entry.id, (False, False, False))
                entry.state = state
                entry.is_current = is_current
                entry.problem = problem

    def _compute_changes_html(self):
        for entry in self:
            entry.changes_html = entry.action == "sign" and entry._draw_changes()

    def _draw_changes(self):
        """Return a table of what differs, a row for each thing."""
        before = self._get_data()
        if before is None:
            return Markup("<p>%s</p>") % self.env._(
                "What was signed cannot be read any more: this entry was tampered with."
            )
        job = self.job_id.sudo()
        now = job._get_signable(self.kind, self.sudo().reconciliation_id)
        changes = self._list_changes(job, self.kind, before, now)
        if not changes:
            return Markup("<p>%s</p>") % self.env._("Nothing has changed since.")
        head = (self.env._("What"), self.env._("When Signed"), self.env._("Now"))
        rows = [
            Markup("<tr>%s</tr>")
            % Markup("").join(
                Markup('<td class="text-break">%s</td>') % side for side in row
            )
            for row in changes[:MAX_SHOWN]
        ]
        more = len(changes) - MAX_SHOWN
        table = Markup(
            '<table class="table table-sm"><thead><tr>%s</tr></thead>%s</table>'
        )
        drawn = table % (
            Markup("").join(Markup("<th>%s</th>") % name for name in head),
            Markup("<tbody>%s</tbody>") % Markup("").join(rows),
        )
        if more > 0:
            drawn += Markup("<p>%s</p>") % self.env._("And %(count)s more.", count=more)
        return drawn

    def _format_what(self):
        """Return what is signed, with its object."""
        self.ensure_one()
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.kind != PHASE:
            return kind
        return self.env._("Sums: %(objects)s", objects=self.object_label)

    # -- buttons -----------------------------------------------------------------------

    def action_sign_again(self):
        """Sign what is there now, once it was read."""
        self.ensure_one()
        self._as_signer()
        return self._open_dialog(
            self.env._("Sign"),
            "crm.migration.sign",
            default_job_id=self.job_id.id,
            default_kind=self.kind,
            default_sign_off_id=self.id,
        )

    def action_withdraw(self):
        """Ask why."""
        self.ensure_one()
        self._as_signer()
        return self._open_dialog(
            self.env._("Withdraw"),
            "crm.migration.sign",
            default_job_id=self.job_id.id,
            default_kind=self.kind,
            default_sign_off_id=self.id,
            default_is_withdrawal=True,
        )

    def _as_signer(self):
        """Return this entry as superuser: sums are a manager's, the rest a reviewer's."""
        return self._as_manager() if self.kind == PHASE else self._as_reviewer()

    def _withdraw(self, reason):
        """Take a signature back, which is an entry of its own.

        :raises UserError: it does not count any more, or the migration is closed
        """
        entry = self._as_signer()
        if entry.job_id and not entry.job_id.active:
            raise UserError(self.env._("This migration is closed."))
        if not entry.is_current:
            raise UserError(self.env._("This signature does not count any more."))
        if entry.kind == PHASE:
            raise UserError(
                self.env._(
                    "Sums that were signed stay signed. Roll back the object instead."
                )
            )
        return entry._append(
            entry.job_id,
            [
                {
                    "action": "withdraw",
                    "kind": entry.kind,
                    "subject": entry.subject,
                    "user_id": self.env.uid,
                    "comment": reason,
                }
            ],
        )
