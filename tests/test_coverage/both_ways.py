"""Cover a migration twice: what SQL settles first comes to the same as Python alone."""

from ...models.phases.cover import IN_PYTHON

EVIDENCE = {
    "crm_migration_coverage": "stream_id, field, kind, reason, is_zero, count",
    "crm_migration_unaccounted": "record_id, field, path, value, reason, is_zero",
    "crm_migration_difference": "record_id, res_id, field, kind, expected, found, state",
    "crm_migration_reconciliation": (
        "stream_id, in_fields_count, in_notes_count, left_out_count, unaccounted_count"
    ),
}
"""Table → what a coverage writes into it."""


class BothWays:
    """Mixed into a test case with a ``job``."""

    def cover(self):
        """Run the half of the verification that starts from the payload, both ways."""
        long, short = self.cover_by(True), self.cover_by(False)
        self.assertEqual(short, long)

    def cover_by(self, in_python):
        """Cover by one of the two ways; return every row that came of it."""
        run = self.env["crm.migration.run"].create(
            {"job_id": self.job.id, "kind": "verify", "phase": "cover"}
        )
        self.job.run_id = run
        run = run.with_context(**{IN_PYTHON: in_python})
        run._enter("cover")
        while run.state == "running":
            run._advance()  # what is wrong shows as it is
        self.env.invalidate_all()
        return [self._fetch_rows(run, *each) for each in EVIDENCE.items()]

    def _fetch_rows(self, run, table, columns):
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT {columns} FROM {table} WHERE run_id = %s ORDER BY {columns}",
            [run.id],
        )
        return self.env.cr.fetchall()
