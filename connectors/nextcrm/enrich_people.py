"""What belongs to people and companies, and to the campaigns and leads before them."""

import re

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
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _campaign_name(r, text):
    """Return what a campaign is called: the column of leads is free text, or a key."""
    if not _ID.fullmatch(str(text or "").strip()):
        return text
    return r.names("crm_campaigns").get(text.strip().lower()) or "Deleted campaign"


def complete_companies(r, rows):
    parents = r.parents() if r.catalog.has("crm_Accounts", *_NAMED) else {}
    watchers = r.grouped("AccountWatchers", "account_id", "user_id", members(rows, "id"))  # fmt: skip
    parts = ("street", "city", "postal_code", "state", "country")
    before = _firms_before(r, members(rows, "id"))
    for row in rows:
        row["_parent_id"] = parents.get(row["id"])
        row["_watchers"] = watchers.get(row["id"], [])
        shipping = {p: row.get(f"shipping_{p}") for p in parts}
        row["_lists"] = before.get(row["id"], [])
        differs = any(v and v != row.get(f"billing_{p}") for p, v in shipping.items())
        row["_shipping"] = shipping if differs else None


def complete_contacts(r, rows):
    mentioned = [*members(rows, "accountsIDs"), *members(rows, "account")]
    alive = r.live("crm_Accounts", mentioned)
    gone = r.gone("crm_Accounts", mentioned, alive)
    before = _targets_before(r, "converted_contact_id", members(rows, "id"))
    tags = _tags_of(r, "crm_Contacts", rows)
    types = r.names("crm_Contact_Types")
    for row in rows:
        company = row.get("accountsIDs") or row.get("account")
        row["_company"] = company if company in alive else None
        row["_company_was"] = gone.get(company)
        row["_lists"] = before.get(row["id"], [])
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
    firms = r.live("crm_Accounts", members(rows, "converted_account_id"))
    gone = r.gone(
        "crm_TargetLists", {i for many in lists.values() for i in many}, alive
    )
    persons = _further_persons(r, ids)
    tags = _tags_of(r, "crm_Targets", rows)
    for row in rows:
        row["_lists"] = [i for i in lists.get(row["id"], []) if i in alive]
        contact = row.get("converted_contact_id")
        firm = row.get("converted_account_id")
        row["_converted_to"] = None
        if contact in became:
            row["_converted_to"] = {"stream": "contacts", "id": contact}
        elif firm in firms:
            row["_converted_to"] = {"stream": "companies", "id": firm}
        listed = lists.get(row["id"], [])
        row["_list_names"] = sorted(r.names("crm_TargetLists")[i] for i in listed)
        row["_gone"] = [f"List: {gone[i]}" for i in listed if i in gone]
        row["_persons"] = persons.get(row["id"], [])
        row["_tags"] = tags.get(row["id"], [])
        row["_person"] = _full_name(row.get("first_name"), row.get("last_name"))


def _firms_before(r, ids):
    """Return the lists of targets that became a company, and no contact that is there."""
    if not r.catalog.has("crm_Targets", "converted_account_id", "converted_contact_id"):
        return {}
    return _targets_before(r, "converted_account_id", ids)


def _targets_before(r, member, ids):
    """Return ``{id: [list, …]}`` of those that were a target before, on its lists."""
    wanted = ("TargetsToTargetLists", "target_id", "target_list_id")
    if not r.catalog.has("crm_Targets", member) or not r.catalog.has(*wanted):
        return {}
    sql = f"""SELECT t.{member} AS id, array_agg(DISTINCT m.target_list_id::text) AS lists
                FROM "crm_Targets" AS t
                JOIN "TargetsToTargetLists" AS m ON m.target_id = t.id
               WHERE t.{member} = ANY(%(ids)s::uuid[]) AND {r.is_live("crm_Targets")}
               GROUP BY 1"""
    found = {row["id"]: row["lists"] for row in r.find(sql, ids)}
    alive = r.live("crm_TargetLists", {i for many in found.values() for i in many})
    return {key: [i for i in many if i in alive] for key, many in found.items()}


_PERSON = ("id", "targetId", "name", "title", "email", "phone", "linkedinUrl", "source")


def _further_persons(r, ids):
    """Return ``{target: [person, …]}``: whom else NextCRM knows there."""
    found = {}
    if r.catalog.has("crm_Target_Contact", *_PERSON):
        listed = ", ".join(map(quoted, _PERSON))
        sql = f"""SELECT {listed} FROM "crm_Target_Contact"
                   WHERE "targetId" = ANY(%(ids)s::uuid[]) ORDER BY id"""
        for row in r.find(sql, ids):
            found.setdefault(row["targetId"], []).append(row)
    return found


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
    gone = r.gone("crm_Accounts", members(rows, "accountsIDs"), alive)
    for row in rows:
        row["_company_was"] = gone.get(row.get("accountsIDs"))
        row["_campaign"] = _campaign_name(r, row.get("campaign"))
        for member, (key, table, text) in names.items():
            row[member] = r.names(table).get(row.get(key)) or row.get(text)
        person = _full_name(row.get("firstName"), row.get("lastName"))
        row["_person"] = person
        row["_name"] = person or row.get("company") or row.get("email") or row.get("phone")  # fmt: skip
        company = row.get("accountsIDs")
        row["_company"] = company if company in alive else None
