"""Find records that may be the same: within the source, and against Odoo."""

from odoo import models
from odoo.tools import SQL

from ..web_domains import BELOW_NETWORKS, NOBODYS

CERTAIN = 100
"""Score from which the policy *merge certain ones* decides by itself."""


class CrmMigrationPhaseMatch(models.AbstractModel):
    """One statement a rule, whatever the number of records. It proposes, never merges."""

    _name = "crm.migration.phase.match"
    _description = "Migration Phase: Match"
    _inherit = ["crm.migration.phase"]

    def _start(self, run):
        run.total = len(self._get_rules())

    def _run_batch(self, run):
        position = run.checkpoint or 0
        rules = self._get_rules()
        if position >= len(rules):
            return True
        self.env.flush_all()
        rules[position](run.job_id)
        run.write({"checkpoint": position + 1, "done": position + 1})
        return False

    def _get_rules(self):
        return (self._clear, self._collect, self._match_source, self._match_odoo)

    def _clear(self, job):
        """Drop earlier proposals that nobody decided about."""
        job.duplicate_ids.filtered(lambda d: not d.decision).unlink()

    def _collect(self, job):
        """Write the keys of every partner to be into a table of this transaction."""
        table = self._get_table(job)
        self._execute("DROP TABLE IF EXISTS %(table)s", table=table)
        self._execute(
            """
            CREATE UNLOGGED TABLE %(table)s AS
            SELECT record.id, record.stream, record.name,
                   lower(COALESCE(v ->> 'is_company', '')) IN ('true', '1')
                   OR COALESCE(v ->> 'company_type', '') = 'company' AS is_company,
                   %(email)s AS email,
                   %(vat)s AS vat,
                   %(plain_name)s AS plain_name,
                   %(domain)s AS domain,
                   v -> 'parent_id' AS parent,
                   v -> 'country_id' AS country
              FROM crm_migration_record AS record,
                   LATERAL (SELECT COALESCE(record.values -> '', '{}')
                                || COALESCE(record.edits -> '', '{}') AS v) AS merged
             WHERE record.job_id = %(job)s AND record.state = 'ready'
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
            table=table,
            email=_email(SQL("v ->> 'email'")),
            vat=_vat(SQL("v ->> 'vat'")),
            plain_name=_plain(SQL("v ->> 'name'")),
            domain=_domain(SQL("v ->> 'website'"), SQL("v ->> 'email'")),
        )
        self._execute(
            "CREATE INDEX ON %(table)s (email); CREATE INDEX ON %(table)s (domain);"
            "CREATE INDEX ON %(table)s (vat); ANALYZE %(table)s",
            table=table,
        )

    def _get_table(self, job):
        """Return a table of this migration's own: others may match at the same time."""
        return SQL.identifier(f"crm_migration_match_key_{job.id}")

    def _match_source(self, job):
        """Of records with the same key the first stays, the later ones are proposed."""
        self._execute(
            """
            WITH pairs AS (
                SELECT later.id, later.stream, first.id AS other, first.name AS name,
                       CASE WHEN later.plain_name = first.plain_name
                             AND (NOT later.is_company OR later.vat = first.vat) THEN 100
                            WHEN later.is_company AND later.vat = first.vat THEN 97
                            WHEN later.plain_name = first.plain_name THEN 95
                            WHEN later.email = first.email THEN 85 ELSE 60 END AS score,
                       CASE WHEN later.is_company AND later.vat = first.vat
                            THEN %(same_vat)s
                            WHEN later.email = first.email THEN %(same_email)s
                            ELSE %(same_domain)s END
                       || CASE WHEN later.plain_name = first.plain_name
                               THEN %(same_name)s ELSE '' END AS evidence
                  FROM %(table)s AS later
                  JOIN %(table)s AS first
                    ON first.id < later.id AND first.is_company = later.is_company
                   AND (first.email = later.email
                        OR (later.is_company AND (
                            first.domain = later.domain OR first.vat = later.vat)))
            )
            INSERT INTO crm_migration_duplicate (
                job_id, company_id, record_id, stream, kind, other_record_id, other_name,
                score, evidence, decision, create_uid, write_uid, create_date, write_date)
            SELECT %(job)s, %(company)s, id, stream, 'source', other, name, score, evidence,
                   %(decision)s, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (SELECT DISTINCT ON (id) * FROM pairs ORDER BY id, score DESC, other) AS best
             ON CONFLICT DO NOTHING
            """,
            **self._get_constants(job),
        )

    def _match_odoo(self, job):
        """Propose the partner that Odoo has already, be it loaded by this migration."""
        self._execute(
            """
            WITH partners AS (
                SELECT partner.id, partner.name, partner.is_company,
                       EXISTS (SELECT FROM res_users AS colleague
                                WHERE colleague.partner_id = partner.id
                                  AND colleague.share IS NOT TRUE) AS is_colleague,
                       COALESCE(partner.email_normalized, %(email)s) AS email,
                       %(vat)s AS vat, %(plain_name)s AS plain_name, %(domain)s AS domain
                  FROM res_partner AS partner
                 WHERE partner.active
                   AND (partner.company_id IS NULL OR partner.company_id = %(company)s)
            ), pairs AS (
                SELECT key.id, key.stream, partner.id AS other, partner.name,
                       partner.is_colleague,
                       CASE WHEN key.plain_name = partner.plain_name AND (
                                 key.email = partner.email
                                 OR key.is_company AND key.vat = partner.vat) THEN 100
                            WHEN key.is_company AND key.vat = partner.vat THEN 97
                            WHEN key.plain_name = partner.plain_name THEN 95
                            WHEN key.email = partner.email THEN 85 ELSE 60 END AS score,
                       CASE WHEN key.is_company AND key.vat = partner.vat
                            THEN %(same_vat)s
                            WHEN key.email = partner.email THEN %(same_email)s
                            ELSE %(same_domain)s END
                       || CASE WHEN key.plain_name = partner.plain_name
                               THEN %(same_name)s ELSE '' END AS evidence
                  FROM %(table)s AS key
                  JOIN partners AS partner
                    ON partner.is_company = key.is_company
                   AND (partner.email = key.email
                        OR (key.is_company AND (
                            partner.domain = key.domain OR partner.vat = key.vat)))
            )
            INSERT INTO crm_migration_duplicate (
                job_id, company_id, record_id, stream, kind, res_model, res_id, other_name,
                score, evidence, decision, create_uid, write_uid, create_date, write_date)
            SELECT %(job)s, %(company)s, id, stream, 'odoo', 'res.partner', other, name,
                   score, evidence || CASE WHEN equals > 1 THEN %(several)s ELSE '' END
                                   || CASE WHEN is_colleague THEN %(colleague)s ELSE '' END,
                   CASE WHEN equals = 1 AND NOT is_colleague OR %(keeps)s
                        THEN %(decision)s END,
                   %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY score DESC, other)
                              AS place,
                           count(*) OVER (PARTITION BY id, score) AS equals
                      FROM pairs) AS ranked
             WHERE place = 1
             ON CONFLICT DO NOTHING
            """,
            email=_email(SQL("partner.email")),
            vat=_vat(SQL("partner.vat")),
            plain_name=_plain(SQL("partner.name")),
            domain=_domain(SQL("partner.website"), SQL("partner.email")),
            **self._get_constants(job),
        )

    def _get_constants(self, job):
        decision = {
            "keep": SQL("'keep'"),
            "merge": SQL("CASE WHEN score >= %s THEN 'merge' END", CERTAIN),
        }.get(job.duplicate_policy, SQL("NULL"))
        return {
            "job": job.id,
            "table": self._get_table(job),
            "company": job.company_id.id,
            "uid": self.env.uid,
            "now": self.env.cr.now(),
            "decision": decision,
            "same_email": self.env._("Same e-mail address"),
            "same_vat": self.env._("Same tax number"),
            "same_domain": self.env._("Same web domain"),
            "same_name": self.env._(", same name"),
            "several": self.env._(", like others in Odoo"),
            "colleague": self.env._(", a user of Odoo"),
            "keeps": job.duplicate_policy == "keep",
        }

    def _execute(self, query, **parameters):
        self.env.cr.execute(SQL(query, **parameters) if parameters else SQL(query))

    def _finish(self, run):
        table = self._get_table(run.job_id)
        self._execute("DROP TABLE IF EXISTS %(table)s", table=table)
        self.env["crm.migration.duplicate"].invalidate_model()


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
