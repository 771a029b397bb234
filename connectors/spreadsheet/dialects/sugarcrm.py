"""SugarCRM 12: CSV of list views, by a public copy of its code (``export_utils.php``).

Not confirmed for the cloud's later releases. Like SuiteCRM's, with each choice twice (its
key, then its label) and with teams.
"""

from .dialect import Dialect, Sign, delivery_address, other_address

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
        further={
            "companies": (
                delivery_address(
                    street="Shipping Street|Shipping Address",
                    city="Shipping City",
                    zip="Shipping Postal Code|Shipping Code",
                    state_id="Shipping State",
                    country_id="Shipping Country",
                ),
            ),
            "contacts": (
                other_address(
                    street="Alternate Address Street",
                    city="Alternate Address City",
                    zip="Alternate Address Postal Code",
                    state_id="Alternate Address State",
                    country_id="Alternate Address Country",
                ),
            ),
        },
        outcomes={"leads": {"Dead": "Lost"}},
    ),
)
