"""Values that an earlier migration of the same system decided."""

from odoo import models


class CrmMigrationValueMapLineage(models.AbstractModel):
    """What was decided for the earlier migration is proposed for this one."""

    _name = "crm.migration.value.map.lineage"
    _description = "Migration: Value Map Lineage"

    def _propose(self):
        proposed = super()._propose()
        earlier_ids = self.job_id._get_earlier_ids()
        earlier = self.search(
            [
                ("job_id", "in", earlier_ids),
                ("list", "in", list(set(self.mapped("list")))),
                ("decision", "!=", False),
            ],
            order="job_id.id",  # the latest decision comes last and counts
        )
        decided = {(row.list, row.key, row.scope or ""): row for row in earlier}
        for row in self:
            if known := decided.get((row.list, row.key, row.scope or "")):
                row._repeat(known)
        self._follow_template()
        return proposed

    def _follow_template(self):
        """Decide as the template says that was applied before these values were met."""
        for job, rows in self.grouped("job_id").items():
            template = job.sudo().template_id
            if template:
                job._apply_plan_values(template.content.get("values") or [], rows)

    def _repeat(self, earlier):
        """Decide as the earlier migration did, where Odoo still has what it chose."""
        target = earlier.target_ref and earlier.target_ref.exists()
        if earlier.model_name != self.model_name or (earlier.target_ref and not target):
            return
        choice = earlier.choice if earlier.choice in dict(self.choices or ()) else False
        if not target and not choice and earlier.decision != "empty":
            return
        self.write(
            {
                "target_ref": target and f"{target._name},{target.id}",
                "choice": choice,
                "decision": "empty" if earlier.decision == "empty" else "map",
                "confidence": 100,
                "reason": self.env._("As in the earlier migration."),
            }
        )
