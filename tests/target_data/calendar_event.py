"""Meetings: attendees with their answers, and nobody invited."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="calendar.event",
    rows={
        "1": {
            "name": "Réunion «été» & <plan>",
            "start": "2019-03-31 00:30:00",
            "stop": "2019-03-31 03:15:00",
            "location": "Salle 2 ✓",
            "description": "<p>Bring &amp; show</p>",
            "user_id": ANNA,
            "@thread": [ref("deals", "1")],
            "@partners": [{**ref("contacts", "1"), "state": "accepted"},
                          {**ref("contacts", "2"), "state": "declined"}],
        },
        "2": {"name": "Fair", "allday": True, "start": "2019-05-01",
              "stop": "2019-05-03", "user_id": ANNA},
    },
    before={"name": "Réunion «été» & <plan>", "start": "2019-03-31 00:30:00",
            "stop": "2019-03-31 03:15:00"},
    sides={"calendar_attendee": 4},
    ends={"@thread": ("res_id", "opportunity_id"),
          "@partners": ("partner_ids", "attendee_ids.state")},
    changed={"name": "Renamed by the source", "location": "Salle 3"},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
