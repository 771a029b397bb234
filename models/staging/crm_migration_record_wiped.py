"""A record of which nothing is left but its name and what became of it."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ..words.messages import agreed

CLEANED_UP = "cleaned_up"
"""Problem of a record that was loaded, and taken out of Odoo again as nobody used it."""

UNCOMPARED = SQL("record.state = 'loaded' AND record.values IS NULL")
"""Condition of the records that no verification compares any more."""


class CrmMigrationRecordWiped(models.AbstractModel):
    """What was wiped is not converted again: it would turn into nothing."""

    _name = "crm.migration.record.wiped"
    _description = "Migration: Record Wiped"

    is_wiped = fields.Boolean(
        string="Wiped", readonly=True, help="What was read of it is wiped."
    )
    accounted_as = fields.Char(
        readonly=True,
        help="Its status when its values were last accounted for, where that account is "
        "carried on since it, or others of its object, were wiped.",
    )

    # Nearly always empty: only what is wiped stands in it.
    _wiped_idx = models.Index("(job_id, stream_id) WHERE is_wiped")

    def _check_not_wiped(self):
        """Refuse what would convert these records again.

        :raises UserError: what was read of one of them is wiped
        """
        wiped = self.search([("id", "in", self.ids), ("is_wiped", "=", True)], limit=1)
        if wiped:
            raise UserError(
                self.env._(
                    "What was read of “%(record)s” is wiped. Read the source again first: "
                    "what has changed in it since, or was left out, comes back.",
                    record=wiped.display_name,
                )
            )

    def _count_wiped(self, job, condition=None):
        """Return object → how many of its records are wiped.

        :param condition: SQL that narrows them down
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT stream_id, count(*) FROM crm_migration_record AS record"
                " WHERE job_id = %s AND is_wiped AND %s GROUP BY stream_id",
                job.id,
                condition or SQL("TRUE"),
            )
        )
        return {
            self.env["crm.migration.stream"].browse(stream_id): count
            for stream_id, count in rows
        }

    def _say_uncompared(self, job):
        """Return how many records cannot be compared any more; '' where all can."""
        count = sum(self._count_wiped(job, UNCOMPARED).values())
        if not count:
            return ""
        text = self.env._(
            "The values of %(count)s loaded [[count|record|records]] are wiped and cannot be "
            "compared any more.",
            count=formatLang(self.env, count, digits=0),
        )
        return agreed(self.env, text, {"count": count})

    def _report_wiped(self, run, message, condition, streams):
        """Report for each object how many of its records are wiped, where there are any.

        :param message: (code, severity)
        :param condition: SQL that narrows the records down
        :param streams: the objects that are told of
        """
        code, severity = message
        wiped = self._count_wiped(run.job_id, condition)
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": code,
                    "severity": severity,
                    "stream": stream.name,
                    "data": {"stream": stream.label, "count": count},
                }
                for stream, count in wiped.items()
                if stream in streams
            ],
        )
