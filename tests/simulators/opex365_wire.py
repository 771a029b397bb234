"""Turns rows into the JSON of the Web API: properties, annotations only when asked."""

import base64
import zlib
from datetime import datetime

FORMATTED = "OData.Community.Display.V1.FormattedValue"
TARGET = "Microsoft.Dynamics.CRM.lookuplogicalname"
NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"


class Wire:
    """Serializes for one request.

    annotations: what ``odata.include-annotations`` asked for, an empty text for nothing
    hidden: pairs (table, column) that column security blanks without a word
    """

    def __init__(self, org, annotations="", hidden=()):
        self.org = org
        self.hidden = hidden
        asked = annotations.split(",") if annotations else []
        self._asks = {
            name: "*" in asked or name in asked
            for name in (FORMATTED, TARGET, NAVIGATION)
        }

    def row(self, table, row, properties, nested=None):
        """Return a row with these properties; the id and the ETag always come along."""
        columns = [table.by_wire_name[name] for name in properties]
        names = {column.name for column in columns} | {table.id}
        if any(c.kind == "$" for c in columns) and "transactioncurrencyid" in table.columns:  # fmt: skip
            names.add("transactioncurrencyid")
        pairs = []
        for name in names:
            pairs.append(self._property(table, row, table.columns[name]))
        # Keys come in no order that anybody could rely on.
        pairs.sort(key=lambda pair: zlib.crc32(f"{next(iter(pair))}{row['versionnumber']}".encode()))  # fmt: skip
        body = {"@odata.etag": f'W/"{row["versionnumber"]}"'}
        for pair in pairs:
            body.update(pair)
        body.update(nested or {})
        return body

    def _property(self, table, row, column):
        value = row.get(column.name)
        if (table.name, column.name) in self.hidden:
            value = None
        name = column.wire_name
        notes = {}
        if value is not None:
            if column.kind in "LCO":
                notes = self._of_lookup(column, value)
                value = value[1]
            elif isinstance(value, bytes):
                value = self._of_bytes(table, row, column, value)
            elif text := self._formatted(table, row, column, value):
                notes = {FORMATTED: text}
        asked = {f"{name}@{key}": text for key, text in notes.items() if self._asks[key]}  # fmt: skip
        return {**asked, name: value}

    def _of_bytes(self, table, row, column, value):
        if column.kind == "F":
            return row[table.id]
        return base64.b64encode(value).decode()

    def _of_lookup(self, column, value):
        target, key = value
        notes = {TARGET: target, NAVIGATION: column.navigation(target)}
        if name := self.name_of(target, key):
            notes[FORMATTED] = name
        return notes

    def name_of(self, target, key):
        table = self.org.schema.tables.get(target)
        row = self.org.tables.get(target, {}).get(key)
        return row.get(table.primary_name) if row and table.primary_name else None

    def _formatted(self, table, row, column, value):
        if column.kind == "B":
            return column.labels[value]
        if column.kind == "P":
            return next((label for v, label, _s in column.options if v == value), None)
        if column.kind == "MS":
            labels = {str(v): label for v, label, _s in column.options}
            return "; ".join(labels.get(part, part) for part in value.split(","))
        if column.kind == "$":
            return f"€{value:,.2f}"
        if column.kind in ("I", "N"):
            return f"{value:,}"
        if column.kind in ("DT", "LD", "TZ"):
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
            return f"{moment.month}/{moment.day}/{moment.year} {moment:%I:%M %p}"
        if column.kind == "D":
            year, month, day = value[:10].split("-")
            return f"{int(month)}/{int(day)}/{year}"
        if column.kind == "E":
            return value.capitalize()
        return None
