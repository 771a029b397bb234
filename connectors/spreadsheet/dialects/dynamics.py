"""Dynamics 365: worksheets of *Export to Excel*, static and dynamic (2018 to 2026).

Headers: eight and more readers of real files; Microsoft's documentation; German one,
French two, Spanish three. The first three columns are hidden. Owners and linked records
are names; *Potential Customer* is a company or a person. Files of the data lake (Synapse
Link) have no header: they are no tables that can be told from others.
"""

from ..headings import UNTOUCHABLE
from .dialect import Dialect, Sign

_HIDDEN = "(?i)\\((?:" + UNTOUCHABLE.replace("; ", "|") + ")\\) .+"

DIALECTS = (
    Dialect(
        "Dynamics 365",
        "<View>.xlsx with “(Do Not Modify) <Entity>” as the first, hidden column",
        signs=(Sign(pattern=_HIDDEN),),
        columns={
            "leads": {"Status Reason": "lead status"},
            "calls": {"Due Date": "activity date"},
        },
        somewhere={"deals": "Potential Customer", "quotations": "Potential Customer"},
    ),
)
