"""Mailing lists; without Email Marketing they are tags of contacts."""

from ..target_conformance import TargetData

TARGET = TargetData(
    model="mailing.list",
    rows={"1": {"name": "Nyhedsbrev ✓"}, "2": {"name": "A & <B>"}},
    before={"name": "Nyhedsbrev ✓"},
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
