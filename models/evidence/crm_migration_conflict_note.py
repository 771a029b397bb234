"""How conflicts are written down and settled: set-based, by who compares or loads."""

import json

from odoo import api, models

COLUMNS = (
    *("job_id", "run_id", "record_id", "stream", "source_id", "part"),
    *("res_model", "res_id", "field", "takes_source", "then_value", "theirs_value"),
    *("mine_value", "then_text", "theirs_text", "mine_text"),
)
"""What is told of a conflict; the values as JSON lists of one, for *nothing* is one too."""

VALUES = ("then_value", "theirs_value", "mine_value")


def pack(value):
    """Return a plain value as it is kept, comparable as text.

    >>> pack(0), pack(False)
    ('[0]', '[false]')
    """
    return json.dumps([value], sort_keys=True, ensure_ascii=False, default=str)


class CrmMigrationConflictNote(models.AbstractModel):
    """A decision holds for the two values that were seen, and for no others."""

    _name = "crm.migration.conflict.note"
    _description = "Migration: Conflict Note"

    @api.model
    def _note(self, rows):
        """Write conflicts down; what was decided about other values is asked anew.

        :param rows: dicts of ``COLUMNS``; one for each record, part and field
        """
        if not rows:
            return
        given = {
            (
                row["job_id"],
                row["stream"],
                row["source_id"],
                row["part"],
                row["field"],
            ): (tuple(row[name] for name in COLUMNS))
            for row in rows
        }
        self.env.cr.execute_values(
            f"""
            INSERT INTO crm_migration_conflict AS old
                   ({", ".join(COLUMNS)}, state, noted_at)
            VALUES %s
                ON CONFLICT (job_id, stream, source_id, part, field)
                   WHERE state <> 'settled' DO UPDATE
               SET run_id = EXCLUDED.run_id, record_id = EXCLUDED.record_id,
                   res_id = EXCLUDED.res_id, theirs_text = EXCLUDED.theirs_text,
                   mine_text = EXCLUDED.mine_text, noted_at = EXCLUDED.noted_at,
                   theirs_value = EXCLUDED.theirs_value,
                   mine_value = EXCLUDED.mine_value,
                   state = CASE WHEN {_SAME} THEN old.state ELSE 'open' END,
                   decision = CASE WHEN {_SAME} THEN old.decision END,
                   own_value = CASE WHEN {_SAME} THEN old.own_value END,
                   own_text = CASE WHEN {_SAME} THEN old.own_text END
            """,
            list(given.values()),
            template=f"({', '.join(['%s'] * len(COLUMNS))}, 'open',"
            " now() AT TIME ZONE 'UTC')",
            page_size=500,
        )
        self.env["crm.migration.conflict"].invalidate_model()

    @api.model
    def _fetch_unsettled(self, job, stream, part, source_ids):
        """Return source id → field → what is known of its conflict."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT id, source_id, field, decision, takes_source, then_value,
                   theirs_value, mine_value, own_value
              FROM crm_migration_conflict
             WHERE job_id = %s AND stream = %s AND part = %s AND source_id = ANY(%s)
               AND state <> 'settled'
            """,
            [job.id, stream, part, source_ids],
        )
        found = {}
        for row in self.env.cr.dictfetchall():
            for name in (*VALUES, "own_value"):
                row[name] = row[name] and pack(json.loads(row[name])[0])
            found.setdefault(row["source_id"], {})[row["field"]] = row
        return found

    @api.model
    def _settle(self, run, ids, applied=()):
        """Write down that conflicts are over.

        :param applied: those of the ids that a load has settled as somebody decided; the
            others are gone by themselves, whatever was decided
        """
        if not ids:
            return
        self.env.cr.execute(
            """
            UPDATE crm_migration_conflict
               SET state = 'settled', settled_run_id = %s,
                   settled_at = now() AT TIME ZONE 'UTC',
                   decision = CASE WHEN id = ANY(%s::int[]) THEN decision END
             WHERE id = ANY(%s)
            """,
            [run.id or None, list(applied), ids],
        )
        self.env["crm.migration.conflict"].invalidate_model()

    @api.model
    def _let_stand(self, ids):
        """The source says again what it said at first: the load lets Odoo's value stand."""
        if not ids:
            return
        self.env.cr.execute(
            """
            UPDATE crm_migration_conflict
               SET state = 'decided', decision = 'odoo', own_value = NULL,
                   own_text = NULL, theirs_value = then_value, theirs_text = then_text
             WHERE id = ANY(%s)
            """,
            [ids],
        )
        self.env["crm.migration.conflict"].invalidate_model()

    @api.model
    def _forget_gone(self, job):
        """Drop what was told of records that a rollback has taken back.

        What it kept has the value again that it had before somebody decided: the
        decision is open once more.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM crm_migration_conflict AS conflict
             WHERE job_id = %s AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS map
                    WHERE map.job_id = conflict.job_id AND map.stream = conflict.stream
                      AND map.source_id = conflict.source_id
                      AND map.part = conflict.part)
            """,
            [job.id],
        )
        self.env["crm.migration.conflict"].invalidate_model()

    @api.model
    def _reopen_undone(self, job, res_model, undone):
        """Ask again of what was applied and has been taken back, the last one a field.

        :param undone: (id, field) that have the values from before again
        """
        if not undone:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_migration_conflict AS conflict
               SET state = 'open', decision = NULL, own_value = NULL, own_text = NULL,
                   settled_run_id = NULL, settled_at = NULL
              FROM unnest(%(ids)s, %(names)s) AS undone (res_id, field)
             WHERE job_id = %(job)s AND res_model = %(model)s
               AND conflict.res_id = undone.res_id AND conflict.field = undone.field
               AND state = 'settled' AND decision IN ('source', 'own')
               AND NOT EXISTS (
                   SELECT FROM crm_migration_conflict AS later
                    WHERE later.job_id = conflict.job_id
                      AND later.stream = conflict.stream
                      AND later.source_id = conflict.source_id
                      AND later.part = conflict.part AND later.field = conflict.field
                      AND (later.state <> 'settled'
                           OR later.id > conflict.id AND later.decision <> 'odoo'))
            """,
            {
                "job": job.id,
                "model": res_model,
                "ids": [res_id for res_id, _name in undone],
                "names": [name for _res_id, name in undone],
            },
        )
        self.env["crm.migration.conflict"].invalidate_model()


_SAME = (
    "(old.theirs_value, old.mine_value)"
    " IS NOT DISTINCT FROM (EXCLUDED.theirs_value, EXCLUDED.mine_value)"
)
