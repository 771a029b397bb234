"""To-dos: open and done, on a record and on nobody's but the company's."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="mail.activity",
    decided={("types", "call"): ("mail.activity.type", "mail.mail_activity_data_call")},
    rows={
        "1": {
            "summary": "Call «back» & <ask>",
            "note": "<p>About the roof &amp; more</p>",
            "date_deadline": "2031-01-31",
            "user_id": ANNA,
            "activity_type_id": {"$map": ["types", "call"]},
            "@thread": [ref("deals", "1")],
        },
        "2": {"summary": "Sent", "date_deadline": "2019-02-02", "user_id": ANNA,
              "@done_at": "2019-02-03 09:00:00", "@thread": [ref("contacts", "1")]},
        "3": {"summary": "Alone", "date_deadline": "2031-01-31", "user_id": ANNA,
              "@unlinked": "company"},
    },
    sides={"mail_message": 1},
    ends={
        "@thread": ("res_id",),
        "@done_at": ("active", "date_done"),
        "@done": ("active",),
        "@unlinked": ("res_id",),
    },
    changed={"summary": "Renamed by the source", "date_deadline": "2031-02-28"},
    edit={"summary": "Renamed by Anna"},
)  # fmt: skip
