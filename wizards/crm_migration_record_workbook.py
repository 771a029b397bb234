"""The dialog that gives out records as a workbook, and takes back what was corrected."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.mapping.apply import get_value
from ..models.evidence.crm_migration_display import get_kind
from ..models.words.messages import agreed
from .downloads import offer_download
from .guide_workbook import XLSX
from .record_workbook import NoWorkbook, clean, make_workbook, read_workbook

CORRECTABLE = ("problem", "failed")
"""What is unmapped has no values that a cell could correct."""
UNTYPED = ("@file",)
"""Targets of which nobody can type the value."""
MAX_RECORDS = 20_000
"""Records of a workbook: more are a fault of the mapping, and mended there."""
SHOWN = 20
"""Refusals that the dialog names; the others have the same reasons."""


class CrmMigrationRecordWorkbook(models.TransientModel):
    """A cell that was changed is a person's value, as if it had been typed on the form."""

    _name = "crm.migration.record.workbook"
    _description = "Correct Records in a Workbook"
    _inherit = ["crm.migration.dialog"]
    _written_by_itself = frozenset({"report"})

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    record_ids = fields.Many2many("crm.migration.record", string="Records")
    count = fields.Integer(compute="_compute_count")
    file = fields.Binary(string="Corrected Workbook", attachment=False)
    file_name = fields.Char()
    report = fields.Text(readonly=True)

    @api.depends("job_id", "record_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._get_records())

    def _get_records(self):
        """Return those that were chosen, else all that did not come through."""
        if self.record_ids:
            return self.record_ids
        return self.env["crm.migration.record"].search(
            [("job_id", "=", self.job_id.id), ("state", "in", CORRECTABLE)],
            limit=MAX_RECORDS + 1,
        )

    # -- out -----------------------------------------------------------------------

    def action_download(self):
        """Return the workbook.

        :raises UserError: there is nothing to correct, or too much of it
        """
        self.ensure_one()
        job, records = self.job_id._as_reviewer(), self._get_records()
        if not records.stream_id.mapping_ids:
            raise UserError(self.env._("There is no record to correct."))
        if len(records) > MAX_RECORDS:
            raise UserError(
                self.env._(
                    "More than %(count)s records: correct their mapping or their values "
                    "first, or choose some of them.",
                    count=MAX_RECORDS,
                )
            )
        heads = [self.env._("Source ID"), self.env._("Why")]
        raw = make_workbook(job.id, list(self._get_sheets(job, records)), heads)
        return offer_download(job, "corrections", "xlsx", raw, XLSX)

    def _get_sheets(self, job, records):
        for stream in records.stream_id:
            rows = records.filtered(lambda r, s=stream: r.stream_id == s)
            columns = self._get_columns(stream)
            if not columns:
                continue
            found = self._get_texts(job, rows, columns)
            yield (
                stream.name,
                stream.label or stream.name,
                [(key, column["label"]) for key, column in columns.items()],
                [
                    [row.source_id, row.message or "", *texts]
                    for row, texts in zip(rows, found, strict=True)
                ],
            )

    def _get_columns(self, stream):
        """Return ``part|target`` → how a line of the mapping is labelled and filled."""
        mappings = stream.mapping_ids.filtered("selected")
        columns = {}
        for mapping in mappings:
            for line in mapping.line_ids:
                if not line.target or line.state == "ignored":
                    continue
                if line.target in UNTYPED:
                    continue
                label = line.target_label or line.target
                if len(mappings) > 1:
                    label = f"{label} ({mapping.display_name})"
                columns.setdefault(
                    f"{mapping.part or ''}|{line.target}",
                    {"label": label, "paths": line._get_paths()},
                )
        return columns

    def _get_texts(self, job, records, columns):
        """Return for each record the text of each column."""
        values = [
            self._get_given(record, key, column)
            for record in records
            for key, column in columns.items()
        ]
        texts = self._name_values(job, values)
        width = len(columns)
        return [texts[n * width : (n + 1) * width] for n in range(len(records))]

    def _get_given(self, record, key, column):
        """Return what a record has, or where that is nothing, what the source says."""
        part, _bar, target = key.partition("|")
        edits = (record.edits or {}).get(part) or {}
        made = (record.values or {}).get(part) or {}
        if target in edits or target in made:
            return edits.get(target, made.get(target))
        if not made and part:
            return None
        found = [get_value(record.payload or {}, path) for path in column["paths"]]
        return next((value for value in found if isinstance(value, str)), None)

    def _name_values(self, job, values):
        """Return texts that can be typed: of what refers to something, its key."""
        keys = [self._get_keys(value) for value in values]
        shown = self.env["crm.migration.display"]._show(
            job,
            [None if key else value for key, value in zip(keys, values, strict=True)],
        )
        return [clean(key or text) for key, text in zip(keys, shown, strict=True)]

    def _get_keys(self, value):
        """Return the keys of references as a text, None for other values."""
        items = value if isinstance(value, list) else [value]
        found = []
        for item in items:
            if kind := get_kind(item):
                key = item[kind]
                found.append(str(key[1] if isinstance(key, list | tuple) else key))
        return ", ".join(found) or None

    # -- back ----------------------------------------------------------------------

    def action_take_over(self):
        """Take over the cells that were changed; what is refused is told, the rest stays.

        :raises UserError: it is no workbook of this migration
        """
        self.ensure_one()
        job = self.job_id._as_reviewer()
        if not self.file:
            raise UserError(self.env._("Choose the corrected workbook first."))
        try:
            rows = list(read_workbook(base64.b64decode(self.file), job.id))
        except NoWorkbook:
            raise UserError(
                self.env._(
                    "This is not a workbook that was downloaded from this migration. "
                    "Download one here, correct it, and upload that file."
                )
            ) from None
        done, refused = self._take_rows(job, rows)
        self.sudo().write({"file": False, "report": self._report(done, refused)})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Correct in a Workbook"),
        }

    def _take_rows(self, job, rows):
        """Return the records that were corrected, and (place, reason) of what was not."""
        found = self._find_records(job, rows)
        done, refused = self.env["crm.migration.record"], []
        for stream in {stream for stream, _id, _texts in rows}:
            own = [row for row in rows if row[0] == stream]
            records = [found.get(row[:2]) for row in own]
            refused += [
                (source_id, self.env._("This record is not in the migration."))
                for (_s, source_id, _t), record in zip(own, records, strict=True)
                if not record
            ]
            pairs = [(r, row[2]) for r, row in zip(records, own, strict=True) if r]
            if not pairs:
                continue
            columns = self._get_columns(pairs[0][0].stream_id)
            before = self._get_texts(job, [r for r, _t in pairs], columns)
            for (record, texts), old in zip(pairs, before, strict=True):
                if self._take_row(record, texts, columns, old, refused):
                    done |= record
        return done, refused

    def _find_records(self, job, rows):
        records = self.env["crm.migration.record"].search(
            [
                ("job_id", "=", job.id),
                ("stream", "in", list({row[0] for row in rows})),
                ("source_id", "in", list({row[1] for row in rows})),
            ]
        )
        return {(record.stream, record.source_id): record for record in records}

    def _take_row(self, record, texts, columns, before, refused):
        """Return whether anything of a record was changed."""
        changed = False
        for (key, column), old in zip(columns.items(), before, strict=True):
            if key not in texts or texts[key] == old:
                continue
            part, _bar, target = key.partition("|")
            try:
                value = self._convert(record, key, texts[key])
            except UserError as error:
                refused.append((f"{record.source_id}, {column['label']}", str(error)))
                continue
            record._edit(part, target, value)
            changed = True
        return changed

    def _convert(self, record, key, text):
        """Return the value as the form would keep it.

        :raises UserError: it does not fit the field, or names nothing that is known
        """
        dialog = self.env["crm.migration.record.edit"].new(
            {"record_id": record.id, "target_key": key}
        )
        keys = [part.strip() for part in text.split(",") if part.strip()]
        job = [("job_id", "=", record.job_id.id)]
        if dialog.kind == "text":
            dialog.text = text
        elif dialog.kind == "record":
            pair = [("stream", "=", dialog.link_stream), ("source_id", "in", keys)]
            dialog.record_ids = self._ensure_all(
                self.env["crm.migration.record"].search(job + pair), "source_id", keys
            )
        elif dialog.kind == "value":
            pair = [("list", "=", dialog.link_list), ("key", "in", keys)]
            dialog.value_ids = self._ensure_all(
                self.env["crm.migration.value.map"].search(job + pair), "key", keys
            )
        else:
            dialog.owner_id = self._ensure_all(
                self.env["crm.migration.owner"].search([*job, ("key", "in", keys)]),
                "key",
                keys,
            )[:1]
        return dialog._as_json()

    def _ensure_all(self, found, name, keys):
        missing = [key for key in keys if key not in set(found.mapped(name))]
        if missing:
            raise UserError(
                self.env._(
                    "The migration knows nothing with the key %(keys)s.",
                    keys=", ".join(missing),
                )
            )
        return found

    def _report(self, done, refused):
        count = len(done)
        text = self.env._(
            "%(count)s [[count|record was|records were]] corrected. Load again: only "
            "what is not in Odoo yet, or has changed, is loaded.",
            count=count,
        )
        lines = [agreed(self.env, text, {"count": count})]
        lines += [f"{place}: {reason}" for place, reason in refused[:SHOWN]]
        if len(refused) > SHOWN:
            lines.append(self.env._("And %(count)s more.", count=len(refused) - SHOWN))
        return "\n".join(lines)
