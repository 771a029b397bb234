"""Tasks with sub-tasks; without Project, activities on what they belong to."""

from ..target_conformance import ANNA, TargetData, ref

TARGET = TargetData(
    model="project.task",
    needs=(
        ("boards", "project.project", {"1": {"name": "Board"}}),
        (
            "columns",
            "project.task.type",
            {"1": {"name": "Doing", "project_ids": [ref("boards", "1")]},
             "2": {"name": "Done", "fold": True, "project_ids": [ref("boards", "1")]}},
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
            "priority": "1",
            "date_deadline": "2019-04-01 12:00:00",
        },
        "2": {"name": "Private ✓", "user_ids": [ANNA],
              "partner_id": ref("contacts", "2")},
    },
    changed={"name": "Renamed by the source", "priority": "0"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
