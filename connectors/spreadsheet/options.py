"""How a table is to be read: what a person chose, and what it is recognized as."""

import json

from ..core.columns import MOSTLY, find_key
from ..core.errors import (
    ConfigurationError,
)
from ..core.sentences import _lt
from ..core.tabular import KEEP, OPTIONS
from .guessing import CHOICES, LEAVE_OUT, Guess, guess, guess_of_dialect
from .names import label_of, name_of_label, names_of_columns, stream_base
from .objects import OBJECT_NAMES
from .reading import ROW_NUMBER
from .recognition import key_columns, object_by_columns
from .references import stands_for
from .rows import find_lines, fold_lines

COUNTED_BYTES = 32 * 1024 * 1024
"""Up to this size the rows of a text file are counted at once; a workbook's eighth."""


def recognize(table, dialect=None):
    """Return (``Guess``, name of the stream) of a table.

    What a person calls an object of its own is none of the known ones.

    :param dialect: ``Dialect`` that the table is written in
    """
    hint, base = stream_base(table)
    if label := label_of(table):
        pinned = base if table.options.get("stream") else ""
        return Guess(None, 100), pinned or name_of_label(label) or base
    if dialect and not {"stream", "object"} & {
        k for k, v in table.options.items() if v
    }:
        if own := dialect.object_of(table):
            found = guess_of_dialect(table, own)
            return found, own if base in OBJECT_NAMES else base
    found = guess(table, hint)
    if table.area and not table.area.title:
        # What the sheet is called is said of the first of its tables.
        return found, object_by_columns(table.layout.columns) or base
    if base == hint != found.known and found.known and not table.options.get("stream"):
        base = found.known
    return found, base


def get_reference_names(item):
    """Return what a reference may call a file: with its archive, or within it."""
    return item.key, item.key.removeprefix(f"{item.archive}/")


def is_small(table):
    """Tell whether all of a table can be looked at while somebody waits."""
    limit = COUNTED_BYTES // (8 if table.item.kind == "xlsx" else 1)
    return table.item.size <= limit


def leave_hidden_out(table):
    """Take a sheet that Excel hides for none to be read, unless a person says what it holds.

    Dynamics writes one beside each worksheet, veryHidden, with the names of its columns;
    other programs keep there the lists that the cells choose from.
    """
    if table.hidden and not {"object", "custom_object", "stream"} & set(table.options):
        table.options = {**table.options, "object": LEAVE_OUT}


def know_again(group, known):
    """Tell the rows apart as an earlier reading did, where the table still can.

    :param known: ``{"key", "columns"}`` of that reading, None without one
    """
    if not known:
        return
    names = group.tables[0].layout.columns
    told = any(table.options.get("primary_key") for table in group.tables)
    if not told and known["key"] in (ROW_NUMBER, *names):
        group.key = known["key"]
    if group.key == known["key"] == ROW_NUMBER:
        group.compared = tuple(known["columns"])


def ensure_options(table):
    """Refuse corrections that cannot be meant, before they make nonsense of the rows.

    :raises ConfigurationError: an option is unknown or has a value that is none of its own
    """
    options = table.options
    wrong = sorted(set(options) - set(OPTIONS))
    if options.get("date_order") not in (None, "", "dmy", "mdy", "ymd"):
        wrong.append("date_order")
    if options.get("decimal_mark") not in (None, "", ".", ","):
        wrong.append("decimal_mark")
    if not isinstance(options.get("custom_object") or "", str):
        wrong.append("custom_object")
    if options.get("object") not in (None, "", *CHOICES):
        wrong.append("object")
    wrong += [name for name in KEEP if options.get(name) not in (None, "", "keep")]
    if not wrong and options.get("primary_key"):
        if options["primary_key"] not in (ROW_NUMBER, *table.layout.columns):
            wrong.append("primary_key")
    if wrong:
        reason = ", ".join(wrong)
        raise ConfigurationError("bad_setting", setting=table.name, reason=reason)


def as_options(value):
    """Return the corrections as ``{file: {option: value}}``.

    :raises ConfigurationError: the text is not JSON of that form
    """
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    value = value or {}
    if not isinstance(value, dict) or not all(
        isinstance(options, dict) for options in value.values()
    ):
        raise ConfigurationError(
            "bad_setting",
            setting=_lt("Corrections per file"),
            reason=_lt("not JSON of that form"),
        )
    return value


def find_unused(options, items, tables):
    """Return the names for which there are corrections, but neither a file nor a sheet.

    :param options: of ``as_options``
    :param items: all files, those besides that cannot be read
    """
    known = {item.key for item in items}
    for table in tables:
        known |= {table.name, f"{table.item.key}#{table.part}"}
    return tuple(sorted(set(options) - known))


def key_of_table(table, known, present, dialect=None):
    """Return the column that tells the rows of a table apart, else their number.

    :param present: objects that the other tables hold
    :param dialect: ``Dialect`` that the table is written in
    """
    # Where nobody knows what a row is, it may well be what no other table holds.
    foreign = OBJECT_NAMES if known else present
    own, others = (
        [name.replace(" ", "") for one in objects for name in OBJECT_NAMES[one]]
        for objects in ([known] if known in OBJECT_NAMES else [], foreign)
    )
    wanted = table.options.get("primary_key")
    wanted = wanted or (dialect and _key_of_dialect(table, known, dialect))
    columns = [column for column in table.columns if not column.nested]
    if known in ("companies", "contacts"):
        # A customer may be either.
        others = [name for name in others if name not in ("customer", "client")]
        own += ["customer", "client"] if known == "companies" else []

    def called(name):
        return names_of_columns([name], known)

    names = key_columns(columns, known)
    sample = table.sample
    if lines := find_lines(table.columns, known):
        sample = _folded(sample, columns, known, lines)
    rows = [
        {column.name: row.get(name) for column, name in names.items()} for row in sample
    ]
    found = find_key(list(names), rows, own, others, called)
    by_name = {column.name: name for column, name in names.items()}
    return wanted or by_name.get(found) or ROW_NUMBER


def _key_of_dialect(table, known, dialect):
    """Return the column that a dialect tells rows apart by, None where it does not here.

    A report has an opportunity once for each of its contacts.
    """
    name = dialect.key_of(table, known)
    values = [row.get(name) for row in table.sample] if name else []
    distinct = {str(value).strip() for value in values if value not in (None, "")}
    return name if name and len(distinct) >= MOSTLY * len(values) else None


def _folded(rows, columns, known, lines):
    """Return rows with those of one deal as one, by the column that is called its id."""
    key = next((c.name for c in columns if stands_for(known, c.name)), None)
    if key is None:
        return rows
    return [row for row, _behind in fold_lines(((r, None) for r in rows), key, lines)]
