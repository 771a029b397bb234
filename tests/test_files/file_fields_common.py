"""Some files of a CRM that somebody exported, from their columns to the database."""

from ..common import MigrationCase


class FileFieldsCase(MigrationCase):
    """Each test migrates some files of a CRM that somebody exported."""

    def migrate(self, **contents):
        """Read, decide and load files; keyword: name of the file, ``__`` for its dot."""
        self.migrate_to("load", **contents)

    def migrate_to(self, last, **contents):
        kinds = ("discover", "extract", "load")
        kinds = kinds[: kinds.index(last) + 1]
        self.import_files(
            contents,
            options={"duplicate_policy": "keep", "tz": "Europe/Lisbon"},
        )
        self.run_kinds(*kinds)

    def loaded(self, stream, source_id):
        found = self.migrated(stream, source_id)
        if found is None and source_id.isdecimal():
            # Rows without ids are meant by their place in the file.
            rows = self.env["crm.migration.id.map"].search(
                [
                    ("job_id", "=", self.job.id),
                    ("stream", "=", stream),
                    ("part", "=", ""),
                ],
                order="id",
            )
            rows = rows.filtered(lambda row: len(row.source_id) >= 16)
            for row in rows[int(source_id) - 1 : int(source_id)]:
                found = self.env[row.res_model].browse(row.res_id)
        return found

    def messages(self, code=None):
        domain = [("job_id", "=", self.job.id)]
        return self.env["crm.migration.message"].search(
            domain + ([("code", "=", code)] if code else [])
        )

    def values(self, name):
        """Return key → what a value list decided."""
        rows = self.job.value_map_ids.filtered(lambda row: row.list == name)
        return {row.key: row.choice or row.decision for row in rows}

    def verify(self):
        """Verify; return the values that are unaccounted for."""
        run = self.run_kind("verify")
        self.assertEqual(run.state, "done", run.blocked_reason)
        return self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
