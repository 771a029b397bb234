"""Deals: won, lost and open, each in its stage, with dates and amounts."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="crm.lead",
    needs=(
        ("stages", "crm.stage", {"1": {"name": "Skitse"}, "2": {"name": "Handel"}}),
        ("labels", "crm.tag", {"1": {"name": "blå ✓"}}),
        ("reasons", "crm.lost.reason", {"1": {"name": "Too dear"}}),
    ),
    rows={
        "1": {
            "name": "Roof «50 %» & <gutter>",
            "type": "opportunity",
            "partner_id": ref("contacts", "1"),
            "stage_id": ref("stages", "2"),
            "user_id": ANNA,
            "expected_revenue": 1234.56,
            "probability": 37.5,
            "tag_ids": [ref("labels", "1")],
            "description": "<p>In &amp; out</p>",
            "date_deadline": "2019-12-31",
            "@stage_history": [
                {"stage": ref("stages", "1"), "at": "2019-03-05 08:00:00"},
                {"stage": ref("stages", "2"), "at": "2019-04-05 08:00:00"},
            ],
        },
        "2": {
            "name": "Lost one",
            "type": "opportunity",
            "stage_id": ref("stages", "1"),
            "lost_reason_id": ref("reasons", "1"),
            "@state": "lost",
            "@closed_at": "2019-06-01 10:00:00",
        },
        "3": {"name": "Won one", "type": "opportunity", "@state": "won",
              "@closed_at": "2019-05-01 10:00:00"},
    },
    before={"name": "Roof «50 %» & <gutter>", "type": "opportunity"},
    # It was there before it came into the first stage that is told.
    sides={"mail_message": 2, "mail_tracking_value": 2},
    ends={
        "@state": ("active", "probability"),
        "@closed_at": ("date_closed",),
        "@stage_history": ("date_last_stage_update",),
    },
    changed={"name": "Renamed by the source", "expected_revenue": 99.0},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
