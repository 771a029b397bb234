"""Links whose other end was missing when their records were loaded, and is there now."""

import json

from odoo import fields, models

from .batch import as_reference

CHUNK = 2000
MISSING = """
      FROM crm_migration_message AS message
      JOIN crm_migration_id_map AS map
        ON map.job_id = message.job_id AND map.stream = message.stream
       AND map.source_id = message.source_id,
           jsonb_path_query(map.loaded -> message.field, 'strict $.**."$ref"') AS ref
     WHERE message.job_id = %(job)s
       AND (message.code = 'reference_missing'
            -- Others beside it are as clear as they were.
            OR message.code = 'reference_unclear' AND ref ->> 1 = message.value)
       AND message.phase IN ('load', 'link', 'settle') AND message.solved_run_id IS NULL
"""
"""What a load has told to be missing, or not to know, and what its record says of it."""

WIPED = """
    EXISTS (SELECT FROM crm_migration_record AS record
             WHERE record.id = message.record_id AND record.values IS NULL)
"""


class CrmMigrationLoadingFoundLater(models.AbstractModel):
    """The record itself has not changed: nothing but the link is written."""

    _name = "crm.migration.loading.found.later"
    _description = "Migration: Loading What Was Found Later"

    def _reopen_named(self, run):
        """Let the load write anew what names a record that is there now, or comes with it.

        The name that led nowhere stands in the notes: it goes from them, too.
        """
        self.env.flush_all()
        names = self._list_names(run)
        keys, id_map = set(names.values()), self.env["crm.migration.id.map"]
        there = set(self._resolve_there(run.job_id, keys))
        there |= id_map._find_later(run.job_id, keys - there)
        known = {ref for ref, key in names.items() if key in there}
        after = 0
        while known and (rows := self._fetch_named(run, known, after)):
            after = rows[-1][0]
            self._forget_names(run, rows, known)
        id_map.invalidate_model()

    def _fetch_named(self, run, known, after):
        """Return the next (message, link, target, what was loaded, model) by name."""
        self.env.cr.execute(
            f"""
            SELECT DISTINCT message.id, map.id, message.field::text,
                   map.loaded -> message.field, map.res_model
                   {MISSING} AND jsonb_array_length(ref) > 2 AND NOT {WIPED}
               AND message.id > %(after)s AND (ref ->> 0, ref ->> 1) IN (
                   SELECT * FROM unnest(%(streams)s::text[], %(names)s::text[]))
             ORDER BY message.id LIMIT %(limit)s
            """,
            {
                "job": run.job_id.id,
                "after": after,
                "limit": CHUNK,
                "streams": [ref[0] for ref in known],
                "names": [ref[1] for ref in known],
            },
        )
        return self.env.cr.fetchall()

    def _forget_names(self, run, rows, known):
        """Write of what was loaded that the names stood in the notes, and no link."""
        changes, labels = [], {}
        for _message, map_id, target, value, model in rows:
            if (model, target) not in labels:
                labels[model, target] = self._label_of(run, model, target)
            label = labels[model, target]
            found = sorted({key[1] for key in _list_keys(value) & known})
            rest = _without(value, known)
            changes.append(
                (
                    map_id,
                    target,
                    json.dumps({target: rest} if rest else {}),
                    json.dumps([[label, name] for name in found]),
                )
            )
        self.env.cr.execute_values(
            """
            UPDATE crm_migration_id_map AS map
               SET values_hash = NULL,
                   loaded = (map.loaded - new.target) || new.rest::jsonb
                            || jsonb_build_object('@leftovers', COALESCE(
                               NULLIF(map.loaded -> '@leftovers', 'null'), '[]')
                               || new.names::jsonb)
              FROM (VALUES %s) AS new (id, target, rest, names) WHERE map.id = new.id
            """,
            changes,
        )

    def _label_of(self, run, model, target):
        mapping = run.job_id.mapping_ids.filtered(lambda m: m.model_name == model)[:1]
        target_of = self.env["crm.migration.target"]._for(model)
        loader, batch = target_of._begin(run, mapping, [])
        return loader._label(batch, target)

    def _defer_missing(self, run):
        """Let the links wait for *Link* of which this load or an earlier one has the end.

        By name only those of what is wiped: the others the load has written anew.
        """
        self.env.flush_all()
        names, after = self._list_names(run, WIPED), 0
        while rows := self._fetch_missing(run, names, after):
            after = rows[-1][0]
            known = self._find_there(run.job_id, rows, names)
            found = [row for row in rows if _list_keys(row[3]) & known]
            self._defer_rows(found)
            self._close_found(run, [row[0] for row in found])
        self.env["crm.migration.id.map"].invalidate_model()
        self.env["crm.migration.message"].invalidate_model()

    def _list_names(self, run, condition="TRUE"):
        """Return reference by name → (stream, source id) of the record that is meant."""
        self.env.cr.execute(
            f"SELECT DISTINCT ref {MISSING}"
            f" AND jsonb_array_length(ref) > 2 AND {condition}",
            {"job": run.job_id.id},
        )
        refs = {as_reference({"$ref": ref})[1] for (ref,) in self.env.cr.fetchall()}
        if not refs:
            return {}
        return self.env["crm.migration.id.map"]._find_by_name(run.job_id, refs)[0]

    def _resolve_there(self, job, keys):
        """Return (stream, source id) → record, of those that nobody has deleted."""
        links = self.env["crm.migration.id.map"]._resolve(job, keys)
        return self.env["crm.migration.target"]._only_existing(links)

    def _fetch_missing(self, run, names, after):
        """Return the next (message, link, target, value, told as missing)."""
        self.env.cr.execute(
            f"""
            SELECT DISTINCT message.id, map.id, message.field::text,
                   map.loaded -> message.field, message.value, map.res_model
                   {MISSING} AND message.id > %(after)s
               AND (jsonb_array_length(ref) = 2 OR {WIPED})
               AND (ref ->> 0, ref ->> 1) IN (
                    SELECT known.stream, known.source_id
                      FROM crm_migration_id_map AS known
                     WHERE known.job_id = ANY(%(lineage)s) AND known.part = ''
                       AND known.stream = ref ->> 0 AND known.source_id = ref ->> 1
                     UNION ALL
                    SELECT name.stream, name.value
                      FROM unnest(%(streams)s::text[], %(names)s::text[])
                           AS name (stream, value)
                     WHERE jsonb_array_length(ref) > 2)
             ORDER BY message.id LIMIT %(limit)s
            """,
            {
                "job": run.job_id.id,
                "after": after,
                "limit": CHUNK,
                "lineage": run.job_id._get_lineage().ids,
                "streams": [ref[0] for ref in names],
                "names": [ref[1] for ref in names],
            },
        )
        return self.env.cr.fetchall()

    def _find_there(self, job, rows, names):
        """Return those of the references whose record is in Odoo, and was not deleted."""
        refs = {key for row in rows for key in _list_keys(row[3])}
        keys = {ref: names.get(ref, ref) for ref in refs}
        there = self._resolve_there(
            job, {key for key in keys.values() if len(key) == 2}
        )
        return {ref for ref, key in keys.items() if key in there}

    def _defer_rows(self, rows):
        waiting = {}
        for _message, map_id, target, value, told, model in rows:
            waiting.setdefault(map_id, {})[target] = self._narrow(
                model, target, value, told
            )
        if waiting:
            self.env.cr.execute_values(
                "UPDATE crm_migration_id_map AS map"
                "   SET deferred = COALESCE(map.deferred, '{}') || new.deferred::jsonb"
                "  FROM (VALUES %s) AS new (id, deferred) WHERE map.id = new.id",
                [(map_id, json.dumps(value)) for map_id, value in waiting.items()],
            )

    def _narrow(self, model, target, value, told):
        """Return of a list of tags and such only what was missing.

        What somebody has since taken away of the others is not put back.
        """
        field = self.env[model]._fields.get(target) if model in self.env else None
        if field is None or field.type != "many2many" or not isinstance(value, list):
            return value
        lost = [each for each in value if {key[1] for key in _list_keys(each)} & {told}]
        return lost or value

    def _close_found(self, run, message_ids):
        """Take them for solved; what cannot be set after all is told anew."""
        self.env.cr.execute(
            "UPDATE crm_migration_message SET state = 'closed', solved_run_id = %s,"
            " write_date = %s WHERE id = ANY(%s)",
            [run.id, fields.Datetime.now(), message_ids],
        )


def _without(value, keys):
    """Return a value without some of its references; None where nothing is left."""
    if isinstance(value, list):
        return [each for each in value if not _list_keys(each) & keys] or None
    return None if _list_keys(value) & keys else value


def _list_keys(value):
    """Return the keys of all references to records in a JSON value."""
    if isinstance(value, list):
        return {key for each in value for key in _list_keys(each)}
    kind, key = as_reference(value) or (None, None)
    return {key} if kind == "$ref" else set()
