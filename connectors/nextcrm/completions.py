"""What belongs to the rows of each stream; ``r`` is the ``Relations`` of the reading."""

from .deals import complete_deals
from .derived import TAG, jsonb_tags
from .query import quoted

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


def _members(rows, member):
    return [row.get(member) for row in rows]


def _full_name(*parts):
    """Return what a person is called; a dash stands where people know no name.

    >>> _full_name("Jana", " - "), _full_name(None, "")
    ('Jana', '')
    """
    words = (str(part or "").strip() for part in parts)
    return " ".join(word for word in words if word.strip("-–—. "))


_NAMED = ("id", "name", "member_of", "status")


def _companies(r, rows):
    parents = r.parents() if r.catalog.has("crm_Accounts", *_NAMED) else {}
    watchers = r.grouped("AccountWatchers", "account_id", "user_id", _members(rows, "id"))  # fmt: skip
    parts = ("street", "city", "postal_code", "state", "country")
    for row in rows:
        row["_parent_id"] = parents.get(row["id"])
        row["_watchers"] = watchers.get(row["id"], [])
        shipping = {p: row.get(f"shipping_{p}") for p in parts}
        differs = any(v and v != row.get(f"billing_{p}") for p, v in shipping.items())
        row["_shipping"] = shipping if differs else None


def _contacts(r, rows):
    mentioned = [*_members(rows, "accountsIDs"), *_members(rows, "account")]
    alive = r.live("crm_Accounts", mentioned)
    tags = _tags_of(r, "crm_Contacts", rows)
    types = r.names("crm_Contact_Types")
    for row in rows:
        company = row.get("accountsIDs") or row.get("account")
        row["_company"] = company if company in alive else None
        named = _full_name(row.get("first_name"), row.get("last_name"))
        row["_name"] = named or row.get("email") or row.get("office_phone")
        row["_tags"] = tags.get(row["id"], [])
        row["_type"] = types.get(row.get("contact_type_id")) or row.get("type")


def _targets(r, rows):
    ids = _members(rows, "id")
    lists = r.grouped("TargetsToTargetLists", "target_id", "target_list_id", ids)
    alive = r.live("crm_TargetLists", {i for many in lists.values() for i in many})
    became = r.live("crm_Contacts", _members(rows, "converted_contact_id"))
    tags = _tags_of(r, "crm_Targets", rows)
    for row in rows:
        row["_lists"] = [i for i in lists.get(row["id"], []) if i in alive]
        contact = row.get("converted_contact_id")
        row["_converted_to"] = contact if contact in became else None
        row["_tags"] = tags.get(row["id"], [])
        row["_person"] = _full_name(row.get("first_name"), row.get("last_name"))


def _tags_of(r, table, rows):
    if not r.catalog.has(table, "tags"):
        return {}
    sql = f"""SELECT t.id, array_agg(DISTINCT {TAG.format("tag")}) AS tags
                FROM {quoted(table)} AS t, LATERAL unnest(t.tags) AS tag
               WHERE t.id = ANY(%(ids)s::uuid[]) AND btrim(tag) <> '' GROUP BY 1"""
    return {row["id"]: row["tags"] for row in r.find(sql, _members(rows, "id"))}


def _work_tags(table):
    def complete(r, rows):
        found = {}
        if r.catalog.has(table, "tags"):
            sql = f"""SELECT t.id, array_agg(DISTINCT {TAG.format("j.tag")}) AS tags
                        FROM {quoted(table)} AS t, LATERAL {jsonb_tags("t.tags")} AS j
                       WHERE t.id = ANY(%(ids)s::uuid[]) AND btrim(j.tag) <> ''
                       GROUP BY 1"""
            found = {r["id"]: r["tags"] for r in r.find(sql, _members(rows, "id"))}
        for row in rows:
            row["_tags"] = found.get(row["id"], [])
            done = row.get("taskStatus") == "COMPLETE"
            if "taskStatus" in row:
                stamp = row.get("updatedAt") or row.get("createdAt")
                row["_done_at"] = stamp if done else None

    return complete


def _leads(r, rows):
    names = {
        "_status": ("lead_status_id", "crm_Lead_Statuses", "status"),
        "_source": ("lead_source_id", "crm_Lead_Sources", "lead_source"),
        "_type": ("lead_type_id", "crm_Lead_Types", "type"),
    }
    alive = r.live("crm_Accounts", _members(rows, "accountsIDs"))
    for row in rows:
        for member, (key, table, text) in names.items():
            row[member] = r.names(table).get(row.get(key)) or row.get(text)
        person = _full_name(row.get("firstName"), row.get("lastName"))
        row["_person"] = person
        row["_name"] = person or row.get("company") or row.get("email") or row.get("phone")  # fmt: skip
        company = row.get("accountsIDs")
        row["_company"] = company if company in alive else None


def _activities(r, rows):
    ids = _members(rows, "id")
    links = _links(r, ids)
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
        event = events.get(row["id"], {})
        row["_stop"] = event.get("stop")
        row["_ical_uid"] = event.get("uid")
        row["_attendees"] = [
            {"email": each, "name": ""} if isinstance(each, str) else each
            for each in event.get("attendees") or ()
        ]
        minutes = row.get("duration")
        row["_hours"] = minutes / 60 if minutes and minutes > 0 else None


def _links(r, ids):
    """Return ``{activity: {stream: [id, …]}}``: each link once, none that is dead.

    A contract counts as its company, a converted target as the contact it became.
    """
    found = {}
    if not r.catalog.has("crm_ActivityLinks", "activityId", "entityId"):
        return found
    parts = []
    for entity, table in _TABLES.items():
        if r.catalog.has(table, "id"):
            soft = r.catalog.has(table, "deletedAt")
            alive = ' AND e."deletedAt" IS NULL' if soft else ""
            if entity == "target":
                alive += " AND e.converted_contact_id IS NULL"
            parts.append((f"'{entity}'", "e.id", table, entity, alive))
    if r.catalog.has("crm_Targets", "converted_contact_id"):
        became = " AND e.converted_contact_id IS NOT NULL"
        parts.append(("'contact'", "e.converted_contact_id", "crm_Targets", "target", became))  # fmt: skip
    if r.catalog.has("crm_Contracts", "account"):
        became = " AND e.account IS NOT NULL"
        parts.append(("'account'", "e.account", "crm_Contracts", "contract", became))
    sql = " UNION ".join(
        f"""SELECT l."activityId" AS id, {kind} AS kind, {key} AS target
              FROM "crm_ActivityLinks" AS l JOIN {quoted(table)} AS e
                ON e.id = l."entityId" AND l."entityType" = '{entity}'{alive}
             WHERE l."activityId" = ANY(%(ids)s::uuid[])"""
        for kind, key, table, entity, alive in parts
    )
    for row in r.find(f"{sql} ORDER BY 1, 2, 3", ids):
        streams = found.setdefault(row["id"], {})
        streams.setdefault(_ENTITIES[row["kind"]], []).append(row["target"])
    return found


def _emails(r, rows):
    owner = {copy: row["id"] for row in rows for copy in row.get("_copies") or ()}
    people, firms = {}, {}
    for table, member, found in (
        ("EmailsToContacts", "contactId", people),
        ("EmailsToAccounts", "accountId", firms),
    ):
        for mail, keys in r.grouped(table, "emailId", member, owner).items():
            found.setdefault(owner[mail], set()).update(keys)
    for row in rows:
        people.setdefault(row["id"], set()).update(row.pop("_matched", None) or ())
    alive = r.live("crm_Contacts", {i for keys in people.values() for i in keys})
    open_firms = r.live("crm_Accounts", {i for keys in firms.values() for i in keys})
    for row in rows:
        row["_contacts"] = sorted(people.get(row["id"], set()) & alive)
        row["_companies"] = sorted(firms.get(row["id"], set()) & open_firms)


def _comments(r, rows):
    for row in rows:
        for stream, member in (
            ("tasks", "task"),
            ("todos", "assigned_crm_account_task"),
        ):
            if row.get(member):
                row["_parent"] = {"stream": stream, "id": row[member]}


def _projects(r, rows):
    watchers = r.grouped("BoardWatchers", "board_id", "user_id", _members(rows, "id"))
    for row in rows:
        row["_watchers"] = watchers.get(row["id"], [])


def _stages(r, rows):
    """The place in the list; the column alone has the same number twice, or none."""
    if "stages" not in r.kept:
        found = r.database.fetch(
            """SELECT id::text FROM "crm_Opportunities_Sales_Stages"
                ORDER BY COALESCE("order", 999), probability, name, id""",
            stream="stages",
        )
        r.kept["stages"] = {row[0]: 10 * n for n, row in enumerate(found, 1)}
    for row in rows:
        row["_sequence"] = r.kept["stages"].get(row["id"])


def _tasks(r, rows):
    _work_tags("Tasks")(r, rows)
    boards = {}
    if r.catalog.has("Sections", "board"):
        sql = 'SELECT id, board FROM "Sections" WHERE id = ANY(%(ids)s::uuid[])'
        found = r.find(sql, _members(rows, "section"))
        boards = {row["id"]: row["board"] for row in found}
    alive = r.live("Boards", boards.values())
    for row in rows:
        board = boards.get(row.get("section"))
        row["_project"] = board if board in alive else None


COMPLETIONS = {
    "companies": _companies,
    "contacts": _contacts,
    "targets": _targets,
    "leads": _leads,
    "deals": complete_deals,
    "stages": _stages,
    "activities": _activities,
    "emails": _emails,
    "comments": _comments,
    "projects": _projects,
    "tasks": _tasks,
    "todos": _work_tags("crm_Accounts_Tasks"),
    "documents": _work_tags("Documents"),
}
