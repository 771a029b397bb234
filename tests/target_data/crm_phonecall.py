"""Phone calls; without the app they are messages."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="crm.phonecall",
    rows={
        "1": {
            "name": "Asked for «roof» & <price>",
            "description": "Calls back ✓",
            "date": "2019-03-04 05:06:07",
            "user_id": ANNA,
            "partner_phone": "+45 33 12 34 56",
            "direction": "in",
            "@duration": 0.25,
            "@thread": [ref("deals", "1"), ref("contacts", "1")],
        },
        "2": {"name": "No answer", "date": "2019-03-05 10:00:00", "user_id": ANNA,
              "@thread": [ref("contacts", "2")]},
    },
    sides={},
    ends={"@duration": ("duration",), "@thread": ("partner_id",)},
    changed={"name": "Renamed by the source", "direction": "out"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
