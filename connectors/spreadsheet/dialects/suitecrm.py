"""SuiteCRM 7.14: CSV of list views, by its own code (``include/export_utils.php``, 2024).

The header of contacts stands besides in a real file of 2025. Labels without colons, in
the user's language; dates in the user's format and zone; ``Amount`` is the same as
``Opportunity Amount`` in the system's currency.
"""

from .dialect import SHIPPED_TO, Dialect, Sign, other_address

SUITECRM = Dialect(
    "SuiteCRM",
    "<Module>.csv with “Non Primary E-mails”, “Assigned to” and “Assigned User”",
    signs=(
        Sign(headers=("ID", "Non Primary E-mails", "Deleted")),
        Sign(headers=("ID", "Assigned to", "Parent Type")),
        Sign(
            headers=(
                "ID",
                "Assigned to|Assigned To",
                "Assigned User|assigned_user_id",
            )
        ),
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
        "companies": (SHIPPED_TO,),
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
)
DIALECTS = (SUITECRM,)
