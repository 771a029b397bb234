"""Messages as a person reads them: labels, order, names."""

from odoo import api, fields, models
from odoo.tools import SQL


class CrmMigrationMessageReview(models.AbstractModel):
    """Errors come first, and a field bears the name that the mapping shows."""

    _name = "crm.migration.message.review"
    _description = "Migration: Message Review"
    _inherit = ["crm.migration.labelled"]

    field_label = fields.Char(compute="_compute_field_label", string="Field Concerned")

    def _compute_field_label(self):
        for job, messages in self.grouped("job_id").items():
            names = {(message.stream, message.field) for message in messages}
            labels = self._label_fields(job, names)
            for message in messages:
                name = message.field
                message.field_label = labels.get((message.stream, name)) or name

    @api.model
    def _label_fields(self, job, names):
        """Return (stream, target or source field) → the label that the mapping shows."""
        wanted = [name for _stream, name in names if name]
        lines = self.env["crm.migration.mapping.line"].search(
            [
                ("mapping_id.job_id", "=", job.id),
                ("mapping_id.stream", "in", list({stream for stream, _name in names})),
                "|",
                ("target", "in", wanted),
                ("source", "in", wanted),
            ],
            order="id desc",
        )
        labels = {}
        for line in lines:
            if line.source:
                labels[line.mapping_id.stream, line.source] = line.source_text
        # The name of a target wins: messages mostly mean what stays empty in Odoo.
        for line in lines:
            if line.target:
                labels[line.mapping_id.stream, line.target] = line.target_label
        return labels

    @api.model
    def _format_data(self, job, rows):
        """Return what the sentence of each row names, in the words of the screens."""
        named = [
            {"field": row.get("field") or "", **(row.get("data") or {})} for row in rows
        ]
        pairs = {
            (row.get("stream"), data["field"])
            for row, data in zip(rows, named, strict=True)
            if data["field"]
        }
        labels = self._label_fields(job, pairs) if pairs else {}
        streams = self._label_streams(job.ids, {data.get("stream") for data in named})
        owners = self._name_owners(job, rows)
        for row, data in zip(rows, named, strict=True):
            pair = (row.get("stream"), data["field"])
            data["field"] = labels.get(pair) or data["field"]
            if (job.id, data.get("stream")) in streams:
                data["stream"] = streams[job.id, data["stream"]]
            if row["code"] == "owner_undecided" and str(row.get("value")) in owners:
                data["value"] = owners[str(row["value"])]
        return named

    def _name_owners(self, job, rows):
        keys = {
            str(row.get("value")) for row in rows if row["code"] == "owner_undecided"
        }
        if not keys:
            return {}
        owners = self.env["crm.migration.owner"].search(
            [("job_id", "=", job.id), ("key", "in", list(keys))]
        )
        return {owner.key: owner.display_name for owner in owners}

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "severity":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        column = self._field_to_sql(alias, "severity", query)
        ranks = SQL(
            "CASE %s WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END", column
        )
        return SQL("%s %s", ranks, direction)
