"""Stages of tasks: of projects, and nobody's personal ones."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="project.task.type",
    needs=(("boards", "project.project", {"1": {"name": "Board"}}),),
    rows={
        "1": {"name": "À faire", "sequence": 2, "project_ids": [ref("boards", "1")]},
        "2": {"name": "Fertig ✓", "fold": True, "project_ids": [ref("boards", "1")]},
        "3": {"name": "FERTIG  "},
    },
    before={"name": "Fertig", "user_id": False},
    matched=("3",),
    changed={"name": "Renamed by the source", "sequence": 3},
    edit={"name": "Renamed by Anna"},
)
