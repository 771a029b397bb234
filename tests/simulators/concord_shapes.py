"""What single resources of Concord change in their plain columns when serialized."""

import re

NAMED = {
    "contacts": lambda row: f"{row['first_name']} {row['last_name'] or ''}".strip(),
    "companies": lambda row: row["name"],
    "deals": lambda row: row["name"],
    "products": lambda row: row["name"],
    "activities": lambda row: row["title"],
    "documents": lambda row: row["title"],
    "emails": lambda row: row["subject"] or "(no subject)",
}


def display_name(resource, row):
    """Return the name; for small tables and the like it is only the id as text."""
    return NAMED.get(resource, lambda found: str(found["id"]))(row)


def _shape_avatar(wire, row, body):
    picture = row["avatar"]
    body["avatar_url"] = "https://www.gravatar.invalid/avatar/0c8a?s=40"
    body["uploaded_avatar_url"] = f"/storage/{picture}" if picture else None


def _shape_contact(wire, row, body):
    _shape_avatar(wire, row, body)
    body["contact"] = None
    _shape_personal(wire, row, body)


def _shape_personal(wire, row, body):
    if wire.version < (1, 5):
        body.pop("last_contacted_at", None)


def _shape_user(wire, row, body):
    _shape_avatar(wire, row, body)
    body["notifications"] = {"settings": []}


def _shape_deal(wire, row, body):
    body["amount"] = row["amount"] or 0
    lost, won = row["status"] == "lost", row["status"] == "won"
    body["lost_reason"] = row["lost_reason"] if lost else None
    if lost:
        body["lost_date"] = row["lost_date"]
    if won:
        body["won_date"] = row["won_date"]
    closing = row["expected_close_date"]
    body["falls_behind_expected_close_date"] = bool(
        row["status"] == "open"
        and closing
        and closing[:10] < wire.company.today.isoformat()
    )


def _shape_product(wire, row, body):
    body["unit_price"] = row["unit_price"] or 0
    body["direct_cost"] = row["direct_cost"] or 0


def _shape_activity(wire, row, body):
    for end in ("due", "end"):
        day, clock = row[f"{end}_date"], row[f"{end}_time"]
        if wire.is_old:
            body[f"{end}_date"] = {"date": day, "time": clock[:5] if clock else None}
        else:
            body[f"{end}_date"] = f"{day}T{clock}.000000Z" if clock else day
    body["is_completed"] = row["completed_at"] is not None
    body["is_reminded"] = row["reminded_at"] is not None
    due = f"{row['due_date']}T{row['due_time'] or '23:59:59'}"
    body["is_due"] = not body["is_completed"] and due < wire.company.now.isoformat()
    body["timeline_relation"] = "activities"


def _shape_document(wire, row, body):
    body["amount"] = row["amount"] or 0
    body["public_url"] = f"{wire.company.app_url}/d/{row['uuid']}"
    body["recipients"] = row["_recipients"]
    body["pdf"] = {"size": "a4", "orientation": "portrait"}


def _shape_pipeline(wire, row, body):
    body["is_primary"] = row["flag"] == "default"
    body["user_display_order"] = None
    if wire.zapier:
        body.pop("visibility_group")


def _shape_activity_type(wire, row, body):
    if wire.is_old:
        body.pop("flag")


def _shape_message(wire, row, body):
    account = wire.company["mail-accounts"][row["email_account_id"]]
    body["email_account_email"] = account["email"]
    text = re.sub(r"<[^>]*>", " ", row["html_body"] or row["text_body"] or "")
    body["preview_text"] = " ".join(text.split())[:150]
    body["visible_text"] = row["html_body"] or row["text_body"]
    body["hidden_text"] = None
    groups = {"from": [], "sender": [], "to": [], "cc": [], "bcc": [], "replyTo": []}
    for kind, address, name in row["_addresses"]:
        groups[kind].append(
            {"message_id": row["id"], "address": address, "name": name, "address_type": kind}
        )  # fmt: skip
    for kind in ("from", "sender"):
        body[kind] = groups[kind][0] if groups[kind] else None
    for kind, key in (("to", "to"), ("cc", "cc"), ("bcc", "bcc"), ("replyTo", "reply_to")):  # fmt: skip
        body[key] = groups[kind]
    if row["opens"] is not None:
        body["opens"], body["opened_at"] = row["opens"], row["opened_at"]


SHAPES = {
    "contacts": _shape_contact,
    "companies": _shape_personal,
    "users": _shape_user,
    "deals": _shape_deal,
    "products": _shape_product,
    "activities": _shape_activity,
    "documents": _shape_document,
    "pipelines": _shape_pipeline,
    "activity-types": _shape_activity_type,
    "emails": _shape_message,
}
