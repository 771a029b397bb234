"""A migration of files that is read again from newer ones."""

from odoo.tools import mute_logger

from ..common import MigrationCase


class AgainCase(MigrationCase):
    def read_again(self, files):
        """Read newer files, load what they change, and verify."""
        self.read_newer(files)
        self.run_kinds("load", "verify")

    def read_newer(self, files):
        """Read newer files: name → text or bytes."""
        files = {
            f"newer {name}": text.encode() if isinstance(text, str) else text
            for name, text in files.items()
        }
        dialog = self.env["crm.migration.read.again"].create(
            {"job_id": self.job.id, "file_ids": self.upload(files).ids}
        )
        with mute_logger("odoo.addons.crm_migration"):
            dialog.action_read_again()
            self.work(self.job.run_id)

    def get_differing(self):
        """Return (source id, field) of all that the verification tells."""
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        return {(each.source_id, each.field) for each in found}
