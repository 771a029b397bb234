"""Stages of deals: a name may be there for another team."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="crm.stage",
    needs=(("pipelines", "crm.team", {"1": {"name": "Kúpol"}}),),
    rows={
        "1": {"name": "Håb <1>", "sequence": 3, "team_ids": [ref("pipelines", "1")]},
        "2": {"name": "Won ✓", "sequence": 9, "is_won": True, "fold": True,
              "team_ids": [ref("pipelines", "1")]},
        "3": {"name": "OFFRE  faite"},
    },
    before={"name": "Offre faite"},
    matched=("3",),
    changed={"name": "Renamed by the source", "sequence": 4},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
