"""Find records that may be the same: within the source, and against Odoo."""

import time
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..duplicates.web_domains import BELOW_NETWORKS, NOBODYS

CERTAIN = 100
"""Score from which the policy *merge certain ones* decides by itself."""

LARGEST = 100
"""Records that may share a mark before it says nothing about who they are: the address
of a reception, a placeholder for a tax number."""

STRETCH = 5000
"""Records that one statement looks at."""


class Rule(NamedTuple):
    """What two records have in common, and how much that says.

    ``mark`` is None where it is shared by more than the name: any number of records of
    one name and one address may be the same.
    """

    sql: str
    score_source: str
    score_odoo: int
    evidence: tuple
    mark: str | None = None


RULES = (
    # In the order of the evidence: a tax number says more than an address.
    Rule(
        "CASE WHEN is_company THEN vat || E'\\n' || plain_name END",
        "100",
        100,
        ("same_vat", "same_name"),
    ),
    Rule("CASE WHEN is_company THEN vat END", "97", 97, ("same_vat",), "vat"),
    Rule(
        "email || E'\\n' || plain_name",
        "CASE WHEN is_company THEN 95 ELSE 100 END",
        100,
        ("same_email", "same_name"),
    ),
    Rule("email", "85", 85, ("same_email",), "email"),
    Rule(
        "CASE WHEN is_company THEN domain || E'\\n' || plain_name END",
        "95",
        95,
        ("same_domain", "same_name"),
    ),
    Rule("CASE WHEN is_company THEN domain END", "60", 60, ("same_domain",), "domain"),
)


class CrmMigrationPhaseMatch(models.AbstractModel):
    """It proposes, never merges; the work grows as the records, whatever they share.

    Records with the same mark are a block, of which only the first and the number are
    kept: each record is compared with the first of its blocks, never with all others.
    """

    _name = "crm.migration.phase.match"
    _description = "Migration Phase: Match"
    _inherit = ["crm.migration.phase"]

    def _start(self, run):
        run.total = 3 * self.env["crm.migration.record"].search_count(
            [("job_id", "=", run.job_id.id), ("state", "=", "ready")]
        )

    def _run_batch(self, run):
        ends = self._get_end()
        steps = self._get_steps()
        self.env.flush_all()
        while time.monotonic() < ends:
            position, after = run.checkpoint or (0, 0)
            if position >= len(steps):
                return True
            last = steps[position](run, after)
            run.checkpoint = [position, last] if last else [position + 1, 0]
        return False

    def _get_steps(self):
        """Return what is done one after the other.

        Each takes the run and the id it has come to; it returns how far it came, None at
        its end.
        """
        return (
            self._clear,
            self._collect_source,
            self._collect_odoo,
            self._match_source,
            self._match_odoo,
            self._report_large,
        )

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
                   LATERAL (SELECT COALESCE(record.values -> '', '{}')
                                || COALESCE(record.edits -> '', '{}') AS v) AS merged
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
               AND (partner.company_id IS NULL OR partner.company_id = %(company)s)
            """,
            email=_email(SQL("partner.email")),
            vat=_vat(SQL("partner.vat")),
            plain_name=_plain(SQL("partner.name")),
            domain=_domain(SQL("partner.website"), SQL("partner.email")),
            company=job.company_id.id,
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
            marks=_get_marks(),
            asked=asked if side == "odoo" else SQL(),
            **self._get_tables(job),
        )

    def _match_source(self, run, after):
        """Of records with the same mark the first stays, the later ones are proposed."""
        job = run.job_id
        tables = self._get_tables(job)
        if not after:
            self._execute("ANALYZE %(blocks)s", **tables)
        bounds = self._get_bounds(tables["keys"], after)
        if not bounds:
            return None
        self._execute(
            """
            INSERT INTO crm_migration_duplicate (
                job_id, company_id, record_id, stream, kind, other_record_id, other_name,
                score, evidence, decision, create_uid, write_uid, create_date, write_date)
            SELECT %(job)s, %(company)s, best.id, best.stream, 'source', best.first_id,
                   first.name, score, %(evidence)s,
                   %(decision)s, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (SELECT DISTINCT ON (id) *
                      FROM (SELECT found.*, %(score)s AS score
                              FROM (%(pairs)s) AS found) AS scored
                     WHERE first_id < id
                     ORDER BY id, score DESC, first_id, rule) AS best
              JOIN crm_migration_record AS first ON first.id = best.first_id
             ORDER BY best.id
                ON CONFLICT DO NOTHING
            """,
            pairs=self._get_pairs(job, "source", bounds),
            score=_by_rule(*(SQL(rule.score_source) for rule in RULES)),
            evidence=self._get_evidence(),
            **self._get_constants(job),
        )
        return self._go_on(run, bounds)

    def _match_odoo(self, run, after):
        """Propose the partner that Odoo has already, be it loaded by this migration."""
        job = run.job_id
        bounds = self._get_bounds(self._get_tables(job)["keys"], after)
        if not bounds:
            return None
        self._execute(
            """
            INSERT INTO crm_migration_duplicate (
                job_id, company_id, record_id, stream, kind, res_model, res_id, other_name,
                score, evidence, decision, create_uid, write_uid, create_date, write_date)
            SELECT %(job)s, %(company)s, id, stream, 'odoo', 'res.partner', first_id, name,
                   score,
                   %(evidence)s || CASE WHEN is_several THEN %(several)s ELSE '' END
                                || CASE WHEN is_colleague THEN %(colleague)s ELSE '' END,
                   CASE WHEN NOT is_several AND NOT is_colleague OR %(keeps)s
                        THEN %(decision)s END,
                   %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (SELECT ranked.*, partner.name,
                           EXISTS (SELECT FROM res_users AS colleague
                                    WHERE colleague.partner_id = partner.id
                                      AND colleague.share IS NOT TRUE) AS is_colleague
                      FROM (SELECT *, row_number() OVER (
                                          PARTITION BY id
                                          ORDER BY score DESC, first_id, rule) AS place,
                                   max(count) OVER equals > 1
                                   OR min(first_id) OVER equals
                                      <> max(first_id) OVER equals AS is_several
                              FROM (SELECT found.*, %(score)s AS score
                                      FROM (%(pairs)s) AS found) AS scored
                            WINDOW equals AS (PARTITION BY id, score)) AS ranked
                      JOIN res_partner AS partner ON partner.id = ranked.first_id
                     WHERE place = 1) AS best
             ORDER BY id
                ON CONFLICT DO NOTHING
            """,
            pairs=self._get_pairs(job, "odoo", bounds),
            score=_by_rule(*(SQL("%s", rule.score_odoo) for rule in RULES)),
            evidence=self._get_evidence(),
            **self._get_constants(job),
        )
        return self._go_on(run, bounds)

    def _get_pairs(self, job, side, bounds):
        """Return the query of records with the first one of each of their blocks.

        A mark that too many share, here or there, is none.
        """
        return SQL(
            """
            SELECT key.id, key.stream, key.is_company, block.rule, block.first_id,
                   block.count
              FROM %(keys)s AS key, LATERAL (VALUES %(marks)s) AS marks (rule, mark),
                   %(blocks)s AS block, %(blocks)s AS own
             WHERE key.id > %(after)s AND key.id <= %(last)s
               AND block.hash = md5(marks.mark)::uuid AND block.side = %(side)s
               AND block.rule = marks.rule AND block.is_company = key.is_company
               AND own.hash = block.hash AND own.side = 'source'
               AND own.rule = block.rule AND own.is_company = block.is_company
               AND (block.rule NOT IN %(capped)s
                    OR GREATEST(block.count, own.count) <= %(largest)s)
            """,
            side=side,
            marks=_get_marks(),
            capped=_get_capped(),
            largest=LARGEST,
            **bounds,
            **self._get_tables(job),
        )

    def _report_large(self, run, after):
        """Name the marks that too many share: nobody is proposed by them alone."""
        rows = self._fetch(
            SQL(
                """
                SELECT rule, mark, sum(count) FILTER (WHERE side = 'source') AS count,
                       COALESCE(sum(count) FILTER (WHERE side = 'odoo'), 0) AS in_odoo
                  FROM %(blocks)s WHERE rule IN %(capped)s
                 GROUP BY rule, hash, mark
                HAVING max(count) > %(largest)s
                 ORDER BY 3 DESC
                """,
                capped=_get_capped(),
                largest=LARGEST,
                **self._get_tables(run.job_id),
            ),
            None,
        )
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "shared_by_many",
                    "severity": "warning",
                    "field": RULES[row["rule"]].mark,
                    "value": row["mark"],
                    "data": {"count": row["count"], "in_odoo": row["in_odoo"]},
                }
                for row in rows
            ],
        )

    # -- what they share ---------------------------------------------------------

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

    def _get_evidence(self):
        """Return the words for what two records have in common, by rule."""
        words = {
            "same_email": self.env._("Same e-mail address"),
            "same_vat": self.env._("Same tax number"),
            "same_domain": self.env._("Same web domain"),
            "same_name": self.env._(", same name"),
        }
        return _by_rule(
            *(
                SQL("%s", "".join(words[name] for name in rule.evidence))
                for rule in RULES
            )
        )

    def _get_constants(self, job):
        decision = {
            "keep": SQL("'keep'"),
            "merge": SQL("CASE WHEN score >= %s THEN 'merge' END", CERTAIN),
        }.get(job.duplicate_policy, SQL("NULL"))
        return {
            "job": job.id,
            "company": job.company_id.id,
            "uid": self.env.uid,
            "now": self.env.cr.now(),
            "decision": decision,
            "several": self.env._(", like others in Odoo"),
            "colleague": self.env._(", a user of Odoo"),
            "keeps": job.duplicate_policy == "keep",
        }

    def _execute(self, query, **parameters):
        self.env.cr.execute(SQL(query, **parameters) if parameters else SQL(query))

    def _finish(self, run):
        run.done = run.total
        self._drop_tables(run.job_id)
        self.env["crm.migration.duplicate"].invalidate_model()


def _get_marks():
    """Return the rows (number of the rule, mark) of a record with its key columns."""
    return SQL(", ").join(
        SQL("(%s::smallint, %s)", number, SQL(rule.sql))
        for number, rule in enumerate(RULES)
    )


def _get_capped():
    return tuple(number for number, rule in enumerate(RULES) if rule.mark)


def _by_rule(*values):
    """Return what the column ``rule`` chooses of the values."""
    whens = (SQL("WHEN %s THEN %s", number, each) for number, each in enumerate(values))
    return SQL("CASE rule %s END", SQL(" ").join(whens))


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
