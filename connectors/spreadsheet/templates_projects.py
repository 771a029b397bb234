"""Projects, their milestones and tasks, tasks within tasks."""

from ..mapping.vocabulary import (
    boolean,
    date,
    datetime,
    field,
    html,
    lookup_several_by,
    mapping,
    moment,
    one_link,
    owner,
    progress,
    split,
    strip,
    value_map,
)
from .columns_people import OWNER, TEXT
from .columns_work import (
    BODY,
    COMPLETED,
    DONE,
    DONE_DAY,
    DONE_TIME,
    PRIORITY,
    TAGS,
)
from .templates_common import AUDIT, CUSTOMER

PROJECT_ID = ("project id", "board id", "parent project id")
PROJECT = ("project", "project name", "board", "board name", "project title")
MILESTONE_ID = ("milestone id",)
MILESTONE = ("milestone", "milestone name")
PARENT_ID = ("parent task id", "parent id", "subtask of id")
PARENT = ("parent task", "parent task name", "subtask of")
STATUS = ("status", "state", "task status", "issue status", "progress", "task state")
DUE = (
    "due date",
    "due",
    "deadline",
    "due on",
    "target date",
    "end date",
    "finish date",
)

OF_PROJECT = field(
    "project_id",
    (PROJECT_ID, PROJECT),
    lookup_several_by(("projects", ""), ("projects", "name")),
    one_link,
)

COMPLETION = (
    field("@done", (DONE, STATUS), progress("done", "progress")),
    field("@done_at", (DONE_DAY, DONE_TIME), moment()),
    field("@done_at", COMPLETED, datetime),
)

PROJECTS = {
    "projects": mapping(
        "projects",
        "project.project",
        field("name", ("name", *PROJECT, "title"), strip, required=True),
        field("description", TEXT, html),
        field("date_start", ("start date", "started on", "start"), date),
        field("date", DUE, date),
        field("user_id", ("project manager", "manager", *OWNER), owner),
        field("tag_ids", TAGS, split(","), value_map("project_tags")),
        field("active", ("active", "is active"), boolean),
        CUSTOMER,
        *AUDIT,
    ),
    "milestones": mapping(
        "milestones",
        "project.milestone",
        field("name", ("name", *MILESTONE, "title"), strip, required=True),
        OF_PROJECT,
        field("deadline", DUE, date),
        *COMPLETION,
        *AUDIT,
    ),
    "project_tasks": mapping(
        "project_tasks",
        "project.task",
        field(
            "name",
            ("task name", "task title", "issue", "name", "subject", "title", "summary"),
            strip,
            required=True,
        ),
        OF_PROJECT,
        field(
            "milestone_id",
            (MILESTONE_ID, MILESTONE),
            lookup_several_by(("milestones", ""), ("milestones", "name")),
            one_link,
        ),
        field(
            "parent_id",
            (PARENT_ID, PARENT),
            lookup_several_by(("project_tasks", ""), ("project_tasks", "name")),
            one_link,
        ),
        field("date_deadline", DUE, datetime),
        field("user_ids", ("assignee", "assigned to", *OWNER), owner),
        field("priority", PRIORITY, value_map("priorities")),
        field("tag_ids", TAGS, split(","), value_map("project_tags")),
        field("description", BODY, html),
        *COMPLETION,
        CUSTOMER,
        *AUDIT,
    ),
}
