"""SugarCRM 12: CSV of list views, by a public copy of its code (``export_utils.php``).

Not confirmed for the cloud's later releases. Like SuiteCRM's, with each choice twice (its
key, then its label) and with teams.
"""

from .dialect import Dialect, Sign

DIALECTS = (
    Dialect(
        "SugarCRM",
        "<Module>.csv with “Teams”, “Team id” and “Team Set ID”, each choice twice",
        signs=(
            Sign(headers=("ID", "Team Set ID")),
            Sign(headers=("ID", "Teams", "Team id")),
        ),
        columns={
            "deals": {"Amount": ""},
            "leads": {
                "Opportunity ID": "converted opportunity id",
                "Contact ID": "converted contact id",
                "Account ID": "converted account id",
            },
        },
        outcomes={"leads": {"Dead": "Lost"}},
    ),
)
