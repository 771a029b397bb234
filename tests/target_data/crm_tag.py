"""Deal tags: one that is there already is told by its name, whatever its case and accents."""

from ..target_common import TargetData

TARGET = TargetData(
    model="crm.tag",
    rows={
        "1": {"name": "Ünïque  & <new>"},
        "2": {"name": "Çà"},
        "3": {"name": "PREMIER  élan"},
    },
    before={"name": "Premier Elan"},
    matched=("3",),
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
