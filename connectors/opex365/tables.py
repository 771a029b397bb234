"""Tables and columns as the metadata describes them, in the few words that we need."""

from dataclasses import dataclass

LOOKUPS = frozenset({"Customer", "Lookup", "Owner"})
_NO_PROPERTY = frozenset({"PartyList", "CalendarRules", "ManagedProperty"})
_VIRTUAL = frozenset({"MultiSelectPicklistType", "FileType"})
"""Of the type ``Virtual`` only these are properties that we want; pictures are not."""

DAY, LOCAL_DAY, FLOATING = "day", "local_day", "floating"
"""A day as it is written; a day that is the midnight of a user's zone in UTC; an hour of
the day that is the same one everywhere, although the server writes it as if in UTC."""


@dataclass(frozen=True)
class Table:
    """One table; ``is_data`` where its rows are its own and worth reading."""

    name: str
    set_name: str
    id: str
    primary_name: str
    label: str
    is_custom: bool
    is_activity: bool
    is_process: bool
    is_tracked: bool
    is_data: bool


@dataclass(frozen=True)
class Column:
    """One column; ``wire_name`` is its property in a row.

    :param kind: ``AttributeTypeName``, for instance ``LookupType``
    :param options: pairs (value as text, label)
    :param targets: tables that a lookup may point to
    :param meaning: of an instant ``DAY``, ``LOCAL_DAY`` or ``FLOATING``, else empty
    """

    name: str
    kind: str
    label: str
    custom: bool
    options: tuple = ()
    targets: tuple = ()
    meaning: str = ""

    @property
    def is_lookup(self):
        return self.kind.removesuffix("Type") in LOOKUPS

    @property
    def wire_name(self):
        return f"_{self.name}_value" if self.is_lookup else self.name


def words_of(label):
    """Return the text of a label in the user's language, else in any.

    >>> words_of({"UserLocalizedLabel": None, "LocalizedLabels": [{"Label": "Firma"}]})
    'Firma'
    """
    label = label if isinstance(label, dict) else {}
    entries = [label.get("UserLocalizedLabel"), *(label.get("LocalizedLabels") or ())]
    texts = (entry.get("Label") for entry in entries if isinstance(entry, dict))
    return next((text for text in texts if text), "")


def as_table(row):
    # Virtual rows live elsewhere, intersections come with their relation.
    shadow = any(
        row.get(f"Is{name}") for name in ("Intersect", "Private", "LogicalEntity")
    )
    name = row["LogicalName"]
    return Table(
        name=name,
        set_name=row.get("EntitySetName") or "",
        id=row.get("PrimaryIdAttribute") or "",
        primary_name=row.get("PrimaryNameAttribute") or "",
        label=words_of(row.get("DisplayCollectionName")) or name,
        is_custom=bool(row.get("IsCustomEntity")),
        is_activity=bool(row.get("IsActivity")),
        is_process=bool(row.get("IsBPFEntity")),
        is_tracked=bool(row.get("ChangeTrackingEnabled")),
        is_data=not shadow
        and row.get("TableType") != "Virtual"
        and bool(row.get("EntitySetName") and row.get("PrimaryIdAttribute")),
    )


def is_property(row):
    """Tell whether a query may name a column; shadow columns are no properties."""
    kind = (row.get("AttributeTypeName") or {}).get("Value", "")
    if row.get("AttributeOf") or row.get("IsValidForRead") is False:
        return False
    if row.get("IsValidODataAttribute") is False:
        return False
    if row.get("AttributeType") == "Virtual":
        return kind in _VIRTUAL
    return row.get("AttributeType") not in _NO_PROPERTY


def as_column(row):
    return Column(
        name=row["LogicalName"],
        kind=(row.get("AttributeTypeName") or {}).get("Value", ""),
        label=words_of(row.get("DisplayName")),
        custom=bool(row.get("IsCustomAttribute")),
    )


def meaning_of(row):
    """Return what the instants of a column mean, by its ``DateTimeAttributeMetadata``."""
    row = row or {}
    behavior = (row.get("DateTimeBehavior") or {}).get("Value")
    is_day = row.get("Format") == "DateOnly"
    if behavior == "DateOnly" or (behavior == "TimeZoneIndependent" and is_day):
        return DAY
    if behavior == "TimeZoneIndependent":
        return FLOATING
    return LOCAL_DAY if is_day else ""


def options_of(row):
    """Return the pairs of a choice, local or global: whichever has options."""
    for member in ("OptionSet", "GlobalOptionSet"):
        found = row.get(member) or {}
        options = found.get("Options") or ()
        if found.get("TrueOption"):
            pairs = (("true", found["TrueOption"]), ("false", found.get("FalseOption")))
            return tuple(
                (value, words_of((o or {}).get("Label"))) for value, o in pairs
            )
        if options:
            return tuple(
                (
                    str(option["Value"]),
                    words_of(option.get("Label")) or str(option["Value"]),
                )  # fmt: skip
                for option in options
            )
    return ()
