"""What belongs to people and companies, and to the campaigns and leads before them."""

from .derived import TAG
from .query import quoted


def members(rows, member):
    return [row.get(member) for row in rows]


def _full_name(*parts):
    """Return what a person is called; a dash stands where people know no name.

    >>> _full_name("Jana", " - "), _full_name(None, "")
    ('Jana', '')
    """
    words = (str(part or "").strip() for part in parts)
    return " ".join(word for word in words if word.strip("-–—. "))


_NAMED = ("id", "name", "member_of", "status")


def complete_companies(r, rows):
    parents = r.parents() if r.catalog.has("crm_Accounts", *_NAMED) else {}
    watchers = r.grouped("AccountWatchers", "account_id", "user_id", members(rows, "id"))  # fmt: skip
    parts = ("street", "city", "postal_code", "state", "country")
    for row in rows:
        row["_parent_id"] = parents.get(row["id"])
        row["_watchers"] = watchers.get(row["id"], [])
        shipping = {p: row.get(f"shipping_{p}") for p in parts}
        differs = any(v and v != row.get(f"billing_{p}") for p, v in shipping.items())
        row["_shipping"] = shipping if differs else None


def complete_contacts(r, rows):
    mentioned = [*members(rows, "accountsIDs"), *members(rows, "account")]
    alive = r.live("crm_Accounts", mentioned)
    tags = _tags_of(r, "crm_Contacts", rows)
    types = r.names("crm_Contact_Types")
    for row in rows:
        company = row.get("accountsIDs") or row.get("account")
        row["_company"] = company if company in alive else None
        named = _full_name(row.get("first_name"), row.get("last_name"))
        other = ("email", "personal_email", "office_phone", "mobile_phone")
        row["_name"] = named or next(filter(None, map(row.get, other)), None)
        row["_tags"] = tags.get(row["id"], [])
        row["_type"] = types.get(row.get("contact_type_id")) or row.get("type")


def complete_targets(r, rows):
    ids = members(rows, "id")
    lists = r.grouped("TargetsToTargetLists", "target_id", "target_list_id", ids)
    alive = r.live("crm_TargetLists", {i for many in lists.values() for i in many})
    became = r.live("crm_Contacts", members(rows, "converted_contact_id"))
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
    return {row["id"]: row["tags"] for row in r.find(sql, members(rows, "id"))}


def complete_campaigns(r, rows):
    """The lists of a campaign, and how many targets stand on them."""
    ids = members(rows, "id")
    lists = r.grouped("CampaignToTargetLists", "campaign_id", "target_list_id", ids)
    alive = r.live("crm_TargetLists", {i for many in lists.values() for i in many})
    counts = {}
    if alive and r.catalog.has("TargetsToTargetLists", "target_id", "target_list_id"):
        sql = f"""SELECT c.campaign_id AS id, count(DISTINCT m.target_id) AS targets
                    FROM "CampaignToTargetLists" AS c
                    JOIN "TargetsToTargetLists" AS m USING (target_list_id)
                    JOIN "crm_Targets" AS t ON t.id = m.target_id
                   WHERE c.campaign_id = ANY(%(ids)s::uuid[])
                     AND c.target_list_id = ANY(%(lists)s::uuid[])
                     AND {r.is_live("crm_Targets")} GROUP BY 1"""
        found = r.find(sql, ids, lists=sorted(alive))
        counts = {row["id"]: row["targets"] for row in found}
    for row in rows:
        row["_lists"] = [i for i in lists.get(row["id"], []) if i in alive]
        row["_audience"] = counts.get(row["id"], 0)


def complete_leads(r, rows):
    names = {
        "_status": ("lead_status_id", "crm_Lead_Statuses", "status"),
        "_source": ("lead_source_id", "crm_Lead_Sources", "lead_source"),
        "_type": ("lead_type_id", "crm_Lead_Types", "type"),
    }
    alive = r.live("crm_Accounts", members(rows, "accountsIDs"))
    for row in rows:
        for member, (key, table, text) in names.items():
            row[member] = r.names(table).get(row.get(key)) or row.get(text)
        person = _full_name(row.get("firstName"), row.get("lastName"))
        row["_person"] = person
        row["_name"] = person or row.get("company") or row.get("email") or row.get("phone")  # fmt: skip
        company = row.get("accountsIDs")
        row["_company"] = company if company in alive else None
