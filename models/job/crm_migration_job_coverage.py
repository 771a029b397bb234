"""What a migration says of its coverage: sums, the form's summary, what falls short."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ..evidence.crm_migration_missed import KINDS
from ..words.messages import agreed

NAMED = 12
"""Fields that one sentence names; the list has all of them."""


class CrmMigrationJobCoverage(models.AbstractModel):
    """The four parts add up to the filled values of everything that was staged."""

    _name = "crm.migration.job.coverage"
    _description = "Migration: Job Coverage"

    value_count = fields.Integer(compute="_compute_coverage", string="Filled Values")
    in_fields_count = fields.Integer(compute="_compute_coverage", string="In Fields")
    in_notes_count = fields.Integer(
        compute="_compute_coverage", string="In Notes and Chatter"
    )
    left_out_count = fields.Integer(compute="_compute_coverage", string="Left Out")
    unaccounted_count = fields.Integer(
        compute="_compute_coverage", string="Values Unaccounted For"
    )
    coverage_text = fields.Char(
        compute="_compute_coverage", string="Values Accounted For"
    )

    @api.depends("coverage_ids.count")
    def _compute_coverage(self):
        sums = {}
        for job, kind, count in self.env["crm.migration.coverage"]._read_group(
            [("job_id", "in", self.ids)], ["job_id", "kind"], ["count:sum"]
        ):
            sums.setdefault(job.id, {})[kind] = count
        for job in self:
            found = sums.get(job.id, {})
            job.in_fields_count = found.get("field", 0)
            job.in_notes_count = found.get("notes", 0)
            job.left_out_count = found.get("left_out", 0)
            job.unaccounted_count = found.get("unaccounted", 0)
            job.value_count = sum(found.values())
            job.coverage_text = job._format_coverage() if job.value_count else False

    def _get_coverage_share(self):
        """Return how many percent of the filled values are accounted for."""
        self.ensure_one()
        if not self.value_count:
            return 100.0
        return 100.0 * (self.value_count - self.unaccounted_count) / self.value_count

    def _format_coverage(self):
        """Return "99.7 % of 12,345 values"; never 100 % while one is missing."""
        share = self._get_coverage_share()
        if self.unaccounted_count:
            share = min(share, 99.99)
        return agreed(
            self.env,
            self.env._(
                "%(share)s %% of %(count)s [[count|value|values]]",
                share=formatLang(self.env, share, digits=2),
                count=formatLang(self.env, self.value_count, digits=0),
            ),
            {"count": self.value_count},
        )

    def _get_coverage(self):
        """Return {kind: count} of the last verification, every kind named."""
        found = dict(
            self.env["crm.migration.coverage"]._read_group(
                [("job_id", "=", self.id)], ["kind"], ["count:sum"]
            )
        )
        return {kind: found.get(kind, 0) for kind, _label in KINDS}

    def _get_unaccounted(self):
        """Return the unaccounted values per field, as shortfalls of the migration.

        :return: dicts with ``code``, ``text``, ``count`` and ``examples``, source ids
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT stream.label, sum.field, sum(sum.count),
                   (SELECT array_agg(source_id) FROM (
                        SELECT source_id FROM crm_migration_unaccounted AS listed
                         WHERE listed.run_id = sum.run_id
                           AND listed.stream_id = sum.stream_id
                           AND listed.field = sum.field
                         ORDER BY id LIMIT 5) AS first)
              FROM crm_migration_coverage AS sum
              JOIN crm_migration_stream AS stream ON stream.id = sum.stream_id
             WHERE sum.job_id = %s AND sum.kind = 'unaccounted'
             GROUP BY sum.run_id, sum.stream_id, stream.label, sum.field
             ORDER BY stream.label, sum(sum.count) DESC, sum.field
            """,
            [self.id],
        )
        return [
            {
                "code": "unaccounted",
                "text": self.env._(
                    "%(object)s, %(field)s",
                    object=label,
                    field=field,
                ),
                "count": count,
                "examples": ids or [],
            }
            for label, field, count, ids in self.env.cr.fetchall()
        ]

    def _get_shortfalls(self):
        """Return why the last verification is not all right: [(status, sentence)].

        Status 1 where Odoo holds something wrong, 3 where a value of the source is
        unaccounted for; the command line exits with the smallest.
        """
        self.invalidate_recordset()
        found = []
        if self.difference_count:
            text = agreed(
                self.env,
                self.env._(
                    "%(count)s [[count|value differs|values differ]].",
                    count=self.difference_count,
                ),
                {"count": self.difference_count},
            )
            found.append((1, text))
        if self.unaccounted_count:
            fields = [
                f"{each['text']} ({each['count']})" for each in self._get_unaccounted()
            ]
            more = len(fields) - NAMED
            text = self.env._(
                "Values of the source that are unaccounted for: %(fields)s",
                fields="; ".join(fields[:NAMED]) + ("; …" if more > 0 else ""),
            )
            found.append((3, text))
        return found

    def _get_default_reason(self):
        return self.env._("A person left the field out.")

    # -- buttons -----------------------------------------------------------------

    def action_open_coverage(self):
        return self._open(
            "crm_migration_coverage_action",
            search_default_by_stream=1,
            search_default_by_field=2,
        )

    def action_open_unaccounted(self):
        return self._open_unaccounted([])

    def _open_unaccounted(self, domain):
        action = self._open(
            "crm_migration_unaccounted_action", search_default_by_field=1
        )
        action["domain"] = [*action["domain"], *domain]
        return action
