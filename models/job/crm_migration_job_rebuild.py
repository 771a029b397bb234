"""What ran by itself in the source: the inventory of a migration, and its drafts."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..rebuild import messages

FIGURE_WITHOUT = ("library",)
"""What runs nothing by itself counts for no share of drafts."""


class CrmMigrationJobRebuild(models.AbstractModel):
    """The inventory is taken once everything was read, and anew once it was loaded."""

    _name = "crm.migration.job.rebuild"
    _description = "Migration: Job Rebuild"

    automation_ids = fields.One2many(
        "crm.migration.automation", "job_id", readonly=True
    )
    automation_count = fields.Integer(compute="_compute_automation_count")

    def _compute_automation_count(self):
        counts = dict(
            self.env["crm.migration.automation"]._read_group(
                [("job_id", "in", self.ids)], ["job_id"], ["__count"]
            )
        )
        for job in self:
            job.automation_count = counts.get(job, 0)

    def _take_inventory(self):
        """List what runs by itself, as far as it was read."""
        for job in self.sudo():
            self.env["crm.migration.automation"].sudo()._take(job)

    def _get_checks(self):
        return [*super()._get_checks(), *self._check_rebuild()]

    def _check_rebuild(self):
        """Say beforehand which app brings drafts of what runs by itself."""
        rows = self.env["crm.migration.automation"]
        tellers = rows._get_tellers(self)
        streams = self.stream_ids.filtered(lambda s: s.selected and s.name in tellers)
        if not streams:
            return []
        if rows._can_draft():
            text = self.env._(
                "What runs by itself in the source is listed in the rebuild guide; where "
                "Odoo can say it, an inactive automation rule can be created."
            )
        else:
            text = self.env._(
                "What runs by itself in the source is listed in the rebuild guide. To "
                "have drafts of it created, install the app Automation Rules first."
            )
        return [("rebuild", "passed", text)]

    def _ensure_draftable(self):
        """Stop where drafts cannot be created yet.

        :raises UserError: with what to do first
        """
        rows = self.env["crm.migration.automation"]
        if not rows._can_draft():
            raise UserError(self.env._(messages.NEEDS_APP))
        for job in self:
            if job.state != "idle":
                raise UserError(self.env._("This migration is still at work."))
            if not job.loaded_count:
                raise UserError(self.env._(messages.NEEDS_LOAD))

    # -- buttons -------------------------------------------------------------------

    def action_open_automations(self):
        self.ensure_one()
        self._as_reviewer()._take_inventory()
        return self._open("crm_migration_automation_action")

    def action_create_drafts(self):
        """Create an inactive automation rule for whatever Odoo can say and has none.

        :raises UserError: the app is missing, or nothing was loaded
        """
        self.ensure_one()
        job = self._as_manager()
        job._ensure_draftable()
        job._take_inventory()
        rows = job.automation_ids.filtered(lambda r: r.state in ("possible", "partly"))
        rows._create_drafts()
        return self._open("crm_migration_automation_action")

    def action_open_guide(self):
        """Ask in which form the rebuild guide is wanted."""
        self.ensure_one()
        self._as_reviewer()._take_inventory()
        return self._open_dialog(
            self.env._("Rebuild Guide"), "crm.migration.guide", default_job_id=self.id
        )

    def action_open_documents(self):
        """Ask what is handed over, and in which form."""
        self.ensure_one()
        self._as_reviewer()._take_inventory()
        return self._open_dialog(
            self.env._("Documents"), "crm.migration.documents", default_job_id=self.id
        )

    # -- the document --------------------------------------------------------------

    def _get_guide(self):
        """Return what the document says: a section for each kind, and the figures."""
        self.ensure_one()
        rows = self.sudo().automation_ids
        kinds = dict(rows._fields["kind"]._description_selection(self.env))
        states = dict(rows._fields["state"]._description_selection(self.env))
        counted = rows.filtered(lambda row: row.kind not in FIGURE_WITHOUT)
        return {
            "job": self,
            "rows": rows,
            "sections": [
                (kinds[kind], rows.filtered(lambda row, k=kind: row.kind == k))
                for kind in kinds
                if kind in rows.mapped("kind")
            ],
            "figures": [
                (
                    states[state],
                    len(counted.filtered(lambda row, s=state: row.state == s)),
                )
                for state in states
                if state in counted.mapped("state")
            ],
            "count": len(counted),
        }
