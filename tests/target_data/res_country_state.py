"""States: each in its country, with a code of its own there."""

from ..target_common import TargetData

TARGET = TargetData(
    model="res.country.state",
    decided={("countries", "Monaco"): ("res.country", "base.mc")},
    rows={
        "1": {"name": "La Condamine", "country_id": {"$map": ["countries", "Monaco"]}},
        "2": {"name": "Ävast", "code": "ÄV"},
        "3": {"name": "LISBÔA"},
    },
    matched=("3",),
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
