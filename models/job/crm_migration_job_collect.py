"""Gather what a person must decide: values of lists, owners, fields left open."""

import re

from odoo import models

from ...connectors.mapping.several import split_name
from ..loading.field_types import NOTE_FIELDS
from ..phases.profile import SCANNED
from ..staging.references import CURRENCIES
from ..targets.lookup_list import ARCHIVED

NUMBER = re.compile(
    r"\d+|[0-9a-f]{24}|[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.I
)
"""A key that tells nobody who it is: a number, an ObjectId or a UUID."""
_NO_NAME = re.compile(r"[\d@]")
_OWNER_OF_SEVERAL = [["coalesce"], ["owner"]]
"""The steps of a line that takes an id or an address, with the name beside it."""


class CrmMigrationJobCollect(models.AbstractModel):
    """Everything is counted in SQL over staging; what was decided stays decided."""

    _name = "crm.migration.job.collect"
    _description = "Migration: Job Collect"

    def _get_list(self, name):
        """Return the definition of a value list: the profile's, or one of the engine's."""
        lists = {item["name"]: item for item in self.value_lists or []}
        if name == CURRENCIES and name not in lists:
            label = self.env._("Currencies")
            model = {"model": "res.currency"}
            return {"name": name, "label": label, "create": False, **model}
        model = name.removeprefix(ARCHIVED % "")
        if model != name and model in self.env:
            label = self.env._("Archived: %(list)s", list=self.env[model]._description)
            return {"name": name, "label": label, "create": True, "model": model}
        return lists.get(name) or {"name": name, "label": name, "create": False}

    def _collect_condition_values(self):
        """List the values on which a mapping's conditions ask for a decision."""
        for mapping in self.mapping_ids:
            for condition in mapping.when or []:
                if condition.get("list"):
                    self._collect_from_payload(mapping, condition)

    def _collect_from_payload(self, mapping, condition):
        source = condition["source"]
        paths = source if isinstance(source, list) else [source]
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT payload #>> string_to_array(path, '.')
                      FROM unnest(%s) WITH ORDINALITY AS paths(path, place)
                     WHERE COALESCE(payload #>> string_to_array(path, '.'), '') <> ''
                     ORDER BY place LIMIT 1) AS key,
                   count(*)
              FROM crm_migration_record
             WHERE stream_id = %s
             GROUP BY 1
            """,
            [paths, mapping.stream_id.id],
        )
        found = {
            (condition["list"], key, ""): n for key, n in self.env.cr.fetchall() if key
        }
        self._keep_values(found)

    def _names_unknown(self, record_ids):
        """Tell whether records name a value or an owner that is not listed yet."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT record.id FROM crm_migration_record AS record,
                   jsonb_path_query(record.values, 'strict $.**."$map"') AS pair
             WHERE record.id = ANY(%(ids)s) AND NOT EXISTS (
                   SELECT FROM crm_migration_value_map AS known
                    WHERE known.job_id = %(job)s AND known.list = pair ->> 0
                      AND known.key = pair ->> 1
                      AND COALESCE(known.scope, '') = COALESCE(pair ->> 2, ''))
             UNION ALL
            SELECT record.id FROM crm_migration_record AS record,
                   jsonb_path_query(record.values, 'strict $.**."$owner"') AS owner
             WHERE record.id = ANY(%(ids)s) AND NOT EXISTS (
                   SELECT FROM crm_migration_owner AS known
                    WHERE known.job_id = %(job)s AND known.key = owner #>> '{}')
             LIMIT 1
            """,
            {"job": self.id, "ids": list(record_ids)},
        )
        return bool(self.env.cr.rowcount)

    def _collect_values(self):
        """List every value that the mapping looks up in a list, with its count."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT pair ->> 0, pair ->> 1, COALESCE(pair ->> 2, ''), count(*)
              FROM crm_migration_record AS record,
                   jsonb_path_query(record.values, 'strict $.**."$map"') AS pair
             WHERE record.job_id = %s AND record.values @? 'strict $.**."$map"'
             GROUP BY 1, 2, 3
            """,
            [self.id],
        )
        found = {tuple(key): n for *key, n in self.env.cr.fetchall()}
        self._keep_values({**found, **self._find_archived_entries()})

    def _find_archived_entries(self):
        """Return (list, name, "") → 1 for what the source has and Odoo has archived."""
        found = {}
        for mapping in self.mapping_ids.filtered("selected"):
            if mapping.model_name not in self.env:
                continue
            loader = self.env["crm.migration.target"]._for(mapping.model_name)
            archives = self.env[mapping.model_name]._active_name
            if not archives or not hasattr(loader, "_find_entries"):
                continue
            self.env.cr.execute(
                """
                SELECT DISTINCT values -> %(part)s ->> %(name)s
                  FROM crm_migration_record
                 WHERE stream_id = %(stream)s
                   AND values -> %(part)s ->> '@mapping' = %(mapping)s
                   AND COALESCE(values -> %(part)s ->> 'active', 'true') <> 'false'
                """,
                {
                    "part": mapping.part or "",
                    "name": loader._name_field,
                    "stream": mapping.stream_id.id,
                    "mapping": str(mapping.id),
                },
            )
            names = {name for (name,) in self.env.cr.fetchall() if name}
            for name in loader._only_archived(self, mapping.model_name, names):
                found[ARCHIVED % mapping.model_name, name, ""] = 1
        return found

    def _keep_values(self, found):
        """Create rows for new values with a proposal; update the counts of known ones.

        :param found: (list, value, within) → count; ``within`` is the country that
            the record of a state names, for other lists it is empty
        """
        known = {
            (row.list, row.key, row.scope or ""): row for row in self.value_map_ids
        }
        for key, count in found.items():
            if key in known and known[key].count != count:
                known[key].count = count
        new = [key for key in found if key not in known]
        rows = self.env["crm.migration.value.map"]
        values = [self._describe_value(*key, found[key]) for key in new]
        # Countries first: which state is meant depends on them.
        for with_states in (False, True):
            rows |= rows.create(
                [
                    each
                    for each in values
                    if (each["model_name"] == "res.country.state") == with_states
                ]
            )._propose()

    def _describe_value(self, name, key, scope, count):
        definition = self._get_list(name)
        choices = dict(definition.get("choices") or [])
        label = choices.get(key) or key
        return {
            "job_id": self.id,
            "list": name,
            "list_label": definition["label"],
            "key": key,
            "scope": scope,
            "label": label,
            "count": count,
            "model_name": definition.get("model"),
            "choices": [list(choice) for choice in choices.items()] or False,
        }

    # -- owners ----------------------------------------------------------------

    def _collect_owners(self):
        """List every owner seen, with counts; match by e-mail, then by name."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH users AS (
                SELECT source_id AS key, values -> '' AS data
                  FROM crm_migration_record
                 WHERE job_id = %(job)s AND stream_id IN (
                       SELECT stream_id FROM crm_migration_mapping
                        WHERE job_id = %(job)s AND model_name = 'res.users')
                   -- What no mapping took is nobody who works here.
                   AND values ? ''
            ), seen AS (
                SELECT owner #>> '{}' AS key, count(DISTINCT record.id) AS count
                  FROM crm_migration_record AS record,
                       jsonb_path_query(record.values, 'strict $.**."$owner"') AS owner
                 WHERE record.job_id = %(job)s
                   AND record.values @? 'strict $.**."$owner"'
                 GROUP BY 1
            )
            SELECT COALESCE(users.key, seen.key), users.data ->> 'name',
                   COALESCE(users.data ->> 'email', users.data ->> 'login'),
                   COALESCE(seen.count, 0), users.key IS NULL
              FROM users FULL JOIN seen ON seen.key = users.key
            """,
            {"job": self.id},
        )
        # Fetched before anything else is asked on the same cursor.
        rows = self.env.cr.fetchall()
        known = {owner.key: owner for owner in self.owner_ids}
        told = self._get_told_names()
        rows = [(key, name or told.get(key), *rest) for key, name, *rest in rows]
        names = self._name_deleted(rows)
        new = []
        for key, name, email, count, _is_gone in rows:
            if key in known:
                known[key].count = count
            elif key:
                alone, address = split_name(key)
                email = email or address
                name = name or alone or key
                name = names.get(key, name)
                new.append({"key": key, "name": name, "email": email, "count": count})
        users = self._get_user_index() if new else None
        self.env["crm.migration.owner"].create(
            [
                {"job_id": self.id, **owner, **self._match_owner(owner, users)}
                for owner in new
            ]
        )

    def _get_told_names(self):
        """Return key → name of owners whose name stands beside their id or address."""
        names = {}
        for line in self.mapping_ids.filtered("selected").line_ids.filtered(
            lambda line: line.state == "accepted" and line.steps == _OWNER_OF_SEVERAL
        ):
            key, *others = line.source_paths
            for other in others:
                self.env.cr.execute(
                    """
                    SELECT trim(COALESCE(payload ->> %(key)s,
                                payload #>> string_to_array(%(key)s, '.'))) AS key,
                           min(trim(COALESCE(payload ->> %(name)s,
                                payload #>> string_to_array(%(name)s, '.')))) AS name
                      FROM crm_migration_record WHERE stream_id = %(stream)s
                     GROUP BY 1
                    """,
                    {
                        "key": key,
                        "name": other,
                        "stream": line.mapping_id.stream_id.id,
                    },
                )
                for found, name in self.env.cr.fetchall():
                    if found and name and not _NO_NAME.search(name):
                        names.setdefault(found, name)
        return self._get_packed_names() | names

    def _get_packed_names(self):
        """Return address → name of owners of whom both stand in one cell: Insightly."""
        names = {}
        for line in self.mapping_ids.filtered("selected").line_ids.filtered(
            lambda line: line.state == "accepted" and line.steps == [["owner"]]
        ):
            self.env.cr.execute(
                """
                SELECT DISTINCT payload #>> %(path)s FROM crm_migration_record
                 WHERE stream_id = %(stream)s AND payload #>> %(path)s LIKE '%%;%%@%%'
                """,
                {
                    "path": line._get_paths()[:1],
                    "stream": line.mapping_id.stream_id.id,
                },
            )
            for (text,) in self.env.cr.fetchall():
                parts = {part.strip() for part in text.split(";")} - {""}
                mails = {part for part in parts if "@" in part}
                if len(mails) == 1 == len(parts - mails):
                    names.setdefault(*mails, *(parts - mails))
        return names

    def _name_deleted(self, rows):
        """Return key → name of owners of whom the source has nothing left but a number.

        Where it lists its users, who is not among them was deleted. What is known is how
        much they left behind; the one with the most has the number one.
        """
        listed = any(not is_gone for *_rest, is_gone in rows)
        nameless = [
            (-count, key)
            for key, name, email, count, is_gone in rows
            if key and is_gone and not name and not email and NUMBER.fullmatch(key)
        ]
        if listed:
            text = self.env._("Deleted user %(number)s (records: %(count)s)")
        else:
            text = self.env._("User %(number)s (records: %(count)s)")
        return {
            key: text % {"number": number, "count": -count}
            for number, (count, key) in enumerate(sorted(nameless), 1)
        }

    # -- fields ----------------------------------------------------------------

    def _report_undecided_fields(self, run):
        """Say which filled fields nobody decided about, and where their values are."""
        selected = self.mapping_ids.filtered("selected")
        told = {}
        for stream, mappings in selected.grouped("stream").items():
            lines = mappings.line_ids.filtered(lambda line: line.state == "open")
            filled = self._count_filled(mappings.stream_id, lines)
            taken = self._get_taken(mappings)
            where = {}
            for line in lines:
                mapping = line.mapping_id
                if not filled.get(line) or set(line._get_paths()) <= taken:
                    continue
                if mapping not in where:
                    where[mapping] = self._where_undecided(mapping, mappings)
                told.setdefault((where[mapping], stream, line.source), filled[line])
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": code,
                    "stream": stream,
                    "field": source,
                    "data": {"count": count, "field": source},
                }
                for (code, stream, source), count in told.items()
            ],
        )

    def _count_filled(self, stream, lines):
        """Return line → how many records say something there, whole objects counted.

        What was measured is a beginning where there are many.
        """
        filled = {line: line.fill_count for line in lines}
        names = {
            paths[0]: line for line in lines if len(paths := line._get_paths()) == 1
        }
        if stream.staged_count <= SCANNED or not names:
            return filled
        self.env["crm.migration.record"].flush_model()
        self.env.cr.execute(
            """
            SELECT member.key, count(*)
              FROM crm_migration_record AS record,
                   jsonb_each(record.payload) AS member
             WHERE record.stream_id IN %s AND jsonb_typeof(record.payload) = 'object'
               AND member.key = ANY(%s)
               AND member.value NOT IN ('null', '""', '[]', '{}')
             GROUP BY member.key
            """,
            [tuple(stream.ids), list(names)],
        )
        found = dict(self.env.cr.fetchall())
        for name, line in names.items():
            if name in found:
                filled[line] = found[name]
        return filled

    def _get_taken(self, mappings):
        """Return the members that a mapping which takes every record of the object has."""
        return {
            path
            for line in mappings.filtered(lambda mapping: not mapping.when).line_ids
            if line.state == "accepted" and line.target
            for path in line._get_paths()
        }

    def _where_undecided(self, mapping, mappings):
        """Return the code of what becomes of such values.

        They go to the notes of what the record becomes as a whole, which another mapping
        than that of the field may say.
        """
        whole = mapping if not mapping.part else mappings.filtered(lambda m: not m.part)
        models = (whole or mapping).mapped("model_name")
        if self.undecided_policy == "notes" and all(map(self._can_hold_notes, models)):
            return "field_in_notes"
        return "field_undecided"

    def _can_hold_notes(self, model_name):
        """Tell whether a model has a field for what has none of its own."""
        names = self.env[model_name]._fields if model_name in self.env else ()
        return any(name in names for name in NOTE_FIELDS)
