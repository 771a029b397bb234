"""Mailings that were sent: whatever the source says of them, they are over."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="mailing.mailing",
    needs=(("campaigns", "utm.campaign", {"1": {"title": "Spring ✓"}}),),
    rows={
        "1": {
            "subject": "Grüße & <news>",
            "sent_date": "2019-03-04 05:06:07",
            "campaign_id": ref("campaigns", "1"),
        },
        "2": {"subject": "Autumn"},
    },
    sides={"utm_source": 2},
    changed={"subject": "Renamed by the source"},
    edit={"subject": "Renamed by Anna"},
)
