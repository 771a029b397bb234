"""Mailing lists, by their name; without Email Marketing they are tags of contacts."""

from ..target_common import TargetData

TARGET = TargetData(
    model="mailing.list",
    rows={
        "1": {"name": "A & <B>"},
        "2": {"name": "Nyhedsbrev ✓"},
    },
    before={"name": "nyhedsbrev ✓"},
    matched=("2",),
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
