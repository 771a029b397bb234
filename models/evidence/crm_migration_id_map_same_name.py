"""Which record a name means, where several have it: the one that fits in what else is known."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...connectors.mapping.references import TOGETHER
from ..mapping.names import fold
from ..staging.crm_migration_stream_filter import FILTERED, PARENT_FILTERED

NAMED_AT_MOST = 5
"""Candidates that a message names."""


NAMING = ["name", "email", "email_from"]
"""Targets by which others name a record; what they were before is remembered."""


SHOWN, LONGEST = 3, 40
"""How many other values of a candidate a message shows, and how long they may be."""


class CrmMigrationIdMapSameName(models.AbstractModel):
    _name = "crm.migration.id.map.same.name"
    _description = "Migration: Id Map Names"

    @api.model
    def _find_by_name(self, job, refs, until=None):
        """Find the staging records that references by name mean; one query per member.

        :param refs: tuples (stream, value, member) or (stream, value, member, hints),
            the hints as JSON; what they mean stands in ``connectors/mapping/references.py``
        :param until: id of a run: only what this one or an earlier one has loaded
        :return: reference → (stream, source id) of the record that is meant, and
            reference → names of the candidates where nothing tells them apart
        """
        found, unclear = {}, {}
        for ref, best in self._find_bearers(job, refs, until).items():
            if len({each["identity"] for each in best}) == 1:
                found[ref] = (ref[0], best[0]["source_id"])
            elif best:
                unclear[ref] = [_describe(each) for each in best]
        return found, unclear

    @api.model
    def _find_meant(self, job, refs):
        """Return reference → (stream, source id) of each record that may be meant by it."""
        return {
            ref: [(ref[0], each["source_id"]) for each in best]
            for ref, best in self._find_bearers(job, refs).items()
        }

    def _find_bearers(self, job, refs, until=None):
        """Return reference by name → the candidates that fit it best."""
        groups = {}
        for ref in refs:
            groups.setdefault((ref[0], ref[2]), []).append(ref)
        bearers = {}
        for (stream, member), wanted in groups.items():
            hints = {ref: json.loads(ref[3]) if len(ref) > 3 else {} for ref in wanted}
            candidates = self._get_named(job, stream, member, hints, until)
            for ref in wanted:
                named = candidates.get(_folded(ref[1]), ())
                bearers[ref] = _best(named, hints[ref])
        return bearers

    @api.model
    def _find_by_former_name(self, job, refs):
        """Find what references mean that name it as the source called it before.

        A newer export of one object may rename what the others, as they were, still name.

        :return: reference → (stream, source id), where just one was called so
        """
        if not refs:
            return {}
        own, *earlier = job._get_lineage().ids
        self.env.cr.execute(
            """
            WITH ref AS (
                SELECT * FROM unnest(%(streams)s, %(names)s, %(folded)s)
                           AS ref (stream, name, folded)),
            bearer AS (
                SELECT ref.stream, ref.name, map.source_id
                  FROM ref
                  JOIN crm_migration_id_map AS map
                    ON map.stream = ref.stream AND map.part = ''
                   AND (map.job_id = ANY(%(jobs)s)
                        AND map.former_names ?| ARRAY[ref.name, ref.folded]
                        OR map.job_id = ANY(%(earlier)s) AND EXISTS (
                           SELECT FROM unnest(%(naming)s) AS target
                            WHERE lower(trim(map.loaded ->> target))
                                  IN (ref.name, ref.folded)))
                UNION ALL
                -- What the source says of it now was refused: it is called as before.
                SELECT ref.stream, ref.name, map.source_id
                  FROM ref
                  JOIN crm_migration_record AS record
                    ON record.job_id = %(own)s AND record.stream = ref.stream
                   AND record.state = 'failed' AND record.problem IS NOT NULL
                  JOIN crm_migration_id_map AS map
                    ON map.job_id = record.job_id AND map.stream = record.stream
                   AND map.source_id = record.source_id AND map.part = ''
                 WHERE EXISTS (SELECT FROM unnest(%(naming)s) AS target
                                WHERE lower(trim(map.loaded ->> target))
                                      IN (ref.name, ref.folded))
            )
            SELECT stream, name, min(source_id) FROM bearer
             GROUP BY 1, 2
            HAVING count(DISTINCT source_id) = 1
            """,
            {
                "streams": [ref[0] for ref in refs],
                "names": [ref[1].strip().lower() for ref in refs],
                "folded": [_folded(ref[1]) for ref in refs],
                "own": own,
                "jobs": [own, *earlier],
                "earlier": earlier,
                "naming": NAMING,
            },
        )
        called = {(s, name): (s, found) for s, name, found in self.env.cr.fetchall()}
        keys = {ref: called.get((ref[0], ref[1].strip().lower())) for ref in refs}
        return {ref: key for ref, key in keys.items() if key}

    @api.model
    def _get_former_names(self, job, records):
        """Return id → names by which the source called records before."""
        self.env.cr.execute(
            """
            SELECT res_id, jsonb_array_elements_text(former_names)
              FROM crm_migration_id_map
             WHERE job_id = ANY(%s) AND res_model = %s AND res_id = ANY(%s)
               AND former_names IS NOT NULL
            """,
            [job._get_lineage().ids, records._name, records.ids],
        )
        names = {}
        for res_id, name in self.env.cr.fetchall():
            names.setdefault(res_id, []).append(name)
        return names

    def _get_named(self, job, stream, member, hints, until):
        """Return value → records that have it, with the members that hints speak of.

        ``identity`` is the same for records that became one, or are decided to.
        """
        members = sorted({name for each in hints.values() for name in each})
        values = sorted({_folded(ref[1]) for ref in hints})
        self.env.cr.execute(
            SQL(
                """
                WITH named AS (
                    SELECT id, source_id, name, payload, state, problem,
                           %(written)s AS written,
                           lower(%(written)s) AS value
                      FROM crm_migration_record
                     WHERE job_id = %(job)s AND stream = %(stream)s
                )
                SELECT named.value, named.source_id, named.name,
                       COALESCE(map.res_model || ',' || map.res_id, merged.identity,
                                named.source_id) AS identity,
                       (SELECT jsonb_object_agg(member, COALESCE(
                                   named.payload -> member,
                                   named.payload #> string_to_array(member, '.')))
                          FROM unnest(%(members)s::text[]) AS member) AS known,
                       named.written,
                       (SELECT array_agg(other.value) FROM (
                            SELECT value FROM jsonb_each_text(named.payload) AS member
                             WHERE jsonb_typeof(named.payload -> key) = 'string'
                               AND left(key, 1) <> '_'
                               AND length(value) BETWEEN 1 AND %(longest)s
                               AND lower(trim(value))
                                   NOT IN (named.value, lower(named.source_id))
                             LIMIT %(shown)s) AS other) AS more
                  FROM named
                  LEFT JOIN crm_migration_id_map AS map
                    ON map.job_id = %(job)s AND map.stream = %(stream)s
                   AND map.source_id = named.source_id AND map.part = ''
                  LEFT JOIN LATERAL (
                    SELECT COALESCE(same.res_model || ',' || same.res_id,
                                    into_map.res_model || ',' || into_map.res_id,
                                    other.source_id) AS identity
                      FROM crm_migration_duplicate AS same
                      LEFT JOIN crm_migration_record AS other
                        ON other.id = same.other_record_id
                      LEFT JOIN crm_migration_id_map AS into_map
                        ON into_map.job_id = %(job)s AND into_map.stream = other.stream
                       AND into_map.source_id = other.source_id AND into_map.part = ''
                     WHERE same.record_id = named.id AND same.decision = 'merge'
                     ORDER BY same.kind, same.score DESC LIMIT 1
                  ) AS merged ON TRUE
                 WHERE named.value = ANY(%(values)s)
                   AND (named.state NOT IN ('skipped', 'unmapped')
                        -- What a filter leaves out is meant all the same.
                        OR named.problem = ANY(%(filtered)s))
                   AND (%(until)s::int IS NULL OR map.run_id <= %(until)s
                        OR named.problem = ANY(%(filtered)s))
                 ORDER BY named.value, named.id
                """,
                job=job.id,
                stream=stream,
                written=_written(member),
                members=members,
                values=values,
                until=until,
                filtered=[FILTERED, PARENT_FILTERED],
                longest=LONGEST,
                shown=SHOWN,
            )
        )
        found = {}
        for row in self.env.cr.dictfetchall():
            found.setdefault(row["value"], []).append(row)
        return found


def _written(member):
    """Return the SQL of what a record says in a member, or in several put together."""
    one = SQL(
        "trim(COALESCE(payload ->> %(member)s,"
        " payload #>> string_to_array(%(member)s, '.')))",
        member=member,
    )
    if TOGETHER in member:
        parts = [
            SQL("NULLIF(trim(payload ->> %s), '')", p) for p in member.split(TOGETHER)
        ]
        one = SQL(
            "COALESCE(%s, NULLIF(concat_ws(' ', %s), ''))", one, SQL(", ").join(parts)
        )
    # Nobody sees a second blank in a name, or one that does not break.
    return SQL(
        "CASE WHEN %(one)s ~ %(odd)s THEN btrim(regexp_replace(%(one)s, %(blank)s, ' ', 'g'))"
        " ELSE %(one)s END",
        one=one,
        odd=r"[\s\u00a0]{2}|[^\S ]|\u00a0",
        blank=r"[\s\u00a0]+",
    )


def _folded(text):
    """
    >>> _folded(" Beta\xa0 Example")
    'beta example'
    """
    return " ".join(text.split()).lower()


def _best(candidates, hints):
    """Return the candidates that agree most; all of them where none agrees on the whole.

    The street alone makes nobody of another town the one that is meant.

    >>> ann = {"known": {"company": "Alpha", "city": None}}
    >>> bea = {"known": {"company": "Beta", "city": "Porto"}}
    >>> _best([ann, bea], {"company": "ALPHA ", "city": ["Porto", "Lisboa"]}) == [bea]
    False
    >>> _best([ann, bea], {"company": "ALPHA "}) == [ann]
    True
    >>> _best([ann, bea], {"city": ""}) == [ann]
    True
    >>> cid = {"known": {"street": "Hauptstr. 1", "city": "Leeds", "zip": "LS1"}}
    >>> _best([cid, bea], {"street": "Hauptstr. 1", "city": "Wien", "zip": "1010"}) == [cid]
    False
    """
    if len(candidates) < 2 or not hints:
        return list(candidates)
    scores = [_agreement(each["known"] or {}, hints) for each in candidates]
    best = max(agreed - denied for agreed, denied in scores)
    chosen = [
        each
        for each, (agreed, denied) in zip(candidates, scores, strict=True)
        if agreed > denied and agreed - denied == best
    ]
    return chosen or list(candidates)


def _agreement(known, hints):
    """Return in how many hints a record agrees, and how many it contradicts."""
    agreed = denied = 0
    for member, hint in hints.items():
        has, wanted = _as_words(known.get(member)), _as_words(hint)
        if hint == "":
            agreed += not has
        elif has and wanted:
            agreed += bool(has & wanted)
            denied += not has & wanted
    return agreed, denied


def _as_words(value):
    """Return the texts that a member may have, folded; of an object its id and name."""
    if isinstance(value, dict):
        value = [value.get(name) for name in ("id", "name", "display_name", "email")]
    if isinstance(value, list):
        return set().union(*map(_as_words, value)) if value else set()
    if value is None or value is False:
        return set()
    return {fold(str(value))} - {""}


def _describe(candidate):
    """Return how a message names a candidate: the name, some of the rest, and its id."""
    more = [*(candidate["more"] or []), candidate["source_id"]]
    return f"{candidate['written'] or candidate['value']} ({', '.join(more)})"
