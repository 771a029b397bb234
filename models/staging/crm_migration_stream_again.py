"""Read an object again: what is new, changed or vanished since."""

from odoo import fields, models

from .crm_migration_record_vanished import UNLOADED


class CrmMigrationStreamAgain(models.AbstractModel):
    """What a complete reading did not meet has vanished from the source."""

    _name = "crm.migration.stream.again"
    _description = "Migration: Stream Again"

    vanished_count = fields.Integer(readonly=True, string="Vanished")
    new_count = fields.Integer(
        readonly=True,
        string="New",
        help="Read, and not in Odoo yet: the next load creates them.",
    )
    changed_count = fields.Integer(
        readonly=True,
        string="Changed",
        help="In Odoo, with other values than by now: the next load updates them.",
    )
    unchanged_count = fields.Integer(
        readonly=True,
        string="Unchanged",
        help="In Odoo, with the values of the source.",
    )
    conflict_count = fields.Integer(
        compute="_compute_conflict_count",
        string="In Conflict",
        help="Records with a field that somebody has changed in Odoo as well, and of "
        "which nobody has decided yet.",
    )

    def _compute_conflict_count(self):
        counts = {
            (job.id, name): count
            for job, name, count in self.env["crm.migration.conflict"]._read_group(
                [("job_id", "in", self.job_id.ids), ("state", "=", "open")],
                ["job_id", "stream"],
                ["record_id:count_distinct"],
            )
        }
        for stream in self:
            stream.conflict_count = counts.get((stream.job_id.id, stream.name), 0)

    def _count_loaded(self):
        """Return how many records of this object are in Odoo and in the source."""
        return self.env["crm.migration.record"].search_count(
            [
                ("stream_id", "=", self.id),
                ("state", "=", "loaded"),
                ("vanished_at", "=", False),
            ]
        )

    def _forget_changes(self):
        """What was new or had changed is loaded by now."""
        for stream in self:
            counts = {"new_count": 0, "changed_count": 0}
            stream.write({**counts, "unchanged_count": stream._count_loaded()})

    def action_open_conflicts(self):
        """Open what of this object was changed on both sides."""
        self.ensure_one()
        action = self.job_id.action_open_conflicts()
        action["domain"] = [*action["domain"], ("stream", "=", self.name)]
        return action

    def action_open_vanished(self):
        """Open what of this object the source does not have any more."""
        self.ensure_one()
        action = self.job_id.action_open_vanished()
        action["domain"] = [*action["domain"], ("stream_id", "=", self.id)]
        return action

    def _count_vanished(self):
        vanished = dict(
            self.env["crm.migration.record"]._read_group(
                [("stream_id", "in", self.ids), ("vanished_at", "!=", False)],
                ["stream_id"],
                ["__count"],
            )
        )
        for stream in self:
            stream.vanished_count = vanished.get(stream, 0)

    def _forget_earlier_findings(self):
        """Drop what earlier readings said; return the source ids they could not read."""
        self.ensure_one()
        earlier = self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.job_id.id),
                ("stream", "=", self.name),
                ("phase", "=", "extract"),
                ("run_id", "<", self.job_id.reading_run_id.id),
            ]
        )
        unreadable = set(earlier.filtered("source_id").mapped("source_id"))
        earlier.unlink()
        return unreadable

    def _is_sure(self, count, unreadable):
        """Tell whether what was not met is certain to be gone.

        :param count: what the source says it has, None if it does not
        :param unreadable: source ids that earlier readings could not read either
        """
        self.ensure_one()
        job = self.job_id
        if job.reading < 2 or job.since or self.error or not self.selected:
            return False
        errors = self.env["crm.migration.message"].search(
            [
                ("job_id", "=", job.id),
                ("stream", "=", self.name),
                ("phase", "=", "extract"),
                ("severity", "=", "error"),
                ("run_id", ">=", job.reading_run_id.id),
            ]
        )
        refused = set(errors.mapped("source_id"))
        known = self.env["crm.migration.record"].search(
            [("stream_id", "=", self.id), ("source_id", "in", list(refused - {False}))]
        )
        if refused - set(known.mapped("source_id")) - unreadable:
            return False  # which record it was, nobody can tell
        met = self.env["crm.migration.sighting"].search_count(
            [("stream_id", "=", self.id)]
        )
        return count is None or count <= met + len(refused)

    def _mark_vanished(self, record_ids=None):
        """Mark what is gone; what never was loaded is left out.

        :param record_ids: of the staging records that are; None: what was not met
        :return: int, how many are newly gone
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET vanished_at = %(now)s,
                   state = CASE WHEN lost THEN 'skipped' ELSE state END,
                   problem = CASE WHEN lost THEN 'vanished' ELSE problem END,
                   message = CASE WHEN lost THEN NULL ELSE message END,
                   skip_reason = CASE WHEN lost THEN %(reason)s ELSE skip_reason END
              FROM (
                SELECT staged.id, staged.state = ANY(%(unloaded)s) AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map
                         WHERE map.job_id = staged.job_id
                           AND map.stream = staged.stream
                           AND map.source_id = staged.source_id) AS lost
                  FROM crm_migration_record AS staged
                 WHERE staged.stream_id = %(stream)s AND staged.vanished_at IS NULL
                   AND CASE WHEN %(ids)s::int[] IS NULL THEN NOT EXISTS (
                            SELECT FROM crm_migration_sighting AS sighting
                             WHERE sighting.record_id = staged.id)
                       ELSE staged.id = ANY(%(ids)s) END
              ) AS gone
             WHERE record.id = gone.id
         RETURNING record.id
            """,
            {
                "now": fields.Datetime.now(),
                "stream": self.id,
                "unloaded": list(UNLOADED),
                "ids": record_ids,
                "reason": self.env._("It is not in the source any more."),
            },
        )
        gone = [record_id for (record_id,) in self.env.cr.fetchall()]
        self._resolve_gone(gone)
        self.env["crm.migration.record"].invalidate_model()
        return len(gone)

    def _resolve_gone(self, record_ids):
        """Resolve the errors of what is gone, and all that is told of what never was here."""
        self.env.cr.execute(
            """
            UPDATE crm_migration_message AS message
               SET state = 'closed', solved_run_id = %s, write_date = %s
              FROM crm_migration_record AS record
             WHERE record.id = message.record_id AND record.id = ANY(%s)
               AND message.solved_run_id IS NULL
               AND (message.severity = 'error'
                    OR record.state = 'skipped' AND record.problem = 'vanished')
            """,
            [
                self.job_id.reading_run_id.id or None,
                fields.Datetime.now(),
                record_ids,
            ],
        )
        self.env["crm.migration.message"].invalidate_model()

    def _count_unmet(self):
        self.env.cr.execute(
            """
            SELECT count(*) FROM crm_migration_record AS staged
             WHERE staged.stream_id = %s AND staged.vanished_at IS NULL
               AND NOT EXISTS (SELECT FROM crm_migration_sighting AS sighting
                                WHERE sighting.record_id = staged.id)
            """,
            [self.id],
        )
        return self.env.cr.fetchone()[0]

    def _tell_by_content(self, run, gone):
        """Say that a row without an id that was changed is a new one, and one that left."""
        new = self._count_new(run)
        if gone and new:
            data = {"stream": self.label, "new": new, "gone": gone}
            row = {"code": "rows_by_content", "severity": "warning"}
            row |= {"stream": self.name, "data": data}
            self.env["crm.migration.message"]._report(run, [row])

    def _count_new(self, run):
        """Return how many records no earlier reading had, of those not yet loaded."""
        return self.env["crm.migration.record"].search_count(
            [
                ("stream_id", "=", self.id),
                ("state", "=", "extracted"),
                ("staged_at", ">=", self.job_id.reading_run_id.create_date),
            ]
        )

    def _close_reading(self, run, count=None, by_content=False):
        """Say what is gone, if this reading can tell; else that it cannot.

        :param count: what the source says it has now
        :param by_content: a record that was changed is another one
        """
        self.ensure_one()
        if self.job_id.reading < 2:
            return
        unreadable = self._forget_earlier_findings()
        if self._is_sure(count, unreadable):
            found, code = self._mark_vanished(), "vanished"
        else:
            # Since a date most is not read, and nobody expects it.
            found = 0 if self.job_id.since else self._count_unmet()
            code = "vanished_unsure"
        if found:
            if by_content:
                self._tell_by_content(run, found)
            data = {"count": found, "stream": self.label}
            severity = "info" if code == "vanished" else "warning"
            row = {"code": code, "severity": severity, "stream": self.name}
            self.env["crm.migration.message"]._report(run, [{**row, "data": data}])
