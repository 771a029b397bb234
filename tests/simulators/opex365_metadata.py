"""What the simulated organization says about its own tables: EntityDefinitions."""

from .opex365_choices import default_of
from .opex365_query import BAD_QUERY, Filter, Refused, expands_of, parse_options
from .opex365_relations import MANY_TO_MANY
from .opex365_schema import LOOKUPS, stable_id

CAST = "Microsoft.Dynamics.CRM."
_INSTANTS = {
    "D": ("DateOnly", "DateOnly"),
    "LD": ("DateOnly", "UserLocal"),
    "DT": ("DateAndTime", "UserLocal"),
    "TZ": ("DateAndTime", "TimeZoneIndependent"),
}
"""Kind → how a column is shown, and what its instants mean."""
_GERMAN = {"contact": "Kontakt", "account": "Firma"}


def label(text, german=None):
    found = [(text, 1033)] + ([(german, 1031)] if german else [])
    entries = [
        {
            "Label": words,
            "LanguageCode": code,
            "IsManaged": True,
            "MetadataId": stable_id("label", text),
            "HasChanged": None,
        }
        for words, code in found
        if words
    ]
    return {
        "LocalizedLabels": entries,
        "UserLocalizedLabel": entries[0] if entries else None,
    }


class Metadata:
    """Answers below ``EntityDefinitions``, never paged; ``MetadataId`` always comes.

    dropped: pairs (table, column) that have gone since the organization was made
    """

    def __init__(self, simulator, query):
        self.schema = simulator.org.schema
        self.dropped = simulator.dropped_columns
        self.options = parse_options(query)
        extra = set(self.options) - {"$select", "$filter", "$expand", "$count"}
        if extra & {"$top", "$orderby", "$skiptoken"}:
            raise Refused(400, BAD_QUERY, "Paging is not supported on metadata")

    def answer(self, path):
        """path: segments behind ``EntityDefinitions``, the key included."""
        first, _slash, rest = path.partition("/")
        if not first:
            tables = [self.table(t) for t in self.schema.tables.values()]
            return {"value": self._shaped(tables)}
        table = self._named(first)
        if not rest:
            return self._shaped([self.table(table)])[0]
        kind, _slash, cast = rest.partition("/")
        if kind.startswith("Attributes"):
            return self._attributes(table, kind, cast)
        relations = {
            "ManyToOneRelationships": self._many_to_one,
            "OneToManyRelationships": self._one_to_many,
            "ManyToManyRelationships": self._many_to_many,
            "Keys": lambda _table: [],
        }
        if kind not in relations:
            raise Refused(404, "0x8006088a", f"Resource not found for the segment '{kind}'.")  # fmt: skip
        return {"value": self._shaped(relations[kind](table))}

    def _named(self, key):
        key = key.strip("()")
        for table in self.schema.tables.values():
            if key in (f"LogicalName='{table.name}'", table.metadata_id):
                return table
        raise Refused(404, "0x80041102", f"Could not find an entity with {key}")

    # -- tables ------------------------------------------------------------------

    def table(self, table):
        kind = "Activity" if table.is_activity else "Virtual" if table.is_virtual else "Standard"  # fmt: skip
        owned = "UserOwned" if "ownerid" in table.columns else "OrganizationOwned"
        title = table.name.removeprefix("opex_").capitalize()
        schema_name = table.name if table.is_custom else table.name.capitalize()
        return {
            "LogicalName": table.name,
            "SchemaName": schema_name,
            "EntitySetName": table.set_name,
            "LogicalCollectionName": table.set_name,
            "PrimaryIdAttribute": table.id,
            "PrimaryNameAttribute": table.primary_name,
            "ObjectTypeCode": table.code,
            "IsCustomEntity": table.is_custom,
            "IsManaged": not table.name.startswith("cr7a1_"),
            "IsActivity": table.is_activity,
            "IsIntersect": table.is_intersect,
            "IsPrivate": table.is_private,
            "IsLogicalEntity": False,
            "IsBPFEntity": table.is_process,
            "TableType": kind,
            "OwnershipType": owned,
            "HasNotes": True,
            "HasActivities": not table.is_activity,
            "ChangeTrackingEnabled": table.is_tracked,
            "DataProviderId": stable_id("erp") if table.is_virtual else None,
            "IsCustomizable": {
                "Value": True,
                "CanBeChanged": True,
                "ManagedPropertyLogicalName": "iscustomizable",
            },  # fmt: skip
            "MetadataId": table.metadata_id,
            "DisplayName": label(title, _GERMAN.get(table.name)),
            "DisplayCollectionName": label(f"{title}s"),
        }

    # -- columns -----------------------------------------------------------------

    def _attributes(self, table, kind, cast):
        columns = [c for c in table.columns.values() if (table.name, c.name) not in self.dropped]  # fmt: skip
        if cast == f"{CAST}EnumAttributeMetadata":
            raise Refused(400, BAD_QUERY, "The base class cannot be used as a cast")
        name = cast.removeprefix(CAST)
        if cast:
            columns = [c for c in columns if self._class_of(c) == name]
        if kind != "Attributes":
            wanted = kind.removeprefix("Attributes(LogicalName='").removesuffix("')")
            found = [c for c in columns if c.name == wanted]
            if not found:
                raise Refused(404, "0x80041103", f"No attribute {wanted}")
            return self._shaped([self._column(table, found[0], name)])[0]
        return {"value": self._shaped([self._column(table, c, name) for c in columns])}  # fmt: skip

    def _class_of(self, column):
        return None if column.attribute_of else column.types()[2]

    def _column(self, table, column, cast=""):
        kind, type_name, _class = column.types()
        body = {
            # The one property with capitals has them in its logical name as well.
            "LogicalName": column.wire_name if column.kind == "P" else column.name,
            "SchemaName": column.schema_name,
            "EntityLogicalName": table.name,
            "AttributeType": kind,
            "AttributeTypeName": {"Value": type_name},
            "AttributeOf": column.attribute_of,
            "IsCustomAttribute": column.is_custom or table.is_custom,
            "IsManaged": True,
            "IsLogical": column.attribute_of is not None,
            "IsPrimaryId": column.name == table.id
            or column.name.endswith("_addressid"),  # fmt: skip
            "IsPrimaryName": column.name == table.primary_name,
            "IsValidForRead": True,
            "IsValidODataAttribute": column.attribute_of is None
            and column.kind != "PL",  # fmt: skip
            "RequiredLevel": {
                "Value": "None",
                "CanBeChanged": True,
                "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
            },  # fmt: skip
            "SourceType": 0,
            "DisplayName": label(_title(column.name))
            if column.attribute_of is None
            else label(""),  # fmt: skip
            "Description": label(""),
            "MetadataId": stable_id(table.name, column.name),
        }
        found = self._class_of(column)
        if found and not cast:
            body["@odata.type"] = f"#{CAST}{found}"
        body.update(self._details(table, column))
        return body

    def _details(self, table, column):
        """Return what only the derived classes have; ``$select`` picks from it."""
        if column.kind in LOOKUPS | {"PL"}:
            return {"Targets": list(column.targets)}
        if column.kind in _INSTANTS:
            shown, behavior = _INSTANTS[column.kind]
            return {"Format": shown, "DateTimeBehavior": {"Value": behavior}}
        if column.kind == "S":
            return {"MaxLength": column.length, "FormatName": {"Value": "Text"}}
        if column.kind == "$":
            return {"Precision": 2, "PrecisionSource": 2}
        if column.kind in ("P", "MS"):
            return self._choices(table, column)
        if column.kind == "B":
            no, yes = column.labels
            default = bool(default_of(table.name, column.name))
            return {"DefaultValue": default, "OptionSet": {"Name": f"{table.name}_{column.name}", "OptionSetType": "Boolean", "TrueOption": {"Value": 1, "Label": label(yes)}, "FalseOption": {"Value": 0, "Label": label(no)}}, "GlobalOptionSet": None}  # fmt: skip
        return {}

    def _choices(self, table, column):
        options = []
        for value, words, state in column.options:
            option = {
                "Value": value,
                "Color": None,
                "IsManaged": True,
                "ExternalValue": "",
                "ParentValues": [],
                "Label": label(words, "Neu" if words == "New" else None),
                "Description": label(""),
            }
            if state is not None:
                option.update(State=state, TransitionData=None)
            if column.name == "statecode":
                option.update(DefaultStatus=1, InvariantName=words)
            options.append(option)
        found = {
            "MetadataId": stable_id("options", table.name, column.name),
            "Name": f"{table.name}_{column.name}",
            "IsGlobal": column.name == "opex_options",
            "IsCustomOptionSet": column.is_custom,
            "OptionSetType": "Picklist",
            "DisplayName": label(""),
            "Options": options,
        }
        default = default_of(table.name, column.name)
        form = {"DefaultFormValue": -1 if default is None else default}
        if found["IsGlobal"]:
            return {**form, "OptionSet": None, "GlobalOptionSet": found}
        return {**form, "OptionSet": found, "GlobalOptionSet": None}

    # -- relations ---------------------------------------------------------------

    def _relation(self, referencing, column, target, collection):
        return {
            "SchemaName": f"{referencing}_{column.name}_{target}",
            "ReferencingEntity": referencing,
            "ReferencingAttribute": column.name,
            "ReferencedEntity": target,
            "ReferencedAttribute": self.schema.tables[target].id,
            "ReferencingEntityNavigationPropertyName": column.navigation(target),
            "ReferencedEntityNavigationPropertyName": collection,
            "MetadataId": stable_id(referencing, column.name, target, collection),
        }

    def _many_to_one(self, table):
        return [self._relation(*r) for r in self.schema.relations if r[0] == table.name]  # fmt: skip

    def _one_to_many(self, table):
        return [self._relation(*r) for r in self.schema.relations if r[2] == table.name]  # fmt: skip

    def _many_to_many(self, table):
        return [
            {
                "SchemaName": name,
                "IntersectEntityName": name,
                "Entity1LogicalName": one,
                "Entity2LogicalName": other,
                "Entity1NavigationPropertyName": own,
                "Entity2NavigationPropertyName": back,
                "IsCustomRelationship": name.startswith("opex_"),
                "MetadataId": stable_id("nn", name),
            }  # fmt: skip
            for name, (one, own, other, back) in MANY_TO_MANY.items()
            if table.name in (one, other)
        ]

    # -- options -----------------------------------------------------------------

    def _shaped(self, items):
        if text := self.options.get("$filter"):
            items = list(filter(Filter(text, self._value_of(items)), items))
        names = [n for n in self.options.get("$select", "").split(",") if n]
        expanded = [e.name for e in expands_of(self.options.get("$expand"))]
        for name in (*names, *expanded):
            if items and not any(name in item for item in items):
                raise Refused(400, BAD_QUERY, f"Could not find a property named '{name}'")  # fmt: skip
        shaped = []
        for item in items:
            kept = names or [n for n in item if n not in ("OptionSet", "GlobalOptionSet")]  # fmt: skip
            shaped.append({n: item[n] for n in item if n in kept or n in expanded or n in ("MetadataId", "@odata.type")})  # fmt: skip
        return shaped

    def _value_of(self, items):
        def value_of(item, path, _as_text=False):
            name, _slash, inner = path.partition("/")
            if items and not any(name in found for found in items):
                raise Refused(400, BAD_QUERY, f"Could not find a property named '{name}'")  # fmt: skip
            value = item.get(name)
            return value.get(inner) if inner and isinstance(value, dict) else value

        return value_of


def _title(name):
    return name.replace("opex_", "").replace("_", " ").capitalize()
