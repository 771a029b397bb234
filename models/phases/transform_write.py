"""Write what records have become, a statement for many of them."""

import json

from odoo import models

from ..evidence.crm_migration_message_solved import OF_A_LOAD
from .slices import cut

MAX_WRITTEN = 64 << 20
"""Characters of JSON written at once; PostgreSQL takes four times as many in one value."""


class CrmMigrationPhaseTransformWrite(models.AbstractModel):
    """One text for all rows of a statement: arrays of texts cost the server half as much again."""

    _name = "crm.migration.phase.transform.write"
    _description = "Migration Phase: Transform, Write"

    def _write(self, updates):
        """Write what is new: a mapping that stayed the same leaves a million rows alone.

        :param updates: list of ``{"id", "values", "name", "state", "problem"}``
        """
        text = json.dumps(updates, ensure_ascii=False)
        if len(text) > MAX_WRITTEN and len(updates) > 1:
            for half in cut(updates, (len(updates) + 1) // 2):
                self._write(half)
            return
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET values = new.values, name = new.name, state = new.state,
                   problem = new.problem, message = NULL, is_transformed = TRUE
              FROM jsonb_to_recordset(%s)
                   AS new(id int, values jsonb, name text, state text, problem text)
             WHERE record.id = new.id
               AND (record.values, record.name, record.state, record.problem,
                    record.message, record.is_transformed)
                   IS DISTINCT FROM (new.values, new.name, new.state,
                                     new.problem, NULL, TRUE)
            """,
            [text],
            log_exceptions=False,  # the log would repeat the customer's data
        )

    def _format_problems(self, run):
        """Copy the sentence of the worst message to its record, for the list."""
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET message = found.text
              FROM (
                SELECT DISTINCT ON (record_id) record_id, text
                  FROM crm_migration_message
                 WHERE run_id = %s AND phase = 'transform' AND record_id IS NOT NULL
                 ORDER BY record_id, severity = 'error' DESC, id
              ) AS found
             WHERE record.id = found.record_id
            """,
            [run.id],
        )

    def _recognize_loaded(self, run):
        """What is in Odoo is loaded, whatever a reading in between has said of it.

        It may have been unusable for a while, or left out by a filter. Said again as it
        was loaded, no load takes it: it would wait for one forever, and so would what a
        load has refused meanwhile. What is still refused is told again.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH known AS (
                UPDATE crm_migration_record AS record
                   SET state = 'loaded'
                 WHERE record.job_id = %s AND record.state = 'ready' AND EXISTS (
                       SELECT FROM crm_migration_id_map AS map
                        WHERE map.job_id = record.job_id AND map.stream = record.stream
                          AND map.source_id = record.source_id)
                RETURNING record.id)
            UPDATE crm_migration_message AS message
               SET state = 'closed', solved_run_id = %s
              FROM known
             WHERE message.record_id = known.id AND message.severity = 'error'
               AND message.solved_run_id IS NULL AND message.phase = ANY(%s)
            """,
            [run.job_id.id, run.id, list(OF_A_LOAD)],
        )
        self.env["crm.migration.message"].invalidate_model()
