"""Campaigns, by their title."""

from odoo import models

from .stand_in import stand_in


class CrmMigrationTargetUtmCampaign(models.AbstractModel):
    _name = "crm.migration.target.utm.campaign"
    _description = "Migration Target: Campaigns"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "utm.campaign"
    # A number makes it unique: another one by now.
    _own_life = frozenset({"name"})
    _name_field = "title"
    _chosen_by = (
        "campaign_policy",
        {
            "deal_tag": stand_in("crm.tag", title="name"),
            "contact_tag": stand_in("res.partner.category", title="name"),
        },
    )

    def _derive(self, batch, item):
        if not item.vals.get("title") and item.vals.get("name"):
            item.vals["title"] = item.vals["name"]
        if item.vals.get("name") == item.vals.get("title"):
            # Odoo makes it of the title, with a number where another company has it.
            item.vals.pop("name", None)

    def _entry_defaults(self, job):
        """A campaign needs a responsible user: who set up the migration, if nobody else."""
        return {"user_id": job.create_uid.id or self.env.uid}

    def _complete(self, batch, item):
        if not item.vals.get("user_id"):
            super()._complete(batch, item)
            item.vals["user_id"] = self._entry_defaults(batch.job)["user_id"]
            user = self.env["res.users"].browse(item.vals["user_id"])
            item.report("responsible_assumed", "info", "user_id", user.name)
