"""The dialog that keeps the decisions of a migration as a template."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .downloads import offer_download


class CrmMigrationTemplateSave(models.TransientModel):
    """A name that is there is replaced only where the user says so."""

    _name = "crm.migration.template.save"
    _description = "Save as Template"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        string="Name of the Template",
    )
    is_known = fields.Boolean(compute="_compute_is_known")
    replace = fields.Boolean(string="Replace the Template of This Name")

    @api.depends("job_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = wizard.job_id.name

    @api.depends("name", "job_id")
    def _compute_is_known(self):
        for wizard in self:
            wizard.is_known = bool(wizard._find_known())

    def _find_known(self):
        templates = self.env["crm.migration.template"].with_context(active_test=False)
        job = self.job_id
        return templates.search(
            [
                ("name", "=", (self.name or "").strip()),
                ("source", "=", job.source),
                ("company_id", "=", job.company_id.id),
            ],
            limit=1,
        )

    def action_save(self):
        """Keep the decisions, and show the template.

        :raises UserError: it has no name, or one that is there
        """
        self.ensure_one()
        name = (self.name or "").strip()
        if not name:
            raise UserError(self.env._("The template needs a name."))
        job, known = self.job_id._as_reviewer(), self._find_known()
        if known and not self.replace:
            raise UserError(
                self.env._("There is a template “%(name)s” already.", name=name)
            )
        content = job._export_decisions()
        template = self.env["crm.migration.template"]._keep(
            name, content, job.company_id
        )
        if known:
            known.sudo().write({"content": template.content, "active": True})
            template.unlink()
            template = known
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.migration.template",
            "res_id": template.id,
            "views": [(False, "form")],
        }

    @api.model
    def _offer(self, template):
        """Return the download of a template, as superuser."""
        raw = template._as_file()
        return offer_download(template, "template", "json", raw, "application/json")
