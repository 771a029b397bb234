"""Turns rows into Concord's JSON: columns, the relations asked for, nothing else."""

from .concord_relations import RELATIONS
from .concord_schema import EMBEDDED, MULTIPLE, is_column
from .concord_shapes import SHAPES, display_name

MODELS = {
    "contacts": "Modules\\Contacts\\Models\\Contact",
    "companies": "Modules\\Contacts\\Models\\Company",
    "deals": "Modules\\Deals\\Models\\Deal",
    "activities": "Modules\\Activities\\Models\\Activity",
    "calls": "Modules\\Calls\\Models\\Call",
    "notes": "Modules\\Notes\\Models\\Note",
    "documents": "Modules\\Documents\\Models\\Document",
    "products": "Modules\\Billable\\Models\\Product",
    "users": "Modules\\Users\\Models\\User",
    "emails": "Modules\\MailClient\\Models\\EmailAccountMessage",
}

ASSOCIATED = ("companies", "contacts", "deals")
TIMELINE = ("notes", "calls", "activities", "emails", "documents")

# What a list loads by itself (the reference's section 4.3), and what `with` may add.
DEFAULT = {
    "contacts": ("phones", "tags", "user", "source", "country", "counts"),
    "companies": (
        "phones", "tags", "user", "source", "industry", "country", "parent", "counts",
    ),
    "deals": ("pipeline", "stage", "tags", "user", "stagesHistory", "counts"),
    "activities": ("type", "user", "creator", "guests", "media", "counts"),
    "notes": ("user", "counts"),
    "calls": ("user", "outcome", "counts"),
    "documents": ("brand", "type", "signers", "user", "billable", "changelog"),
    "pipelines": ("stages",),
    "users": ("roles", "teams"),
    "products": ("creator",),
    "teams": ("manager", "members"),
    "roles": ("permissions",),
    "comments": ("creator",),
    "emails": ("tags", "folders", "media"),
}  # fmt: skip
OPTIONAL = {
    "contacts": ("companies", "deals", "media", "changelog", *TIMELINE),
    "companies": ("contacts", "deals", "media", "parents", "changelog", *TIMELINE),
    "deals": (
        "contacts", "companies", "media", "billable.products", "billable", "changelog",
        *TIMELINE,
    ),
    "activities": (*ASSOCIATED, "comments"),
    "notes": (*ASSOCIATED, "media", "comments"),
    "calls": (*ASSOCIATED, "media", "comments"),
    "documents": ASSOCIATED,
    "emails": ASSOCIATED,
}  # fmt: skip

# relation -> (table, foreign key): one row or null
ONE = {
    "user": ("users", "user_id"),
    "source": ("sources", "source_id"),
    "country": ("countries", "country_id"),
    "industry": ("industries", "industry_id"),
    "pipeline": ("pipelines", "pipeline_id"),
    "stage": ("pipeline-stages", "stage_id"),
    "type": ("activity-types", "activity_type_id"),
    "outcome": ("call-outcomes", "call_outcome_id"),
    "creator": ("users", "created_by"),
    "manager": ("users", "user_id"),
    "parent": ("companies", "parent_company_id"),
}
NEVER_NESTED = {"counts", "parent", "changelog", "roles", "members"}


class Wire:
    """Serializes for one user and one version.

    version: tuple; before 1.3 single relations are missing when empty or nested
    zapier: the reduced form that the User-Agent of that name gets
    """

    def __init__(self, company, access, version, base_url, zapier=False):
        self.company = company
        self.access = access
        self.version = version
        self.base_url = base_url
        self.zapier = zapier
        self.is_old = version < (1, 3)
        self._small = {}

    def list_row(self, resource, row, extra=()):
        return self.full(resource, row, (*DEFAULT.get(resource, ()), *extra))

    def single(self, resource, row, extra=()):
        """Return the form of the single-record endpoint, which loads more.

        ``displayQuery`` of 1.3.5 and 1.6.0: linked records and media of contacts,
        companies and deals, the child companies, the stages of a deal's pipeline.
        """
        more = ()
        if resource in ASSOCIATED:
            more = tuple(name for name in ASSOCIATED if name != resource) + ("media",)
        children = ("parents",) if resource == "companies" else ()
        body = self.list_row(resource, row, (*more, *children, *extra))
        if resource in ASSOCIATED:
            body["associations_count"] = sum(len(body[name]) for name in more[:2])
        if resource == "deals" and body.get("pipeline"):
            stages = self.full("pipelines", self.company["pipelines"][row["pipeline_id"]], ("stages",))  # fmt: skip
            body["pipeline"] = {**body["pipeline"], "stages": stages["stages"]}
        return body

    def nested(self, resource, row):
        """Return a record inside another; only a few keys if the user may not see it."""
        if not self.access.can_view(resource, row):
            kept = ("id", "name", "first_name", "last_name", "user_id", "status")
            body = {name: row[name] for name in kept if name in row}
            return {**body, "display_name": display_name(resource, row)}
        relations = [
            name
            for name in DEFAULT.get(resource, ())
            if name not in NEVER_NESTED and not (self.is_old and name in ONE)
        ]
        return self.full(resource, row, relations)

    def full(self, resource, row, relations):
        """Return the columns of ``row`` and the named relations."""
        body = {"id": row["id"], "display_name": display_name(resource, row)}
        custom = self.company.custom_fields(resource)
        for name, value in row.items():
            if name in custom:
                body[name] = self._custom(custom[name], value)
            elif is_column(name) and name not in HIDDEN.get(resource, ()):
                body[name] = value
        shape = SHAPES.get(resource)
        if shape:
            shape(self, row, body)
        for relation in relations:
            self._relate(resource, row, relation, body)
        if resource in MODELS:
            body["path"] = f"/{resource}/{row['id']}"
            body["was_recently_created"] = False
            if not self.zapier:
                body["authorizations"] = {"view": True, "update": True, "delete": True}
        return body

    def small(self, table, row_id):
        """Return a row of a small table inside another record, or None."""
        key = (table, row_id)
        if key not in self._small:
            row = self.company[table].get(row_id)
            self._small[key] = row and self.full(table, row, ())
        return self._small[key]

    def media(self, row):
        """Return a media object; absolute addresses are the server's own idea."""
        name, _dot, extension = row["file_name"].rpartition(".")
        link = f"/media/{row['token']}"
        body = {key: row[key] for key in row if key != "token"}
        return {
            **body,
            "extension": extension if name else "",
            "download_url": f"{self.company.app_url}{link}/download",
            "download_path": f"{link}/download",
            "view_url": f"{self.company.app_url}{link}",
            "preview_url": f"{self.company.app_url}{link}/preview",
            "preview_path": f"{link}/preview",
        }

    def medias(self, ids):
        table = self.company["media"]
        return [self.media(table[media_id]) for media_id in ids if media_id in table]

    def comments(self, resource, row):
        """Return the comments of a record, oldest first."""
        on_record = self.company.reverse("comments", "commentable_id")[row["id"]]
        rows = (self.company["comments"][comment_id] for comment_id in on_record)
        return [
            self.list_row("comments", comment)
            for comment in sorted(rows, key=lambda found: found["created_at"])
            if comment["commentable_type"] == resource
        ]

    # Relations

    def _relate(self, resource, row, relation, body):
        if relation in ONE and (resource, relation) != ("documents", "type"):
            table, key = ONE[relation]
            found = self._one(table, row[key])
            if found is not None or not self.is_old:
                body[relation] = found
        elif relation in ASSOCIATED or relation in TIMELINE:
            if self.zapier and relation in ("emails", "notes"):
                return
            body[relation] = self._linked(resource, row, relation)
        elif not (relation == "counts" and self.zapier):
            RELATIONS[relation](self, resource, row, body)

    def _one(self, table, row_id):
        if table != "companies":
            return self.small(table, row_id)
        row = self.company[table].get(row_id)
        return self.nested(table, row) if row and not row["deleted_at"] else None

    def _linked(self, resource, row, other):
        rows = self.company.linked(resource, row, other)
        if other == "emails":
            rows = self.access.visible(other, rows)
        return [self.nested(other, found) for found in rows]

    def _custom(self, field, value):
        if field["field_type"] not in MULTIPLE:
            return value
        return [
            {key: option[key] for key in ("id", "name", "swatch_color")}
            for option in field["options"]
            if option["id"] in value
        ]


HIDDEN = {
    **dict.fromkeys(DEFAULT, EMBEDDED | {"deleted_at", "uuid"}),
    # Who made a contact, company or deal is told by its changelog alone.
    "contacts": EMBEDDED | {"deleted_at", "uuid", "created_by"},
    "companies": EMBEDDED | {"deleted_at", "uuid", "created_by"},
    "deals": {"deleted_at", "won_date", "lost_date", "lost_reason", "created_by"},
    "activities": {"deleted_at", "due_time", "end_time"},
    "emails": {"opens", "opened_at"},
    "comments": {"commentable_type", "commentable_id"},
}
