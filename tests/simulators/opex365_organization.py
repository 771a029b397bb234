"""The invented rows of a Dataverse organization, and what writing to them does."""

import random
import uuid
from datetime import datetime, timedelta
from functools import lru_cache

from .opex365_choices import default_of
from .opex365_schema import Schema

_BYTES = (10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3)


@lru_cache(maxsize=200_000)
def sql_order(key):
    """Return what SQL Server compares GUIDs by: the last group of digits first."""
    raw = uuid.UUID(key).bytes_le
    return bytes(raw[place] for place in _BYTES)


class Organization:
    """Tables of rows by id. A lookup's value is a pair (table, id), a file's are bytes.

    deleted: (version, table, id) of rows that are gone, in the order of their going
    links: pairs of ids of each N:N relation
    """

    def __init__(self, apps=("sales", "service", "marketing", "opex"), seed=365):
        self.schema = Schema(apps)
        self.rng = random.Random(seed)
        self.tables = {name: {} for name in self.schema.tables}
        self.links = {}
        self.deleted = []
        self.version = 4_400_000
        self.now = datetime(2025, 3, 4, 8, 0, 0)
        self.known = {}

    def __contains__(self, table):
        return table in self.tables

    def rows(self, table):
        """Return the rows of a table in the order of its ids, as the server keeps them."""
        key = self.schema.tables[table].id
        return sorted(self.tables[table].values(), key=lambda row: sql_order(row[key]))

    def new_id(self):
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def add(self, table, id=None, known=None, **values):
        """Add a row, with the stamps and defaults that the server gives.

        known: name under which ``known`` keeps its id
        """
        described = self.schema.tables[table]
        unknown = set(values) - set(described.columns)
        if unknown:
            raise ValueError(f"{table} has no {', '.join(sorted(unknown))}")
        row = dict.fromkeys(c for c, d in described.columns.items() if not d.attribute_of)  # fmt: skip
        key = id or self.new_id()
        row.update(self._defaults(described), **values)
        row[described.id] = key
        self._stamp(row)
        for name, column in described.columns.items():
            if column.kind == "$" and row.get(f"{name}_base") is None and row.get(name) is not None:  # fmt: skip
                row[f"{name}_base"] = round(row[name] / float(row.get("exchangerate") or 1), 4)  # fmt: skip
        owner = row.get("ownerid")
        if owner:
            row["owninguser" if owner[0] == "systemuser" else "owningteam"] = owner
        if table == "activityparty":
            row["owninguser"] = None
        self.tables[table][key] = row
        if described.is_activity and table != "activitypointer":
            self._point(table, key, row)
        if known:
            self.known[known] = key
        return key

    def _defaults(self, table):
        values = {}
        if "createdon" in table.columns:
            made = self.now - timedelta(hours=self.rng.randrange(24, 24 * 900))
            changed = made + timedelta(hours=self.rng.randrange(0, 24))
            values["createdon"], values["modifiedon"] = _instant(made), _instant(changed)  # fmt: skip
            author = self.known.get("jonas")
            values["createdby"] = values["modifiedby"] = author and ("systemuser", author)  # fmt: skip
        for name, column in table.columns.items():
            if column.kind in "BP":
                values[name] = default_of(table.name, name)
            if column.kind == "B" and values[name] is None:
                values[name] = False
        if "timezoneruleversionnumber" in table.columns:
            values["timezoneruleversionnumber"] = 4
        if "processid" in table.columns and table.columns["processid"].kind == "G":
            # Empty and yet filled, as live rows have it.
            values["processid"] = "00000000-0000-0000-0000-000000000000"
        if "statecode" in table.columns:
            values["statecode"] = 0
            options = table.columns["statuscode"].options
            values["statuscode"] = next(v for v, _label, state in options if state == 0)
        if table.is_activity:
            values["activitytypecode"], values["prioritycode"] = table.name, 1
        if "transactioncurrencyid" in table.columns and "euro" in self.known:
            values["transactioncurrencyid"] = ("transactioncurrency", self.known["euro"])  # fmt: skip
            values["exchangerate"] = 1.0
        if "ownerid" in table.columns and "jonas" in self.known:
            values["ownerid"] = ("systemuser", self.known["jonas"])
        return values

    def _stamp(self, row):
        self.version += self.rng.randrange(1, 9)
        row["versionnumber"] = self.version

    def _point(self, table, key, row):
        pointer = self.schema.tables["activitypointer"].columns
        self.tables["activitypointer"][key] = {
            **{name: row.get(name) for name in pointer if name in row},
            "activityid": key,
        }

    def link(self, relation, one, other):
        self.links.setdefault(relation, set()).add((one, other))

    def unlink(self, relation, one, other):
        self.links[relation].remove((one, other))

    # What happens while somebody reads

    def touch(self, table, key, **changes):
        """Change a row as a user would: it gets a new version and a new date."""
        row = self.tables[table][key]
        self.now += timedelta(seconds=30)
        row.update(changes)
        if "modifiedon" in row:
            row["modifiedon"] = _instant(self.now)
        self._stamp(row)
        if self.schema.tables[table].is_activity:
            self._point(table, key, row)

    def remove(self, table, key):
        """Delete a row; change tracking tells of it, lookups go blank or dangle."""
        del self.tables[table][key]
        if self.schema.tables[table].is_activity:
            self.tables["activitypointer"].pop(key, None)
        self.version += 1
        self.deleted.append((self.version, table, key))


def _instant(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
