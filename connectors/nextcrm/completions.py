"""What belongs to the rows of each stream; ``r`` is the ``Relations`` of the reading."""

from .completions_history import complete_activities, complete_emails
from .completions_people import (
    complete_campaigns,
    complete_companies,
    complete_contacts,
    complete_leads,
    complete_targets,
    members,
)
from .deals import complete_deals
from .derived import TAG, jsonb_tags
from .query import quoted


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


def _comments(r, rows):
    for row in rows:
        for stream, member in (
            ("tasks", "task"),
            ("todos", "assigned_crm_account_task"),
        ):
            if row.get(member):
                row["_parent"] = {"stream": stream, "id": row[member]}


def _projects(r, rows):
    watchers = r.grouped("BoardWatchers", "board_id", "user_id", members(rows, "id"))
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
        found = r.find(sql, members(rows, "section"))
        boards = {row["id"]: row["board"] for row in found}
    alive = r.live("Boards", boards.values())
    for row in rows:
        board = boards.get(row.get("section"))
        row["_project"] = board if board in alive else None


COMPLETIONS = {
    "companies": complete_companies,
    "contacts": complete_contacts,
    "targets": complete_targets,
    "campaigns": complete_campaigns,
    "leads": complete_leads,
    "deals": complete_deals,
    "stages": _stages,
    "activities": complete_activities,
    "emails": complete_emails,
    "comments": _comments,
    "projects": _projects,
    "tasks": _tasks,
    "todos": _work_tags("crm_Accounts_Tasks"),
    "documents": _work_tags("Documents"),
}
