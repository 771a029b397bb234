"""Which staging records a sample is: some of an object, and what hangs together with them."""

from odoo import api, models
from odoo.tools import SQL

from ...connectors.mapping.references import TOGETHER
from ..loading.several_names import read_names

LOADABLE = ("ready", "problem", "loaded")
"""States of what a load takes, or has taken: others have no values that lead anywhere."""

SEVERAL = r"[;|,\n(<\[]"
"""What a cell has at least that may name several."""


class CrmMigrationSampleDraw(models.AbstractModel):
    """The links are those of the staged values, a person's edits among them.

    Down, a link counts where its object is loaded behind the one it leads to: a deal hangs
    on its company, but a company not on the contact that it names as its main one. Up,
    every link counts: no record of a sample lacks what it names.
    """

    _name = "crm.migration.sample.draw"
    _description = "Migration: Sample Draw"

    @api.model
    def _draw(self, job, wanted):
        """Return the ids of the root records, the same for the same seed.

        :param wanted: dict: ``stream``, ``size``, ``seed``, ``filter`` (a domain or None)
        :raises UserError: the filter cannot be meant
        """
        stream = job.stream_ids.filtered(lambda s: s.name == wanted["stream"])[:1]
        if not stream:
            return []
        domain = wanted.get("filter")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_migration_record AS record"
                " WHERE stream_id = %s AND state IN ('ready', 'loaded')"
                " AND vanished_at IS NULL AND COALESCE(%s, FALSE)"
                " ORDER BY md5(%s || ':' || source_id), source_id LIMIT %s",
                stream.id,
                stream._get_condition(domain) if domain else SQL("TRUE"),
                str(wanted["seed"]),
                wanted["size"],
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _follow(self, job, roots):
        """Return the ids of the roots, of all that hangs on them, and of what these name."""
        if not roots:
            return []
        self.env.flush_all()
        links = self._select_links(job)
        rows = self.env.execute_query(
            SQL(
                """
                %(links)s, down (id) AS (
                    SELECT unnest(%(roots)s)
                     UNION SELECT link.id FROM down
                      JOIN link ON link.other = down.id AND link.hangs
                ), up (id) AS (
                    SELECT id FROM down
                     UNION SELECT link.other FROM up JOIN link ON link.id = up.id
                )
                SELECT id FROM up ORDER BY id
                """,
                links=links,
                roots=roots,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _choose(self, run):
        """Mark what a run is about, once: one that goes on, goes on with the same."""
        if wanted := run._get_sample():
            self._mark(run.job_id, wanted)
        elif run._is_partial():
            self._mark_only(run.job_id, run._get_chosen())
        else:
            self._unmark(run.job_id)

    @api.model
    def _mark(self, job, wanted):
        """Mark the records of a sample; of others those of the sample loaded before it."""
        ids = self._follow(job, self._draw(job, wanted))
        self._mark_only(job, ids + self._get_kept(job))

    @api.model
    def _mark_only(self, job, ids):
        self._unmark(job, ids)
        self.env.cr.execute(
            "UPDATE crm_migration_record SET is_sampled = TRUE"
            " WHERE job_id = %s AND id = ANY(%s) AND is_sampled IS NOT TRUE",
            [job.id, list(ids)],
        )
        self.env["crm.migration.record"].invalidate_model(["is_sampled"])

    @api.model
    def _get_kept(self, job):
        """Return the ids of what an earlier sample has loaded: it is still in Odoo."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_migration_record"
                " WHERE job_id = %s AND is_sampled AND state = 'loaded'",
                job.id,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _unmark(self, job, but=()):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_migration_record SET is_sampled = NULL"
            " WHERE job_id = %s AND is_sampled AND id <> ALL(%s)",
            [job.id, list(but)],
        )
        self.env["crm.migration.record"].invalidate_model(["is_sampled"])

    # -- links -------------------------------------------------------------------

    def _select_links(self, job):
        """Return the beginning of a query: the links of all records, as ``link``."""
        readings = self._get_readings(job)
        columns = [list(column) for column in zip(*readings, strict=True)]
        return SQL(
            """
            %(parts)s, member AS MATERIALIZED (
                SELECT DISTINCT stream, member FROM ref WHERE member IS NOT NULL
            ), called AS MATERIALIZED (
                SELECT member.stream, member.member, place.rank, record.id,
                       lower(%(written)s) AS name
                  FROM member JOIN place ON place.name = member.stream
                  JOIN crm_migration_record AS record ON record.stream_id = place.id
                 WHERE record.state = ANY(%(loadable)s)
            ), said AS (
                SELECT id, rank, stream, member, lower(trim(value)) AS name
                  FROM ref WHERE member IS NOT NULL
                 UNION ALL
                SELECT ref.id, ref.rank, ref.stream, ref.member, lower(trim(reading.name))
                  FROM ref JOIN unnest(%(streams)s::text[], %(members)s::text[],
                                       %(values)s::text[], %(names)s::text[])
                       AS reading (stream, member, value, name)
                       USING (stream, member, value)
            ), address AS MATERIALIZED (
                SELECT DISTINCT part.id, part.rank,
                       lower(trim(part.values ->> 'email')) AS email
                  FROM part WHERE part.model = 'res.partner'
            ), link (id, other, hangs) AS MATERIALIZED (
                SELECT ref.id, record.id, ref.rank >= place.rank
                  FROM ref JOIN place ON place.name = ref.stream
                  JOIN crm_migration_record AS record
                    ON record.stream_id = place.id AND record.source_id = ref.value
                 WHERE ref.member IS NULL AND record.state = ANY(%(loadable)s)
                   AND record.id <> ref.id
                 UNION ALL
                SELECT said.id, called.id, said.rank >= called.rank
                  FROM said JOIN called USING (stream, member, name)
                 WHERE said.id <> called.id
                 UNION ALL
                SELECT part.id, address.id, part.rank >= address.rank
                  FROM part, jsonb_path_query(part.values,
                           'strict $.**."@addresses"[*]."email"', '{}', TRUE) AS party
                  JOIN address ON address.email = lower(trim(party #>> '{}'))
                 WHERE part.id <> address.id
                 UNION ALL
                SELECT duplicate.record_id, duplicate.other_record_id, TRUE
                  FROM crm_migration_duplicate AS duplicate
                 WHERE duplicate.job_id = %(job)s AND duplicate.decision = 'merge'
                   AND duplicate.other_record_id IS NOT NULL
            )
            """,
            parts=self._select_references(job),
            written=_WRITTEN,
            loadable=list(LOADABLE),
            job=job.id,
            **dict(zip(("streams", "members", "values", "names"), columns, strict=True))
            if readings
            else dict.fromkeys(("streams", "members", "values", "names"), []),
        )

    def _select_references(self, job):
        """Return the beginning of a query: the parts of all records, what they name."""
        mappings = job.mapping_ids.filtered("selected").sorted(
            lambda m: (m.sequence, m.part or "", m.id)
        )
        streams = mappings.stream_id
        return SQL(
            """
            WITH RECURSIVE place (id, name, rank) AS MATERIALIZED (
                SELECT * FROM unnest(%(ids)s::int[], %(names)s::text[], %(ranks)s::int[])
            ), part AS MATERIALIZED (
                SELECT record.id, place.rank, mapping.model_name AS model,
                       (one.value - '@mapping')
                           || COALESCE(record.edits -> one.key, '{}') AS values
                  FROM place
                  JOIN crm_migration_record AS record ON record.stream_id = place.id
                 CROSS JOIN LATERAL jsonb_each(record.values) AS one
                  LEFT JOIN crm_migration_mapping AS mapping
                    ON mapping.id = (one.value ->> '@mapping')::int
                 WHERE record.state = ANY(%(loadable)s)
            ), ref AS MATERIALIZED (
                SELECT DISTINCT part.id, part.rank, found ->> 0 AS stream,
                       found ->> 1 AS value, found ->> 2 AS member
                  FROM part, jsonb_path_query(
                           part.values, 'strict $.**."$ref"', '{}', TRUE) AS found
                 WHERE jsonb_typeof(found) = 'array'
                 UNION
                SELECT part.id, part.rank, owner.name, found #>> '{}', NULL
                  FROM part, unnest(%(owners)s::text[]) AS owner (name), jsonb_path_query(
                           part.values, 'strict $.**."$owner"', '{}', TRUE) AS found
            )
            """,
            ids=streams.ids,
            names=streams.mapped("name"),
            ranks=list(range(len(streams))),
            loadable=list(LOADABLE),
            owners=mappings.filtered(lambda m: m.model_name == "res.users").mapped(
                "stream"
            ),
        )

    def _get_readings(self, job):
        """Return (stream, member, cell, name) of cells that may name several."""
        steps = job.mapping_ids.filtered("selected").line_ids.mapped("steps")
        if not any("_by" in str(step[0]) for each in steps for step in each or ()):
            return []  # nothing is looked up by a name
        rows = self.env.execute_query(
            SQL(
                "%s SELECT DISTINCT stream, member, value FROM ref"
                " WHERE member IS NOT NULL AND value ~ %s",
                self._select_references(job),
                SEVERAL,
            )
        )
        return [
            (stream, member, value, name)
            for stream, member, value in rows
            for name in {one for names in read_names(value) for one in names}
        ]


_WRITTEN = SQL(
    """
    COALESCE(
        trim(COALESCE(record.payload ->> member.member,
                      record.payload #>> string_to_array(member.member, '.'))),
        (SELECT string_agg(NULLIF(trim(record.payload ->> one.name), ''), ' '
                           ORDER BY one.place)
           FROM unnest(string_to_array(member.member, %s))
                WITH ORDINALITY AS one (name, place)))
    """,
    TOGETHER,
)
"""What a record says in the member by which others name it, see ``_find_by_name``."""
