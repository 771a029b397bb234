"""Concord's endpoints: each method answers one address for the token's user."""

from .concord_access import SUPER_ADMIN_ONLY
from .concord_fields import fields_of
from .concord_filters import Filter, rules_of
from .concord_inbox import Inbox
from .concord_query import (
    Refused,
    envelope,
    extra_relations,
    not_found,
    ordered,
    page_numbers,
    parse_nested,
    searched,
    selected,
)
from .concord_relations import billable_json
from .concord_routes import BARE, LISTS, TRASHABLE
from .concord_schema import LINK_KEYS
from .concord_wire import ASSOCIATED, TIMELINE


class Api(Inbox):
    """One request of one user. Methods return the JSON body or raise ``Refused``."""

    def __init__(self, simulator, request, access, wire):
        self.simulator = simulator
        self.company = simulator.company
        self.request = request
        self.args = request.args
        self.access = access
        self.wire = wire

    # Lists and records

    def index(self, resource):
        if resource not in LISTS | BARE or resource == "mail-accounts":
            raise not_found()
        self._guard(resource)
        rows = self.access.visible(resource, self.company.rows(resource))
        if resource in BARE:
            return [self.wire.list_row(resource, row) for row in rows]
        return self._page(resource, rows)

    def show(self, resource, row_id):
        if resource not in LISTS | BARE or resource == "mail-accounts":
            raise not_found()
        self._guard(resource)
        row = self._row(resource, row_id)
        if resource == "notes" and not self.access.is_super_admin:
            self._via(row, resource, 403)
        extra = extra_relations(resource, self.args.get("with"))
        return self.wire.single(resource, row, extra)

    def trash(self, resource):
        if resource not in TRASHABLE:
            raise not_found()
        rows = self.access.visible(resource, self.company.trashed(resource))
        return self._page(resource, rows)

    def trashed_row(self, resource, row_id):
        row = self.company[resource].get(row_id) if resource in TRASHABLE else None
        if not row or not row["deleted_at"]:
            raise not_found(resource, row_id)
        return self.wire.single(resource, row)

    def search(self, resource):
        if resource not in LISTS:
            raise not_found()
        self._guard(resource)
        rows = self.access.visible(resource, self.company.rows(resource))
        found = searched(resource, rows, self.args) if self.args.get("q") else []
        return [self.wire.list_row(resource, row) for row in found]

    def search_everywhere(self):
        groups = ((name, self.search(name)) for name in ASSOCIATED)
        return [{"title": name.title(), "data": rows} for name, rows in groups if rows]

    def stages(self, row_id):
        """The one list that pages by 15 whatever is asked."""
        self._row("pipelines", row_id)
        ids = self.company.reverse("pipeline-stages", "pipeline_id").get(row_id, ())
        rows = [self.company["pipeline-stages"][stage_id] for stage_id in ids]
        return self._page("pipeline-stages", rows, obeys_per_page=False)

    # What hangs on a record

    def associated(self, resource, row_id, other):
        pairs = resource in ASSOCIATED and other in ASSOCIATED + TIMELINE
        if not pairs or other == resource:
            raise not_found()
        row = self._row(resource, row_id)
        rows = self.company.linked(resource, row, other)
        timeline = self.args.get("timeline") in ("1", "true")
        if not (other == "emails" and timeline):
            rows = self.access.visible(other, rows)
        return self._page(other, rows, timeline=timeline)

    def associations(self, resource, row_id):
        if self.wire.is_old or resource not in ASSOCIATED:
            raise not_found()
        row = self._row(resource, row_id)
        groups = {}
        for other in ASSOCIATED + TIMELINE:
            if other != resource:
                rows = self.company.linked(resource, row, other)
                groups[other] = [
                    {**self.wire.list_row(other, found), "is_primary_associated": not place}
                    for place, found in enumerate(self.access.visible(other, rows))
                ]  # fmt: skip
        return groups

    def timeline(self, resource, row_id):
        row = self._row(resource, row_id)
        if resource not in ASSOCIATED:
            raise not_found()
        found = [
            (entry["created_at"], other, entry)
            for other in TIMELINE
            for entry in self.company.linked(resource, row, other)
        ]
        found.sort(key=lambda item: item[0], reverse=True)
        page, per_page = page_numbers(self.args)
        cut = found[(page - 1) * per_page : page * per_page]
        data = [self._on_timeline(other, entry) for _moment, other, entry in cut]
        return envelope(data, len(found), page, per_page, self.request.base_url)

    def comments(self, resource, row_id):
        if resource not in ("activities", "notes", "calls"):
            raise not_found()
        row = self._row(resource, row_id)
        if resource != "activities":
            self._via(row, resource, 422)
        return self.wire.comments(resource, row)

    def billable(self, resource, row_id):
        if resource not in ("deals", "documents"):
            raise not_found()
        return billable_json(self.company, self._row(resource, row_id)["_billable"])

    # The rest

    def me(self):
        body = self.wire.single("users", self.access.user)
        return {
            **body,
            "permissions": sorted(self.access.permissions),
            "dashboards": [],
        }

    def countries(self):
        return [{"id": row["id"], "name": row["name"]} for row in self.company.rows("countries")]  # fmt: skip

    def currencies(self):
        """All that the product knows; which one is in use, only the fields tell."""
        return [
            {"iso_code": code, "name": name}
            for code, name in (("BRL", "Real"), ("EUR", "Euro"), ("USD", "US Dollar"))
        ]

    def triggers(self):
        self._guard("workflows")
        kinds = sorted({row["trigger_type"] for row in self.company.rows("workflows")})
        return [
            {"identifier": kind, "name": kind.rpartition("\\")[2]} for kind in kinds
        ]

    def rules(self, resource):
        if resource not in LISTS:
            raise not_found()
        self._guard(resource)
        return rules_of(self.company, resource)

    def fields(self, resource):
        if resource not in TRASHABLE:
            raise not_found()
        return fields_of(self.company, resource)

    def index_fields(self, resource):
        if self.wire.is_old:
            raise not_found()
        return self.fields(resource)

    def update_fields(self, resource, row_id):
        self._row(resource, row_id)
        return self.fields(resource)

    # Helpers

    def _page(self, resource, rows, timeline=False, obeys_per_page=True):
        tree = parse_nested(self.args)
        extra = extra_relations(resource, self.args.get("with"))
        page, per_page = page_numbers(self.args, obeys_per_page)
        rows = searched(resource, rows, self.args)
        if tree.get("filters") and not self.wire.is_old:
            zone = self.access.user["timezone"]
            rule = Filter(resource, tree["filters"], zone, self.company.now)
            rows = [row for row in rows if rule.accepts(row)]
        rows = ordered(self.company, resource, rows, tree, page)
        cut = rows[(page - 1) * per_page : page * per_page]
        if timeline:
            data = [self._on_timeline(resource, row, extra) for row in cut]
        else:
            data = [
                selected(
                    self.wire.list_row(resource, row, extra),
                    row,
                    self.args.get("select"),
                )
                for row in cut
            ]
        return envelope(data, len(rows), page, per_page, self.request.base_url)

    def _on_timeline(self, resource, row, extra=()):
        body = self.wire.list_row(resource, row, extra)
        return {**body, "is_pinned": False, "pinned_date": None, "timeline_component": resource}  # fmt: skip

    def _row(self, resource, row_id):
        row = self.company[resource].get(row_id)
        if not row or row.get("deleted_at"):
            raise not_found(resource, row_id)
        if not self.access.can_view(resource, row) and resource != "emails":
            raise Refused(403, {"message": "This action is unauthorized."})
        return row

    def _via(self, row, resource, status):
        """Demand the record through which a note or call is read."""
        via, via_id = self.args.get("via_resource"), self.args.get("via_resource_id")
        if via in LINK_KEYS and via_id:
            if via_id.isdecimal() and int(via_id) in row[LINK_KEYS[via]]:
                return
            raise Refused(403, {"message": "This action is unauthorized."})
        if status == 403:
            raise Refused(403, {"message": "This action is unauthorized."})
        text = "The via resource field is required."
        errors = {"via_resource": [text], "via_resource_id": [text]}
        raise Refused(422, {"message": text, "errors": errors})

    def _guard(self, resource):
        if resource in SUPER_ADMIN_ONLY and not self.access.is_super_admin:
            raise Refused(403, {"message": "Super administrators only."})
