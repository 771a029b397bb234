"""Show what stands in staging as a person reads it: names instead of references."""

import json

from odoo import api, models

from ...connectors.mapping.transforms import is_blank
from ...connectors.mapping.vocabulary import MAP, OWNER, REF
from ..staging.references import as_key
from ..words.note_text import text_from_html

LONGEST = 2000
"""Characters of a value that a screen shows; the raw data has the rest."""


class CrmMigrationDisplay(models.AbstractModel):
    """Word values for the screens, however many, with one query per kind of reference."""

    _name = "crm.migration.display"
    _description = "Migration Display"

    @api.model
    def _show(self, job, values):
        """Return the text of each JSON value, in order."""
        found = {REF: set(), MAP: set(), OWNER: set()}
        for value in values:
            self._collect(value, found)
        names = {
            REF: self._name_records(job, found[REF]),
            MAP: self._name_values(job, found[MAP]),
            OWNER: self._name_owners(job, found[OWNER]),
        }
        return [self._format(value, names) for value in values]

    def _collect(self, value, found):
        if isinstance(value, list):
            for item in value:
                self._collect(item, found)
        elif kind := get_kind(value):
            found[kind].add(as_hashable(value[kind]))

    def _name_records(self, job, references):
        wanted = [r for r in references if isinstance(r, tuple) and len(r) == 2]
        records = self.env["crm.migration.record"].search_fetch(
            [
                ("job_id", "=", job.id),
                ("stream", "in", list({stream for stream, _id in wanted})),
                ("source_id", "in", list({source_id for _stream, source_id in wanted})),
            ],
            ["stream", "source_id", "name"],
        )
        return {
            (record.stream, record.source_id): record.display_name for record in records
        }

    def _name_values(self, job, references):
        rows = self.env["crm.migration.value.map"].search(
            [
                ("job_id", "=", job.id),
                ("list", "in", list({name for name, *_key in references})),
                ("key", "in", list({key for _name, key, *_scope in references})),
            ]
        )
        return {as_hashable(row._as_reference()[MAP]): row.result_text for row in rows}

    def _name_owners(self, job, keys):
        owners = self.env["crm.migration.owner"].search(
            [("job_id", "=", job.id), ("key", "in", list(keys))]
        )
        return {owner.key: owner.result_text for owner in owners}

    def _format(self, value, names):
        if is_blank(value):
            return ""
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, list):
            return ", ".join(
                filter(None, (self._format(item, names) for item in value))
            )
        if kind := get_kind(value):
            key = as_hashable(value[kind])
            # Not read or not listed (yet): what the source itself says.
            return names[kind].get(key) or (
                str(key[1]) if isinstance(key, tuple) else str(key)
            )
        if isinstance(value, dict):
            # An embedded object of the source: its name says which one it is.
            for member in ("display_name", "name", "label"):
                if isinstance(value.get(member), str) and "id" in value:
                    return value[member][:LONGEST]
            return json.dumps(value, ensure_ascii=False)[:LONGEST]
        return str(value)[:LONGEST]

    @api.model
    def _label(self, job, values):
        """Return what the source itself calls what references stand for, else None.

        :param values: as staged, in order
        """
        found = {REF: set(), MAP: set(), OWNER: set()}
        for value in values:
            self._collect(value, found)
        lists = self.env["crm.migration.value.map"].search(
            [("job_id", "=", job.id), ("key", "in", [key[1] for key in found[MAP]])]
        )
        owners = self.env["crm.migration.owner"].search(
            [("job_id", "=", job.id), ("key", "in", list(found[OWNER]))]
        )
        names = {
            REF: self._name_records(job, found[REF]),
            MAP: {as_hashable(r._as_reference()[MAP]): r.label for r in lists},
            OWNER: {owner.key: owner.display_name for owner in owners},
        }
        kinds = [(value, get_kind(value)) for value in values]
        return [
            names[kind].get(as_hashable(value[kind])) if kind else None
            for value, kind in kinds
        ]

    @api.model
    def _show_field(self, record, name):
        """Return what a field of an Odoo record shows."""
        field, value = record._fields[name], record[name]
        if field.relational:
            return ", ".join(item.display_name or "" for item in value)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return self._show_choice(field, value)
        if field.type == "html":
            return text_from_html(value or "").strip()[:LONGEST]
        if value is False or value is None:
            return ""
        return str(value)[:LONGEST]

    @api.model
    def _show_choice(self, field, value):
        return dict(field._description_selection(self.env)).get(value, value or "")


def get_kind(value):
    """Return which reference a JSON value is, None if it is a plain one."""
    if not isinstance(value, dict):
        return None
    # Beside its id, a record may be told by what the source calls it ("named").
    return next(
        (kind for kind in (REF, MAP, OWNER) if {kind} == {*value} - {"named"}), None
    )


def as_hashable(key):
    return as_key(key) if isinstance(key, list) else key
