"""The dialog that signs a part of a migration, or takes a signature back."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import formatLang

from ..models.evidence.crm_migration_sign_off import KINDS
from ..models.evidence.sign_off_content import PHASE, get_digest
from ..models.words.messages import agreed


class CrmMigrationSign(models.TransientModel):
    """What is signed is what stands there when the button is pressed, or nothing."""

    _name = "crm.migration.sign"
    _description = "Sign"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, string="What", required=True, default="mapping")
    sign_off_id = fields.Many2one("crm.migration.sign.off", ondelete="cascade")
    is_withdrawal = fields.Boolean()
    comment = fields.Char()
    digest = fields.Char(string="Fingerprint", compute="_compute_digest")
    content_text = fields.Char(compute="_compute_digest", string="Entries")
    seen_digest = fields.Char(help="What stood there when the dialog was opened.")
    changes_html = fields.Html(related="sign_off_id.changes_html", sanitize=False)

    @api.depends("kind", "job_id", "sign_off_id")
    def _compute_digest(self):
        for dialog in self:
            data = dialog._get_data()
            dialog.digest = get_digest(data)
            text = dialog.env._(
                "%(number)s [[count|entry|entries]]",
                number=formatLang(dialog.env, len(data), digits=0),
            )
            dialog.content_text = agreed(dialog.env, text, {"count": len(data)})

    @api.constrains("job_id", "kind", "sign_off_id")
    def _check_sign_off_id(self):
        """Refuse what no button opens: the signature of another migration or kind."""
        for dialog in self.filtered("sign_off_id"):
            entry = dialog.sign_off_id
            if (entry.job_id, entry.kind) != (dialog.job_id, dialog.kind):
                raise ValidationError(
                    dialog.env._("This signature belongs to something else.")
                )

    def _get_data(self):
        self.job_id.check_access("read")
        sums = self.sign_off_id.sudo().reconciliation_id
        return self.job_id.sudo()._get_signable(self.kind, sums)

    @api.onchange("kind")
    def _onchange_kind(self):
        self.seen_digest = self.digest

    def action_sign(self):
        """Sign.

        :raises UserError: somebody has changed it since the dialog was opened
        """
        self.ensure_one()
        row = self.sign_off_id.sudo().reconciliation_id if self.kind == PHASE else None
        if self.kind == PHASE:
            self.job_id._check_manager()
            if not row:
                raise UserError(
                    self.env._(
                        "Sums are signed object by object, under Reconciliation."
                    )
                )
        self.job_id._as_reviewer()
        if self.seen_digest and self.seen_digest != self.digest:
            raise UserError(
                self.env._(
                    "This has changed since the dialog was opened. Look at it again, then "
                    "sign."
                )
            )
        self.job_id._sign_off(self.kind, self.comment, row or None)
        return {"type": "ir.actions.act_window_close"}

    def action_withdraw(self):
        """Take the signature back.

        :raises UserError: nobody says why
        """
        self.ensure_one()
        if not (self.comment or "").strip():
            raise UserError(self.env._("Say why the signature is withdrawn."))
        self.sign_off_id._withdraw(self.comment)
        return {"type": "ir.actions.act_window_close"}
