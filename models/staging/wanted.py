"""What the records that are still to be loaded name: entries of lists, and other records."""

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
         WHERE map.values_hash IS DISTINCT FROM md5({part_values(part="each.key")}::text)))
    """
)
"""Condition of the records that a load may still write."""


def find_wanted_values(env, job):
    """Return (list, key, within) of the values that records to come look up.

    :rtype: set
    """
    return {tuple(key) for key in _fetch(env, job, "$map", SQL("TRUE"))}


def find_wanted_records(env, job, streams):
    """Return (object, source id or name) of the records that records to come refer to.

    A reference by name counts by what it says, without regard to case and blanks.

    :param streams: names of the objects that are asked about
    :rtype: set
    """
    rows = _fetch(env, job, "$ref", SQL("pair ->> 0 = ANY(%s)", list(streams)))
    return {
        (stream, " ".join(key.split()).lower() if third else key)
        for stream, key, third in rows
        if key
    }


def find_wanted_targets(env, job):
    """Return (id of a mapping, target) that a record to come has a value for.

    :rtype: set
    """
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT (part.value ->> '@mapping')::int, filled.key
              FROM crm_migration_record AS record,
                   jsonb_each(record.values) AS part, jsonb_each(part.value) AS filled
             WHERE record.job_id = %s AND %s
               AND jsonb_typeof(record.values) = 'object'
               AND filled.key LIKE '@custom.%%'
               AND filled.value NOT IN ('null', '""', '[]', '{}', 'false', '0')
            """,
            job.id,
            TO_COME,
        )
    )
    return {(mapping, target) for mapping, target in rows}


def find_wanted_mappings(env, job):
    """Return the ids of the mappings by which records to come are made.

    :rtype: set
    """
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT (part.value ->> '@mapping')::int
              FROM crm_migration_record AS record, jsonb_each(record.values) AS part
             WHERE record.job_id = %s AND %s
               AND jsonb_typeof(record.values) = 'object'
            """,
            job.id,
            TO_COME,
        )
    )
    return {mapping for (mapping,) in rows}


def _fetch(env, job, kind, condition):
    """Return the distinct references of a kind in the values and edits of what is to come.

    What has an open conflict is asked as well: a decision may still write its values.
    """
    env.flush_all()
    return env.execute_query(
        SQL(
            """
            SELECT DISTINCT pair ->> 0, pair ->> 1, COALESCE(pair ->> 2, '')
              FROM crm_migration_record AS record,
                   jsonb_path_query(
                       jsonb_build_array(record.values, record.edits), %s::jsonpath
                   ) AS pair
             WHERE record.job_id = %s
               AND (%s
                    OR EXISTS (SELECT FROM crm_migration_conflict AS conflict
                                WHERE conflict.record_id = record.id
                                  AND conflict.state <> 'settled'))
               AND %s
            """,
            f'strict $.**."{kind}"',
            job.id,
            TO_COME,
            condition,
        )
    )
