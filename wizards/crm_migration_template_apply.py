"""The dialog that applies a template, and says beforehand what that would change."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.job.template_matching import Matching
from ..models.words.messages import agreed

MAX_SHOWN = 50


class CrmMigrationTemplateApply(models.TransientModel):
    """What has no counterpart here is named, one by one."""

    _name = "crm.migration.template.apply"
    _description = "Apply Template"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    source = fields.Selection(related="job_id.source")
    company_id = fields.Many2one(related="job_id.company_id")
    template_id = fields.Many2one(
        "crm.migration.template",
        ondelete="cascade",
        domain="[('source', '=', source), ('company_id', '=', company_id)]",
    )
    keep = fields.Boolean(
        string="Keep What Was Decided Here",
        default=True,
        help="Off: the template takes the place of decisions made in this migration.",
    )
    apply_count = fields.Integer(compute="_compute_report")
    report = fields.Html(compute="_compute_report", sanitize=False)

    @api.depends("template_id", "keep")
    def _compute_report(self):
        for wizard in self:
            found = wizard._compare() if wizard.template_id else []
            wizard.apply_count = len([f for f in found if f.kind == "apply"])
            wizard.report = wizard._tell(found) if wizard.template_id else False

    def _compare(self):
        """Return what the template would do, checked for this user.

        :raises UserError: it is of another system or company
        """
        self.template_id.check_access("read")
        job, template = self.job_id._as_reviewer(), self.template_id.sudo()
        if template.source != job.source or template.company_id != job.company_id:
            raise UserError(
                self.env._(
                    "“%(name)s” is a template of another system or company.",
                    name=template.name,
                )
            )
        return Matching(job, template.content, self.keep).compare()

    def _tell(self, found):
        kinds = [each.kind for each in found]
        counts = {kind: kinds.count(kind) for kind in ("apply", "same", "keep")}
        counts["values"] = len(self.template_id.sudo().content.get("values") or [])
        text = self.env._(
            "%(apply)s [[apply|field is|fields are]] decided as in the template, %(same)s "
            "[[same|is|are]] the same already. It decides about %(values)s "
            "[[values|value|values]], also such as are met later.",
            **counts,
        )
        parts = [Markup("<p>%s</p>") % agreed(self.env, text, counts)]
        for kind, title in (
            ("missing", self.env._("Without a counterpart here")),
            ("keep", self.env._("Decided otherwise here")),
        ):
            lines = list(dict.fromkeys(f.text for f in found if f.kind == kind))
            if lines:
                items = Markup("").join(
                    Markup("<li>%s</li>") % line for line in lines[:MAX_SHOWN]
                )
                parts.append(Markup("<h5>%s</h5><ul>%s</ul>") % (title, items))
            if len(lines) > MAX_SHOWN:
                more = self.env._("And %(count)s more.", count=len(lines) - MAX_SHOWN)
                parts.append(Markup("<p>%s</p>") % more)
        return Markup("").join(parts)

    def action_apply(self):
        """Take over the decisions.

        :raises UserError: no template was chosen
        """
        self.ensure_one()
        if not self.template_id:
            raise UserError(self.env._("Choose a template."))
        self._compare()
        job = self.job_id._as_reviewer()
        job._apply_template(self.template_id.sudo(), self.keep)
        return {"type": "ir.actions.act_window_close"}
