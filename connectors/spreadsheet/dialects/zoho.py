"""Zoho CRM: exports of modules and the backup (2020 to 2026), CSV or XLSX.

Headers: up to five readers of real files in public repositories; the specification that
one of them computed from a backup of 2026. ``zcrm_`` before ids stands in CSV only. A
parent is named by its id alone in exports of modules, with its module in backups; ids are
the module's own no more than the organization's: none is there twice. Times are in the
organization's zone, unmarked.
"""

from .dialect import OTHER, SHIPPED_TO, Dialect, Sign

_OWNERS = "|".join(
    f"{name} Owner.id"
    for name in ("Contact", "Account", "Deal", "Lead", "Task", "Note", "Call", "Event")
)
_PARENT = "Parent ID.id|Parent.id|Parent Id|Associated_Id"
_RELATED = "Related To.id|What Id"

DIALECTS = (
    Dialect(
        "Zoho CRM",
        "<Module>_YYYY_MM_DD.csv or .xlsx; the backup's ZIP: Data/<Module>_001.csv",
        signs=(
            Sign(headers=("Record Id",), values={"Record Id": r"zcrm_\d+"}),
            Sign(headers=("Record Id|Note Id", _OWNERS)),
            Sign(headers=("データID",), values={"データID": r"(?:zcrm_)?\d+"}),
        ),
        id_prefix="zcrm_",
        stored_as="{digits}_{File Name}",
        objects={
            "users": "users",
            "deals": "potentials",
            "notes": r"notes_[a-z]\w*?",
            "meetings": "events",
        },
        columns={
            "leads": {"Converted Date Time|Lead Conversion Time": "converted date"},
            "calls": {"Call Agenda": "description"},
        },
        further={
            "companies": (SHIPPED_TO,),
            "contacts": (OTHER,),
        },
        somewhere={
            "notes": _PARENT,
            "activities": _RELATED,
            "calls": _RELATED,
            "meetings": _RELATED,
            "attachments": _PARENT,
        },
    ),
)
