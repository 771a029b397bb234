"""What an environment says about its own tables: columns, choices, lookups, relations."""

import re
from collections import deque
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property, partial

from ..core.errors import ConnectorError, FatalError
from .api import query
from .tables import LOOKUPS, as_column, as_table, is_property, meaning_of, options_of

CAST = "Microsoft.Dynamics.CRM."
_TABLE = (
    "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,"
    "DisplayCollectionName,IsCustomEntity,IsManaged,IsActivity,IsIntersect,IsPrivate,"
    "IsLogicalEntity,IsBPFEntity,TableType,ChangeTrackingEnabled"
)
_COLUMN = (
    "LogicalName,AttributeType,AttributeTypeName,AttributeOf,IsCustomAttribute,"
    "IsValidForRead,IsValidODataAttribute,DisplayName"
)
_CHOICES = {
    "PicklistType": "PicklistAttributeMetadata",
    "StateType": "StateAttributeMetadata",
    "StatusType": "StatusAttributeMetadata",
    "MultiSelectPicklistType": "MultiSelectPicklistAttributeMetadata",
    "BooleanType": "BooleanAttributeMetadata",
}
_MICROSOFT = re.compile(r"microsoft|dynamics ?365", re.IGNORECASE)
_WELL_KNOWN = ("msdyn_", "msdyncrm_", "adx_", "mspp_", "li_")
"""Prefixes of Microsoft's own, for who may not read the publishers."""


class Metadata:
    """The schema, read when it is needed and kept while the source lives."""

    def __init__(self, api):
        self.api = api
        self._columns, self._full, self._collections = {}, {}, {}
        self._meanings, self._added_relations = {}, {}

    @cached_property
    def tables(self):
        """All tables by logical name; there are no pages of metadata."""
        rows = self.api.rows(
            f"EntityDefinitions?{query(select=_TABLE)}", stream="tables"
        )
        return {row["LogicalName"]: as_table(row) for row in rows}

    def has(self, table):
        return table in self.tables

    def columns(self, table):
        """Return the columns of a table that a query may name."""
        if table not in self._columns:
            rows = self.api.rows(
                f"{self._of(table)}/Attributes?{query(select=_COLUMN)}", stream=table
            )
            self._columns[table] = tuple(
                as_column(row) for row in rows if is_property(row)
            )
        return self._columns[table]

    def forget(self, table):
        """Ask again: the schema has changed while we were reading."""
        self._columns.pop(table, None)
        self._full.pop(table, None)
        self._meanings.pop(table, None)

    def look_at(self, tables):
        """Ask for the columns of several tables at once, which are needed one by one."""
        missing = [t for t in dict.fromkeys(tables) if t not in self._columns]
        # What cannot be had is told where it is needed.
        with (
            suppress(ConnectorError),
            closing(self._each(missing, self.columns)) as all_,
        ):
            deque(all_, maxlen=0)

    def _each(self, items, ask):
        return self.api.client.several.each(items, ask)

    def described(self, table):
        """Return the columns with choices, targets and kinds of dates."""
        if table not in self._full:
            kinds = {column.kind for column in self.columns(table)}
            asked = [
                partial(self._options, c) for k, c in _CHOICES.items() if k in kinds
            ]
            asked = [self.targets, self.meanings, *asked]
            with closing(self._each(asked, lambda ask: ask(table=table))) as answers:
                targets, meanings, *found = answers
            options = {name: pairs for each in found for name, pairs in each.items()}
            self._full[table] = tuple(
                replace(
                    column,
                    options=options.get(column.name, ()),
                    targets=targets.get(column.name, ()),
                    meaning=meanings.get(column.name, ""),
                )
                for column in self.columns(table)
            )
        return self._full[table]

    def targets(self, table):
        """Return {lookup: tables that it may point to}."""
        found = self._details(table, "Lookup", "Targets")
        return {name: tuple(row.get("Targets") or ()) for name, row in found.items()}

    def meanings(self, table):
        """Return {column: what its instants mean}, see ``tables.Column``."""
        if table not in self._meanings:
            rows = self._details(table, "DateTime", "Format,DateTimeBehavior")
            found = {name: meaning_of(row) for name, row in rows.items()}
            self._meanings[table] = found
        return self._meanings[table]

    def _options(self, cast, table):
        """Return {column: pairs of its choice} of one kind of choice."""
        expand = "OptionSet,GlobalOptionSet"
        rows = self._cast(table, cast, select="LogicalName", expand=expand)
        return {row["LogicalName"]: options_of(row) for row in rows}

    def _details(self, table, kind, members):
        kinds = {column.kind for column in self.columns(table)}
        wanted = LOOKUPS if kind == "Lookup" else {kind}
        if not any(f"{name}Type" in kinds for name in wanted):
            return {}
        cast = f"{kind}AttributeMetadata"
        rows = self._cast(table, cast, select=f"LogicalName,{members}")
        return {row["LogicalName"]: row for row in rows}

    def _cast(self, table, cast, **options):
        path = f"{self._of(table)}/Attributes/{CAST}{cast}?{query(**options)}"
        return self.api.rows(path, stream=table)

    def collections(self, table):
        """Return {(referencing table, its column): navigation property of ``table``}."""
        if table not in self._collections:
            select = "ReferencingEntity,ReferencingAttribute,ReferencedEntityNavigationPropertyName"
            path = f"{self._of(table)}/OneToManyRelationships?{query(select=select)}"
            self._collections[table] = {
                (row.get("ReferencingEntity"), row.get("ReferencingAttribute")): row[
                    "ReferencedEntityNavigationPropertyName"
                ]
                for row in self.api.rows(path, stream=table)
                if row.get("ReferencedEntityNavigationPropertyName")
            }
        return self._collections[table]

    def navigation(self, table, column, target):
        """Return the navigation property that leads from a lookup to ``target``."""
        member = "ReferencingEntityNavigationPropertyName"
        select = f"ReferencingAttribute,ReferencedEntity,{member}"
        path = f"{self._of(table)}/ManyToOneRelationships?{query(select=select)}"
        for row in self.api.rows(path, stream=table):
            found = (row.get("ReferencingAttribute"), row.get("ReferencedEntity"))
            if found == (column, target):
                return row.get(member)
        return None

    def relations(self, table):
        """Return {navigation property: the table at the other end} of its N:N relations."""
        one, other = (
            (f"Entity{n}LogicalName", f"Entity{n}NavigationPropertyName") for n in "12"
        )
        path = f"{self._of(table)}/ManyToManyRelationships?"
        path += query(select=",".join((*one, *other)))
        found = {}
        for row in self.api.rows(path, stream=table):
            # Between rows of one table both ends have a property.
            for (here, navigation), (there, _back) in ((one, other), (other, one)):
                if row.get(here) == table and row.get(navigation):
                    found[row[navigation]] = row.get(there)
        return found

    def added_relations(self, table):
        """Return {navigation property: the other table} of N:N relations that were added.

        Of each only one end counts, the first: the other would tell it once more.
        """
        if table not in self._added_relations:
            select = (
                "Entity1LogicalName,Entity2LogicalName,Entity1NavigationPropertyName,"
                "IsCustomRelationship"
            )
            path = f"{self._of(table)}/ManyToManyRelationships?{query(select=select)}"
            self._added_relations[table] = {
                row["Entity1NavigationPropertyName"]: row.get("Entity2LogicalName")
                for row in self.api.rows(path, stream=table)
                if row.get("IsCustomRelationship")
                and row.get("Entity1LogicalName") == table
                and row.get("Entity1NavigationPropertyName")
            }
        return self._added_relations[table]

    @cached_property
    def foreign_prefixes(self):
        """Prefixes of Microsoft's own publishers: what they made, nobody here did."""
        select = "friendlyname,uniquename,customizationprefix,isreadonly"
        try:
            rows = self.api.rows(f"publishers?{query(select=select)}", stream="tables")
        except FatalError:
            return _WELL_KNOWN
        return _WELL_KNOWN + tuple(
            f"{row['customizationprefix'].lower()}_"
            for row in rows
            if row.get("customizationprefix") and _is_foreign(row)
        )

    def is_foreign(self, name):
        return name.startswith(self.foreign_prefixes)

    def _of(self, table):
        return f"EntityDefinitions(LogicalName='{table}')"


def _is_foreign(publisher):
    names = f"{publisher.get('friendlyname')} {publisher.get('uniquename')}"
    return bool(publisher.get("isreadonly") or _MICROSOFT.search(names))
