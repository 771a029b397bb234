"""Decisions that are kept under a name, for the next migration from the same system."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...connectors import available_sources
from .plan_members import VERSION


class CrmMigrationTemplate(models.Model):
    """What it holds is written by buttons alone, and has the form of a plan."""

    _name = "crm.migration.template"
    _description = "Migration Template"
    _inherit = ["crm.migration.protected"]
    _order = "name, id"
    _user_fields = frozenset({"name", "active", "note"})

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    note = fields.Text(string="Notes")
    source = fields.Selection("_selection_source", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    content = fields.Json(required=True, readonly=True, prefetch=False)
    field_count = fields.Integer(compute="_compute_counts", string="Fields")
    ignored_count = fields.Integer(compute="_compute_counts", string="Left Out")
    value_count = fields.Integer(compute="_compute_counts", string="Values")
    object_text = fields.Char(compute="_compute_counts", string="Objects")

    @api.model
    def _selection_source(self):
        return [(name, source.label) for name, source in available_sources().items()]

    @api.depends("content")
    def _compute_counts(self):
        for template in self:
            content = template.sudo().content or {}
            lines = content.get("mapping") or []
            states = [item["state"] for item in lines]
            template.field_count = states.count("accepted")
            template.ignored_count = states.count("ignored")
            template.value_count = len(content.get("values") or [])
            names = dict.fromkeys(item["stream"] for item in lines)
            template.object_text = ", ".join(names)

    @api.model
    def _keep(self, name, content, company):
        """Keep decisions as a template.

        :param content: as ``_export_decisions`` gives them, or a file has them
        :raises UserError: with a sentence for each thing that is wrong
        """
        self.env["crm.migration.plan"]._check_template(content)
        kept = {"plan": VERSION, **content, "name": name}
        return self.sudo().create(
            {
                "name": name,
                "source": content["source"],
                "company_id": company.id,
                "content": kept,
            }
        )

    @api.model
    def _read_file(self, raw):
        """Return what a file says.

        :raises UserError: it is not JSON
        """
        try:
            return json.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise UserError(self.env._("The file is not text in UTF-8.")) from None
        except json.JSONDecodeError as error:
            raise UserError(
                self.env._(
                    "The file is not JSON: %(message)s, line %(line)s, column "
                    "%(column)s.",
                    message=error.msg,
                    line=error.lineno,
                    column=error.colno,
                )
            ) from None
        except (ValueError, RecursionError):
            raise UserError(
                self.env._("The file is not JSON that can be read.")
            ) from None

    def _as_file(self):
        """Return the bytes of the file that another database takes."""
        content = {**self.sudo().content, "name": self.name}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    def action_export(self):
        """Hand over the template as a file."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.migration.template.save"]._offer(self.sudo())
