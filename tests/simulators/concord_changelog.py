"""What ``with=changelog`` brings: who made a record, and where a deal has been.

An entry names who caused it by name alone, and stages by the names that they had then.
The order is that of the table, oldest first, which no one promises.
"""

from datetime import datetime

from .concord_company import instant

MOVED, MARKED = (
    "deals::deal.timeline.stage.moved",
    "deals::deal.timeline.marked_as_",
)
_MODULES = {"deals": "deals", "documents": "documents"}


def changelog(wire, resource, row, body):
    """Add the entries of a record to its JSON."""
    entries = [_created(wire.company, row), *_edited(wire.company, resource, row)]
    entries += row.get("_log") or []
    body["changelog"] = [
        {
            "id": row["id"] * 100 + place,
            "description": "",
            "causer_name": None,
            "module": _MODULES.get(resource, "contacts"),
            "timeline_component": "generic",
            "timeline_relation": "changelog",
            "timeline_key": "changelog",
            "timeline_sort_column": "created_at",
            "is_pinned": False,
            "pinned_date": None,
            "was_recently_created": False,
            **entry,
            "updated_at": entry["created_at"],
        }
        for place, entry in enumerate(entries)
        if entry
    ]


def _created(company, row):
    """Nobody is named where a web form made the record; a log may have been cleared."""
    if row.get("_unlogged"):
        return None
    user = company["users"].get(row.get("created_by"))
    return {
        "description": "created",
        "timeline_component": "created",
        "causer_name": row.get("_creator_name") or (user and user["name"]),
        "properties": {"attributes": {"user.name": None}},
        "created_at": row["created_at"],
    }


def _edited(company, resource, row):
    """An edited field, a link that came and went: of no use to a migration."""
    if row["id"] % 3 or resource not in ("contacts", "companies", "deals"):
        return []
    lang = {"key": "core::timeline.associate_trashed", "attrs": {"displayName": "Gone"}}
    return [
        {
            "description": "updated",
            "timeline_component": "updated",
            "causer_name": company["users"][1]["name"],
            "properties": {"old": {"amount": None}, "attributes": {"amount": 950}},
            "created_at": row["updated_at"],
        },
        {"properties": {"lang": lang, "icon": "X"}, "created_at": row["updated_at"]},
    ]


def moved(previous, stage, at, causer):
    """Return the entry of a deal that went from one stage to another."""
    attrs = {"user": None, "previous": previous, "stage": stage}
    return {
        "causer_name": causer,
        "properties": {"icon": "Plus", "lang": {"key": MOVED, "attrs": attrs}},
        "created_at": at,
    }


def marked(status, at, causer, reason=None):
    """Return the entry of a deal that was marked as won, lost or open again."""
    attrs = {"reason": reason} if status == "lost" else []
    return {
        "causer_name": causer,
        "properties": {"lang": {"key": f"{MARKED}{status}", "attrs": attrs}},
        "created_at": at,
    }


def way_of(values, stages, users):
    """Return the entries of an ordinary deal: through the stages up to its own.

    :param values: of the deal, with its stage, its dates and its outcome
    :param stages: of its pipeline, in order
    """
    begin = datetime.strptime(values["created_at"][:19], "%Y-%m-%dT%H:%M:%S")
    end = datetime.strptime(values["stage_changed_date"][:19], "%Y-%m-%dT%H:%M:%S")
    passed = [stage for stage in stages if stage["id"] <= values["stage_id"]]
    entries, step = [], (end - begin) / max(len(passed) - 1, 1)
    for place, (old, new) in enumerate(zip(passed, passed[1:], strict=False), 1):
        at = begin + step * place if place < len(passed) - 1 else end
        entries.append(moved(old["name"], new["name"], instant(at), users[0]))
    if values["status"] != "open":
        closed = values["won_date"] or values["lost_date"]
        entries.append(
            marked(values["status"], closed, users[-1], values["lost_reason"])
        )
    return entries


def back_and_forth(days, users):
    """Return the entries of a deal that was lost, opened again and moved on.

    One of its stages has got another name since, another has gone; two entries stand in
    the table before older ones.

    :param days: gives the instant so many days from the reference day
    """
    return [
        moved("Proposal", "Negotiation", days(-40), users[0]),
        moved("New", "Qualified", days(-90), users[0]),
        moved("Qualified", "Demo (old name)", days(-80), users[1]),
        marked("lost", days(-70), users[1], "Too expensive"),
        marked("open", days(-60), users[0]),
        moved("Demo (old name)", "Proposal", days(-60), users[0]),
    ]
