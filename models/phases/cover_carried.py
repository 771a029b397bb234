"""What was accounted for before it was wiped, and is there again, is not counted twice."""

from collections import Counter

from odoo import models

from ..coverage.leaves import walk

ROWS = 1000
"""Records that are looked at at once."""

LEFT_OUT = ("left_out", "unaccounted", "notes", "field")
WAITING = ("unaccounted", "left_out", "notes", "field")
PARTS = {
    "loaded": ("field", "notes", "left_out", "unaccounted"),
    "extracted": WAITING,
    "ready": WAITING,
}
"""In which part the values of a record are looked for first, by its status at that time."""


class CrmMigrationPhaseCoverCarried(models.AbstractModel):
    """A carried account is a sum for each field: its records are not told apart in it.

    So each value that a record has now takes the place of one that was carried of the same
    field: no more values are accounted for than the source has.
    """

    _name = "crm.migration.phase.cover.carried"
    _description = "Migration Phase: Cover, Carried"

    def _note_reach(self, run):
        """Write down up to which staging record this account reaches."""
        self.env.cr.execute(
            "SELECT max(id) FROM crm_migration_record WHERE job_id = %s",
            [run.job_id.id],
        )
        [last] = self.env.cr.fetchone()
        run.parameters = {**(run.parameters or {}), "until": last or 0}

    def _take_over_carried(self, run):
        """Take out of the carried account what is looked at again from here on."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT kept.stream_id, max(COALESCE((made.parameters ->> 'until')::int, %s))
              FROM crm_migration_coverage AS kept
              JOIN crm_migration_run AS made ON made.id = kept.run_id
             WHERE kept.job_id = %s AND kept.is_carried GROUP BY kept.stream_id
            """,
            [2**31 - 1, run.job_id.id],
        )
        for stream_id, until in self.env.cr.fetchall():
            stream = self.env["crm.migration.stream"].browse(stream_id)
            self._take_out(stream, self._count_again(run, stream, until))
        self.env.cr.execute(
            "UPDATE crm_migration_record SET accounted_as = NULL"
            " WHERE job_id = %s AND accounted_as IS NOT NULL AND is_wiped IS NOT TRUE",
            [run.job_id.id],
        )
        self.env.invalidate_all()

    def _count_again(self, run, stream, until):
        """Return (field, status at that time) → values of records that are there again."""
        counts, plan, after = Counter(), None, 0
        while rows := self._fetch_again(stream, after, until):
            plan = plan or self._get_stream_plan(run, stream)
            for row in rows:
                for path, _value in walk(row["payload"] or {}):
                    of_path = plan.of(path)
                    if not of_path.is_derived:
                        counts[of_path.field, row["accounted_as"]] += 1
            after = rows[-1]["id"]
            self.env.cr.execute(
                "DELETE FROM crm_migration_unaccounted WHERE record_id = ANY(%s)",
                [[row["id"] for row in rows]],
            )
        return counts

    def _fetch_again(self, stream, after, until):
        return self._fetch(
            "SELECT id, payload, accounted_as FROM crm_migration_record"
            " WHERE stream_id = %s AND id > %s AND id <= %s"
            " AND accounted_as IS NOT NULL AND is_wiped IS NOT TRUE"
            " ORDER BY id LIMIT %s",
            [stream.id, after, until, ROWS],
        )

    def _take_out(self, stream, counts):
        """Lower the carried sums of fields, the most likely part first."""
        kept = self.env["crm.migration.coverage"].search(
            [("stream_id", "=", stream.id), ("is_carried", "=", True)]
        )
        by_field = kept.grouped("field")
        for (field, status), left in counts.items():
            rows = by_field.get(field, kept.browse()).grouped("kind")
            parts = PARTS.get(status, LEFT_OUT)
            ordered = [row for part in parts for row in rows.get(part, ())]
            for row in ordered:
                taken = min(left, row.count)
                row.count -= taken
                left -= taken
        kept.filtered(lambda row: not row.count).unlink()
