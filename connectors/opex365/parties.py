"""Who takes part in an activity: each party resolved, or named with the reason why not."""

from .labels import link

ROLES = {
    1: "from",
    2: "to",
    3: "cc",
    4: "bcc",
    5: "required",
    6: "optional",
    7: "organizer",
    10: "resource",
    11: "customer",
    12: "chat",
    13: "related",
}
MIRRORS = frozenset({8, 9})
"""They repeat what the activity itself says: what it regards, and who owns it."""
ATTENDING = ("required", "optional", "organizer")
_PEOPLE = frozenset({"contacts", "companies", "leads", "users"})
_OUTSIDE = ("contacts", "companies", "leads")
_EXPANDED = ("contact", "account", "lead", "systemuser")


def resolve(party, stream_of):
    """Return what a party row stands for.

    ``resolution``: ``resolved``; ``inactive`` (archived or disabled); ``elsewhere`` (a
    record of a kind that is not brought over, such as a queue); ``address`` (an address
    that matches no record); ``orphan`` (the record is gone); ``mirror``; ``empty``.

    Whether the record exists is told by the expanded ``partyid_<table>``, where the row
    has it: an expanded target that is absent is null.
    """
    role = party.get("participationtypemask")
    target = link(party, "partyid", stream_of) or {}
    address = (party.get("addressused") or "").strip()
    name = target.pop("name", None) or party.get("unresolvedpartyname")
    found = {**target, "role": ROLES.get(role, str(role)), "address": address}
    found["name"] = name
    found["resolution"] = _resolution(party, role, target, address)
    return {key: value for key, value in found.items() if value}


def _resolution(party, role, target, address):
    if role in MIRRORS:
        return "mirror"
    if party.get("ispartydeleted"):
        return "orphan"
    if not target:
        dangling = party.get("_partyid_value")
        return "orphan" if dangling else "address" if address else "empty"
    table = target.get("table")
    if table in _EXPANDED and f"partyid_{table}" in party:
        row = party[f"partyid_{table}"]
        if row is None:
            return "orphan"
        if row.get("statecode") == 1 or row.get("isdisabled"):
            return "inactive"
    return "resolved" if target.get("stream") in _PEOPLE else "elsewhere"


def members_of(rows, stream_of, regarding):
    """Return what the parties add to their activity.

    ``_from``, ``_to``, ``_cc``, ``_bcc``, ``_required``, ``_optional``, ``_organizer``:
    addresses with names. ``_senders``, ``_recipients``, ``_attendees``: records.
    ``_thread``: what the activity hangs on, what it regards before who took part.
    """
    parties = [resolve(row, stream_of) for row in rows]
    parties = [p for p in parties if p["resolution"] != "mirror"]
    known = [
        p for p in parties
        if p.get("stream") in _PEOPLE and p["resolution"] in ("resolved", "inactive")
    ]  # fmt: skip
    data = {}
    for role in ("from", "to", "cc", "bcc", *ATTENDING):
        data[f"_{role}"] = [
            {"address": p["address"], "name": p.get("name") or ""}
            for p in parties
            if p["role"] == role and p.get("address")
        ]
    for name, roles in (
        ("_senders", ("from",)),
        ("_recipients", ("to", "cc", "bcc")),
        ("_attendees", ATTENDING),
    ):
        data[name] = _references(p for p in known if p["role"] in roles)
    outside = [p for p in known if p["stream"] in _OUTSIDE]
    about = [regarding] if regarding and regarding.get("stream") else []
    data["_thread"] = _references([*about, *outside])
    data["_named"] = _names(parties)
    return {key: value for key, value in data.items() if value}


def _names(parties):
    """Return by role who took part, in words: also those of whom no address is known."""
    found = {}
    for party in parties:
        if words := _in_words(party):
            found.setdefault(party["role"], []).append(words)
    return found


def _in_words(party):
    """
    >>> _in_words({"name": "Ana", "address": "a@b.c"}), _in_words({"name": "Ana"})
    ('Ana <a@b.c>', 'Ana')
    """
    name, address = party.get("name"), party.get("address")
    if name and address and name != address:
        return f"{name} <{address}>"
    return address or name


def _references(parties):
    found = []
    for party in parties:
        reference = {"stream": party["stream"], "id": party["id"]}
        if reference not in found:
            found.append(reference)
    return found
