"""Tickets with numbers of their own; without the app tasks, or activities."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="helpdesk.ticket",
    needs=(("queues", "helpdesk.ticket.stage", {"1": {"name": "Waiting ✓"}}),),
    rows={
        "1": {
            "name": 'Pump won\'t start: 50% "dead" <b>',
            "number": "CAS-00004-K2M8P4",
            "description": "<p>It hums &amp; stops.</p>",
            "partner_id": ref("contacts", "2"),
            "user_id": ANNA,
            "priority": "2",
            "stage_id": ref("queues", "1"),
        },
        "2": {"name": "Closed", "number": "HT99001", "user_id": ANNA,
              "partner_id": ref("contacts", "1"), "@done_at": "2019-06-01 10:00:00"},
        "3": {"name": "Without a number", "user_id": ANNA},
    },
    before={"name": "Other", "number": "CAS-00004-K2M8P4", "description": "x"},
    stirred=("ir_sequence",),
    ends={"@done_at": ("closed_date",)},
    changed={"name": "Renamed by the source", "priority": "1"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
