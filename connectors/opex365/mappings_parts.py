"""What the mappings of OPEX 365 CRM share: stamps, addresses, who and what about."""

from ..core.sentences import _lt
from ..mapping import blocks
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    field,
    lookup_typed,
    owner,
    strip,
)
from .vocabulary import address

CREATED, UPDATED, CREATOR, EDITOR = STAMPS = blocks.audit(
    created="createdon", updated="modifiedon", creator="_creator", editor="_editor"
)
OWNER = field("user_id", "_owner", owner)
WRITTEN_BY = field("email_from", "_written_by", strip)
"""The name of the account that wrote where that is nobody."""
PEOPLE = lookup_typed(
    "stream",
    "contacts",
    contacts="contacts",
    companies="companies",
    leads="leads",
    users="users",
)
_RECORDS = {
    "deals": "deals",
    "leads": "leads",
    "contacts": "contacts",
    "companies": "companies",
    "cases": "cases",
}
THREAD = field("@thread", ("_thread",), lookup_typed("stream", "contacts", **_RECORDS))
NOWHERE = field("@unlinked", None, constant("company"))
"""A call or a letter that regards nothing, with people who are no records, goes to the
company's own contact; a mail to the contacts who have its addresses."""
OF_ADDRESSES = field("@unlinked", None, constant("addresses"))
CARRIED = field(
    "@thread",
    ("_thread",),
    lookup_typed(
        "stream",
        "contacts",
        **_RECORDS,
        notes="notes",
        posts="posts",
        emails="emails",
        calls="calls",
        tasks="tasks",
        meetings="meetings",
        letters="letters",
        faxes="faxes",
        deal_closes="deal_closes",
        case_resolutions="case_resolutions",
    ),
    required=True,
)
"""What hangs on any record that is brought over, also on an activity or a note."""
ADDRESS = address(1)
NOTE_DATE = field(
    "date",
    ("actualend", "scheduledend", "createdon"),
    coalesce,
    datetime,
    required=True,
)
ACTIVITY_AFTER = ("users", "deals", "leads", "contacts", "companies", "cases")
CARRIERS = (
    *("emails", "calls", "tasks", "meetings", "letters", "faxes", "deal_closes"),
    "case_resolutions",
)
TIMES = dict.fromkeys(
    (
        *("actualstart", "actualend", "scheduledstart", "scheduledend", "senton"),
        *("actualdurationminutes", "scheduleddurationminutes"),
    ),
    _lt("told by the times of the record"),
)
