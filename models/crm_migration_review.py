"""Plain words in the place of technical names, on every screen that a reviewer opens."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_datetime

from .crm_migration_display import LONGEST
from .note_text import text_from_html


class CrmMigrationLabelled(models.AbstractModel):
    """Mixed into what names its object by ``job_id`` and the technical ``stream``."""

    _name = "crm.migration.labelled"
    _description = "Migration Data of an Object"

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
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **options):
        """Head the groups of an object with its label instead of its technical name."""
        groups = super().formatted_read_group(domain, groupby, aggregates, **options)
        names = {group["stream"] for group in groups if group.get("stream")}
        if names:
            streams = self.env["crm.migration.stream"].search_fetch(
                [("name", "in", list(names))], ["name", "label"], order="id"
            )
            labels = {stream.name: stream.label for stream in streams}
            for group in groups:
                group["stream"] = labels.get(group.get("stream"), group.get("stream"))
        return groups


class CrmMigrationIdMap(models.Model):
    _name = "crm.migration.id.map"
    _inherit = ["crm.migration.id.map", "crm.migration.labelled"]


class CrmMigrationDuplicate(models.Model):
    _name = "crm.migration.duplicate"
    _inherit = ["crm.migration.duplicate", "crm.migration.labelled"]


class CrmMigrationMessage(models.Model):
    """Errors come first, and a field bears the name that the mapping shows."""

    _name = "crm.migration.message"
    _inherit = ["crm.migration.message", "crm.migration.labelled"]

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
    def _word_data(self, job, rows):
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


class CrmMigrationDifference(models.Model):
    """Values as a person reads them: names instead of numbers."""

    _name = "crm.migration.difference"
    _inherit = ["crm.migration.difference", "crm.migration.labelled"]

    expected_text = fields.Char(compute="_compute_value_texts", string="Value Expected")
    found_text = fields.Char(compute="_compute_value_texts", string="Value Found")

    @api.depends("res_model", "field", "expected", "found")
    def _compute_value_texts(self):
        for row in self:
            known = row.env.get(row.res_model)
            field = known is not None and known._fields.get(row.field)
            if row.field == "id":
                row.expected_text = row.env._("The record")
                row.found_text = row.env._("Deleted in Odoo")
                continue
            row.expected_text = row._word_value(field, row.expected)
            row.found_text = row._word_value(field, row.found)

    def _word_value(self, field, text):
        """Return the text of a value that verification kept as text."""
        text = text or ""
        if field and field.type == "boolean":
            return self.env._("Yes") if text == "True" else self.env._("No")
        if not field or not text:
            return text
        if field.relational:
            return self._name_records(field, text)
        if field.type == "selection":
            return self.env["crm.migration.display"]._show_choice(field, text)
        if field.type == "html":
            return text_from_html(text).strip()[:LONGEST]
        if field.type == "datetime":
            try:
                moment = fields.Datetime.to_datetime(text)
            except ValueError:
                return text
            return format_datetime(self.env, moment)
        return text

    def _name_records(self, field, text):
        """Return the names of records given by their ids; the ids the user may not see."""
        ids = [
            int(part)
            for part in text.strip("[]()").split(",")
            if part.strip().isdigit()
        ]
        model = self.env[field.comodel_name].with_context(active_test=False)
        if not ids or not model.has_access("read"):
            return text
        return (
            ", ".join(model.search([("id", "in", ids)]).mapped("display_name")) or text
        )


class CrmMigrationOptions(models.AbstractModel):
    """What makes no sense is refused where it is entered, not in the middle of a load."""

    _inherit = "crm.migration.options"

    @api.constrains("attachment_limit")
    def _check_attachment_limit(self):
        for options in self:
            if options.attachment_limit < 0:
                raise ValidationError(
                    options.env._("The size of a large file cannot be less than zero.")
                )

    @api.constrains("since")
    def _check_since(self):
        now = fields.Datetime.now()
        for options in self:
            if options.since and options.since > now:
                raise ValidationError(
                    options.env._(
                        "“Changed Since” lies in the future: nothing would be read."
                    )
                )


class CrmMigrationJob(models.Model):
    """Buttons of the form that answer on the spot."""

    _inherit = "crm.migration.job"
    # Who reviews may also write to the others, though not change the migration.
    _mail_post_access = "read"

    problem_stream_count = fields.Integer(compute="_compute_problem_stream_count")

    @api.depends("stream_ids.error")
    def _compute_problem_stream_count(self):
        for job in self:
            job.problem_stream_count = len(job.stream_ids.filtered("error"))

    def action_show_connection(self):
        """Check the connection and show the answer, which the pre-flight list keeps."""
        self.ensure_one()
        is_fine = self.action_check_connection()
        answers = self.sudo().check_ids.filtered(
            lambda check: check.code.startswith("source.")
        )
        if not is_fine:
            answers = answers.filtered(lambda check: check.level == "blocking")
        warned = "warning" in answers.mapped("level")
        title = (
            self.env._("The source cannot be read yet")
            if not is_fine
            else self.env._("The connection works")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": ("warning" if warned else "success") if is_fine else "danger",
                "sticky": not is_fine,
                "title": title,
                "message": " ".join(answers.mapped("text")),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
