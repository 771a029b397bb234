"""Vtiger 7 and 8: CSV of list views, by its own code (``ExportData.php``, May 2025).

English labels from the code; the Spanish ones of organizations from one reader (2026).
There are no ids, only numbers; linked records are ``Accounts::::Alpha``, lists ``a |##| b``.
"""

from .dialect import COUNTED, OTHER, SHIPPED_TO, Dialect, Sign

_NUMBERS = "Contact Id|Organization Number|Lead Number|Opportunity Number"

DIALECTS = (
    Dialect(
        "Vtiger",
        "<Module>.csv, newer <Module>_YYYY-MM-DD_HHMM.csv; numbers (“ACC1”) for ids",
        signs=(
            Sign(headers=(_NUMBERS, "Assigned To")),
            Sign(headers=("Número de la organización", "Nombre de la organización")),
        ),
        keys={
            "contacts": "Contact Id",
            "companies": "Organization Number|Número de la organización",
            "leads": "Lead Number",
            "deals": "Opportunity Number",
        },
        outcomes={"leads": {"Junk Lead": "Lost", "Lost Lead": "Lost"}},
        further={
            "companies": (SHIPPED_TO,),
            "contacts": (OTHER,),
        },
        superfluous={"Weighted Revenue": COUNTED},
    ),
)
