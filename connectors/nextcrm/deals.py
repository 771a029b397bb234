"""What NextCRM does not store of a deal: whether it was won, its way through the stages."""

OUTCOMES = {"ACTIVE": "open", "PENDING": "open", "INACTIVE": "lost", None: "open"}
KILLED = "close_reason"
"""The entry that the daily job leaves when it closes a silent deal, as lost."""

_WHO = ("first_name", "last_name", "email")
_LINES = """
SELECT "opportunityId" AS deal, name, sku, description, quantity,
       unit_price::text AS unit_price, discount_value::text AS discount_value,
       discount_type, line_total::text AS line_total, currency
  FROM "crm_OpportunityLineItems" WHERE "opportunityId" = ANY(%(ids)s::uuid[])
 ORDER BY "opportunityId", sort_order, id
"""
_LINE = (
    *("opportunityId", "name", "sku", "description", "quantity", "unit_price"),
    *("discount_value", "discount_type", "line_total", "currency", "sort_order", "id"),
)
_CHANGES = """
SELECT "entityId" AS deal, "createdAt" AS at, changes FROM "crm_AuditLog"
 WHERE "entityType" = 'opportunity' AND "entityId" = ANY(%(ids)s::uuid[])
   AND jsonb_typeof(changes) = 'array'
 ORDER BY "createdAt", id
"""
_AUDITED = ("id", "entityType", "entityId", "createdAt", "changes")
_LAST = f"""
SELECT DISTINCT ON ("entityId") "entityId" AS id,
       changes @> '[{{"field": "{KILLED}"}}]' AS killed
  FROM "crm_AuditLog"
 WHERE "entityType" = 'opportunity' AND changes @> '[{{"field": "status"}}]'
 ORDER BY "entityId", "createdAt" DESC, id DESC
"""
"""The last change of status of each deal, and whether the daily job made it."""


def complete_deals(relations, rows):
    """Add outcome, contacts, company, lines and stage history."""
    ids = [row["id"] for row in rows]
    changes = changes_of(relations, ids)
    lines = _lines(relations, ids)
    joined = relations.grouped(
        "ContactsToOpportunities", "opportunity_id", "contact_id", ids
    )
    mentioned = {row.get("contact") for row in rows}
    mentioned |= {key for keys in joined.values() for key in keys}
    people = relations.live_rows("crm_Contacts", mentioned, *_WHO)
    firms = relations.live("crm_Accounts", [row.get("account") for row in rows])
    types = relations.names("crm_Opportunities_Type")
    currency = _default_currency(relations)
    for row in rows:
        history = changes.get(row["id"], [])
        row["_state"] = outcome(row.get("status"), history, relations.closed_means)
        row["_closed_at"] = _closed_at(row, history)
        row["_stages"] = stage_steps(row, history)
        linked = [row.get("contact"), *joined.get(row["id"], [])]
        row["_contacts"] = [key for key in dict.fromkeys(linked) if key in people]
        row["_further"] = [people[key] for key in row["_contacts"][1:]]
        row["_company"] = row.get("account") if row.get("account") in firms else None
        row["_lines"] = lines.get(row["id"], [])
        row["_type"] = types.get(row.get("type"))
        row["_currency"] = row.get("currency") or currency


def outcome(status, history, closed_means="auto"):
    """Return open, won or lost.

    NextCRM's reports count CLOSED as won, but its daily job writes the same of deals
    that have been silent for too long, and tells it in the audit log only.

    >>> outcome("CLOSED", [{"status": ["ACTIVE", "CLOSED"], "close_reason": [None, "x"]}])
    'lost'
    """
    if status != "CLOSED":
        return OUTCOMES.get(status, "open")
    if closed_means in ("won", "lost"):
        return closed_means
    last = next((c for c in reversed(history) if "status" in c), {})
    return "lost" if KILLED in last else "won"


def stage_steps(row, history):
    """Return when the deal came into each stage: ``[{"stage", "at"}]``, in order."""
    moves = [change for change in history if "sales_stage" in change]
    if not moves:
        return []
    steps = [{"stage": moves[0]["sales_stage"][0], "at": row.get("createdAt")}]
    steps += [{"stage": move["sales_stage"][1], "at": move["at"]} for move in moves]
    return [step for step in steps if step["stage"] and step["at"]]


def _closed_at(row, history):
    if row["_state"] == "open":
        return None
    told = [
        c["at"] for c in history if c.get("status", [None, None])[1] == row["status"]
    ]
    return told[-1] if told else row.get("updatedAt") or row.get("createdAt")


def closed_outcomes(relations):
    """Return how many of the deals that are closed were won, and lost."""
    catalog = relations.catalog
    if not catalog.has("crm_Opportunities", "id", "status"):
        return {"won": 0, "lost": 0}
    killed, joined = "false", ""
    if catalog.has("crm_AuditLog", *_AUDITED):
        killed = "COALESCE(l.killed, false)"
        joined = f"LEFT JOIN ({_LAST}) AS l USING (id)"
    sql = f"""SELECT count(*) FILTER (WHERE NOT {killed}),
                     count(*) FILTER (WHERE {killed})
                FROM "crm_Opportunities" AS t {joined}
               WHERE t.status = 'CLOSED' AND {relations.is_live("crm_Opportunities")}"""
    counts = relations.database.fetch(sql, stream="deals")[0]
    return dict(zip(("won", "lost"), counts, strict=True))


def changes_of(relations, ids):
    """Return ``{deal: [{"at", field: [old, new], …}]}`` in order of time."""
    found = {}
    if not relations.catalog.has("crm_AuditLog", *_AUDITED):
        return found
    for entry in relations.find(_CHANGES, ids):
        change = {"at": entry["at"]}
        for item in entry["changes"]:
            if isinstance(item, dict) and item.get("field"):
                change[item["field"]] = [item.get("old"), item.get("new")]
        found.setdefault(entry["deal"], []).append(change)
    return found


def _lines(relations, ids):
    found = {}
    if relations.catalog.has("crm_OpportunityLineItems", *_LINE):
        for line in relations.find(_LINES, ids):
            found.setdefault(line.pop("deal"), []).append(line)
    return found


def _default_currency(relations):
    """Return what a deal without a currency is in: the setting, else the mark."""
    if "currency" not in relations.kept:
        has, fetch = relations.catalog.has, relations.database.fetch
        rows = []
        if has("crm_SystemSettings", "key", "value"):
            rows = fetch(
                "SELECT value FROM \"crm_SystemSettings\" WHERE key = 'default_currency'"
                " AND btrim(value) <> ''"
            )
        if not rows and has("Currency", "code", "isDefault"):
            rows = fetch('SELECT code FROM "Currency" WHERE "isDefault" ORDER BY code')
        relations.kept["currency"] = rows[0][0] if rows else None
    return relations.kept["currency"]
