"""HubSpot: exports of views and lists (2023 to 2026), CSV or XLSX.

Headers: one real file in a public repository, up to ten readers of others; exports of
lists: four readers. File names, the semicolon within cells and the choice of language: the
vendor's help (*Export your records*). The zone is that of the account, which the file does
not say. Milliseconds of calls: the vendor's developer pages.
"""

from .dialect import Dialect, Sign

_OWN = (
    "Deal Stage|Lifecycle Stage|Contact owner|Contact Owner|Company owner|Company Owner"
    "|Deal owner|Deal Owner|Associated Company IDs|Associated Contact IDs"
    "|Associated Deal IDs|Activity assigned to|Company Domain Name"
)

DIALECTS = (
    Dialect(
        "HubSpot",
        "hubspot-crm-exports-<name of the view>-YYYY-MM-DD.csv or .xlsx; lists:"
        " “Record ID - Contact”",
        signs=(
            Sign(file=r"hubspot-crm-exports-", pattern="Record ID.*|Ticket ID"),
            Sign(headers=("Record ID", _OWN)),
            Sign(headers=("Record ID - Contact|Record ID - Company",)),
            Sign(headers=("Ticket ID", "Ticket name|Ticket status")),
        ),
        columns={
            "contacts": {
                "Record ID - Company": "company id",
                "Primary Associated Company ID": "company id",
            },
            "deals": {"Amount in company currency": ""},
        },
        separators={"*": ";"},
        units={"Call duration": "milliseconds"},
        scales={"Deal probability": 100},
    ),
)
