"""Find records that may be the same: within the source, and against Odoo."""

from odoo import models
from odoo.tools import SQL

from ..duplicates.comparing import compare, get_evidence, get_score
from ..duplicates.rules import BLOCKS, LARGEST, LEAD, LOWEST
from .match_marks import _get_capped


class CrmMigrationPhaseMatch(models.AbstractModel):
    """It proposes, never merges; the work grows as the records, whatever they share.

    Who shares a mark is compared sign by sign; of all that a record looks like, the
    likeliest in the source and the likeliest in Odoo are written down.
    """

    _name = "crm.migration.phase.match"
    _description = "Migration Phase: Match"
    _inherit = ["crm.migration.phase.match.shared", "crm.migration.phase"]
    _changes_staged = False

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
        its end. Of some records only, those that Odoo does not have yet are asked about.
        """
        chosen = run._get_chosen()
        if chosen is not None and not self._are_new(run.job_id, chosen):
            return ()
        steps = (
            self._clear,
            self._collect_source,
            self._collect_odoo,
            self._collect_odoo_leads,
            self._find_pairs,
            self._match,
        )
        return steps if chosen is not None else (*steps, self._report_large)

    def _are_new(self, job, ids):
        """Tell whether a contact or a lead of which Odoo knows nothing is among records."""
        rows = self._fetch(
            """
            SELECT record.id FROM crm_migration_record AS record
              JOIN crm_migration_mapping AS mapping
                ON mapping.stream_id = record.stream_id AND mapping.part = ''
               AND mapping.model_name IN ('res.partner', 'crm.lead')
             WHERE record.id = ANY(%s) AND record.state = 'ready' AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS map
                    WHERE map.job_id = ANY(%s) AND map.stream = record.stream
                      AND map.source_id = record.source_id AND map.part = '')
             LIMIT 1
            """,
            [list(ids), job._get_lineage().ids],
        )
        return bool(rows)

    def _get_largest(self):
        return LARGEST

    def _match(self, run, after):
        """Of records that look alike the first stays, the later ones are proposed."""
        job = run.job_id
        tables = self._get_tables(job)
        bounds = self._get_bounds(tables["keys"], after, SQL("NOT is_odoo"))
        if not bounds:
            return None
        for is_odoo in (False, True):
            self._execute(
                """
                INSERT INTO crm_migration_duplicate (
                    job_id, company_id, record_id, stream, kind, other_record_id,
                    res_model, res_id, other_name, score, evidence, contradiction,
                    is_held, decision, create_uid, write_uid, create_date, write_date)
                SELECT best.*, %(decision)s, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM (%(best)s) AS best
                 ORDER BY record_id
                    ON CONFLICT DO NOTHING
                """,
                best=self._get_best(run, bounds, is_odoo),
                decision=job._get_duplicate_decision(),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        return self._go_on(run, bounds)

    def _get_best(self, run, bounds, is_odoo):
        """Return the query of the likeliest other one of each record."""
        job = run.job_id
        pairs = SQL(
            """
            %(pairs)s AS pair
              -- One by one: the whole table would be read for each stretch.
              JOIN LATERAL (
                   SELECT * FROM %(keys)s
                    WHERE id = pair.id AND NOT is_odoo LIMIT 1) AS one ON TRUE
              JOIN LATERAL (
                   SELECT * FROM %(keys)s
                    WHERE id = pair.other_id AND is_odoo = %(is_odoo)s
                      AND is_lead = one.is_lead LIMIT 1) AS other
                -- Within the source two leads of one contact are two.
                ON (%(is_odoo)s OR NOT one.is_lead)
               AND pair.is_odoo = %(is_odoo)s
               AND pair.id > %(after)s AND pair.id <= %(last)s
               AND (%(chosen)s::int[] IS NULL OR pair.id = ANY(%(chosen)s))
            """,
            is_odoo=is_odoo,
            chosen=run._get_chosen(),
            **bounds,
            **self._get_tables(job),
        )
        return SQL(
            """
            SELECT %(job)s AS job_id, %(company)s AS company_id, best.id AS record_id,
                   best.stream, %(where)s, best.said AS evidence,
                   best.denied AS contradiction, is_several OR is_colleague AS is_held
              FROM (SELECT ranked.*, %(said)s AS said, %(denied)s AS denied
                      FROM (SELECT scored.*, is_colleague,
                                   row_number() OVER (
                                       PARTITION BY scored.id
                                       ORDER BY score DESC, other_id) AS place,
                                   %(is_odoo)s AND count(*) OVER (
                                       PARTITION BY scored.id, score) > 1 AS is_several
                              FROM (SELECT signs.*, %(score)s AS score
                                      FROM (%(signs)s OFFSET 0) AS signs
                                    OFFSET 0) AS scored,
                                   LATERAL (SELECT %(is_odoo)s AND kind <> %(lead)s
                                       AND EXISTS (
                                           SELECT FROM res_users AS colleague
                                            WHERE colleague.partner_id = scored.other_id
                                              AND colleague.share IS NOT TRUE)
                                       AS is_colleague) AS held
                             WHERE score >= %(lowest)s) AS ranked
                     WHERE place = 1) AS best
              %(other)s
            """,
            job=job.id,
            company=job.company_id.id,
            is_odoo=is_odoo,
            score=get_score(),
            signs=compare(pairs, self.env.registry.has_trigram),
            lowest=LOWEST,
            lead=LEAD,
            said=_capitalize(self._add_held(get_evidence(self._get_words(), True))),
            denied=_capitalize(get_evidence(self._get_words(), False)),
            **_get_other(is_odoo),
        )

    def _add_held(self, evidence):
        """Add why the thresholds alone never merge a pair."""
        return SQL(
            "concat_ws(', ', %s, CASE WHEN is_several THEN %s END,"
            " CASE WHEN is_colleague THEN %s END)",
            evidence,
            self.env._("like others in Odoo"),
            self.env._("a user of Odoo"),
        )

    def _report_large(self, run, after):
        """Name the marks that too many share: nobody is proposed by them alone."""
        rows = self._fetch(
            SQL(
                """
                SELECT large.rule, large.count, large.in_odoo, key.email, key.vat,
                       key.domain, key.phone
                  FROM (SELECT rule, min(id) FILTER (WHERE NOT is_odoo) AS first_id,
                               count(*) FILTER (WHERE NOT is_odoo) AS count,
                               count(*) FILTER (WHERE is_odoo) AS in_odoo
                          FROM %(marks)s WHERE rule IN %(capped)s
                         GROUP BY hash, rule
                        HAVING GREATEST(count(*) FILTER (WHERE is_odoo),
                                        count(*) FILTER (WHERE NOT is_odoo))
                               > %(largest)s) AS large
                  JOIN %(keys)s AS key ON key.id = large.first_id AND NOT key.is_odoo
                 ORDER BY large.count DESC
                """,
                capped=_get_capped(),
                largest=self._get_largest(),
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
                    "field": BLOCKS[row["rule"]].field,
                    "value": row[BLOCKS[row["rule"]].field],
                    "data": {"count": row["count"], "in_odoo": row["in_odoo"]},
                }
                for row in rows
            ],
        )

    # -- what they share ---------------------------------------------------------

    def _get_words(self):
        """Return sign and what came out → how the review says it."""
        return {
            "vat same": self.env._("same tax number"),
            "vat other": self.env._("another tax number"),
            "email same": self.env._("same e-mail address"),
            "email mailbox": self.env._("same mailbox"),
            "email alike": self.env._("similar e-mail address"),
            "email other": self.env._("another e-mail address"),
            "domain same": self.env._("same web domain"),
            "domain other": self.env._("another web domain"),
            "phone same": self.env._("same telephone number"),
            "phone other": self.env._("another telephone number"),
            "address same": self.env._("same address"),
            "address other": self.env._("another address"),
            "address moved": self.env._("another address"),
            "employer same": self.env._("same company"),
            "contact same": self.env._("same contact"),
            "amount same": self.env._("same amount"),
            "amount other": self.env._("another amount"),
            "name same": self.env._("same name"),
            "name full": self.env._("same name"),
            "name single": self.env._("same name"),
            "name alike": self.env._("similar name"),
            "name initial": self.env._("name abbreviated"),
            "name part": self.env._("part of the name"),
            "name married": self.env._("another family name"),
            "name given": self.env._("another family name"),
            "name family": self.env._("another first name"),
            "name other": self.env._("another name"),
            "name stranger": self.env._("another name"),
            "generation other": self.env._("junior or senior"),
            "legal_form other": self.env._("another legal form"),
        }

    def _finish(self, run):
        run.done = run.total
        self._drop_tables(run.job_id)
        self.env["crm.migration.message"]._close_solved(run, ["match"])
        self.env["crm.migration.duplicate"].invalidate_model()


def _capitalize(text):
    return SQL(
        "(SELECT NULLIF(upper(left(said, 1)) || substr(said, 2), '')"
        " FROM (SELECT %s AS said OFFSET 0) AS words)",
        text,
    )


def _get_other(is_odoo):
    """Return the columns of where the other one is, and whom to join for its name."""
    if not is_odoo:
        return {
            "where": SQL(
                "'source', other.id AS other_record_id, NULL AS res_model,"
                " NULL::integer AS res_id, other.name AS other_name, best.score"
            ),
            "other": SQL(
                "JOIN crm_migration_record AS other ON other.id = best.other_id"
            ),
        }
    return {
        "where": SQL(
            "'odoo', NULL::integer AS other_record_id,"
            " CASE WHEN kind = %(lead)s THEN 'crm.lead' ELSE 'res.partner' END AS res_model,"
            " best.other_id AS res_id, COALESCE(lead.name, partner.name) AS other_name,"
            " best.score",
            lead=LEAD,
        ),
        "other": SQL(
            "LEFT JOIN res_partner AS partner ON partner.id = best.other_id"
            " AND kind <> %(lead)s"
            " LEFT JOIN crm_lead AS lead ON lead.id = best.other_id AND kind = %(lead)s",
            lead=LEAD,
        ),
    }
