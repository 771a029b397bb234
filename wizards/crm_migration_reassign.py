"""The dialog in which somebody else takes over from owners: choose, look, do."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.loading.reassign import CHANGED, COMPANY, FOREIGN, MOVE
from ..models.words.messages import agreed
from .downloads import offer_download
from .guide_workbook import XLSX
from .owner_workbook import make_owner_csv, make_owner_workbook, read_owners
from .record_workbook import NoWorkbook

SHOWN = 20
"""Rows of an uploaded file that the dialog names; the others are beside their owner."""


class CrmMigrationReassign(models.TransientModel):
    """Nothing is written before *Reassign*; the counts are of what is in Odoo now."""

    _name = "crm.migration.reassign"
    _description = "Reassign Owners"
    _inherit = ["crm.migration.dialog"]
    _written_by_itself = frozenset({"report", "is_previewed"})

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    line_ids = fields.One2many("crm.migration.reassign.line", "reassign_id")
    user_id = fields.Many2one(
        "res.users",
        string="New User of All",
        domain="[('share', '=', False)]",
        help="Takes over from all the owners below.",
    )
    file = fields.Binary(string="Filled-in List", attachment=False)
    file_name = fields.Char()
    report = fields.Text(readonly=True)
    is_previewed = fields.Boolean(readonly=True)
    chosen_count = fields.Integer(compute="_compute_chosen_count")

    @api.depends("line_ids.new_user_id")
    def _compute_chosen_count(self):
        for wizard in self:
            wizard.chosen_count = len(wizard.line_ids.filtered("new_user_id"))

    @api.onchange("user_id")
    def _onchange_user_id(self):
        if self.user_id:
            self.line_ids.new_user_id = self.user_id

    def _open_for(self, owners):
        """Open the dialog for owners of one migration, with what each has now."""
        job = owners.job_id
        wizard = self.create({"job_id": job.id})
        counts = wizard._count(owners, None)
        self.env["crm.migration.reassign.line"].sudo().create(
            [
                {
                    "reassign_id": wizard.id,
                    "owner_id": owner.id,
                    "current_user_id": owner._get_loaded_user().id,
                    # Of which company the new user must be is told once there is one.
                    "count": sum(counts[owner].get(v, 0) for v in (MOVE, COMPANY)),
                }
                for owner in owners.sudo()
            ]
        )
        return wizard._show()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Reassign Owners"),
        }

    def _count(self, owners, users):
        """Return owner → verdict → count.

        :param users: owner id → user who takes over; None: whoever that may be
        """
        job, anybody = (
            self.job_id._as_manager(),
            self.env["res.users"].sudo().browse(-1),
        )
        pairs = []
        for owner in owners.sudo():
            new = users[owner.id] if users else anybody
            pairs.append((owner, owner._get_loaded_user(), new))
        counted = job._count_references([p for p in pairs if p[1] != p[2]])
        return {owner: counted.get(owner, {}) for owner, _old, _new in pairs}

    # -- out and back ----------------------------------------------------------

    def _get_heads(self):
        return [
            self.env._("Source ID"),
            self.env._("Owner"),
            self.env._("E-Mail"),
            self.env._("Current User"),
            self.env._("References"),
            self.env._("New User"),
        ]

    def _get_rows(self):
        return [
            [
                line.owner_id.key,
                line.owner_id.display_name,
                line.owner_id.email or "",
                line.current_name or "",
                line.count,
                line.new_user_id.login or "",
            ]
            for line in self.line_ids
        ]

    def action_download(self):
        """Return the list as a workbook, to be filled in."""
        self.ensure_one()
        job = self.job_id._as_manager()
        raw = make_owner_workbook(self._get_heads(), self._get_rows())
        return offer_download(job, "owners", "xlsx", raw, XLSX)

    def action_download_csv(self):
        """Return the same list as CSV."""
        self.ensure_one()
        job = self.job_id._as_manager()
        raw = make_owner_csv(self._get_heads(), self._get_rows())
        return offer_download(job, "owners", "csv", raw, "text/csv")

    def action_take_over(self):
        """Take the new users from a list that was filled in, and show what would be done.

        :raises UserError: it is no such list
        """
        self.ensure_one()
        job = self.job_id._as_manager()
        if not self.file:
            raise UserError(
                self.env._("Choose the list that you have filled in first.")
            )
        heads = self._get_heads()
        try:
            rows = read_owners(
                base64.b64decode(self.file),
                {heads[0], "Source ID"},
                {heads[-1], "New User"},
            )
        except (NoWorkbook, binascii.Error):
            raise UserError(
                self.env._(
                    "This is not a list of owners: it needs the columns “Source ID” and "
                    "“New User”. Download the list here, fill it in, and upload that file."
                )
            ) from None
        problems = self._take_rows(job, rows)
        return self._preview(problems)

    def _take_rows(self, job, rows):
        """Put what the rows say into the lines; return the sentences of what they cannot."""
        lines = {line.owner_id.key: line for line in self.line_ids}
        index, problems, taken = job._get_user_index(), [], {}
        for number, key, text in rows:
            if not text:
                continue
            line, reason = lines.get(key), None
            if not line:
                reason = self.env._(
                    "No owner in this list has the source ID “%s”.", key
                )
            else:
                user, reason = job._match_text(text, index)
                reason = reason or job._why_not_user(user)
            if not reason and taken.setdefault(key, user) != user:
                reason = self.env._("An earlier row gives this owner to somebody else.")
            if reason:
                problems.append(
                    self.env._("Row %(number)s: %(why)s", number=number, why=reason)
                )
            else:
                line.sudo().new_user_id = user
        return problems

    # -- look, and do ----------------------------------------------------------

    def action_preview(self):
        """Count what would be done, and say of each owner what stands in the way."""
        self.ensure_one()
        self.job_id._check_manager()
        return self._preview()

    def _preview(self, problems=()):
        users = {
            line.owner_id.id: line.new_user_id
            for line in self.line_ids.sudo()
            if line.new_user_id
        }
        if not users and not problems:
            raise UserError(self.env._("Choose a new user for at least one owner."))
        chosen = self.line_ids.owner_id.filtered(lambda owner: owner.id in users)
        counts = self._count(chosen, users)
        for line in self.line_ids.sudo():
            line._show_counts(counts.get(line.owner_id, {}))
        report = list(problems[:SHOWN])
        if len(problems) > SHOWN:
            report.append(
                self.env._("And %(count)s more.", count=len(problems) - SHOWN)
            )
        self.sudo().write(
            {
                "file": False,
                "report": "\n".join(report) or False,
                "is_previewed": bool(users),
            }
        )
        return self._show()

    def action_back(self):
        """Choose once more."""
        self.ensure_one()
        self.job_id._check_manager()
        self.sudo().write({"is_previewed": False, "report": False})
        return self._show()

    def action_reassign(self):
        """Let the new users take over.

        :raises UserError: nobody was chosen, or somebody may not
        """
        self.ensure_one()
        lines = self.line_ids.filtered("new_user_id")
        reassignment = self.job_id._reassign(
            {line.owner_id: line.new_user_id for line in lines}
        )
        text = self.job_id._format_reassigned(reassignment.sudo())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class CrmMigrationReassignLine(models.TransientModel):
    """One owner: who has the records, who takes over, and what that comes to."""

    _name = "crm.migration.reassign.line"
    _description = "Reassign Owners: Owner"
    _inherit = ["crm.migration.dialog"]
    _order = "count desc, id"
    _written_by_itself = frozenset(
        {"current_user_id", "count", "moved_count", "problem"}
    )

    reassign_id = fields.Many2one("crm.migration.reassign", ondelete="cascade")
    job_id = fields.Many2one(related="reassign_id.job_id")
    owner_id = fields.Many2one(
        "crm.migration.owner",
        string="Owner in the Source",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    current_user_id = fields.Many2one(
        "res.users",
        string="Former User",
        readonly=True,
        context={"active_test": False},
    )
    current_name = fields.Char(compute="_compute_current_name", string="Current User")
    count = fields.Integer(string="References", readonly=True)
    new_user_id = fields.Many2one("res.users", domain="[('share', '=', False)]")
    moved_count = fields.Integer(string="To Reassign", readonly=True)
    problem = fields.Char(string="Note", readonly=True)

    @api.depends("current_user_id")
    def _compute_current_name(self):
        for line in self:
            user = line.current_user_id.sudo()
            line.current_name = user.name or line.env._("(nobody)")

    def _show_counts(self, counts):
        """Say what becomes of an owner's references, and what stands in the way."""
        self.ensure_one()
        user, job = self.new_user_id, self.reassign_id.job_id
        told = []
        if user and (reason := job._why_not_user(user)):
            told.append(reason)
        if user and not user.active:
            told.append(self.env._("This user is archived in Odoo."))
        for verdict, text in (
            (
                CHANGED,
                self.env._(
                    "%(count)s [[count|reference stays|references stay]] with whom "
                    "somebody has chosen since the load."
                ),
            ),
            (
                COMPANY,
                self.env._(
                    "%(count)s [[count|record is|records are]] of a company that this "
                    "user may not enter, and [[count|stays|stay]]."
                ),
            ),
            (
                FOREIGN,
                self.env._(
                    "%(count)s [[count|record|records]] that Odoo had before "
                    "[[count|stays|stay]] as [[count|it is|they are]]."
                ),
            ),
        ):
            if count := counts.get(verdict, 0):
                told.append(agreed(self.env, text, {"count": count}) % {"count": count})
        self.write(
            {"moved_count": counts.get(MOVE, 0), "problem": " ".join(told) or False}
        )
