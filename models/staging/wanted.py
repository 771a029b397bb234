"""What the records that are still to be loaded name: entries of lists, and other records."""

from functools import cached_property

from odoo.tools import SQL

from .part_values import part_values

TO_COME = SQL(
    f"""
    (record.state IN ('extracted', 'ready', 'problem', 'failed')
     -- What was loaded, and has changed since.
     OR record.state = 'loaded' AND EXISTS (
        SELECT FROM jsonb_each(CASE jsonb_typeof(record.values)
                               WHEN 'object' THEN record.values END) AS each
          LEFT JOIN crm_migration_id_map AS map
            ON map.job_id = record.job_id AND map.stream = record.stream
           AND map.source_id = record.source_id AND map.part = each.key
         WHERE map.values_hash IS DISTINCT FROM md5({part_values(part="each.key")}::text))
     -- A decision may still write its values.
     OR EXISTS (SELECT FROM crm_migration_conflict AS conflict
                 WHERE conflict.record_id = record.id AND conflict.state <> 'settled'))
    """
)
"""Condition of the records that a load may still write."""


class Wanted:
    """The records to come of a migration are found once, however much is asked of them."""

    def __init__(self, env, job):
        self.env, self.job = env, job

    @cached_property
    def _ids(self):
        """The ids as the text of an array, for ``%s::int[]``."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_migration_record AS record"
                " WHERE job_id = %s AND %s",
                self.job.id,
                TO_COME,
            )
        )
        return "{" + ",".join(str(record_id) for (record_id,) in rows) + "}"

    @cached_property
    def values(self):
        """Set of (list, key, within): what is looked up in lists."""
        return {tuple(key) for key in self._fetch("$map", SQL("TRUE"))}

    def find_records(self, streams):
        """Return (object, source id or name) of the records that are referred to.

        A reference by name counts by what it says, without regard to case and blanks.

        :param streams: names of the objects that are asked about
        :rtype: set
        """
        rows = self._fetch("$ref", SQL("pair ->> 0 = ANY(%s)", list(streams)))
        return {
            (stream, fold_blanks(key) if third else key)
            for stream, key, third in rows
            if key
        }

    @cached_property
    def targets(self):
        """Set of (id of a mapping, target): the fields to be created that are filled."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT (part.value ->> '@mapping')::int, filled.key
                  FROM crm_migration_record AS record,
                       jsonb_each(record.values) AS part, jsonb_each(part.value) AS filled
                 WHERE record.id = ANY(%s::int[])
                   AND jsonb_typeof(record.values) = 'object'
                   AND filled.key LIKE '@custom.%%'
                   AND filled.value NOT IN ('null', '""', '[]', '{}', 'false', '0')
                """,
                self._ids,
            )
        )
        return set(rows)

    @cached_property
    def mapping_ids(self):
        """Set of the ids of the mappings that something is to be loaded by."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT (part.value ->> '@mapping')::int
                  FROM crm_migration_record AS record, jsonb_each(record.values) AS part
                 WHERE record.id = ANY(%s::int[])
                   AND jsonb_typeof(record.values) = 'object'
                """,
                self._ids,
            )
        )
        return {mapping_id for (mapping_id,) in rows}

    def _fetch(self, kind, condition):
        """Return the distinct references of a kind, in values and in edits."""
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT pair ->> 0, pair ->> 1, COALESCE(pair ->> 2, '')
                  FROM crm_migration_record AS record,
                       jsonb_path_query(
                           jsonb_build_array(record.values, record.edits), %s::jsonpath
                       ) AS pair
                 WHERE record.id = ANY(%s::int[]) AND %s
                """,
                f'strict $.**."{kind}"',
                self._ids,
                condition,
            )
        )


def fold_blanks(name):
    """Return a name as references by name are compared.

    >>> fold_blanks("  Alpha   AB ")
    'alpha ab'
    """
    return " ".join((name or "").split()).lower()
