"""What NextCRM does not store of a deal: whether it was won, its way through the stages."""

from decimal import Decimal

OUTCOMES = {"ACTIVE": "open", "PENDING": "open", "INACTIVE": "lost", None: "open"}
"""What a status says by itself; one that a later release adds is asked for."""
KILLED = "close_reason"
"""The entry that the daily job leaves when it closes a silent deal, as lost."""

_WHO = ("first_name", "last_name", "email", "accountsIDs")
_LINES = """
SELECT "{member}" AS parent, "productId", name, sku, description, quantity,
       unit_price::text AS unit_price, discount_value::text AS discount_value,
       discount_type, line_total::text AS line_total, currency
  FROM "{table}" WHERE "{member}" = ANY(%(ids)s::uuid[])
 ORDER BY "{member}", sort_order, id
"""
_LINE = (
    *("productId", "name", "sku", "description", "quantity", "unit_price"),
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
    lines = lines_of(relations, "crm_OpportunityLineItems", "opportunityId", ids)
    joined = relations.grouped(
        "ContactsToOpportunities", "opportunity_id", "contact_id", ids
    )
    mentioned = {row.get("contact") for row in rows}
    mentioned |= {key for keys in joined.values() for key in keys}
    people = relations.live_rows("crm_Contacts", mentioned, *_WHO)
    accounts = [row.get("account") for row in rows]
    firms = relations.live_rows("crm_Accounts", accounts, "name")
    gone_firms = relations.gone("crm_Accounts", accounts, firms)
    gone_people = relations.gone("crm_Contacts", mentioned, people)
    drives = [row.get("campaign") for row in rows]
    campaigns = relations.live("crm_campaigns", drives)
    gone_campaigns = relations.gone("crm_campaigns", drives, campaigns)
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
        row["_company_was"] = gone_firms.get(row.get("account"))
        row["_employer"] = None
        if row["_company"] and row["_contacts"]:
            # Odoo has one customer: the contact. Its company may be another one.
            employer = people[row["_contacts"][0]].get("accountsIDs")
            if employer != row["_company"]:
                row["_employer"] = firms[row["_company"]].get("name")
        status = row.get("approval_status")
        row["_approval"] = None if status == "NONE" else status
        row["_contact_was"] = gone_people.get(row.get("contact"))
        row["_gone"] = [gone_people[key] for key in linked if key in gone_people][1:]
        campaign = row.get("campaign")
        row["_campaign"] = campaign if campaign in campaigns else None
        row["_campaign_was"] = gone_campaigns.get(campaign)
        row["_lines"] = lines.get(row["id"], [])
        row["_lines_currency"] = next((x["currency"] for x in row["_lines"]), None)
        row["_lines_total"] = _sum_of(row["_lines"])
        row["_type"] = types.get(row.get("type"))
        row["_currency"] = row.get("currency") or currency
        row["_rate"] = rate_of(relations, row, currency)
        row["_rate_currency"] = currency if row["_rate"] else None


def outcome(status, history, closed_means="auto"):
    """Return open, won or lost.

    NextCRM's reports count CLOSED as won, but its daily job writes the same of deals
    that have been silent for too long, and tells it in the audit log only.

    >>> outcome("CLOSED", [{"status": ["ACTIVE", "CLOSED"], "close_reason": [None, "x"]}])
    'lost'
    """
    if status != "CLOSED":
        return OUTCOMES.get(status, status)
    if closed_means in ("won", "lost"):
        return closed_means
    last = next((c for c in reversed(history) if "status" in c), {})
    return "lost" if KILLED in last else "won"


def stage_steps(row, history):
    """Return when the deal came into each stage: ``[{"stage", "at"}]``, in order."""
    moves = [change for change in history if "sales_stage" in change]
    steps = []
    if moves:
        steps = [{"stage": moves[0]["sales_stage"][0], "at": row.get("createdAt")}]
    steps += [{"stage": move["sales_stage"][1], "at": move["at"]} for move in moves]
    entered, stage = row.get("stage_entered_at"), row.get("sales_stage")
    # The log is kept since a later release, and not by everything that moves a deal.
    if entered and (not steps or steps[-1]["stage"] != stage):
        steps.append({"stage": stage, "at": entered})
    known = [step for step in steps if step["stage"] and step["at"]]
    return [
        step
        for before, step in zip([None, *known], known, strict=False)
        if not before or before["stage"] != step["stage"]
    ]


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


def lines_of(relations, table, member, ids):
    """Return ``{parent: [line, …]}`` of the lines of deals or of contracts."""
    found = {}
    if relations.catalog.has(table, member, *_LINE):
        sql = _LINES.format(table=table, member=member)
        for line in relations.find(sql, ids):
            found.setdefault(line.pop("parent"), []).append(line)
    return found


def _sum_of(lines):
    """Return what the lines come to, as text; None where they are of several currencies.

    >>> _sum_of([{"line_total": "1.10", "currency": "EUR"}] * 3), _sum_of([])
    ('3.30', None)
    """
    if len({line.get("currency") for line in lines}) != 1:
        return None
    return str(sum(Decimal(line["line_total"] or 0) for line in lines))


def rate_of(relations, row, default):
    """Return what one unit of the deal's currency is worth in the default one, as text.

    The rate of the day on which the deal was saved (``getSnapshotRate(currency,
    default)`` of the product's ``lib/currency.ts``), else the one that is set now.
    """
    currency = row.get("currency") or default
    if not currency or not default or currency == default:
        return None
    if _is_rate(row.get("snapshot_rate")):
        return str(row["snapshot_rate"])
    return _rates(relations).get((currency, default))


def _is_rate(value):
    try:
        return 0 < float(value or 0) < float("inf")
    except (TypeError, ValueError):
        return False


def _rates(relations):
    """Return ``{(from, to): rate}`` as NextCRM has them now; one way tells the other."""
    if "rates" not in relations.kept:
        rates = {}
        if relations.catalog.has("ExchangeRate", "fromCurrency", "toCurrency", "rate"):
            rows = relations.database.fetch(
                'SELECT "fromCurrency", "toCurrency", rate::text FROM "ExchangeRate"'
                " WHERE rate > 0"
            )
            for one, other, rate in rows:
                rates[other, one] = f"{1 / float(rate):.8f}"
            rates |= {(one, other): rate for one, other, rate in rows}
        relations.kept["rates"] = rates
    return relations.kept["rates"]


def _default_currency(relations):
    """Return what a deal without a currency is in: the setting, else the mark.

    Where neither says it, euro: ``getDefaultCurrency`` of ``lib/currency.ts``.
    """
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
        otherwise = "EUR" if has("Currency", "code") else None
        relations.kept["currency"] = rows[0][0] if rows else otherwise
    return relations.kept["currency"]
