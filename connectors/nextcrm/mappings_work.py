"""Default mapping of NextCRM's boards; they need Odoo's Project application."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    default,
    field,
    html,
    integer,
    is_set,
    labelled,
    lookup,
    lookup_all,
    lower,
    mapping,
    owner,
    replace_values,
    strip,
)
from .mappings_common import BIN, GONE, INSTANT, NAME, STAMPS, TAG_IGNORED

_DISPLAY = _lt("how it is shown in NextCRM")

WORK_MAPPINGS = (
    mapping("task_tags", "project.tags", NAME, ignored=TAG_IGNORED),
    mapping(
        "projects",
        "project.project",
        field("name", "title", strip, required=True),
        field("description", "description", html),
        field("user_id", "user", owner),
        # A board that is not public is seen by its members (``boardReadScopeWhere``).
        field(
            "privacy_visibility",
            "visibility",
            default("private"),
            lower,
            replace_values(private="followers", public="employees"),
        ),
        field("message_partner_ids", "_members", lookup_all("users", "")),
        *STAMPS,
        after=("users",),
        ignored={
            "sharedWith": _lt("told by the members who are still there"),
            **dict.fromkeys(
                ("position", "favourite", "favouritePosition", "icon"), _DISPLAY
            ),
            **BIN,
        },
    ),
    mapping(
        "project_stages",
        "project.task.type",
        field("name", "title", strip, required=True),
        field("sequence", "position", default(999), integer),
        field("project_ids", "_board", lookup_all("projects", "")),
        after=("projects",),
        when=is_set("_board"),
        ignored={
            "board": _lt("told by the board that is still there"),
            "_gone": _lt("told by the board that is still there"),
        },
    ),
    mapping(
        "tasks",
        "project.task",
        field("name", "title", strip, required=True),
        field("description", ("content", "_gone"), labelled("", (GONE, "", 0))),
        field("stage_id", "_stage", lookup("project_stages")),
        field("project_id", "_project", lookup("projects")),
        field("user_ids", "user", owner),
        field("date_deadline", "dueDateAt", INSTANT),
        field("tag_ids", "_tags", lookup_all("task_tags", "")),
        field(
            "priority",
            "priority",
            lower,
            replace_values(
                # Odoo 19 has four: low, medium, high, urgent.
                low="0",
                **dict.fromkeys(("normal", "medium"), "1"),
                high="2",
                **dict.fromkeys(("critical", "urgent"), "3"),
            ),
        ),
        field(
            "state",
            "taskStatus",
            replace_values(
                ACTIVE="01_in_progress", PENDING="04_waiting_normal", COMPLETE="1_done"
            ),
        ),
        field("date_end", "_done_at", INSTANT),
        *STAMPS,
        after=("users", "projects", "project_stages", "task_tags"),
        ignored={
            "likes": _lt("Odoo counts reactions of its own"),
            "position": _DISPLAY,
            "lastEditedAt": _lt("the last change is told twice"),
            "section": _lt("told by the section whose board is still there"),
            "tags": _lt("brought over as the tags that several spellings stand for"),
        },
    ),
)
