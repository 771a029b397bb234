"""A company's Concord database in memory: the truth that the simulator serves."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from .concord_schema import LINK_KEYS, MULTIPLE, SOFT_DELETED, blank_row, is_column


def instant(moment):
    """Return ``moment`` (naive UTC) as Concord writes instants: six decimals, all 0."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000000Z")


class Company:
    """Tables of rows by id, in the order of their ids.

    A row holds columns as the database does (null, not 0; ids, not objects) and pivots
    as lists of ids. ``known`` names the awkward rows: label -> (resource, id).
    """

    def __init__(self, today):
        self.today = today
        self.now = datetime.combine(today, time(12))
        self.app_url = "https://crm.concord.invalid"
        self.currency = {
            "iso_code": "EUR",
            "name": "Euro",
            "precision": 2,
            "decimal_mark": ",",
            "thousands_separator": ".",
            "symbol": "€",
            "symbol_first": True,
        }
        self.tables = defaultdict(dict)
        self.files = {}
        self.known = {}
        self._reverse = {}
        self._custom = {}

    # Reading

    def __getitem__(self, resource):
        """Return all rows of ``resource`` by id, trashed ones included."""
        return self.tables[resource]

    def rows(self, resource):
        """Return the rows that normal lists show."""
        return [row for row in self[resource].values() if not row.get("deleted_at")]

    def trashed(self, resource):
        return [row for row in self[resource].values() if row.get("deleted_at")]

    def count(self, resource):
        return len(self.rows(resource))

    def find(self, label):
        """Return the row that ``known`` calls ``label``."""
        resource, row_id = self.known[label]
        return self[resource][row_id]

    def linked(self, resource, row, other):
        """Return the rows of ``other`` that hang on ``row``, oldest link first."""
        if LINK_KEYS.get(other) in row:
            ids = row[LINK_KEYS[other]]
        else:
            ids = self.reverse(other, LINK_KEYS[resource]).get(row["id"], ())
        rows = (self[other].get(row_id) for row_id in ids)
        return [found for found in rows if found and not found.get("deleted_at")]

    def reverse(self, resource, key):
        """Return value of ``key`` -> ids of the rows of ``resource`` that bear it."""
        index = self._reverse.get((resource, key))
        if index is None:
            index = self._reverse[resource, key] = defaultdict(list)
            for row in self[resource].values():
                values = row[key] if isinstance(row[key], list) else [row[key]]
                for value in values:
                    index[value].append(row["id"])
        return index

    def custom_fields(self, resource):
        """Return the custom-field definitions of ``resource`` by field id."""
        if resource not in self._custom:
            self._custom[resource] = {
                field["field_id"]: field
                for field in self["custom-fields"].values()
                if field["resource_name"] == resource
            }
        return self._custom[resource]

    def columns(self, resource):
        """Return the names that ``order`` accepts."""
        custom = self.custom_fields(resource)
        row = next(iter(self[resource].values()), None) or blank_row(resource)
        return {"id", "created_at", "updated_at"} | {
            name
            for name in row
            if is_column(name)
            and (name not in custom or custom[name]["field_type"] not in MULTIPLE)
        }

    def file_bytes(self, media_id):
        """Return the true content of a media row; None where the file is missing."""
        make = self.files[self["media"][media_id]["token"]]
        return make() if callable(make) else make

    # Changing

    def insert(self, resource, label=None, /, **values):
        """Add a row, blanks filled in; ``label`` makes it known. Return it."""
        table = self[resource]
        row_id = values.pop("id", None) or next(reversed(table), 0) + 1
        row = {"id": row_id, **blank_row(resource)}
        for field_id, field in self.custom_fields(resource).items():
            row[field_id] = [] if field["field_type"] in MULTIPLE else None
        row.update(values)
        row.setdefault("created_at", self._tick())
        row.setdefault("updated_at", row["created_at"])
        if resource in SOFT_DELETED:
            row.setdefault("deleted_at", None)
        table[row_id] = row
        if label:
            self.known[label] = (resource, row_id)
        self._forget(resource)
        return row

    def update(self, resource, row_id, **values):
        """Change a row, as a person at work would: ``updated_at`` moves."""
        row = {**self[resource][row_id], "updated_at": self._tick(), **values}
        self[resource][row_id] = row  # a new one: copies of the company share rows
        self._forget(resource)
        return row

    def trash(self, resource, row_id):
        """Delete softly; only the resources in ``SOFT_DELETED`` know that."""
        if resource not in SOFT_DELETED:
            raise ValueError(f"Concord deletes {resource} for good; use delete().")
        return self.update(resource, row_id, deleted_at=instant(self.now))

    def delete(self, resource, row_id):
        """Delete for good."""
        del self[resource][row_id]
        self._forget(resource)

    def at_version(self, version):
        """Return a copy of the company as ``version`` (a tuple) could have held it.

        Tags came with 1.2.2, negative amounts with 1.4.0, ``last_contacted_at`` with
        1.5.0. What happens to the copy leaves the original alone.
        """
        older = Company(self.today)
        older.__dict__.update(self.__dict__, _reverse={}, known=self.known.copy())
        older.files = self.files.copy()
        older.tables = defaultdict(dict)
        for name, table in self.tables.items():
            older.tables[name] = table.copy()
        if version < (1, 2, 2):
            older.tables["tags"] = {}
            for resource in ("contacts", "companies", "deals", "emails"):
                older._replace(resource, tag_ids=lambda ids: [])
        if version < (1, 4):
            older._replace("deals", amount=lambda amount: amount and abs(amount))
        if version < (1, 5):
            for resource in ("contacts", "companies"):
                older._replace(resource, last_contacted_at=lambda moment: None)
        return older

    def _replace(self, resource, **changes):
        self.tables[resource] = {
            row_id: {**row, **{name: new(row[name]) for name, new in changes.items()}}
            for row_id, row in self.tables[resource].items()
        }

    def _forget(self, resource):
        for key in [key for key in self._reverse if key[0] == resource]:
            del self._reverse[key]
        if resource == "custom-fields":
            self._custom.clear()

    def _tick(self):
        self.now += timedelta(seconds=1)
        return instant(self.now)
