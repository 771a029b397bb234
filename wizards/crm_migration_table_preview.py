"""What dialogs show of files: how they are read, what they hold, and what else it may be."""

import importlib

from odoo import models

from ..connectors import get_source_class
from ..connectors.core.errors import ConnectorError
from ..models.job.crm_migration_job_starting import CHECK_SECONDS
from ..models.words.mapping import KINDS
from ..models.words.messages import format_message, translate


class CrmMigrationTablePreview(models.AbstractModel):
    """A source whose package has a function ``preview(files, file_options)`` offers it."""

    _name = "crm.migration.table.preview"
    _description = "Migration: Preview of Files"

    def _get_preview_of(self, record):
        """Return what is shown of the files, in words; False where the source has none.

        :param record: what holds the connection, with its files
        """
        source = get_source_class(record.source)
        package = importlib.import_module(source.__module__.rpartition(".")[0])
        if not source.takes_files or not hasattr(package, "preview"):
            return False
        if not record.sudo().file_ids:
            return False
        config = record._get_config()
        try:
            tables = package.preview(config["files"], config.get("file_options"))
            if record.sudo().anonymize:
                tables = record._disguise_tables(tables, CHECK_SECONDS)
        except ConnectorError:
            # The check that follows says why.
            return False
        return [self._format_table(table) for table in tables]

    def _format_table(self, table):
        if finding := table.get("error"):
            return {"name": table["name"], "error": self._format(finding)}
        warnings = [self._format(finding) for finding in table["warnings"]]
        names = [column["name"] for column in table["columns"]]
        rows = [[shorten(row.get(name)) for name in names] for row in table["rows"][:5]]
        columns = [
            {**column, "kind_text": self._format_kind(column["kind"])}
            for column in table["columns"]
        ]
        table = {**table, "columns": columns, "rows": rows, "warnings": warnings}
        return {**table, **self._format_objects(table)}

    def _format_objects(self, table):
        """Name the objects that a table may hold, with how likely those are that may be."""
        likely = dict(table["others"])
        if table["object"] and table["confidence"]:
            likely[table["object"]] = table["confidence"]
        labels = {name: translate(self.env, text) for name, text in table["choices_of"]}
        choices = [
            (name, f"{label} ({likely[name]} %)" if name in likely else label)
            for name, label in labels.items()
        ]
        return {
            "choices_of": choices,
            "object_text": labels.get(table["object"], table["object"]),
        }

    def _format_kind(self, kind):
        return self.env._(KINDS[kind]) if kind in KINDS else kind

    def _format(self, finding):
        data = {"sentence": finding.text, **finding.data}
        return format_message(self.env, finding.code, data)[0]


def shorten(cell, length=60):
    text = "" if cell is None else str(cell)
    return text if len(text) <= length else f"{text[: length - 1]}…"
