"""The name of an object in the place of its technical one."""

from odoo import api, fields, models


class CrmMigrationLabelled(models.AbstractModel):
    """Mixed into what names its object by ``job_id`` and the technical ``stream``."""

    _name = "crm.migration.labelled"
    _description = "Migration Data of an Object"
    _inherit = ["crm.migration.grouped"]

    stream_label = fields.Char(compute="_compute_stream_label", string="Kind of Object")

    def _compute_stream_label(self):
        labels = self._label_streams(self.job_id.ids, set(self.mapped("stream")))
        for row in self:
            label = labels.get((row.job_id.id, row.stream))
            row.stream_label = label or row.stream

    @api.model
    def _label_streams(self, job_ids, names):
        """Return (job id, stream) → label, one query for all."""
        wanted = [name for name in names if name and isinstance(name, str)]
        if not wanted:
            return {}
        streams = self.env["crm.migration.stream"].search_fetch(
            [("job_id", "in", job_ids), ("name", "in", wanted)],
            ["job_id", "name", "label"],
        )
        return {(stream.job_id.id, stream.name): stream.label for stream in streams}

    @api.model
    def _head_groups(self, groups):
        """Head the groups of an object with its label instead of its technical name."""
        super()._head_groups(groups)
        names = {group["stream"] for group in groups if group.get("stream")}
        if names:
            streams = self.env["crm.migration.stream"].search_fetch(
                [("name", "in", list(names))], ["name", "label"], order="id"
            )
            labels = {stream.name: stream.label for stream in streams}
            for group in groups:
                group["stream"] = labels.get(group.get("stream"), group.get("stream"))
