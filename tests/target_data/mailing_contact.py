"""Who is on lists, one for each address; without Email Marketing they are contacts."""

from ..target_common import TargetData

TARGET = TargetData(
    model="mailing.contact",
    rows={
        "1": {"name": "Zoë & Søn", "email": "zoe@beta.example"},
        "2": {"name": "O'Neil <x>", "email": "Bo <BO@delta.example>"},
        "3": {"name": "Bo", "email": "stop@gamma.example"},
    },
    before={"name": "Stop", "email": "Stop@Gamma.example"},
    matched=("3",),
    changed={"name": "Renamed by the source", "email": "zoe.new@beta.example"},
    edit={"name": "Renamed by Anna"},
)
