"""A problem that a later pass does not meet any more is resolved, and stays as proof."""

from odoo import api, fields, models
from odoo.tools import SQL

OF_A_LOAD = ("prepare", "load", "link", "settle", "archive")
"""Phases whose messages mean nothing any more once their records are taken back."""

OF_A_PROOF = ("verify", "reread", "cover")


class CrmMigrationMessageSolved(models.AbstractModel):
    """Nobody has to close by hand what was corrected, mapped or let pass since."""

    _name = "crm.migration.message.solved"
    _description = "Migration: Message Solved"

    solved_run_id = fields.Many2one(
        "crm.migration.run",
        string="Resolved By",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The run that did not meet it any more.",
    )

    @api.model
    def _close_solved(self, run, phases, everything=True):
        """Close what earlier runs told in these phases and this one did not.

        What it told again stands once, as it is told now.

        :param everything: the run has looked at all records that it is about; else only
            what it has written or told of is known to be solved
        """
        self.env.flush_all()
        earlier = SQL(
            """old.job_id = %(job)s AND old.phase = ANY(%(phases)s)
               AND old.run_id IS DISTINCT FROM %(run)s AND old.solved_run_id IS NULL""",
            run=run.id,
            job=run.job_id.id,
            phases=list(phases),
        )
        self.env.cr.execute(
            SQL(
                """DELETE FROM crm_migration_message AS old
                    USING crm_migration_message AS new
                    WHERE %s AND %s""",
                earlier,
                SQL(
                    """new.job_id = old.job_id AND new.run_id = %s
                       AND new.phase = old.phase AND new.code = old.code
                       AND (new.stream, new.source_id, new.field, new.value)
                           IS NOT DISTINCT FROM
                           (old.stream, old.source_id, old.field, old.value)""",
                    run.id,
                ),
            )
        )
        known = SQL("TRUE") if everything else self._is_known_to(run)
        if (chosen := run._get_chosen()) is not None:
            known = SQL("old.record_id = ANY(%s) AND %s", chosen, known)
        self.env.cr.execute(
            SQL(
                """UPDATE crm_migration_message AS old
                      SET state = 'closed', solved_run_id = %s
                    WHERE %s AND %s""",
                run.id,
                earlier,
                known,
            )
        )
        self.invalidate_model()

    def _is_known_to(self, run):
        """Return the condition on what a load has come to, beside its unchanged records.

        Of a record whose parts were not all written again only errors are solved for
        sure: it is loaded. A link that waited for what a filter left out is set without
        a write of its own.
        """
        return SQL(
            """(old.record_id IS NULL
                OR EXISTS (SELECT FROM crm_migration_message AS new
                            WHERE new.record_id = old.record_id AND new.run_id = %(run)s
                              AND new.phase <> 'transform')
                OR EXISTS (SELECT FROM crm_migration_id_map AS map
                            WHERE map.job_id = old.job_id AND map.stream = old.stream
                              AND map.source_id = old.source_id
                           HAVING bool_and(map.changed_run_id IS NOT DISTINCT FROM %(run)s)
                               OR bool_or(map.changed_run_id = %(run)s)
                                  AND old.severity = 'error'
                               OR old.code = 'reference_filtered'
                                  AND count(map.deferred) = 0))
               AND NOT EXISTS (SELECT FROM crm_migration_record AS record
                                WHERE record.id = old.record_id
                                  AND record.state = 'failed' AND old.severity = 'error'
                                  AND NOT EXISTS (
                                      SELECT FROM crm_migration_message AS new
                                       WHERE new.record_id = record.id
                                         AND new.run_id = %(run)s
                                         AND new.severity = 'error'))""",
            run=run.id,
        )
