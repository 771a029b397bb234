"""Pipelines: a team brings an alias of its own."""

from ..target_common import TargetData

TARGET = TargetData(
    model="crm.team",
    rows={
        "1": {"name": "Größe & Co", "sequence": 7},
        "2": {"name": "Partners", "active": False},
        "3": {"name": "ÉQUIPE  nord"},
    },
    before={"name": "Equipe Nord"},
    matched=("3",),
    sides={"mail_alias": 2},
    changed={"name": "Renamed by the source", "sequence": 8},
    edit={"name": "Renamed by Anna"},
)
