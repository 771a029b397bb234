"""What belongs to activities and mails: the records that they are about, their text."""

from .enrich_people import members

_ENTITIES = {
    "opportunity": "deals",
    "lead": "leads",
    "contact": "contacts",
    "target": "targets",
    "account": "companies",
}
_TABLES = {
    "opportunity": "crm_Opportunities",
    "lead": "crm_Leads",
    "contact": "crm_Contacts",
    "target": "crm_Targets",
    "account": "crm_Accounts",
}


def complete_activities(r, rows):
    ids = members(rows, "id")
    found = _find_links(r, ids)
    links, gone = _links(r, found), _gone_links(r, found)
    events = {}
    if r.catalog.has("crm_CalendarEvents", "activityId", "endAt"):
        sql = """SELECT "activityId" AS id, "endAt" AS stop, "iCalUID" AS uid,
                        "attendeeEmails" AS attendees FROM "crm_CalendarEvents"
                  WHERE "activityId" = ANY(%(ids)s::uuid[]) ORDER BY "endAt" """
        events = {row["id"]: row for row in r.find(sql, ids)}
    for row in rows:
        own = links.get(row["id"], {})
        for stream in _ENTITIES.values():
            row[f"_{stream}"] = own.get(stream, [])
        row["_gone"] = gone.get(row["id"], [])
        event = events.get(row["id"], {})
        row["_stop"] = event.get("stop")
        row["_ical_uid"] = event.get("uid")
        row["_attendees"] = [
            {"email": each, "name": ""} if isinstance(each, str) else each
            for each in event.get("attendees") or ()
        ]
        minutes = row.get("duration")
        row["_hours"] = minutes / 60 if minutes and minutes > 0 else None
        row["_details"] = _details(row)


def _details(row):
    """Return what the metadata say that is told nowhere else.

    Any object goes: ``createActivity`` of ``actions/crm/activities`` (0.21.2).
    """
    metadata = row.get("metadata")
    if not isinstance(metadata, dict):
        return metadata
    told = {"calendarSource", "subject" if row.get("type") == "email" else ""}
    return {name: value for name, value in metadata.items() if name not in told}


def _find_links(r, ids):
    if not r.catalog.has("crm_ActivityLinks", "activityId", "entityType", "entityId"):
        return []
    sql = """SELECT DISTINCT "activityId" AS id, "entityType" AS kind,
                    "entityId" AS target FROM "crm_ActivityLinks"
              WHERE "activityId" = ANY(%(ids)s::uuid[]) ORDER BY 1, 2, 3"""
    return r.find(sql, ids)


def _gone_links(r, links):
    """Return ``{activity: [name, …]}`` of what it was about, and is in the bin now."""
    tables = {**_TABLES, "contract": "crm_Contracts"}
    names = {kind: r.gone(table, _ends(links, kind)) for kind, table in tables.items()}
    found = {}
    for link in links:
        if name := names.get(link["kind"], {}).get(link["target"]):
            found.setdefault(link["id"], []).append(name)
    return found


def _links(r, links):
    """Return ``{activity: {stream: [id, …]}}``: each link once, none that is dead.

    A contract counts as its company, a converted target as the contact it became.
    """
    found = {}
    for link in _of_living(r, links):
        streams = found.setdefault(link["id"], {})
        keys = streams.setdefault(_ENTITIES[link["kind"]], [])
        if link["target"] not in keys:
            keys.append(link["target"])
    return found


def _of_living(r, links):
    """Yield the links whose other end is there, at what stands for it in Odoo."""
    ends = {kind: _ends(links, kind) for kind in (*_TABLES, "contract")}
    converted = ("converted_contact_id", "converted_account_id")
    targets = r.live_rows("crm_Targets", ends["target"], *converted)
    became = {k: row.get("converted_contact_id") for k, row in targets.items()}
    founded = {k: row.get("converted_account_id") for k, row in targets.items()}
    firms = r.live_rows("crm_Contracts", ends["contract"], "account")
    firms = {k: row.get("account") for k, row in firms.items()}
    ends["contact"] |= set(became.values())
    ends["account"] |= {*firms.values(), *founded.values()}
    alive = {kind: r.live(table, ends[kind]) for kind, table in _TABLES.items()}
    for link in links:
        kind, end = link["kind"], link["target"]
        if kind == "target" and became.get(end) in alive["contact"]:
            kind, end = "contact", became[end]
        elif kind == "target" and founded.get(end) in alive["account"]:
            kind, end = "account", founded[end]
        elif kind == "contract":
            kind, end = "account", firms.get(end)
        if end in alive.get(kind, ()):
            yield {**link, "kind": kind, "target": end}


def _ends(links, kind):
    return {link["target"] for link in links if link["kind"] == kind}


def complete_emails(r, rows):
    _bodies(r, rows)
    owner = {copy: row["id"] for row in rows for copy in row.get("_copies") or ()}
    people, firms = {}, {}
    for table, member, found in (
        ("EmailsToContacts", "contactId", people),
        ("EmailsToAccounts", "accountId", firms),
    ):
        for mail, keys in r.grouped(table, "emailId", member, owner).items():
            found.setdefault(owner[mail], set()).update(keys)
    for row in rows:
        row["_sender"] = {"email": row.get("fromEmail"), "name": row.get("fromName")}
        people.setdefault(row["id"], set()).update(row.pop("_matched", None) or ())
    alive = r.live("crm_Contacts", {i for keys in people.values() for i in keys})
    open_firms = r.live("crm_Accounts", {i for keys in firms.values() for i in keys})
    for row in rows:
        row["_contacts"] = sorted(people.get(row["id"], set()) & alive)
        row["_companies"] = sorted(firms.get(row["id"], set()) & open_firms)


def _bodies(r, rows):
    """NextCRM fetches the text of a mail by mailbox: another copy may be the one with it."""
    owner = {}
    for row in rows:
        row["_body"] = None
        if not (row.get("bodyHtml") or row.get("bodyText")):
            others = set(row.get("_copies") or ()) - {row["id"]}
            owner |= dict.fromkeys(others, row)
    if not r.catalog.has("Email", "bodyHtml", "bodyText"):
        return
    sql = """SELECT id, COALESCE(NULLIF("bodyHtml", ''), "bodyText") AS body FROM "Email"
              WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id"""
    for copy in r.find(sql, owner):
        owner[copy["id"]]["_body"] = owner[copy["id"]]["_body"] or copy["body"]
