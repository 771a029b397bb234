"""A further reading of the whole source, and what it found."""

from odoo import fields, models
from odoo.tools import SQL

from ..staging.crm_migration_record_vanished import (
    ASK_FROM,
    ASK_SHARE,
    _get_parents,
    _is_read,
)


class CrmMigrationJobAgain(models.AbstractModel):
    """A reading may take several passes: one that was stopped is taken up again."""

    _name = "crm.migration.job.again"
    _description = "Migration: Job Again"

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
