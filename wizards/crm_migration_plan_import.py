"""The dialog that takes a plan from a file, to replay a rehearsal on this database."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors import available_sources, get_source_class
from ..models.words.messages import translate
from .downloads import offer_download

MAX_BYTES = 20_000_000


class CrmMigrationPlanImport(models.TransientModel):
    """Say what the plan is and what this database lacks before anything is created."""

    _name = "crm.migration.plan.import"
    _description = "Import Plan"
    _inherit = ["crm.migration.dialog"]

    file = fields.Binary(string="Plan", attachment=False)
    file_name = fields.Char()
    name = fields.Char(
        string="Name of the Migration", help="Empty: the name that the plan gives."
    )
    takes_files = fields.Boolean(compute="_compute_plan")
    file_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="The files of the source that this migration is to read: the same ones, or "
        "a newer export.",
    )
    source_label = fields.Char(compute="_compute_plan", string="Source")
    problem = fields.Text(compute="_compute_plan")
    differences = fields.Text(compute="_compute_plan")

    @api.depends("file")
    def _compute_plan(self):
        for wizard in self:
            plan, wizard.problem = None, False
            try:
                plan = wizard._read_plan() if wizard.file else None
            except UserError as error:
                wizard.problem = str(error)
            source = plan and get_source_class(plan["source"])
            wizard.takes_files = bool(source) and source.takes_files
            wizard.source_label = source and translate(
                self.env, available_sources()[plan["source"]].label
            )
            found = plan and self.env["crm.migration.plan.differences"]._list(plan)
            wizard.differences = "\n".join(found) if found else False

    def _read_plan(self):
        """Return the plan of the file.

        :raises UserError: it is none; says all that is wrong with it
        """
        raw = base64.b64decode(self.file or b"")
        if not raw.strip():
            raise UserError(self.env._("The file is empty."))
        if len(raw) > MAX_BYTES:
            raise UserError(self.env._("The file is too large for a plan."))
        plan = self.env["crm.migration.template"]._read_file(raw)
        self.env["crm.migration.plan"]._check(plan, is_elsewhere=True)
        return plan

    def action_import(self):
        """Create the migration, and show it: its connection is what is left to enter.

        :raises UserError: the file is no plan, or the files to read are missing
        """
        self.ensure_one()
        jobs = self.env["crm.migration.job"]
        jobs._check_manager()
        plan = self._read_plan()
        if self.takes_files and not self.file_ids:
            raise UserError(
                self.env._("This source reads files: add those it is to read.")
            )
        if name := (self.name or "").strip():
            plan["name"] = name
        files = self.file_ids if self.takes_files else None
        job = jobs.sudo()._import_plan(plan, files=files, is_elsewhere=True)
        if self.differences:
            job.message_post(body=self.differences)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.migration.job",
            "res_id": job.id,
            "views": [(False, "form")],
        }

    @api.model
    def _offer(self, job):
        """Return the download of the plan of a migration, as superuser."""
        raw = job._get_plan_file().encode()
        return offer_download(job, "plan", "json", raw, "application/json")
