"""Tasks of OPEX 365 CRM: to-dos on their record, or tasks of a project."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    date_and_time,
    datetime,
    field,
    is_none_of,
    is_one_of,
    is_set,
    labelled,
    local_date,
    mapping,
    owner,
    replace_values,
    strip,
)
from .mappings_parts import (
    ACTIVITY_AFTER,
    NOTE_DATE,
    OWNER,
    STAMPS,
    THREAD,
    TIMES,
)

TASK = (
    *("description", "_says.statuscode", "_says.prioritycode"),
    *("category", "subcategory", "_says.isbilled", "_about"),
)
TASK_LABELS = labelled(
    *("", "Status", "Priority", "Category", "Subcategory", "Billed"),
    "Regarding",
)
OF_PROJECT = is_one_of("activitytypecode", "task", value_list="task_kinds")
OF_RECORD = is_none_of("activitytypecode", "task", value_list="task_kinds")
TASK_IGNORED = {
    **TIMES,
    "crmtaskassigneduniqueid": _lt("a number of the platform itself"),
    "percentcomplete": _lt("it is done or not"),
}

TASKS = (
    mapping(
        "tasks",
        "project.task",
        field("name", "subject", strip),
        field(
            "date_deadline",
            ("scheduledend", "scheduledstart"),
            coalesce,
            date_and_time,
            datetime,
        ),
        field("description", TASK, TASK_LABELS),
        field("user_ids", "_owner", owner),
        field(
            "@done",
            "statecode",
            replace_values(**{"0": "open", "1": "done", "2": "cancelled"}),
        ),
        field("@done_at", "_done_at", datetime),
        THREAD,
        *STAMPS,
        after=ACTIVITY_AFTER,
        when=OF_PROJECT,
        label=_lt("Tasks of a project"),
        ignored=TASK_IGNORED,
    ),
    mapping(
        "tasks",
        "mail.activity",
        field("summary", "subject", strip),
        field(
            "date_deadline",
            ("scheduledend", "scheduledstart", "createdon"),
            coalesce,
            date_and_time,
            local_date,
            required=True,
            lossy=_lt("the time of day is not kept"),
        ),
        field("note", TASK, TASK_LABELS),
        field("@done_at", "_done_at", datetime),
        OWNER,
        THREAD,
        *STAMPS,
        after=ACTIVITY_AFTER,
        when=(is_none_of("statecode", "2"), OF_RECORD),
        ignored=TASK_IGNORED,
    ),
    mapping(
        "tasks",
        "mail.message",
        field("@subtype", None, constant("note")),
        field(
            "body",
            ("_labels.statuscode", "subject", "description", "_about"),
            labelled("Task", "", "", "Regarding"),
            required=True,
        ),
        NOTE_DATE,
        field("@author", "_owner", owner),
        THREAD,
        *STAMPS,
        after=ACTIVITY_AFTER,
        when=(is_one_of("statecode", "2"), is_set("_thread"), OF_RECORD),
        label=_lt("Canceled tasks"),
    ),
)
