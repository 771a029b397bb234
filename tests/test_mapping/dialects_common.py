"""The invented sets of three dialects, in a migration of files."""

import importlib.util
from pathlib import Path

from ..common import MigrationCase

_PATH = Path(__file__).parents[1] / "connectors/spreadsheet/dialects_by_hand.py"
_SPEC = importlib.util.spec_from_file_location("dialects_by_hand", _PATH)
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
DIALECTS = _MODULE.DIALECTS


class DialectCase(MigrationCase):
    def read_dialect(self, name, **plan):
        self.import_files(DIALECTS[name], **plan)
        self.run_kinds("discover", "extract", "transform")

    def get_line(self, source, model=None):
        lines = self.job.mapping_ids.line_ids.filtered(
            lambda line: (
                line.source == source and model in (None, line.mapping_id.model_name)
            )
        )
        return lines[:1]

    def get_values(self):
        """Return (stream, id, part) → the values of what is staged."""
        self.env.invalidate_all()
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)]
        )
        return {(r.stream, r.source_id): r.values for r in records}
