"""What the tables mean: columns with type, choices, lookups and navigation properties."""

import re
import uuid
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .opex365_choices import CHOICES
from .opex365_relations import COLLECTIONS, MANY_TO_MANY
from .opex365_tables import (
    ACTIVITIES,
    INTERSECTS,
    PRIVATE,
    PROCESSES,
    TABLES,
    UNTRACKED,
    VIRTUAL,
)

LOOKUPS = frozenset("LCO")
_TYPES = {
    "S": ("String", "StringType", "StringAttributeMetadata"),
    "M": ("Memo", "MemoType", "MemoAttributeMetadata"),
    "I": ("Integer", "IntegerType", "IntegerAttributeMetadata"),
    "N": ("Decimal", "DecimalType", "DecimalAttributeMetadata"),
    "$": ("Money", "MoneyType", "MoneyAttributeMetadata"),
    "B": ("Boolean", "BooleanType", "BooleanAttributeMetadata"),
    "P": ("Picklist", "PicklistType", "PicklistAttributeMetadata"),
    "MS": (
        "Virtual",
        "MultiSelectPicklistType",
        "MultiSelectPicklistAttributeMetadata",
    ),
    "DT": ("DateTime", "DateTimeType", "DateTimeAttributeMetadata"),
    "D": ("DateTime", "DateTimeType", "DateTimeAttributeMetadata"),
    "LD": ("DateTime", "DateTimeType", "DateTimeAttributeMetadata"),
    "TZ": ("DateTime", "DateTimeType", "DateTimeAttributeMetadata"),
    "G": ("Uniqueidentifier", "UniqueidentifierType", None),
    "E": ("EntityName", "EntityNameType", "EntityNameAttributeMetadata"),
    "L": ("Lookup", "LookupType", "LookupAttributeMetadata"),
    "C": ("Customer", "CustomerType", "LookupAttributeMetadata"),
    "O": ("Owner", "OwnerType", "LookupAttributeMetadata"),
    "PL": ("PartyList", "PartyListType", "LookupAttributeMetadata"),
    "F": ("Virtual", "FileType", "FileAttributeMetadata"),
    "IMG": ("Virtual", "ImageType", "ImageAttributeMetadata"),
    "V": ("BigInt", "BigIntType", "BigIntAttributeMetadata"),
    "X": (
        "ManagedProperty",
        "ManagedPropertyType",
        "ManagedPropertyAttributeMetadata",
    ),
    "SHADOW": ("Virtual", "VirtualType", None),
}
NEVER_SELECTED = frozenset({"PL", "X", "SHADOW"})


@lru_cache(maxsize=50_000)
def stable_id(*words):
    """Return the same GUID for the same words, on every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(words)))


@dataclass
class Column:
    """One column; ``wire_name`` is its name in the rows of the Web API."""

    table: str
    name: str
    schema_name: str
    kind: str
    length: int = 0
    targets: tuple = ()
    attribute_of: str | None = None
    options: list = field(default_factory=list)
    """of a choice: (value, label, state or None)"""
    labels: tuple = ("No", "Yes")
    """of a boolean"""

    @property
    def wire_name(self):
        if self.kind in LOOKUPS:
            return f"_{self.name}_value"
        # One property of the product keeps the case of its schema name.
        return self.schema_name if self.name.startswith("msdyn_cl") else self.name

    @property
    def is_custom(self):
        return bool(re.match(r"(opex|cr7a1|msdyn|adx)_", self.name))

    @property
    def is_selectable(self):
        return self.kind not in NEVER_SELECTED and self.attribute_of is None

    def types(self):
        """Return AttributeType, AttributeTypeName and the class of the metadata."""
        if self.name in ("statecode", "statuscode") and self.kind == "P":
            word = "State" if self.name == "statecode" else "Status"
            return word, f"{word}Type", f"{word}AttributeMetadata"
        return _TYPES[self.kind]

    def navigation(self, target):
        """Return the navigation property that leads to ``target``."""
        if self.kind == "O":
            return self.name
        if len(self.targets) == 1 and self.table != "activityparty":
            return self.schema_name
        if self.name == "regardingobjectid" and self.table != "activitypointer":
            return f"regardingobjectid_{target}_{self.table}"
        return f"{self.name}_{target}"


class Table:
    """One table; ``columns`` by logical name, those of lookups and money expanded."""

    def __init__(self, name):
        self.name = name
        spec = TABLES[name]
        self.set_name, self.code, self.id, self.primary_name, self.app, text = spec
        self.is_activity = name in (*ACTIVITIES, "activitypointer")
        self.is_custom = bool(re.match(r"(opex|cr7a1|msdyn)_", name))
        self.is_process = name in PROCESSES
        self.is_intersect = name in INTERSECTS
        self.is_private = name in PRIVATE
        self.is_virtual = name in VIRTUAL
        self.is_tracked = name not in UNTRACKED
        self.columns = {}
        self._add(self.id, "G")
        for word in text.split():
            self._add(*word.split(":", 1))
        self.by_wire_name = {c.wire_name: c for c in self.columns.values()}

    def _add(self, schema_name, text):
        if schema_name.lower() in self.columns:
            return
        kind, length, targets = re.fullmatch(
            r"([A-Z$]+)(\d*)(?:\((.*)\))?", text
        ).groups()
        name = schema_name.lower()
        targets = {
            "C": ("account", "contact"),
            "O": ("systemuser", "team"),
            "PL": ("account", "contact", "systemuser"),
        }.get(kind, tuple((targets or "").split("|")) if targets else ())
        column = Column(
            self.name, name, schema_name, kind, int(length or 0), tuple(targets)
        )
        words = CHOICES.get(f"{self.name}.{name}", CHOICES.get(name, ""))
        if kind in ("P", "MS"):
            column.options = _options(words)
        elif kind == "B" and "/" in words:
            column.labels = tuple(words.split("/"))
        self.columns[name] = column
        self._add_shadows(column)

    def _add_shadows(self, column):
        def shadow(suffix, kind):
            name = f"{column.name}{suffix}"
            self.columns.setdefault(
                name, Column(self.name, name, name, kind, attribute_of=column.name)
            )

        if column.kind in LOOKUPS:
            shadow("name", "S")
            shadow("yominame", "S")
        if column.kind in "CO" or len(column.targets) > 2:
            shadow("type", "E")
        if column.kind in ("P", "B", "MS"):
            shadow("name", "SHADOW")
        if column.kind == "F":
            name = f"{column.name}_name"
            self.columns[name] = Column(self.name, name, name, "S", 200)
        if column.kind == "IMG":
            for suffix, kind in (("id", "G"), ("_timestamp", "V"), ("_url", "S")):
                name = f"{column.name}{suffix}"
                self.columns[name] = Column(self.name, name, name, kind)
        if column.kind == "$":
            name = f"{column.name}_base"
            self.columns[name] = Column(self.name, name, name, "$")

    @property
    def metadata_id(self):
        return stable_id("table", self.name)


def _options(words):
    options = []
    for word in words.split(", "):
        if word and (found := re.match(r"(-?\d+)(?:/(\d+))? (.*)", word)):
            state = int(found[2]) if found[2] else None
            options.append((int(found[1]), found[3], state))
    return options


class Schema:
    """The tables that an organization has, and how they hang together.

    apps: of ``sales``, ``service``, ``marketing``, ``opex``; a bare environment has none
    """

    def __init__(self, apps=("sales", "service", "marketing", "opex")):
        self.tables = {
            name: Table(name)
            for name, spec in TABLES.items()
            if not spec[4] or spec[4] in apps
        }
        self.by_set = {table.set_name: table for table in self.tables.values()}
        for table in self.tables.values():
            for column in table.columns.values():
                column.targets = tuple(
                    t
                    for t in column.targets
                    if t in self.tables
                    or t in ("equipment", "template", "serviceendpoint")
                )

    @cached_property
    def relations(self):
        """Return (referencing table, column, referenced table, its collection)."""
        found = []
        for table in self.tables.values():
            for column in table.columns.values():
                if column.kind not in LOOKUPS:
                    continue
                for target in column.targets:
                    if target in self.tables:
                        name = COLLECTIONS.get((table.name, column.name))
                        name = name or f"{target}_{table.name}_{column.name}"
                        found.append((table.name, column, target, name))
        parties = self.tables["activityparty"].columns["activityid"]
        for name in (*ACTIVITIES, "activitypointer"):
            if name in self.tables:
                found.append(
                    ("activityparty", parties, name, f"{name}_activity_parties")
                )
        return found

    @cached_property
    def _singles(self):
        """{(table, navigation property): (column, target)}"""
        found = {}
        for table in self.tables.values():
            for column in table.columns.values():
                for target in column.targets if column.kind in LOOKUPS else ():
                    place = table.name, column.navigation(target)
                    found.setdefault(place, (column, target))
        return found

    def single(self, table, navigation):
        """Return (column, target) of a single-valued navigation property."""
        return self._singles.get((table.name, navigation))

    @cached_property
    def _collections(self):
        """{(table, navigation property): (referencing table, column)}"""
        return {
            (target, name): (self.tables[referencing], column)
            for referencing, column, target, name in reversed(self.relations)
        }

    def collection(self, table, navigation):
        """Return (referencing table, column) of a collection-valued one."""
        return self._collections.get((table.name, navigation))

    def many(self, table, navigation):
        """Return the name of an N:N relation and the table at its other end."""
        for name, (one, own, other, back) in MANY_TO_MANY.items():
            if one == table.name and own == navigation and other in self.tables:
                return name, self.tables[other]
            if other == table.name and back == navigation and one in self.tables:
                return name, self.tables[one]
        return None
