"""The statements by which the data quality is counted, all records at once."""

BEGIN = """
DROP TABLE IF EXISTS crm_migration_quality_scan, crm_migration_quality_found,
    crm_migration_quality_size;
CREATE TEMPORARY TABLE crm_migration_quality_scan (
    number int, record_id int, kind text, target text, value text, country text,
    state text, stage text) ON COMMIT DROP;
CREATE TEMPORARY TABLE crm_migration_quality_found (
    number int, kind text, record_id int, value text,
    is_refused boolean NOT NULL DEFAULT FALSE) ON COMMIT DROP;
CREATE TEMPORARY TABLE crm_migration_quality_size (number int, count int) ON COMMIT DROP;
"""

END = """
DROP TABLE crm_migration_quality_scan, crm_migration_quality_found,
    crm_migration_quality_size
"""

# The values are put together once per record: without OFFSET 0 once per column.
_STAGED = """
      FROM (SELECT record.id, {values} AS v
              FROM crm_migration_record AS record
             WHERE record.stream_id = %(stream)s AND record.state <> 'skipped'
               AND record.vanished_at IS NULL
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
            OFFSET 0) AS staged
"""

COLLECT = f"""
WITH staged AS MATERIALIZED (
    SELECT staged.id, staged.v {_STAGED}
), sized AS (
    INSERT INTO crm_migration_quality_size SELECT %(number)s, count(*) FROM staged
)
INSERT INTO crm_migration_quality_scan
SELECT %(number)s, staged.id, col.kind, col.target,
       trim(COALESCE(staged.v ->> col.target, '')),
       CASE WHEN col.kind = 'vat' THEN (staged.v #>> '{{{{country_id,$map,0}}}}')
            || E'\\n' || (staged.v #>> '{{{{country_id,$map,1}}}}') END,
       CASE WHEN col.kind = 'due' THEN COALESCE(
            (staged.v #>> '{{{{@state,$map,0}}}}') || E'\\n'
            || (staged.v #>> '{{{{@state,$map,1}}}}'), staged.v ->> '@state') END,
       CASE WHEN col.kind = 'due' THEN (staged.v #>> '{{{{stage_id,$map,0}}}}')
            || E'\\n' || (staged.v #>> '{{{{stage_id,$map,1}}}}') END
  FROM staged
  CROSS JOIN unnest(%(kinds)s::text[], %(targets)s::text[]) AS col (kind, target)
 -- Of dates only those are kept that cannot be meant: nearly all records have some.
 WHERE col.kind <> 'date'
    OR (staged.v ->> col.target ~ '^\\d{{{{4,}}}}-\\d\\d-\\d\\d'
        AND (staged.v ->> col.target < '1900' OR staged.v ->> col.target >= '2101'
             OR staged.v ->> col.target ~ '^\\d{{{{5,}}}}-'))
"""

ORPHANS = f"""
WITH named AS MATERIALIZED (
    SELECT DISTINCT staged.id, ref ->> 0 AS stream, ref ->> 1 AS source_id
      {_STAGED}
     CROSS JOIN LATERAL jsonb_path_query(
            staged.v, 'strict $.**."$ref"', '{{{{}}}}', TRUE) AS ref
     WHERE jsonb_typeof(ref) = 'array' AND jsonb_array_length(ref) = 2
), wanted AS (
    SELECT DISTINCT stream, source_id FROM named
), missing AS (
    SELECT wanted.* FROM wanted
     WHERE NOT EXISTS (
           SELECT FROM crm_migration_stream AS known
             JOIN crm_migration_record AS other ON other.stream_id = known.id
              AND other.source_id = wanted.source_id
            WHERE known.job_id = ANY(%(lineage)s) AND known.name = wanted.stream)
)
INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
SELECT %(number)s, 'orphan', named.id, named.stream || ' ' || named.source_id
  FROM named JOIN missing USING (stream, source_id)
"""

# What the mapping could make nothing of is no value any more; its message has it.
REFUSED = f"""
INSERT INTO crm_migration_quality_found (number, kind, record_id, value, is_refused)
SELECT %(number)s,
       CASE message.code WHEN 'bad_email' THEN 'email_invalid'
                         WHEN 'bad_phone' THEN 'phone_invalid' ELSE 'date_far' END,
       staged.id, message.value, TRUE
  {_STAGED}
  JOIN crm_migration_message AS message ON message.record_id = staged.id
   AND message.job_id = %(job)s AND message.phase = 'transform'
 WHERE message.code IN ('bad_email', 'bad_phone')
    OR (message.code = 'bad_date' AND message.value ~ '\\d{{{{5,}}}}')
"""

FIND = (
    # Blank where no field of the kind has anything.
    """
    INSERT INTO crm_migration_quality_found (number, kind, record_id)
    SELECT number, CASE kind WHEN 'name' THEN 'name_missing' ELSE kind || '_blank' END,
           record_id
      FROM crm_migration_quality_scan AS scan
     WHERE kind IN ('name', 'email', 'phone')
       AND NOT EXISTS (SELECT FROM crm_migration_quality_found AS refused
                        WHERE refused.record_id = scan.record_id
                          AND refused.number = scan.number
                          AND refused.kind = scan.kind || '_invalid')
     GROUP BY number, kind, record_id HAVING max(value) = ''
    """,
    r"""
    INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
    SELECT number, 'email_invalid', record_id, value
      FROM crm_migration_quality_scan
     WHERE kind = 'email' AND value <> ''
       AND value !~ '^[^@\s,;<>"]+@[^@\s,;<>"]+\.[^@\s.,;<>"]{2,}$'
    """,
    # Too few digits, too many (E.164 has fifteen), or words; an extension is none.
    r"""
    INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
    SELECT number, 'phone_invalid', record_id, value
      FROM (SELECT *, regexp_replace(value, '(?i)\s*(ext\.?|extension|x|#)\s*\d+\s*$', '')
                   AS plain FROM crm_migration_quality_scan
             WHERE kind = 'phone' AND value <> '') AS scan
     WHERE plain ~ '[[:alpha:]]'
        OR length(regexp_replace(plain, '\D+', '', 'g')) NOT BETWEEN 5 AND 15
    """,
    r"""
    INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
    SELECT number, kind || '_duplicate', record_id, value
      FROM (SELECT *, count(*) OVER (PARTITION BY number, kind, mark) AS shared
              FROM (SELECT DISTINCT ON (number, kind, record_id, mark) *
                      FROM (SELECT *, CASE kind WHEN 'email' THEN lower(value)
                                      ELSE regexp_replace(value, '\D+', '', 'g') END AS mark
                              FROM crm_migration_quality_scan
                             WHERE kind IN ('email', 'phone')) AS scan
                     WHERE mark <> '') AS once) AS scan
     WHERE shared > 1
    """,
    r"""
    INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
    SELECT number, 'date_far', record_id, value
      FROM crm_migration_quality_scan
     WHERE kind = 'date'
    """,
    r"""
    INSERT INTO crm_migration_quality_found (number, kind, record_id, value)
    SELECT number, 'deal_overdue', record_id, value
      FROM crm_migration_quality_scan
     WHERE kind = 'due' AND value ~ '^\d{4}-\d\d-\d\d'
       AND left(value, 10) < to_char(now() - %(days)s * interval '1 day', 'YYYY-MM-DD')
       AND COALESCE(state, '') NOT IN ('won', 'lost')
       AND COALESCE(state, '') <> ALL(%(closed)s)
       AND COALESCE(stage, '') <> ALL(%(closed)s)
    """,
)
