"""Campaigns: told by their title, which their name only follows."""

from ..target_common import ANNA, TargetData

TARGET = TargetData(
    model="utm.campaign",
    rows={
        "1": {"title": "Été <2019>", "user_id": ANNA, "color": 4},
        "2": {"title": "Black\u00a0Friday", "user_id": ANNA},
        "3": {"title": "MESSE  köln"},
    },
    before={"title": "Messe Koln", "name": "Messe Koln"},
    matched=("3",),
    changed={"title": "Renamed by the source", "color": 5},
    edit={"title": "Renamed by Anna"},
)
