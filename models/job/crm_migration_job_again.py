"""A further reading of the whole source, and what it found.

What changed is told by the digest of a record (``staging/crm_migration_record_stage.py``);
what a source gives of changes alone, by its own ``delta.py``.
"""

from odoo import fields, models
from odoo.tools import SQL, formatLang

from ..staging.crm_migration_record_vanished import (
    ASK_FROM,
    ASK_SHARE,
    _get_parents,
    _is_read,
)
from ..words.messages import agreed


class CrmMigrationJobAgain(models.AbstractModel):
    """A reading may take several passes: one that was stopped is taken up again."""

    _name = "crm.migration.job.again"
    _description = "Migration: Job Again"

    reading = fields.Integer(readonly=True, copy=False, help="How often it was read.")
    reading_run_id = fields.Many2one(
        "crm.migration.run",
        readonly=True,
        copy=False,
        help="The run with which the present reading began.",
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

    def _is_loaded_before(self):
        """Tell whether anything of the source is in Odoo by a migration of it."""
        return bool(
            self.env["crm.migration.id.map"].search_count(
                [("job_id", "in", self._get_lineage().ids)], limit=1
            )
        )

    def _format_reading(self):
        """Return in a sentence what the present reading brought, over all its runs."""
        self.env.flush_all()
        since = self.reading_run_id.create_date or None
        self.env.cr.execute(
            SQL(
                """SELECT count(*),
                          count(*) FILTER (WHERE staged_at >= %(since)s AND res_id IS NULL),
                          count(*) FILTER (WHERE staged_at >= %(since)s AND res_id IS NOT NULL),
                          count(*) FILTER (WHERE vanished_at IS NOT NULL),
                          count(res_id)
                     FROM crm_migration_record
                    WHERE job_id = %(job)s""",
                since=since,
                job=self.id,
            )
        )
        staged, new, changed, vanished, loaded = self.env.cr.fetchone()
        if not self._is_read_again() or not loaded:
            text = self.env._(
                "%(count)s [[count|record is|records are]] staged.",
                count=formatLang(self.env, staged, digits=0),
            )
            return agreed(self.env, text, {"count": staged})
        return self.env._(
            "Since the last reading: %(new)s new, %(changed)s changed, "
            "%(vanished)s vanished.",
            new=new,
            changed=changed,
            vanished=vanished,
        )

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
