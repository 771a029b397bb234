"""Projects: with an alias of their own, and no mail to anybody."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="project.project",
    rows={
        "1": {
            "name": "Dachsanierung «Ä» & <Co>",
            "description": "<p>Roof &amp; gutters</p>",
            "user_id": ANNA,
            "partner_id": ref("contacts", "1"),
            "date_start": "2019-01-31",
            "date": "2019-12-31",
        },
        "2": {"name": "Old one", "active": False},
    },
    before={"name": "Dachsanierung «Ä» & <Co>"},
    sides={"mail_alias": 2},
    changed={"name": "Renamed by the source", "date": "2020-01-31"},
    edit={"name": "Renamed by Anna"},
)
