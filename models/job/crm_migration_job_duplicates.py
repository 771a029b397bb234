"""What becomes of possible duplicates by their score alone, told before it is done."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..duplicates.rules import LOWEST
from ..words.messages import agreed

DECIDING = ("duplicate_policy", "duplicate_merge_from", "duplicate_ask_from")


class CrmMigrationJobDuplicates(models.AbstractModel):
    """Thresholds decide about every pair that nobody has decided about, and again."""

    _name = "crm.migration.job.duplicates"
    _description = "Migration: Job Duplicates"

    duplicate_forecast = fields.Text(
        string="That Means", compute="_compute_duplicate_forecast"
    )

    @api.constrains("duplicate_merge_from", "duplicate_ask_from")
    def _check_duplicate_thresholds(self):
        for job in self:
            if not 0 <= job.duplicate_ask_from <= job.duplicate_merge_from <= 100:
                raise ValidationError(
                    self.env._(
                        "Thresholds of duplicates lie between 0 and 100, and what is merged "
                        "has at least the score of what is asked about."
                    )
                )

    @api.depends(*DECIDING)
    def _compute_duplicate_forecast(self):
        """Count what the thresholds on the screen would do, saved or not."""
        for job in self:
            job.duplicate_forecast = job._forecast_duplicates()

    def _forecast_duplicates(self):
        self.env["crm.migration.duplicate"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*) FILTER (WHERE decision = 'merge'),
                       count(*) FILTER (WHERE decision IS NULL),
                       count(*) FILTER (WHERE decision = 'keep'),
                       (SELECT count(*) FROM crm_migration_duplicate
                         WHERE job_id = %(job)s AND decided_by_id IS NOT NULL)
                  FROM (SELECT %(decision)s AS decision FROM (%(pairs)s) AS pair) AS decided
                """,
                job=self._origin.id or 0,
                decision=self._get_duplicate_decision(),
                pairs=self._get_undecided_pairs(),
            )
        )
        names = ("merged", "asked", "kept", "decided")
        counts = dict(zip(names, self.env.cr.fetchone(), strict=True))
        if not any(counts.values()):
            return False
        return agreed(
            self.env,
            self.env._(
                "%(merged)s [[merged|pair is|pairs are]] merged, %(asked)s "
                "[[asked|waits|wait]] for you, %(kept)s [[kept|is|are]] kept as two. "
                "%(decided)s [[decided|was|were]] decided by a person and "
                "[[decided|stays|stay]] so.",
                **counts,
            ),
            counts,
        )

    def _get_undecided_pairs(self):
        """Return the query of the pairs that nobody decided about and nothing is loaded of."""
        return SQL(
            """
            SELECT pair.id, pair.score, pair.is_held
              FROM crm_migration_duplicate AS pair
              JOIN crm_migration_record AS record ON record.id = pair.record_id
             WHERE pair.job_id = %s AND pair.decided_by_id IS NULL
               AND record.state NOT IN ('loaded', 'skipped')
            """,
            self._origin.id or 0,
        )

    def _get_duplicate_decision(self):
        """Return the SQL of what the thresholds say of a row with ``score``, ``is_held``."""
        if self.duplicate_policy == "keep":
            return SQL("'keep'")
        merges = self.duplicate_policy == "merge"
        return SQL(
            "CASE WHEN score < %s THEN 'keep'"
            " WHEN %s AND score >= %s AND NOT is_held THEN 'merge' END",
            max(self.duplicate_ask_from, LOWEST),
            merges,
            self.duplicate_merge_from,
        )

    def write(self, vals):
        """Let new thresholds decide again about what nobody has decided about."""
        done = super().write(vals)
        if not vals.keys().isdisjoint(DECIDING):
            self._decide_duplicates()
        return done

    def _decide_duplicates(self):
        self.env["crm.migration.duplicate"].flush_model()
        self.flush_recordset()
        for job in self:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE crm_migration_duplicate AS pair SET decision = decided.decision
                      FROM (SELECT id, %(decision)s AS decision
                              FROM (%(pairs)s) AS undecided) AS decided
                     WHERE decided.id = pair.id
                       AND pair.decision IS DISTINCT FROM decided.decision
                    """,
                    decision=job._get_duplicate_decision(),
                    pairs=job._get_undecided_pairs(),
                )
            )
        self.env["crm.migration.duplicate"].invalidate_model()
        self.invalidate_recordset(["duplicate_open_count", "duplicate_forecast"])
