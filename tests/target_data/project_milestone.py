"""Milestones: reached on their day, not today; one of no project has a place as well."""

from ..target_common import TargetData, ref

BOARD = {"name": "Board", "allow_milestones": True}

TARGET = TargetData(
    model="project.milestone",
    needs=(("boards", "project.project", {"1": BOARD}),),
    rows={
        "1": {
            "name": "Scaffold «up» & <safe>",
            "project_id": ref("boards", "1"),
            "deadline": "2019-05-31",
            "reached_date": "2019-05-29",
            "is_reached": True,
        },
        "2": {"name": "Handover", "deadline": "2031-01-31"},
        "3": {"name": "Said to be over", "project_id": ref("boards", "1"),
              "is_reached": True},
        "4": {"name": "Signed", "@done_at": "2019-06-30 22:30:00"},
        "5": {"name": "Paid", "@done": "done"},
    },
    # The project for what belongs to none.
    sides={"project_project": 1, "mail_alias": 1},
    ends={
        "@done": ("is_reached",),
        "@done_at": ("is_reached", "reached_date")},
    changed={"name": "Renamed by the source", "deadline": "2019-06-30"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
