"""Turn a row of the Web API into the data of a record.

The columns stay what they are. Annotations, whose names are longer than most values,
are gathered: ``_labels`` holds the words of choices and lookups by column, ``_tables``
the table that a lookup points to. Words for dates and amounts are left out: they are
the same values again, in the habits of the account that reads.
"""

import re

_LABEL, _TABLE = "formattedvalue", "lookuplogicalname"
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]|$)")
_GROUPING = re.compile(r"[\s.,'\u2019\u00a0\u202f]")


def clean(row):
    """Return the columns of a row, with ``_labels`` and ``_tables`` of their own.

    >>> clean({"@odata.etag": 'W/"1"', "a": 2, "a@X.FormattedValue": "Email", "_b_value": "g",
    ...        "_b_value@Y.lookuplogicalname": "team"})
    {'a': 2, '_b_value': 'g', '_labels': {'a': 'Email'}, '_tables': {'_b_value': 'team'}}
    """
    data, labels, tables = {}, {}, {}
    for key, value in row.items():
        name, mark, note = key.partition("@")
        if not name:
            continue
        # Some proxies write the names of annotations in small letters.
        note = note.rpartition(".")[2].lower()
        if not mark:
            data[name] = _inner(value)
        elif note == _LABEL and _tells_more(row.get(name), value):
            labels[name] = value
        elif note == _TABLE:
            tables[name] = value
    if labels:
        data["_labels"] = dict(sorted(labels.items()))
    if tables:
        data["_tables"] = dict(sorted(tables.items()))
    return data


def _inner(value):
    if isinstance(value, list):
        return [clean(item) if isinstance(item, dict) else item for item in value]
    return clean(value) if isinstance(value, dict) else value


def _tells_more(value, label):
    if isinstance(value, bool):
        return True
    if isinstance(value, float) or value is None:
        return False
    if isinstance(value, int):
        return _GROUPING.sub("", str(label)) != str(value)
    return not _DATE.match(str(value))


def lower_id(value):
    """Return a GUID as it is compared."""
    return value.lower() if isinstance(value, str) else ""


def link(data, column, stream_of):
    """Return what a lookup points to: ``{"stream", "id", "table", "name"}``, or None.

    :param stream_of: ``table → stream`` or None; without a stream nothing is loaded
        that could be linked, but the name is kept
    """
    name = f"_{column}_value"
    key, table = lower_id(data.get(name)), data.get("_tables", {}).get(name)
    if not key or not table:
        return None
    found = {"id": key, "table": table, "name": data.get("_labels", {}).get(name)}
    if stream := stream_of(table):
        found["stream"] = stream
    return {member: value for member, value in found.items() if value}
