"""Lay values side by side for the review: the source, what it becomes, Odoo as it is."""

from odoo import api, models

from ...connectors.mapping.apply import get_value
from ...connectors.mapping.transforms import is_blank
from ..words.note_text import text_from_html

COMPARABLE = (
    "char",
    "text",
    "integer",
    "float",
    "monetary",
    "boolean",
    "date",
    "datetime",
)
"""Types of which the text says whether two values are the same."""


HTML_PLACES = {"@note"}
"""Places that take formatted text without being a field."""


PLACE_FIELDS = {
    "@created_at": "create_date",
    "@updated_at": "write_date",
    "@created_by": "create_uid",
    "@updated_by": "write_uid",
    "@closed_at": "date_closed",
}
"""Where Odoo shows what the loaders place themselves."""


class CrmMigrationComparison(models.AbstractModel):
    """Rows of a comparison, as JSON for the screen.

    A row is ``{"part", "target", "label", "heading", "source", "converted", "edited",
    "now", "differs"}``; ``heading`` stands above the first row of each mapping.
    """

    _name = "crm.migration.comparison"
    _description = "Migration Comparison"
    _inherit = ["crm.migration.comparison.again"]

    @api.model
    def _compare(self, record, is_labelled=False):
        """Return the rows for a staging record.

        :param is_labelled: what the source calls a value stands behind its key
        """
        plan = self._plan(record)
        payload = record.payload or {}
        sources = [
            [get_value(payload, path) for path in paths]
            if len(paths) > 1
            else get_value(payload, paths[0])
            if paths
            else None
            for paths in (row["paths"] for row in plan)
        ]
        converted = [row["converted"] for row in plan]
        show = self.env["crm.migration.display"]._show
        texts = show(record.job_id, sources + converted)
        if is_labelled:
            labels = self.env["crm.migration.display"]._label(record.job_id, converted)
            for position, label in enumerate(labels):
                text = texts[position]
                if label and label not in text:
                    texts[position] = f"{label} ({text})" if text else label
        now = self._read_now(record)
        rows = []
        for position, row in enumerate(plan):
            as_is = now(row)
            text = self._format_choice(row, texts[len(plan) + position])
            rows.append(
                {
                    "part": row["part"],
                    "target": row["target"],
                    "label": row["label"],
                    "heading": row["heading"],
                    "source": texts[position],
                    "converted": text,
                    "edited": row["edited"],
                    "now": as_is,
                    "differs": as_is is not None
                    and is_comparable(row["field"])
                    and is_other(text, as_is),
                }
            )
        return rows

    def _plan(self, record):
        """Return one entry per target: which source fields and which value belong to it."""
        values, edits = record.values or {}, record.edits or {}
        mappings = self.env["crm.migration.mapping"].search(
            [("stream_id", "=", record.stream_id.id), ("selected", "=", True)]
        )
        plan = []
        for mapping in mappings:
            part = mapping.part or ""
            made, put = values.get(part, {}), edits.get(part, {})
            if not made and not put and record.values:
                continue
            if made and made.get("@mapping") not in (None, mapping.id):
                continue  # another mapping of this part took the record
            heading = mapping.display_name
            for line in mapping.line_ids:
                if not line.target or line.state == "ignored":
                    continue
                target = line.target
                plan.append(
                    {
                        "part": part,
                        "target": target,
                        "label": line.target_label or target,
                        "heading": heading,
                        "paths": line._get_paths(),
                        "converted": put.get(target, made.get(target)),
                        "edited": target in put,
                        "field": self._get_field(mapping.model_name, target),
                    }
                )
                heading = ""
        return plan

    def _get_field(self, model_name, target):
        name = PLACE_FIELDS.get(target, target)
        return model_name in self.env and self.env[model_name]._fields.get(name) or None

    def _format_choice(self, row, text):
        if text and (row["target"] in HTML_PLACES or is_html(row["field"])):
            return text_from_html(text).strip()
        if row["field"] and row["field"].type == "selection" and text:
            return self.env["crm.migration.display"]._show_choice(row["field"], text)
        return text

    def _read_now(self, record):
        """Return a function giving what Odoo has for a row; None where nothing is shown."""
        targets = {}
        links = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", record.job_id.id),
                ("stream", "=", record.stream),
                ("source_id", "=", record.source_id),
            ]
        )
        for link in links:
            target = get_visible(self.env, link.res_model, link.res_id)
            if target:
                targets[link.part or ""] = target

        def now(row):
            target = targets.get(row["part"])
            if target is None or not row["field"]:
                return None
            return self._show_visible(target, row["field"].name)

        return now

    def _show_visible(self, record, name):
        field = record._fields[name]
        if not record._has_field_access(field, "read"):
            return None
        return self.env["crm.migration.display"]._show_field(record, name)

    # -- duplicates ------------------------------------------------------------

    @api.model
    def _compare_pair(self, pair):
        """Return the rows for two records that may be the same.

        They bear ``this`` and ``other`` besides ``label`` and ``differs``.
        """
        own = [row for row in self._plan(pair.record_id) if row["part"] == ""]
        if pair.kind == "source":
            theirs = {
                row["target"]: row["converted"]
                for row in self._plan(pair.other_record_id)
                if row["part"] == ""
            }
            others = [theirs.get(row["target"]) for row in own]
            record = None
        else:
            others = [None] * len(own)
            record = get_visible(self.env, pair.res_model, pair.res_id)
        texts = self.env["crm.migration.display"]._show(
            pair.job_id, [row["converted"] for row in own] + others
        )
        rows = []
        for position, row in enumerate(own):
            this = self._format_choice(row, texts[position])
            other = self._format_choice(row, texts[len(own) + position])
            if record is not None and row["field"]:
                other = self._show_visible(record, row["field"].name) or ""
            if this or other:
                rows.append(
                    {
                        "label": row["label"],
                        "this": this,
                        "other": other,
                        "differs": is_other(this, other),
                    }
                )
        return rows


def get_visible(env, res_model, res_id):
    """Return an Odoo record if it exists and the user may read it, else None."""
    if not res_model or res_model not in env:
        return None
    record = env[res_model].with_context(active_test=False).browse(res_id or 0).exists()
    if not record or not record.has_access("read"):
        return None
    return record


def is_html(field):
    return bool(field) and field.type == "html"


def is_comparable(field):
    return bool(field) and field.type in COMPARABLE


def is_other(one, two):
    """Tell whether two texts differ by more than case, blanks and trailing zeros."""
    return _plain(one) != _plain(two)


def _plain(text):
    text = " ".join((text or "").split()).casefold()
    # The order of several names says nothing.
    text = ", ".join(sorted(text.split(", ")))
    try:
        return f"{float(text):g}" if not is_blank(text) else ""
    except ValueError:
        return text
