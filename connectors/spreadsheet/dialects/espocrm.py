"""EspoCRM 9 (July 2026): what *Export* of a list writes as CSV, ``Export_<Entity>.csv``.

Its own code (``Tools/Export/Format``) and user's guide: names of attributes as headers,
keys of enumerations, instants in UTC without a mark, JSON for lists; ids of 17 signs. The
workbook that the same button writes has translated labels and the exporter's zone: nothing
in it shows where it comes from.
"""

from .dialect import Dialect, Sign

_IDS = {"id": r"[0-9a-f]{17}"}

DIALECTS = (
    Dialect(
        "EspoCRM",
        "Export_<Entity>.csv with the names of attributes, instants in UTC",
        signs=(Sign(headers=("id", "createdAt"), values=_IDS),),
        columns={
            "deals": {"lastStage": ""},
            "leads": {"opportunityAmount": "opportunity amount"},
        },
        zone="UTC",
    ),
)
