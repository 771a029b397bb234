"""Calls that were made, where Odoo has phone calls; and what all activities share."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    field,
    is_none_of,
    is_one_of,
    labelled,
    lookup_several,
    mapping,
    owner,
    replace_values,
    strip,
    text_from_html,
)
from .mappings_common import BIN, GONE, INSTANT, STAMPS

LINKED = ("deals", "leads", "contacts", "targets", "companies")
THREAD = field(
    "@thread",
    ("_deals", "_leads", "_contacts", "_targets", "_companies"),
    lookup_several(*LINKED),
)
DATE = field("date", ("date", "createdAt"), coalesce, INSTANT, required=True)
AUTHOR = field("@author", "createdBy", owner)
AFTER = ("users", *LINKED)
DAYS = {
    "_days.date": _lt("told by the day itself"),
    "_days.createdAt": _lt("stands in for a day that is missing"),
}
IGNORED = {
    **DAYS,
    "_hours": _lt("told in minutes, or by the end of the meeting"),
    "metadata.calendarSource": _lt("which calendar it came from"),
    "metadata": _lt("told among the details"),
    **BIN,
}
GONE_NAMED = (GONE, "", 0)
MORE = ("_details", "_gone")
MORE_NAMED = (("Details", "*", 0), GONE_NAMED)
"""What is told below everything else: whatever the metadata say, and what is gone."""

PHONE_CALLS = (
    mapping(
        "activities",
        "crm.phonecall",
        field("name", "title", strip),
        field(
            "description",
            ("outcome", "description", *MORE),
            labelled("Outcome", "", *MORE_NAMED),
            text_from_html,
        ),
        field(
            "state",
            "status",
            replace_values(completed="done", cancelled="cancel"),
        ),
        field("@duration", "_hours"),
        DATE,
        field("user_id", "createdBy", owner),
        THREAD,
        *STAMPS,
        after=AFTER,
        when=(is_one_of("type", "call"), is_none_of("status", "scheduled")),
        label=_lt("Calls"),
        key="phone_calls",
        optional=True,
        ignored={
            "type": _lt("told as a call"),
            "duration": _lt("told in minutes"),
            **IGNORED,
        },
    ),
)
