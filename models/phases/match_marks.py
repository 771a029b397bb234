"""Write down the marks of all partners, and which of them several share."""

from odoo import models
from odoo.tools import SQL

from ..duplicates.rules import get_marks
from ..duplicates.web_domains import BELOW_NETWORKS, NOBODYS
from ..staging.part_values import part_values

STRETCH = 5000
"""Records that one statement looks at."""


class CrmMigrationPhaseMatchMarks(models.AbstractModel):
    """In tables of their own, a stretch of records for each statement."""

    _name = "crm.migration.phase.match.marks"
    _description = "Migration Phase: Match, Marks"

    def _clear(self, run, after):
        """Drop earlier proposals that nobody decided about, and make the tables.

        Theirs survive a crash of the server, as the checkpoint does.
        """
        job = run.job_id
        self._drop_tables(job)
        self._execute(
            """
            CREATE TABLE %(keys)s (
                id integer PRIMARY KEY, stream varchar, is_company boolean,
                email varchar, vat varchar, plain_name varchar, domain varchar);
            CREATE TABLE %(blocks)s (
                side varchar, rule smallint, is_company boolean, hash uuid,
                first_id integer, count integer, mark varchar,
                PRIMARY KEY (hash, side, rule, is_company));
            """,
            **self._get_tables(job),
        )
        self._execute(
            "DELETE FROM crm_migration_duplicate"
            " WHERE job_id = %(job)s AND decision IS NULL",
            job=job.id,
        )
        self.env["crm.migration.duplicate"].invalidate_model()

    def _collect_source(self, run, after):
        """Write down the marks of every partner to be."""
        job = run.job_id
        bounds = self._get_bounds(
            "crm_migration_record", after, SQL("job_id = %s", job.id)
        )
        if not bounds:
            return None
        self._execute(
            """
            INSERT INTO %(keys)s
            SELECT record.id, record.stream,
                   lower(COALESCE(v ->> 'is_company', '')) IN ('true', '1')
                   OR COALESCE(v ->> 'company_type', '') = 'company',
                   %(email)s, %(vat)s, %(plain_name)s, %(domain)s
              FROM crm_migration_record AS record,
                   LATERAL (SELECT %(values)s AS v) AS merged
             WHERE record.job_id = %(job)s AND record.state = 'ready'
               AND record.id > %(after)s AND record.id <= %(last)s
               -- What Odoo has is asked about new records only.
               AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS map
                    WHERE map.job_id = ANY(%(lineage)s) AND map.stream = record.stream
                      AND map.source_id = record.source_id AND map.part = '')
               AND record.stream_id IN (
                   SELECT stream_id FROM crm_migration_mapping
                    WHERE job_id = %(job)s AND model_name = 'res.partner' AND part = '')
            """,
            job=job.id,
            values=SQL(part_values(part="''")),
            lineage=job._get_lineage().ids,
            email=_email(SQL("v ->> 'email'")),
            vat=_vat(SQL("v ->> 'vat'")),
            plain_name=_plain(SQL("v ->> 'name'")),
            domain=_domain(SQL("v ->> 'website'"), SQL("v ->> 'email'")),
            **bounds,
            **self._get_tables(job),
        )
        self._count_blocks(
            job,
            "source",
            SQL(
                "SELECT * FROM %(keys)s WHERE id > %(after)s AND id <= %(last)s",
                **bounds,
                **self._get_tables(job),
            ),
        )
        return self._go_on(run, bounds)

    def _collect_odoo(self, run, after):
        """Count who of Odoo bears the marks of the source, be it loaded by us."""
        job = run.job_id
        bounds = self._get_bounds("res_partner", after)
        if not after:
            self._execute("ANALYZE %(keys)s, %(blocks)s", **self._get_tables(job))
        if not bounds:
            return None
        partners = SQL(
            """
            SELECT partner.id, partner.is_company,
                   COALESCE(partner.email_normalized, %(email)s) AS email,
                   %(vat)s AS vat, %(plain_name)s AS plain_name, %(domain)s AS domain
              FROM res_partner AS partner
             WHERE partner.active AND partner.id > %(after)s AND partner.id <= %(last)s
               AND (partner.company_id IS NULL OR partner.company_id = ANY(%(companies)s))
            """,
            email=_email(SQL("partner.email")),
            vat=_vat(SQL("partner.vat")),
            plain_name=_plain(SQL("partner.name")),
            domain=_domain(SQL("partner.website"), SQL("partner.email")),
            companies=job.company_id.parent_ids.ids,
            **bounds,
        )
        self._count_blocks(job, "odoo", partners)
        return bounds["last"]

    def _count_blocks(self, job, side, rows):
        """Add rows to the blocks; of Odoo only those that the source asks for."""
        asked = SQL(
            """
            WHERE EXISTS (SELECT FROM %(blocks)s AS asked
                           WHERE asked.side = 'source' AND asked.rule = new.rule
                             AND asked.is_company = new.is_company
                             AND asked.hash = new.hash)
            """,
            blocks=self._get_tables(job)["blocks"],
        )
        self._execute(
            """
            INSERT INTO %(blocks)s AS block
            SELECT %(side)s, rule, is_company, hash, min(id), count(*),
                   min(left(mark, 200))
              FROM (SELECT bearer.id, marks.rule, bearer.is_company IS TRUE AS is_company,
                           md5(marks.mark)::uuid AS hash, marks.mark
                      FROM (%(rows)s) AS bearer, LATERAL (VALUES %(marks)s)
                           AS marks (rule, mark)
                     WHERE marks.mark IS NOT NULL) AS new
             %(asked)s
             GROUP BY rule, is_company, hash
                ON CONFLICT (hash, side, rule, is_company) DO UPDATE
               SET first_id = LEAST(block.first_id, excluded.first_id),
                   count = block.count + excluded.count
            """,
            side=side,
            rows=rows,
            marks=get_marks(),
            asked=asked if side == "odoo" else SQL(),
            **self._get_tables(job),
        )

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
            for name in ("keys", "blocks")
        }

    def _drop_tables(self, job):
        self._execute(
            "DROP TABLE IF EXISTS %(keys)s, %(blocks)s", **self._get_tables(job)
        )

    def _execute(self, query, **parameters):
        self.env.cr.execute(SQL(query, **parameters) if parameters else SQL(query))


def _plain(text):
    """Lower case without blanks and punctuation; letters of every script stay."""
    return SQL("NULLIF(lower(regexp_replace(%s, '[^[:alnum:]]+', '', 'g')), '')", text)


def _email(text):
    """The first address in a text, also where a name stands around it."""
    return SQL(
        "substring(lower(%s) from '[^[:space:]<>\",;]+@[^[:space:]<>\",;]+')", text
    )


def _vat(text):
    """A tax number without blanks and points; too short a one says nothing."""
    plain = SQL("upper(regexp_replace(%s, '[^[:alnum:]]+', '', 'g'))", text)
    return SQL("CASE WHEN length(%(vat)s) > 5 THEN %(vat)s END", vat=plain)


def _domain(website, email):
    """The web domain of a company; never one that everybody can have a page or address at."""
    host = SQL(
        "lower(regexp_replace(regexp_replace(%s, '^[a-z]+://', '', 'i'),"
        " '^www\\.|[/:?#].*$', '', 'gi'))",
        website,
    )
    return SQL(
        """(SELECT found FROM (VALUES (1, %(host)s), (2, lower(split_part(%(email)s, '@', 2))))
                              AS named (place, found)
             WHERE found <> '' AND found NOT IN %(nobodys)s AND found !~ %(networks)s
             ORDER BY place LIMIT 1)""",
        host=host,
        email=email,
        nobodys=tuple(sorted(NOBODYS)),
        networks=BELOW_NETWORKS,
    )
