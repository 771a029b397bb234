"""Tasks with sub-tasks; without Project, activities on what they belong to."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="project.task",
    needs=(
        ("boards", "project.project", {"1": {"name": "Board", "allow_milestones": True}}),
        (
            "columns",
            "project.task.type",
            {"1": {"name": "Doing", "project_ids": [ref("boards", "1")]},
             "2": {"name": "Done", "fold": True, "project_ids": [ref("boards", "1")]}},
        ),
        (
            "goals",
            "project.milestone",
            {"1": {"name": "Scaffold", "project_id": ref("boards", "1")}},
        ),
        ("labels", "project.tags", {"1": {"name": "urgent ✓"}}),
    ),
    rows={
        "1": {
            "name": "Measure «roof» & <gutter>",
            "description": "<p>With a ladder &amp; a rope</p>",
            "project_id": ref("boards", "1"),
            "stage_id": ref("columns", "1"),
            "user_ids": [ANNA],
            "partner_id": ref("contacts", "1"),
            "tag_ids": [ref("labels", "1")],
            "priority": "3",
            "state": "04_waiting_normal",
            "milestone_id": ref("goals", "1"),
            "date_deadline": "2019-04-01 12:00:00",
            "email_cc": "anna.agren@example.test, zoe@beta.example",
        },
        "2": {"name": "Nobody's, of no project ✓", "description": "<p>?</p>"},
        "3": {"name": "Done in a folded stage", "project_id": ref("boards", "1"),
              "stage_id": ref("columns", "2"), "user_ids": [ANNA],
              "@done_at": "2019-05-05 10:00:00"},
        "4": {"name": "Part of it", "parent_id": ref("conformed", "1"),
              "state": "1_canceled", "date_end": "2019-05-06 10:00:00"},
        "5": {"name": "Anna's alone", "user_ids": [ANNA], "@done": "done",
              "@project": "Support ✓", "@thread": [ref("deals", "1")]},
    },
    # Two projects for what belongs to none: the inbox, and the one that is asked for.
    sides={"project_project": 2, "mail_alias": 2, "mail_message": 1},
    ends={
        "@done_at": ("state", "date_end"),
        "@done": ("state", "date_end"),
        "@project": ("project_id",),
        "@thread": (),  # the note on the deal, which no field of the task tells
    },
    changed={"name": "Renamed by the source", "priority": "0"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
