"""The bytes of a file of the source, or the reason why they cannot be had."""

from odoo import models

from ..connectors.core.errors import RecordError
from .wording import get_error_text


class CrmMigrationJob(models.Model):
    _inherit = "crm.migration.job"

    def _replace_files(self, files):
        """Read other files from now on: a newer export of the same system.

        What was unpacked of the old ones goes.
        """
        self.ensure_one()
        earlier = self.file_ids - files
        self.file_ids = files
        files.write({"res_model": self._name, "res_id": self.id})
        self._remove_work_folder()
        earlier.unlink()

    def _read_whole_file(self, reference, limit=None):
        """Return (bytes, None), or (None, reason) for a file that is gone or broken.

        :param limit: give up beyond that many bytes; the answer is then (None, "")
        """
        self.ensure_one()
        content = bytearray()
        try:
            for chunk in self._read_file(reference):
                content += chunk
                if limit and len(content) > limit:
                    return None, ""
        except RecordError as error:
            return None, get_error_text(self.env, error)
        return bytes(content), None
