"""A filter of an object that was read already is applied to what waits in staging."""

from odoo import api, fields, models


class CrmMigrationJobFilters(models.AbstractModel):
    _name = "crm.migration.job.filters"
    _description = "Migration: Job Filters"

    has_filters = fields.Boolean(compute="_compute_has_filters")

    @api.depends("stream_ids.filter_domain")
    def _compute_has_filters(self):
        for job in self:
            job.has_filters = bool(job.stream_ids.filtered("filter_domain"))

    def _apply_filter_of(self, name):
        """Look at everything anew by the filter that a person gave to an object.

        A plan says no more about it. What is let pass now is loaded with the next load,
        also by a migration that was done.
        """
        self.ensure_one()
        sudo = self._as_manager()
        planned = (sudo.plan or {}).get("filters") or {}
        if name in planned:
            left = {key: value for key, value in planned.items() if key != name}
            sudo.plan = {**sudo.plan, "filters": left}
        if not self._count_records([]):
            return
        self._start_run("transform")
        if sudo.phase in ("verify", "done"):
            sudo.phase = "review"
