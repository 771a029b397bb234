"""Set the links that could not be set when their records were created."""

from odoo import models

CHUNK = 500


class CrmMigrationPhaseLink(models.AbstractModel):
    """Set the references whose record came later than the one that names it."""

    _name = "crm.migration.phase.link"
    _description = "Migration Phase: Link"
    _inherit = ["crm.migration.phase"]

    def _start(self, run):
        run.total = self.env["crm.migration.id.map"].search_count(
            [("job_id", "=", run.job_id.id), ("deferred", "!=", False)]
        )

    def _work_stretch(self, run, plan):
        maps = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", run.job_id.id),
                ("deferred", "!=", False),
                ("id", ">", run.checkpoint or 0),
            ],
            order="id",
            limit=CHUNK,
        )
        if not maps:
            return True
        for model_name, group in maps.grouped("res_model").items():
            self.env["crm.migration.target"]._for(model_name)._link(run, group)
        run.write({"checkpoint": maps[-1].id, "done": run.done + len(maps)})
        return None

    def _finish(self, run):
        run.job_id._reconcile(run)
