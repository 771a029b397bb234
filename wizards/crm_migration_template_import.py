"""The dialog that takes a template from a file."""

import base64
import re

from odoo import fields, models
from odoo.exceptions import UserError

MAX_BYTES = 20_000_000


class CrmMigrationTemplateImport(models.TransientModel):
    """Each thing that is wrong with the file gets a sentence; nothing is kept then."""

    _name = "crm.migration.template.import"
    _description = "Import Template"
    _inherit = ["crm.migration.dialog"]

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    name = fields.Char(
        string="Name of the Template", help="Empty: the name that the file gives."
    )

    def action_import(self):
        """Keep the template of the file for the current company, and show it.

        :raises UserError: it is none
        """
        self.ensure_one()
        raw = base64.b64decode(self.file or b"")
        if not raw.strip():
            raise UserError(self.env._("The file is empty."))
        if len(raw) > MAX_BYTES:
            raise UserError(self.env._("The file is too large for a template."))
        templates = self.env["crm.migration.template"]
        content = templates._read_file(raw)
        if isinstance(content, dict) and "plan" not in content:
            raise UserError(
                self.env._("The file is no template. Choose one that was exported.")
            )
        given = content.get("name") if isinstance(content, dict) else None
        stem = re.sub(r"\.json$", "", self.file_name or "")
        name = self.name or (given if isinstance(given, str) else "") or stem
        if not name.strip():
            raise UserError(self.env._("The template needs a name."))
        template = templates._keep(name.strip(), content, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.migration.template",
            "res_id": template.id,
            "views": [(False, "form")],
        }
