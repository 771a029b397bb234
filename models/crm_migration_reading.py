"""One reading of the source: where it stands, what it has met, what has vanished."""

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_migration_job import VANISHED_POLICIES

UNLOADED = ("extracted", "ready", "problem", "failed", "unmapped")
"""States in which a record that has vanished may still be left out altogether."""

ASK_FROM, ASK_SHARE = 10, 0.5
"""So many records, and such a share of an object, are not archived by a policy: a right
that the account has lost looks the same."""


class CrmMigrationSighting(models.Model):
    """What a second reading has met so far; a first one needs none of it.

    Rows of their own, because marking the records themselves would write a million of
    them anew to learn that nothing has changed.
    """

    _name = "crm.migration.sighting"
    _description = "Migration Sighting"
    _inherit = ["crm.migration.protected"]
    _log_access = False

    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, ondelete="cascade"
    )
    record_id = fields.Many2one(
        "crm.migration.record", required=True, ondelete="cascade"
    )

    _record_uniq = models.UniqueIndex("(record_id)")
    _stream_idx = models.Index("(stream_id)")


class CrmMigrationRecord(models.Model):
    """A record that the source does not have any more, and what becomes of it in Odoo."""

    _inherit = "crm.migration.record"

    vanished_at = fields.Datetime(
        string="Vanished On",
        readonly=True,
        help="When a complete reading did not find it in the source any more.",
    )
    vanished_choice = fields.Selection(
        VANISHED_POLICIES,
        string="Chosen for It",
        readonly=True,
        help="What becomes of it in Odoo. Empty: what the migration's option says.",
    )

    vanished_fate = fields.Selection(
        [
            *VANISHED_POLICIES,
            ("archived", "Archived in Odoo"),
            ("absent", "Not in Odoo"),
        ],
        compute="_compute_vanished_fate",
        string="Then",
        help="What becomes of it in Odoo, by what was chosen for it or by the option.",
    )

    _vanished_idx = models.Index("(job_id, stream_id) WHERE vanished_at IS NOT NULL")

    @api.depends("vanished_at", "vanished_choice")
    def _compute_vanished_fate(self):
        gone = self.filtered("vanished_at")
        (self - gone).vanished_fate = False
        for job, records in gone.grouped("job_id").items():
            links = records._get_vanished_links()
            careful = job.sudo()._get_careful_streams()
            for record in records:
                policy = "keep" if record.stream_id in careful else job.vanished_policy
                archived = links.get(record.id)
                record.vanished_fate = (
                    "absent"
                    if archived is None
                    else "archived"
                    if archived
                    else record.vanished_choice or policy
                )

    def _get_vanished_links(self):
        """Return record id → are all that it became archived, for what is in Odoo."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT record.id, bool_and(map.archived_at IS NOT NULL)
              FROM crm_migration_record AS record
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id
             WHERE record.id = ANY(%s)
             GROUP BY record.id
            """,
            [self.ids],
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _sight(self, job, keys):
        """Note that the source has these records; what had vanished is back.

        :param keys: (stream id, source id)
        """
        streams = {}
        for stream_id, source_id in keys:
            streams.setdefault(stream_id, []).append(source_id)
        for stream_id, source_ids in streams.items():
            self.env.cr.execute(
                """
                INSERT INTO crm_migration_sighting (stream_id, record_id)
                SELECT stream_id, id FROM crm_migration_record
                 WHERE stream_id = %s AND source_id = ANY(%s)
                    ON CONFLICT DO NOTHING
                """,
                [stream_id, source_ids],
            )
            stream = job.stream_ids.browse(stream_id)
            if stream.vanished_count:
                self._bring_back(stream, source_ids)

    @api.model
    def _get_stale(self, keys):
        """Return those of the records that an earlier reading could read.

        :param keys: (stream id, source id) of what could not be read now; what this
            reading has met besides is there twice, and the second one is refused
        """
        stale = set()
        for stream_id in {key[0] for key in keys}:
            self.env.cr.execute(
                """
                SELECT source_id FROM crm_migration_record AS record
                 WHERE stream_id = %s AND source_id = ANY(%s) AND NOT EXISTS (
                       SELECT FROM crm_migration_sighting AS sighting
                        WHERE sighting.record_id = record.id)
                """,
                [stream_id, [key[1] for key in keys if key[0] == stream_id]],
            )
            stale |= {(stream_id, source_id) for (source_id,) in self.env.cr.fetchall()}
        return stale

    def _bring_back(self, stream, source_ids):
        self.env.cr.execute(
            """
            UPDATE crm_migration_record
               SET vanished_at = NULL, vanished_choice = NULL,
                   skip_reason = CASE WHEN problem = 'vanished' THEN NULL
                                      ELSE skip_reason END,
                   state = CASE WHEN state = 'skipped' AND problem = 'vanished'
                                THEN 'extracted' ELSE state END,
                   problem = NULLIF(problem, 'vanished')
             WHERE stream_id = %s AND source_id = ANY(%s) AND vanished_at IS NOT NULL
            """,
            [stream.id, source_ids],
        )
        self.invalidate_model()

    # -- what a person decides ---------------------------------------------------

    def _choose(self, choice):
        """Say of vanished records what becomes of them; the next load does it."""
        records = self._as_reviewer().search(
            [("id", "in", self.ids), ("vanished_at", "!=", False)]
        )
        records.write({"vanished_choice": choice})
        return records

    def action_keep_vanished(self):
        self._choose("keep")

    def action_archive_vanished(self):
        self._choose("archive")


class CrmMigrationStream(models.Model):
    """What a complete reading did not meet has vanished from the source."""

    _inherit = "crm.migration.stream"

    vanished_count = fields.Integer(readonly=True, string="Vanished")

    def _count_staged(self):
        res = super()._count_staged()
        vanished = dict(
            self.env["crm.migration.record"]._read_group(
                [("stream_id", "in", self.ids), ("vanished_at", "!=", False)],
                ["stream_id"],
                ["__count"],
            )
        )
        for stream in self:
            stream.vanished_count = vanished.get(stream, 0)
        return res

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

    def _mark_vanished(self):
        """Mark what was not met; what never was loaded is left out.

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
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_sighting AS sighting
                        WHERE sighting.record_id = staged.id)
              ) AS gone
             WHERE record.id = gone.id
            """,
            {
                "now": fields.Datetime.now(),
                "stream": self.id,
                "unloaded": list(UNLOADED),
                "reason": self.env._("It is not in the source any more."),
            },
        )
        count = self.env.cr.rowcount
        self.env["crm.migration.record"].invalidate_model()
        return count

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


class CrmMigrationJob(models.Model):
    """A reading may take several passes: one that was stopped is taken up again."""

    _inherit = "crm.migration.job"

    reading = fields.Integer(readonly=True, copy=False, help="How often it was read.")
    reading_run_id = fields.Many2one(
        "crm.migration.run",
        readonly=True,
        copy=False,
        help="The pass with which the present reading began.",
    )
    vanished_count = fields.Integer(compute="_compute_vanished_count")

    def _compute_vanished_count(self):
        counts = dict(
            self.env["crm.migration.stream"]._read_group(
                [("job_id", "in", self.ids)], ["job_id"], ["vanished_count:sum"]
            )
        )
        for job in self:
            job.vanished_count = counts.get(job, 0)

    def _begin_reading(self, run):
        """Read from the first page on, whatever was read before."""
        self.env.flush_all()
        read_before = self._count_records([])
        self.reading = max(self.reading, 1 if read_before else 0) + 1
        self.reading_run_id = run
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_migration_sighting WHERE stream_id IN %s",
                tuple(self.stream_ids.ids or [0]),
            )
        )
        # What is said of no object is said anew where it still holds.
        self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.id),
                ("phase", "=", "extract"),
                ("stream", "=", False),
            ]
        ).unlink()
        self.stream_ids.write(
            {"is_extracted": False, "checkpoint": False, "error": False}
        )

    def _is_read_again(self):
        """Tell whether what is read was loaded by an earlier reading or migration."""
        return self.reading > 1 or bool(self._get_earlier_ids())

    def _is_to_begin(self, run):
        """Tell whether a pass begins a reading, or goes on with one that was stopped."""
        wanted = self.stream_ids.filtered(lambda s: s.selected and not s.derived_from)
        again = (run.parameters or {}).get("again")
        return again or not self.reading or all(wanted.mapped("is_extracted"))

    def _close_readings_of_derived(self, run, definitions):
        """Judge the objects that came with the pages of others, once all are read."""
        streams = {stream.name: stream for stream in self.stream_ids}
        for stream in self.stream_ids.filtered(lambda s: s.selected and s.derived_from):
            parents = _get_parents(stream.name, definitions)
            if all(_is_read(streams.get(name)) for name in parents):
                stream._close_reading(run)

    def _get_careful_streams(self):
        """Return the objects of which so much is gone that only a person may archive."""
        return self.stream_ids.filtered(
            lambda s: (
                s.vanished_count >= ASK_FROM
                and s.vanished_count > s.staged_count * ASK_SHARE
            )
        )


def _get_parents(name, definitions):
    """Return the objects that must be read whole for a derived one to be known whole."""
    found, waiting = set(), [name]
    while waiting:
        definition = definitions.get(waiting.pop())
        if definition is None or not definition.derived_from:
            continue
        above = {definition.derived_from, *definition.depends_on} - {name}
        waiting += above - found
        found |= above
    return found


def _is_read(stream):
    """Tell whether an object was read to its end, or never was at all."""
    if not stream or not stream.selected:
        return not stream or not stream.staged_count
    return bool(stream.derived_from) or stream.is_extracted and not stream.error
