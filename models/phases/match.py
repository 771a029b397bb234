"""Find records that may be the same: within the source, and against Odoo."""

from odoo import models
from odoo.tools import SQL

from ..duplicates.rules import CERTAIN, LARGEST, RULES, by_rule, get_capped, get_marks


class CrmMigrationPhaseMatch(models.AbstractModel):
    """It proposes, never merges; the work grows as the records, whatever they share.

    Records with the same mark are a block, of which only the first and the number are
    kept: each record is compared with the first of its blocks, never with all others.
    """

    _name = "crm.migration.phase.match"
    _description = "Migration Phase: Match"
    _inherit = ["crm.migration.phase.match.marks", "crm.migration.phase"]

    def _start(self, run):
        run.total = 3 * self.env["crm.migration.record"].search_count(
            [("job_id", "=", run.job_id.id), ("state", "=", "ready")]
        )

    def _work_place(self, run, place, after):
        self.env.flush_all()
        return place(run, after)

    def _get_plan(self, run):
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
            score=by_rule(*(SQL(rule.score_source) for rule in RULES)),
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
            score=by_rule(*(SQL("%s", rule.score_odoo) for rule in RULES)),
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
            marks=get_marks(),
            capped=get_capped(),
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
                capped=get_capped(),
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

    def _get_evidence(self):
        """Return the words for what two records have in common, by rule."""
        words = {
            "same_email": self.env._("Same e-mail address"),
            "same_vat": self.env._("Same tax number"),
            "same_domain": self.env._("Same web domain"),
            "same_name": self.env._(", same name"),
        }
        return by_rule(
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

    def _finish(self, run):
        run.done = run.total
        self._drop_tables(run.job_id)
        self.env["crm.migration.message"]._close_solved(run, ["match"])
        self.env["crm.migration.duplicate"].invalidate_model()
