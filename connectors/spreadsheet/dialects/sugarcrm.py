"""SugarCRM 12: CSV of list views, by a public copy of its code (``export_utils.php``).

Not confirmed for the cloud's later releases. SuiteCRM began as a copy of it: the columns
are the same, with each choice twice (its key, then its label) and with teams.
"""

from dataclasses import replace

from .dialect import Sign
from .suitecrm import SUITECRM

DIALECTS = (
    replace(
        SUITECRM,
        vendor="SugarCRM",
        files="<Module>.csv with “Teams”, “Team id” and “Team Set ID”, each choice twice",
        signs=(
            Sign(headers=("ID", "Team Set ID")),
            Sign(headers=("ID", "Teams", "Team id")),
        ),
    ),
)
