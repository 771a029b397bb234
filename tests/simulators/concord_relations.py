"""Relations of Concord's records that are more than one row or linked records."""

from .concord_changelog import changelog
from .concord_deals import totals
from .concord_shapes import display_name

EMPTY_BILLABLE = {
    "id": None,
    "tax_type": "exclusive",
    "subtotal": 0,
    "total": 0,
    "total_tax": 0,
    "has_discount": False,
    "total_discount": 0,
}


def billable_json(company, billable):
    """Return product lines with their sums; an unsaved, empty object without any."""
    if billable is None:
        return {**EMPTY_BILLABLE, "taxes": [], "products": []}
    sums = totals(billable)
    products = company["products"]
    lines = [
        {
            **line,
            "qty": f"{line['qty']:.2f}",
            "discount_total": f"{line['discount_total']:.2f}",
            "sku": products[line["product_id"]]["sku"] if line["product_id"] else None,
            "amount": amount,
        }
        for line, amount in zip(billable["lines"], sums["amounts"], strict=True)
    ]  # fmt: skip
    taxes = [
        {"key": f"{label}{rate}", "rate": rate, "label": label, "raw_total": raw, "total": round(raw, 2)}
        for (label, rate), raw in sums["taxes"].items()
    ]  # fmt: skip
    return {
        "id": billable["id"],
        "tax_type": billable["tax_type"],
        "subtotal": sums["subtotal"],
        "total": sums["total"],
        "total_tax": sums["total_tax"],
        "taxes": taxes,
        "has_discount": bool(sums["total_discount"]),
        "total_discount": sums["total_discount"],
        "products": lines,
    }


def _phones(wire, resource, row, body):
    body["phones"] = row["phones"]


def _tags(wire, resource, row, body):
    if wire.version >= (1, 2, 2):
        tags = (wire.small("tags", tag_id) for tag_id in row["tag_ids"])
        keys = ("id", "name", "swatch_color", "display_order", "type")
        body["tags"] = [{key: tag[key] for key in keys} for tag in tags if tag]


def _counts(wire, resource, row, body):
    company = wire.company
    if resource in ("activities", "notes", "calls"):
        body["comments_count"] = sum(
            company["comments"][comment_id]["commentable_type"] == resource
            for comment_id in company.reverse("comments", "commentable_id").get(row["id"], ())
        )  # fmt: skip
        return
    others = ("contacts", "companies", "deals", "calls", "notes", "documents")
    for other in others:
        if other != resource:
            body[f"{other}_count"] = len(company.linked(resource, row, other))
    if resource == "deals":
        billable = row["_billable"]
        body["products_count"] = len(billable["lines"]) if billable else 0


def _media(wire, resource, row, body):
    if not (wire.is_old and resource in ("notes", "calls")):
        body["media"] = wire.medias(row["media_ids"])


def _children(wire, resource, row, body):
    """``parents`` is misnamed: it holds the child companies."""
    ids = wire.company.reverse("companies", "parent_company_id").get(row["id"], ())
    rows = (wire.company["companies"][company_id] for company_id in ids)
    body["parents"] = [
        wire.nested("companies", child) for child in rows if not child["deleted_at"]
    ]


def _time_in_stages(wire, resource, row, body):
    # PHP writes an empty map as an empty list.
    body["time_in_stages"] = row["_time_in_stages"] or []


def _billable(wire, resource, row, body):
    body["billable"] = billable_json(wire.company, row["_billable"])


def _guests(wire, resource, row, body):
    body["guests"] = []
    for kind, guest_id in row["_guests"]:
        guest = wire.company[kind].get(guest_id)
        if guest:
            body["guests"].append(
                {
                    "id": guest_id,
                    "guest_email": guest["email"],
                    "guest_display_name": guest.get("name")
                    or display_name(kind, guest),
                    "resource_name": kind,
                }
            )


def _comments(wire, resource, row, body):
    body["comments"] = wire.comments(resource, row)


def _brand(wire, resource, row, body):
    body["brand"] = {"id": row["brand_id"], "name": "Concord House", "is_default": True}


def _signers(wire, resource, row, body):
    body["signers"] = row["_signers"]


def _document_type(wire, resource, row, body):
    body["type"] = wire.small("document-types", row["document_type_id"])


def _stages(wire, resource, row, body):
    ids = wire.company.reverse("pipeline-stages", "pipeline_id").get(row["id"], ())
    body["stages"] = [wire.small("pipeline-stages", stage_id) for stage_id in ids]


def _roles(wire, resource, row, body):
    if wire.access.is_super_admin:
        roles = wire.company["roles"]
        body["roles"] = [
            wire.full("roles", roles[role_id], ("permissions",))
            for role_id in row["role_ids"]
        ]


def _permissions(wire, resource, row, body):
    table = wire.company["permissions"]
    body["permissions"] = [
        {
            "id": permission_id,
            "name": table[permission_id]["name"],
            "role_id": row["id"],
        }
        for permission_id in row["permission_ids"]
    ]


def _teams(wire, resource, row, body):
    body["teams"] = [wire.small("teams", team_id) for team_id in row["team_ids"]]


def _members(wire, resource, row, body):
    ids = wire.company.reverse("users", "team_ids").get(row["id"], ())
    body["members"] = [wire.small("users", user_id) for user_id in ids]


def _folders(wire, resource, row, body):
    keys = ("id", "name", "display_name", "type", "email_account_id")
    folders = (wire.small("folders", folder_id) for folder_id in row["folder_ids"])
    body["folders"] = [{key: folder[key] for key in keys} for folder in folders]


RELATIONS = {
    "phones": _phones,
    "tags": _tags,
    "counts": _counts,
    "media": _media,
    "changelog": changelog,
    "parents": _children,
    "stagesHistory": _time_in_stages,
    "billable": _billable,
    "billable.products": _billable,
    "guests": _guests,
    "comments": _comments,
    "brand": _brand,
    "signers": _signers,
    "type": _document_type,
    "stages": _stages,
    "roles": _roles,
    "permissions": _permissions,
    "teams": _teams,
    "members": _members,
    "folders": _folders,
}
