"""Default mapping of NextCRM, put together; copied into the job, where the user reviews it."""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, LANGUAGES, STATES
from ..mapping.vocabulary import ValueList
from .mappings_history import HISTORY_MAPPINGS
from .mappings_invoices import INVOICE_MAPPINGS
from .mappings_left_out import LEFT_OUT  # noqa: F401  # a part of the profile
from .mappings_people import PEOPLE_MAPPINGS
from .mappings_sales import SALES_MAPPINGS
from .mappings_work import WORK_MAPPINGS

LEAD_STATES = {
    **dict.fromkeys(("New", "Contacted", "Qualified"), "open"),
    **dict.fromkeys(("NEW", "CONTACTED", "QUALIFIED"), "open"),
    **dict.fromkeys(("Lost", "LOST"), "lost"),
}
"""The statuses that NextCRM starts with (``prisma/initial-data``), and their older form."""

VALUE_LISTS = (
    LANGUAGES,
    COUNTRIES,
    STATES,
    ValueList("sources", _lt("Sources of leads"), model="utm.source", create=True),
    ValueList(
        "campaigns", _lt("Campaigns of leads"), model="utm.campaign", create=True
    ),
    ValueList(
        "deal_kinds", _lt("Types of leads and deals"), model="crm.tag", create=True
    ),
    ValueList("units", _lt("Units of products"), model="uom.uom", create=True),
    ValueList("activity_types", _lt("Types of activities"), model="mail.activity.type"),
    ValueList(
        "lead_states",
        _lt("Statuses of leads"),
        choices=(("open", _lt("Open")), ("lost", _lt("Lost"))),
        proposals=LEAD_STATES,
    ),
    ValueList(
        "invoice_states",
        _lt("Statuses of invoices"),
        choices=(
            ("draft", _lt("Draft")),
            ("posted", _lt("Posted")),
            ("cancel", _lt("Cancelled")),
        ),
        proposals={
            "DRAFT": "draft",
            "CANCELLED": "cancel",
            **dict.fromkeys(
                (
                    *(
                        "ISSUED",
                        "SENT",
                        "PARTIALLY_PAID",
                        "PAID",
                        "OVERDUE",
                        "DISPUTED",
                    ),
                    *("REFUNDED", "WRITTEN_OFF"),
                ),
                "posted",
            ),
        },
    ),
    ValueList(
        "deal_states",
        _lt("Outcomes of deals"),
        choices=(("open", _lt("Open")), ("won", _lt("Won")), ("lost", _lt("Lost"))),
        proposals={"open": "open", "won": "won", "lost": "lost"},
    ),
)
"""What no proposal names is asked for: a word that we do not know means nothing."""

MAPPINGS = (
    *PEOPLE_MAPPINGS,
    *SALES_MAPPINGS,
    *HISTORY_MAPPINGS,
    *WORK_MAPPINGS,
    *INVOICE_MAPPINGS,
)
