"""Close: exports of leads and opportunities as CSV or JSON.

The vendor's developer pages (*Exports*) and two readers. A lead is a company with its
primary contact; an opportunity has no name, only a note; ``confidence`` is a percentage.
"""

from .dialect import COUNTED, Dialect, Sign, person

_LEADS = ("id", "display_name|lead_name", "status_label")
_DEALS = ("id", "lead_id", "status_type", "value")

DIALECTS = (
    Dialect(
        "Close",
        "<Organization> leads YYYY-MM-DD HH-MM.csv, <Organization> opportunities ….csv",
        signs=(
            Sign(headers=_LEADS, values={"id": "lead_.+"}),
            Sign(headers=_DEALS),
        ),
        shown_by={"deals": _DEALS, "companies": _LEADS},
        columns={
            "companies": {
                "display_name|lead_name": "name",
                "status_label": "tags",
                "created_by_name": "created by",
            },
            "deals": {"lead_id": "company id", "lead_name": "company"},
        },
        further={
            "companies": (
                person(
                    name="primary_contact_name",
                    email="primary_contact_primary_email",
                    phone="primary_contact_primary_phone",
                    function="primary_contact_title",
                ),
            )
        },
        scales={"confidence": 1},
        outcomes={"deals": {"active": "Open"}},
        superfluous={"num_calls|num_emails|last_activity_date": COUNTED},
    ),
)
