"""What belongs to the rows of each stream; ``r`` is the ``Relations`` of the reading."""

from ..mapping.merge_tags import convert_html, convert_text, word_tags
from .deals import complete_deals, lines_of
from .derived import TAG, jsonb_tags
from .enrich_history import complete_activities, complete_emails
from .enrich_people import (
    complete_campaigns,
    complete_companies,
    complete_contacts,
    complete_leads,
    complete_targets,
    members,
)
from .invoices import complete_invoices
from .query import quoted
from .relating import relate


def _work_tags(table):
    def complete(r, rows):
        found = {}
        if r.catalog.has(table, "tags"):
            sql = f"""SELECT t.id, array_agg(DISTINCT {TAG.format("j.tag")}) AS tags
                        FROM {quoted(table)} AS t, LATERAL {jsonb_tags("t.tags")} AS j
                       WHERE t.id = ANY(%(ids)s::uuid[]) AND btrim(j.tag) <> ''
                       GROUP BY 1"""
            tagged = r.find(sql, members(rows, "id"))
            found = {row["id"]: row["tags"] for row in tagged}
        for row in rows:
            row["_tags"] = found.get(row["id"], [])
            done = row.get("taskStatus") == "COMPLETE"
            if "taskStatus" in row:
                stamp = row.get("updatedAt") or row.get("createdAt")
                row["_done_at"] = stamp if done else None

    return complete


def _todos(r, rows):
    _work_tags("crm_Accounts_Tasks")(r, rows)
    relate(
        r,
        rows,
        _deal=("opportunity_id", "crm_Opportunities"),
        _company=("account", "crm_Accounts"),
    )


def _contracts(r, rows):
    relate(r, rows, _company=("account", "crm_Accounts"))
    lines = lines_of(r, "crm_ContractLineItems", "contractId", members(rows, "id"))
    for row in rows:
        row["_lines"] = lines.get(row["id"], [])


def _company_products(r, rows):
    relate(r, rows, _company=("accountId", "crm_Accounts"))
    products = r.names("crm_Products")
    for row in rows:
        row["_product"] = products.get(row.get("productId"))


def _list_members(r, rows):
    relations = {"_list": ("target_list_id", "crm_TargetLists")}
    relate(r, rows, **relations, _target=("target_id", "crm_Targets"))


def _campaign_sends(r, rows):
    relate(r, rows, _target=("target_id", "crm_Targets"))
    subjects = r.names("crm_campaign_steps")
    for row in rows:
        row["_subject"] = subjects.get(row.get("step_id"))


def _email_templates(r, rows):
    """Put the merge tags in Odoo's words; those without a counterpart are told."""
    for row in rows:
        subject, unknown = convert_text(row.get("subject_default") or "", "braces")
        body, more, _pictures = convert_html(row.get("content_html") or "", "braces")
        row["_subject"], row["_body"] = subject, body
        row["_unknown"] = word_tags({*unknown, *more})


def _products(r, rows):
    categories = r.names("crm_ProductCategories")
    for row in rows:
        row["_category"] = categories.get(row.get("categoryId"))


def _comments(r, rows):
    for row in rows:
        for stream, member in (
            ("tasks", "task"),
            ("todos", "assigned_crm_account_task"),
        ):
            if row.get(member):
                row["_parent"] = {"stream": stream, "id": row[member]}


def _projects(r, rows):
    """Find the members: who may see a board that is not public, its owner among them.

    As ``boardReadScopeWhere`` of ``lib/authz/scopes/crm.ts`` (0.21.2) has it: owner,
    whom it is shared with, and who watches it. No key says that these are still there.
    """
    watchers = r.grouped("BoardWatchers", "board_id", "user_id", members(rows, "id"))
    wanted = {
        row["id"]: [
            row.get("user"),
            *(row.get("sharedWith") or ()),
            *watchers.get(row["id"], ()),
        ]
        for row in rows
    }
    users = r.live("Users", {key for keys in wanted.values() for key in keys})
    for row in rows:
        named = dict.fromkeys(wanted[row["id"]])
        row["_members"] = [key for key in named if key in users]


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


def _sections(r, rows):
    """A board in the bin leaves its sections in place."""
    relate(r, rows, _board=("board", "Boards"))


def _tasks(r, rows):
    _work_tags("Tasks")(r, rows)
    sections = {}
    if r.catalog.has("Sections", "board", "title"):
        sql = 'SELECT id, board, title FROM "Sections" WHERE id = ANY(%(ids)s::uuid[])'
        sections = {row["id"]: row for row in r.find(sql, members(rows, "section"))}
    boards = {section["board"] for section in sections.values()}
    alive = r.live("Boards", boards)
    gone = r.gone("Boards", boards, alive)
    for row in rows:
        section = sections.get(row.get("section"), {})
        board = section.get("board")
        row["_project"] = board if board in alive else None
        row["_stage"] = row["section"] if board in alive else None
        named = f"{gone.get(board)} – {section.get('title')}"
        row["_gone"] = [named] if board in gone else []


COMPLETIONS = {
    "companies": complete_companies,
    "contacts": complete_contacts,
    "targets": complete_targets,
    "list_members": _list_members,
    "email_templates": _email_templates,
    "campaign_sends": _campaign_sends,
    "campaigns": complete_campaigns,
    "leads": complete_leads,
    "deals": complete_deals,
    "stages": _stages,
    "activities": complete_activities,
    "emails": complete_emails,
    "comments": _comments,
    "projects": _projects,
    "project_stages": _sections,
    "tasks": _tasks,
    "todos": _todos,
    "contracts": _contracts,
    "company_products": _company_products,
    "products": _products,
    "documents": _work_tags("Documents"),
    "invoices": complete_invoices,
}
