"""Write down what everybody is recognized by, and bring together who may be one."""

import re

from stdnum import get_cc_module

from odoo import models
from odoo.tools import SQL

from ..duplicates.rules import BLOCKS, LARGEST, NEIGHBORS
from .match_keys import COLUMNS

STRETCH = 5000
"""Records that one statement looks at."""

MARKS_STRETCH = 20000
"""Marks that one statement looks at."""

LAST_HASH = (1 << 63) - 1

PLACEHOLDER = re.compile(r"([A-Z]{0,2})(\d)\2*$|[A-Z]{0,2}0?123456789?0?$")
"""A tax number that somebody wrote because the field wanted one."""


class CrmMigrationPhaseMatchMarks(models.AbstractModel):
    """In tables of their own, a stretch of records for each statement."""

    _name = "crm.migration.phase.match.marks"
    _description = "Migration Phase: Match, Marks"
    _inherit = ["crm.migration.phase.match.keys"]

    def _clear(self, run, after):
        """Drop earlier proposals that nobody decided about, and make the tables.

        Theirs survive a crash of the server, as the checkpoint does.
        """
        job = run.job_id
        self._drop_tables(job)
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind))
            for name, kind in COLUMNS.items()
        )
        self._execute(
            """
            CREATE TABLE %(keys)s (%(columns)s, PRIMARY KEY (id, is_odoo, is_lead));
            CREATE TABLE %(marks)s (
                hash bigint, rule smallint, is_odoo boolean, id integer, place varchar);
            CREATE TABLE %(pairs)s (
                id integer, is_odoo boolean, other_id integer,
                PRIMARY KEY (is_odoo, id, other_id));
            """,
            columns=columns,
            **self._get_tables(job),
        )
        self._execute(
            """
            DELETE FROM crm_migration_duplicate AS pair
             WHERE job_id = %(job)s AND decided_by_id IS NULL
               AND (%(chosen)s::int[] IS NULL OR record_id = ANY(%(chosen)s))
               AND (decision IS NULL OR EXISTS (
                        -- What the thresholds said of those that are asked about again.
                        SELECT FROM crm_migration_record AS record
                         WHERE record.id = pair.record_id AND record.state = 'ready'
                           AND NOT EXISTS (
                               SELECT FROM crm_migration_id_map AS map
                                WHERE map.job_id = record.job_id
                                  AND map.stream = record.stream
                                  AND map.source_id = record.source_id
                                  AND map.part = '')))
            """,
            job=job.id,
            chosen=run._get_chosen(),
        )
        self.env["crm.migration.duplicate"].invalidate_model()

    # -- keys and marks ----------------------------------------------------------

    def _collect_source(self, run, after):
        """Write down the marks of every contact and lead to be."""
        job = run.job_id
        bounds = self._get_bounds(
            "crm_migration_record", after, SQL("job_id = %s", job.id)
        )
        if not bounds:
            self._execute("CREATE INDEX ON %(marks)s (hash)", **self._get_tables(job))
            self._count_tables(job, "marks")
            return None
        self._add_source(job, bounds)
        return self._go_on(run, bounds)

    def _add_source(self, job, bounds):
        self._add_keys(job, self._read_staged(job, bounds))
        self._add_marks(job, is_asked=False)

    def _collect_odoo(self, run, after):
        """Add who of Odoo bears the marks of the source, be it loaded by us."""
        return self._collect_from(run, after, "res_partner", self._read_partners)

    def _collect_odoo_leads(self, run, after):
        return self._collect_from(run, after, "crm_lead", self._read_leads)

    def _collect_from(self, run, after, table, read):
        bounds = self._get_bounds(table, after)
        if not bounds:
            return None
        self._add_keys(run.job_id, read(run.job_id, bounds))
        self._add_marks(run.job_id, is_asked=True)
        return bounds["last"]

    def _add_keys(self, job, rows):
        """Make the keys of some rows, in a table of this transaction's own."""
        self._execute(
            "DROP TABLE IF EXISTS crm_migration_match_new;"
            "CREATE TEMP TABLE crm_migration_match_new (LIKE %(keys)s) ON COMMIT DROP;"
            "INSERT INTO crm_migration_match_new %(rows)s",
            rows=self._make_keys(job, rows),
            **self._get_tables(job),
        )
        self._normalize_tax_numbers(job)

    def _normalize_tax_numbers(self, job):
        """Write each tax number as its country does; with the country, where it is known."""
        self.env.cr.execute(
            "SELECT DISTINCT vat FROM crm_migration_match_new WHERE vat IS NOT NULL"
        )
        code = (job.country_id or job.company_id.country_id).code
        found = [(vat, normalize(vat, code)) for (vat,) in self.env.cr.fetchall()]
        changed = [(vat, new) for vat, new in found if vat != new]
        if changed:
            self._execute(
                "UPDATE crm_migration_match_new AS key SET vat = changed.new"
                " FROM unnest(%(vats)s::text[], %(news)s::text[]) AS changed (vat, new)"
                " WHERE key.vat = changed.vat",
                vats=[vat for vat, _new in changed],
                news=[new for _vat, new in changed],
            )

    def _add_marks(self, job, is_asked):
        """Add the new keys and their marks; of Odoo only those the source asks for."""
        asked = SQL(
            " AND EXISTS (SELECT FROM %(marks)s AS asked"
            " WHERE asked.hash = new.hash AND NOT asked.is_odoo)",
            marks=self._get_tables(job)["marks"],
        )
        self._execute(
            """
            WITH added AS (
                INSERT INTO %(marks)s (hash, rule, is_odoo, id, place)
                SELECT hash, rule, is_odoo, id, left(place, 60)
                  FROM (SELECT key.id, key.is_odoo, mark.rule, mark.place,
                               hashtextextended(
                                   concat(mark.rule, '/', key.kind, '/', mark.mark), 0)
                               & 9223372036854775807 AS hash, mark.mark
                          FROM crm_migration_match_new AS key,
                               LATERAL (VALUES %(values)s) AS mark (rule, mark, place)
                       ) AS new
                 WHERE mark IS NOT NULL %(asked)s
                RETURNING id
            )
            INSERT INTO %(keys)s
            SELECT * FROM crm_migration_match_new WHERE id IN (SELECT id FROM added)
            """,
            values=_get_marks(),
            asked=asked if is_asked else SQL(),
            **self._get_tables(job),
        )

    def _count_tables(self, job, *names):
        """Let PostgreSQL know how many there are; see ``_begin`` of the phases."""
        self._execute("SET LOCAL default_statistics_target = 10")
        for name in names:
            self._execute(f"ANALYZE %({name})s", **self._get_tables(job))
        self._execute("RESET default_statistics_target")

    # -- pairs -------------------------------------------------------------------

    def _find_pairs(self, run, after):
        """Bring together who shares a mark, in the order of what comes next to it.

        Each meets its neighbors, and the first ones that do not differ from it by that:
        the work grows as the marks. A mark that too many share, here or there, brings
        together only those who do not differ.
        """
        tables = self._get_tables(run.job_id)
        bounds = self._get_hashes(tables, after)
        if not bounds:
            self._count_tables(run.job_id, "keys", "pairs")
            return None
        self._execute(
            """
            INSERT INTO %(pairs)s (id, is_odoo, other_id)
            SELECT DISTINCT
                   CASE WHEN both_staged THEN GREATEST(id, other_id)
                        WHEN is_odoo THEN other_id ELSE id END,
                   NOT both_staged,
                   CASE WHEN both_staged THEN LEAST(id, other_id)
                        WHEN is_odoo THEN id ELSE other_id END
              FROM (SELECT block.id, block.is_odoo, other.id AS other_id,
                           NOT block.is_odoo AND NOT other.is_odoo AS both_staged
                      FROM (%(block)s) AS block,
                           LATERAL (VALUES %(others)s) AS other (id, is_odoo, is_same)
                     WHERE other.id IS NOT NULL
                       AND NOT (block.is_odoo AND other.is_odoo)
                       AND (block.id <> other.id OR block.is_odoo <> other.is_odoo)
                       AND (block.rule NOT IN %(capped)s OR block.most <= %(largest)s
                            OR other.is_same)) AS found
                ON CONFLICT DO NOTHING
            """,
            block=self._rank_marks(tables, bounds),
            others=_get_others(),
            capped=_get_capped(),
            largest=self._get_largest(),
            **tables,
        )
        share = (bounds["last"] - after) / (1 << 63)
        run.done = min(run.done + int(share * run.total / 3), run.total)
        return bounds["last"]

    def _rank_marks(self, tables, bounds):
        """Return the query of marks with their neighbors and the sizes of their blocks."""
        neighbors = SQL(", ").join(
            SQL(
                "lag(id, %(n)s) OVER nearby AS id_%(n)s,"
                " lag(is_odoo, %(n)s) OVER nearby AS is_odoo_%(n)s,"
                " lag(place, %(n)s) OVER nearby IS NOT DISTINCT FROM place AS is_same_%(n)s",
                n=SQL(str(number)),
            )
            for number in range(1, NEIGHBORS + 1)
        )
        return SQL(
            """
            SELECT id, is_odoo, rule, place, %(neighbors)s,
                   min(id) FILTER (WHERE NOT is_odoo) OVER same AS first_id,
                   min(id) FILTER (WHERE is_odoo) OVER same AS first_odoo,
                   max(id) FILTER (WHERE is_odoo) OVER same AS last_odoo,
                   GREATEST(count(*) FILTER (WHERE is_odoo) OVER block,
                            count(*) FILTER (WHERE NOT is_odoo) OVER block) AS most
              FROM (SELECT mark.*, count(*) OVER (PARTITION BY hash) AS count
                      FROM %(marks)s AS mark
                     WHERE hash > %(after)s AND hash <= %(last)s) AS shared
             WHERE count > 1
            WINDOW block AS (PARTITION BY hash), same AS (PARTITION BY hash, place),
                   nearby AS (PARTITION BY hash ORDER BY place, is_odoo, id)
            """,
            neighbors=neighbors,
            **bounds,
            **tables,
        )

    def _get_hashes(self, tables, after):
        """Return the bounds of about the next marks, in the order of their hashes.

        Those lie evenly: as many as PostgreSQL has counted, so wide is a stretch.
        """
        if after >= LAST_HASH:
            return None
        self.env.cr.execute(
            SQL(
                "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass",
                tables["marks"].code,
            )
        )
        count = max(self.env.cr.fetchone()[0], 1)
        last = min(after + LAST_HASH * MARKS_STRETCH // count, LAST_HASH)
        return {"after": after, "last": last}

    # -- what they share ---------------------------------------------------------

    def _get_largest(self):
        return LARGEST

    def _get_bounds(self, table, after, condition=None):
        """Return the bounds of the next stretch of ids, None behind the last one."""
        table = table if isinstance(table, SQL) else SQL.identifier(table)
        self.env.cr.execute(
            SQL(
                "SELECT max(id), count(*) FROM (SELECT id FROM %(table)s"
                " WHERE id > %(after)s AND %(condition)s"
                " ORDER BY id LIMIT %(stretch)s) AS next",
                table=table,
                after=after,
                condition=condition or SQL("TRUE"),
                stretch=STRETCH,
            )
        )
        last, count = self.env.cr.fetchone()
        return {"after": after, "last": last, "stretch": count} if last else None

    def _go_on(self, run, bounds):
        run.done = min(run.done + bounds["stretch"], run.total)
        return bounds["last"]

    def _get_tables(self, job):
        """Return tables of this migration's own: others may match at the same time."""
        return {
            name: SQL.identifier(f"crm_migration_match_{name}_{job.id}")
            for name in ("keys", "marks", "pairs")
        }

    def _drop_tables(self, job):
        self._execute(
            "DROP TABLE IF EXISTS %(keys)s, %(marks)s, %(pairs)s",
            **self._get_tables(job),
        )

    def _execute(self, query, **parameters):
        self.env.cr.execute(SQL(query, **parameters) if parameters else SQL(query))


def normalize(vat, country_code):
    """Return a tax number as its country writes it, None for one that says nothing.

    >>> normalize("PT501442600", "PT"), normalize("501442600", "PT")
    ('PT501442600', 'PT501442600')
    >>> normalize("DE999999999", "PT"), normalize("123456789", "PT")
    (None, None)
    >>> normalize("X-17", "PT")
    'X-17'
    """
    if PLACEHOLDER.match(vat):
        return None
    own = _compact(vat[:2], vat) if vat[:2].isalpha() else None
    return own or _compact(country_code, vat) or vat


def _compact(code, vat):
    module = code and get_cc_module(code.lower(), "vat")
    if not module or not module.is_valid(vat):
        return None
    bare = module.compact(vat)
    return bare if bare.startswith(code) else f"{code}{bare}"


def _get_marks():
    """Return the rows (number of the block, mark, place) of a record with its keys."""
    return SQL(", ").join(
        SQL(
            "(%s::smallint, CASE WHEN kind IN %s THEN %s END, %s)",
            number,
            block.kinds,
            SQL(block.sql),
            SQL(block.place),
        )
        for number, block in enumerate(BLOCKS)
    )


def _get_capped():
    return tuple(number for number, block in enumerate(BLOCKS) if block.field)


def _get_others():
    """Return the rows (id, whether in Odoo, whether of the same place) of who is near."""
    near = [
        SQL("(id_%(n)s, is_odoo_%(n)s, is_same_%(n)s)", n=SQL(str(number)))
        for number in range(1, NEIGHBORS + 1)
    ]
    firsts = [
        SQL("(first_id, FALSE, TRUE)"),
        SQL("(first_odoo, TRUE, TRUE)"),
        SQL("(last_odoo, TRUE, TRUE)"),
    ]
    return SQL(", ").join([*near, *firsts])
