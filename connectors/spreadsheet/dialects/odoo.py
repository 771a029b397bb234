"""Odoo 19's own export, to import again (technical names) or to read (labels).

Its own code (``addons/web/controllers/export.py``). Ids are external ones, made by the
export; companies and people are one table; a no is an empty cell.
"""

from ...mapping.vocabulary import field, lookup
from .dialect import Dialect, Sign

_MODEL = (
    r"\((?:res|crm|mail|calendar|sale|product|project|account|utm|helpdesk|mailing)"
    r"\.[a-z_.]+\)"
)
_LEAD = {
    "partner_id/id|Customer/External ID": "contact id",
    "stage_id": "stage",
    "tag_ids": "tags",
    "user_id": "owner",
    "team_id": "team",
    "lost_reason_id": "lost reason",
    "source_id": "source",
    "campaign_id": "campaign",
    "partner_name": "company",
    "email_from": "email",
    "date_closed|Closed Date": "closed at",
    "won_status": "status",
    "create_date": "created at",
    "write_date": "updated at",
}

DIALECTS = (
    Dialect(
        "Odoo",
        "<Label> (<model>).xlsx or .csv",
        signs=(
            Sign(file=_MODEL),
            Sign(headers=("id",), values={"id": r"__export__\..+"}),
            Sign(headers=("External ID",), values={"External ID": r"\w+\.\w+"}),
        ),
        columns={
            "deals": _LEAD,
            "contacts": {
                "category_id": "tags",
                "user_id": "owner",
                "country_id": "country",
                "state_id": "state",
                "create_date": "created at",
                "write_date": "updated at",
                # The company that the contact is visible in.
                "Company|company_id|Company/External ID": "",
                "Related Company|parent_id": "company",
                "Related Company/External ID|parent_id/id": "company id",
            },
        },
        fields={"contacts": (field("parent_id", ("company id",), lookup("contacts")),)},
    ),
)
