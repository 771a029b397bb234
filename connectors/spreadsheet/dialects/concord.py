"""Concord CRM 1.5: CSV or XLSX of its five lists, by a public copy of its code (2025).

Every moment stands twice, in UTC and in the exporter's zone; amounts have the code of
their currency glued to them, an empty one is 0; links are names. Won and lost come from
*Status*; when that was is not exported.
"""

from ...core.sentences import _lt
from .dialect import COUNTED, Dialect, Sign

_LOCAL = r".+ \((?!UTC)[A-Z]\w+/[\w/+-]+\)"
_TWICE = _lt("The same moment stands in the column that is in UTC.")

DIALECTS = (
    Dialect(
        "Concord CRM",
        "contacts.csv, companies.csv, deals.csv, activities.csv, products.csv; each moment"
        " twice, “Created At (UTC)” first",
        signs=(
            Sign(headers=("Created At (UTC)", "Updated At (UTC)"), pattern=_LOCAL),
            Sign(headers=("Owner Assigned Date (UTC)",), pattern=_LOCAL),
        ),
        superfluous={
            f"^{_LOCAL}": _TWICE,
            "Owner Assigned Date (UTC)|Last Contacted Date (UTC)": COUNTED,
            "Next Activity Date (UTC)": COUNTED,
        },
    ),
)
