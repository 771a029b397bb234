"""What a document is made of: sections of sentences, facts and tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from odoo.tools import format_datetime, formatLang, split_every

NUMBER, AMOUNT = "number", "amount"
SLICE = 1000
"""Records that are held at once while a long list is written."""
LONGEST = 300
"""Characters of a cell on a page; the workbook has all of it."""


@dataclass(frozen=True)
class Column:
    """Of a table: what stands above it, and how wide it is, in characters."""

    label: str
    width: int = 20
    kind: str = "text"
    on_page: bool = True
    """False: paper has no room for it, only the workbook has it."""


@dataclass
class Table:
    """A list, of which a page shows the first rows and the workbook all."""

    title: str
    columns: list[Column]
    rows: Callable
    """Returns the rows anew at each call, lists of texts and numbers."""
    count: int
    shown: int = 100
    totals: list | None = None

    def get_shown(self):
        return list(islice(self.rows(), self.shown))

    def get_on_page(self):
        return [column for column in self.columns if column.on_page]

    def count_hidden(self):
        return max(self.count - self.shown, 0)


@dataclass
class Section:
    """A chapter. ``facts`` are pairs of label and text."""

    title: str
    texts: list[str] = field(default_factory=list)
    facts: list[tuple] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def get_filled(self):
        """Return the tables that a page shows: those with rows."""
        return [table for table in self.tables if table.count]


def make_table(title, columns, rows, **more):
    """Return a table of rows that are few enough to be held."""
    rows = list(rows)
    return Table(title, columns, lambda: iter(rows), len(rows), **more)


def walk(model, domain, order=None):
    """Yield the records of a search, of which only a slice is held at once."""
    ids = model.search(domain, order=order).ids
    for chunk in split_every(SLICE, ids, list):
        records = model.browse(chunk)
        yield from records
        records.invalidate_recordset(flush=False)


def list_records(model, domain, title, columns, as_row, order=None, **more):
    """Return a table with a row for each record of a search."""
    return Table(
        title,
        columns,
        lambda: (as_row(record) for record in walk(model, domain, order)),
        model.search_count(domain),
        **more,
    )


def label_of(record, name):
    """Return what the screens call a field."""
    return record._fields[name].get_description(record.env, ["string"])["string"]


def choice_of(record, name):
    """Return what the screens call the value of a selection."""
    return record.env["crm.migration.display"]._show_choice(
        record._fields[name], record[name]
    )


def day_of(env, moment):
    return format_datetime(env, moment) if moment else ""


def format_cell(env, column, value):
    """Return the text of a cell on a page."""
    if value is None or value is False:
        return ""
    if column.kind == NUMBER:
        return formatLang(env, value, digits=0)
    if column.kind == AMOUNT:
        return formatLang(env, value, digits=2)
    text = str(value)
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text
