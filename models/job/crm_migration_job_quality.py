"""Look through the values that were read for what is blank, wrong or twice there."""

from odoo import models
from odoo.tools import SQL, email_normalize

from ..evidence.quality_kinds import DAYS_OVERDUE, KINDS
from ..mapping.custom_objects import get_model
from ..staging.part_values import part_values
from . import quality_sql
from .vat_numbers import is_valid_vat

OF_COLUMN = {
    "name": ("name_missing",),
    "email": ("email_blank", "email_invalid", "email_duplicate"),
    "phone": ("phone_blank", "phone_invalid", "phone_duplicate"),
    "vat": ("vat_invalid",),
    "date": ("date_far",),
    "due": ("deal_overdue",),
}
"""Kind of column → what is looked for in it."""


class CrmMigrationJobQuality(models.AbstractModel):
    """Of any source: what is looked at are the staged values, by their place in Odoo."""

    _name = "crm.migration.job.quality"
    _description = "Migration: Job Data Quality"

    def action_open_quality(self):
        """Look, and show the totals."""
        self.action_look_at_quality()
        return self._open("crm_migration_quality_action", search_default_found=1)

    def action_look_at_quality(self):
        """Count anew what is wrong with the values as they are staged by now."""
        for job in self._as_reviewer():
            job.env["crm.migration.quality"].search([("job_id", "=", job.id)]).unlink()
            job._scan_quality()
        return True

    def _scan_quality(self):
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(quality_sql.BEGIN)
        mappings, looked_for = self._get_quality_mappings(), {}
        for number, mapping in enumerate(mappings):
            columns = self._get_quality_columns(mapping)
            self._collect_quality(number, mapping, columns)
            kinds = {k for kind, _target in columns for k in OF_COLUMN[kind]}
            looked_for[number] = [k for k, _label in KINDS if k in kinds] + ["orphan"]
        cr.execute("ANALYZE crm_migration_quality_scan")
        for query in quality_sql.FIND:
            cr.execute(query, {"days": DAYS_OVERDUE, "closed": self._get_closed()})
        self._keep_invalid_emails()
        self._find_bad_vats()
        self._write_quality(mappings, looked_for)
        cr.execute(quality_sql.END)

    def _get_quality_mappings(self):
        return self.mapping_ids.filtered(
            lambda m: m.selected and get_model(self.env, m.model_name) is not None
        ).sorted(lambda m: (m.stream_id.sequence, m.part or "", m.id))

    def _get_quality_columns(self, mapping):
        """Return (kind, target) of the accepted targets that can be judged."""
        model = get_model(self.env, mapping.model_name)
        target = self.env["crm.migration.target"]._for(mapping.model_name)
        accepted = mapping.line_ids.filtered(lambda line: line.state == "accepted")
        found = []
        for name in dict.fromkeys(filter(None, accepted.mapped("target"))):
            field = model._fields.get(name)
            if name == model._rec_name and _needs_name(target, field):
                found.append(("name", name))
            if name.startswith("@") or (field and field.type in ("date", "datetime")):
                found.append(("date", name))
            if name == target._due:
                found.append(("due", name))
            if field and field.type == "char" and _is_reached(model):
                found += [(kind, name) for kind in _kinds_of_name(name)]
        return found

    def _collect_quality(self, number, mapping, columns):
        """Put the values of a mapping beside each other, and its broken references."""
        parameters = {
            "number": number,
            "part": mapping.part or "",
            "stream": mapping.stream_id.id,
            "mapping": str(mapping.id),
            "kinds": [kind for kind, _target in columns],
            "targets": [target for _kind, target in columns],
            "lineage": self._get_lineage().ids,
            "job": self.id,
        }
        for query in (quality_sql.COLLECT, quality_sql.ORPHANS, quality_sql.REFUSED):
            self.env.cr.execute(query.format(values=part_values()), parameters)

    def _get_closed(self):
        """Return "list, key" of the choices by which a record is no longer open."""
        rows = self.value_map_ids.filtered(
            lambda row: (
                row.choice in ("won", "lost")
                or (
                    row.target_ref
                    and "is_won" in row.target_ref._fields
                    and row.target_ref.is_won
                )
            )
        )
        return [f"{row.list}\n{row.key}" for row in rows]

    def _keep_invalid_emails(self):
        """Take back what merely looks odd: a name before the address, for instance."""
        self.env.cr.execute(
            "SELECT DISTINCT value FROM crm_migration_quality_found"
            " WHERE kind = 'email_invalid' AND value IS NOT NULL AND NOT is_refused"
        )
        fine = [text for (text,) in self.env.cr.fetchall() if email_normalize(text)]
        self.env.cr.execute(
            "DELETE FROM crm_migration_quality_found WHERE kind = 'email_invalid'"
            " AND value = ANY(%s) AND NOT is_refused",
            [fine],
        )

    def _find_bad_vats(self):
        """Judge each number by the rules of its country, once."""
        self.env.cr.execute(
            "SELECT DISTINCT value, country FROM crm_migration_quality_scan"
            " WHERE kind = 'vat' AND value <> ''"
        )
        numbers = self.env.cr.fetchall()
        codes = {
            f"{row.list}\n{row.key}": row.target_ref.code
            for row in self.value_map_ids
            if row.model_name == "res.country" and row.target_ref
        }
        bad = [
            (value, country)
            for value, country in numbers
            if not is_valid_vat(value, codes.get(country))
        ]
        if bad:
            self.env.cr.execute(
                "INSERT INTO crm_migration_quality_found (number, kind, record_id, value)"
                " SELECT scan.number, 'vat_invalid', scan.record_id, scan.value"
                "   FROM crm_migration_quality_scan AS scan"
                "   JOIN unnest(%s::text[], %s::text[]) AS bad (value, country)"
                "     ON bad.value = scan.value"
                "    AND COALESCE(bad.country, '') = COALESCE(scan.country, '')"
                "  WHERE scan.kind = 'vat'",
                [*map(list, zip(*bad, strict=True))],
            )

    def _write_quality(self, mappings, looked_for):
        """Keep a total for all that was looked for, and which records it counts."""
        cr = self.env.cr
        cr.execute(
            "SELECT number, kind, count(DISTINCT record_id)"
            "  FROM crm_migration_quality_found GROUP BY 1, 2"
        )
        counts = {(number, kind): count for number, kind, count in cr.fetchall()}
        cr.execute("SELECT number, count FROM crm_migration_quality_size")
        sizes = dict(cr.fetchall())
        keys = [
            (number, kind)
            for number, kinds in looked_for.items()
            for kind in kinds
            if sizes.get(number)
        ]
        rows = self.env["crm.migration.quality"].create(
            [
                {
                    "job_id": self.id,
                    "stream_id": mappings[number].stream_id.id,
                    "model_label": mappings[number].model_label,
                    "kind": kind,
                    "count": counts.get((number, kind), 0),
                    "total": sizes[number],
                    "share": 100 * counts.get((number, kind), 0) / sizes[number],
                }
                for number, kind in keys
            ]
        )
        self.env.flush_all()
        if rows:
            cr.execute(
                SQL(
                    "INSERT INTO crm_migration_quality_hit (quality_id, record_id, value)"
                    " SELECT total.id, found.record_id,"
                    "        left(string_agg(DISTINCT found.value, ', '), 500)"
                    "   FROM crm_migration_quality_found AS found"
                    "   JOIN unnest(%s, %s, %s) AS total (id, number, kind)"
                    "     ON total.number = found.number AND total.kind = found.kind"
                    "  GROUP BY 1, 2 ORDER BY 1, 2",
                    rows.ids,
                    [number for number, _kind in keys],
                    [kind for _number, kind in keys],
                )
            )
        self.env["crm.migration.quality.hit"].invalidate_model()


def _needs_name(target, field):
    """Tell whether people miss the name: a message, for one, may go without a subject."""
    missed = field.required or target._is_person or field.name in target._essentials
    return field.type == "char" and missed


def _is_reached(model):
    """Tell whether its records are whom people write to, not what they wrote."""
    return bool({"phone", "email"} & set(model._fields))


def _kinds_of_name(name):
    """Return what a field of text holds, told by its name as Odoo gives it.

    >>> _kinds_of_name("email_from"), _kinds_of_name("phone"), _kinds_of_name("email_cc")
    (['email'], ['phone'], [])
    """
    if name in ("email_cc", "email_to"):
        return []
    if name.startswith("email"):
        return ["email"]
    if name in ("phone", "mobile"):
        return ["phone"]
    return ["vat"] if name == "vat" else []
