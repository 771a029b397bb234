"""What NextCRM lists: a stream for each table, and those that no table holds."""

from ..core.sentences import _lt
from ..core.source import Stream
from .tables import HISTORY, PEOPLE, SALES
from .tables_work import MONEY, WORK

TABLES = {table.stream: table for table in (*PEOPLE, *MONEY, *SALES, *HISTORY, *WORK)}


def _stream(table):
    return Stream(
        table.stream,
        table.label,
        table.name,
        primary_key=table.key[0],
        depends_on=table.depends_on,
        optional=table.optional,
    )


OTHERS = (
    Stream("contact_tags", _lt("Tags of contacts and targets")),
    Stream("task_tags", _lt("Tags of tasks and documents")),
    Stream("opt_outs", _lt("Addresses that must not be mailed")),
    Stream(
        "media",
        _lt("Files"),
        derived_from="documents",
        depends_on=("deals", "leads", "contacts", "companies", "tasks", "todos"),
        # They hang on all of these, and come with the pages of their documents.
        brought_by=("documents",),
    ),
    Stream(
        "invoice_files",
        _lt("Printed invoices"),
        derived_from="invoices",
        depends_on=("invoices",),
    ),
    Stream("workflows", _lt("Sequences, follow-up, approvals and schedules")),
)

STREAMS = (*map(_stream, TABLES.values()), *OTHERS)
