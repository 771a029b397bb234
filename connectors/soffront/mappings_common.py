"""What the mappings of this source have in common."""

from ..core.sentences import _lt
from ..mapping.blocks import address, audit
from ..mapping.vocabulary import (
    coalesce,
    date_as,
    datetime_as,
    field,
    is_none_of,
    is_one_of,
    labelled,
    lookup_several_by,
    owner,
    plain_text,
    value_map,
)

DAY = date_as("mdy")

INSTANT = datetime_as("mdy")

NAME = field("name", "name", plain_text, required=True)

OWNER = field("user_id", "owner", owner)

CREATED, UPDATED = audit(created="created", updated="modified", instant=INSTANT)

ADDRESS = address(
    street="street",
    street2="street2",
    city="city",
    zip="zip",
    state="state",
    country="country",
    text=plain_text,
)

PARTNER = field(
    "partner_id",
    ("contact_name", "account_name"),
    lookup_several_by(("contacts", "name"), ("companies", "name")),
    coalesce,
    lossy=_lt(
        "Soffront holds names here: two records of the same name cannot be told apart"
    ),
)

OF_PROJECT = field(
    "project_id",
    ("project",),
    lookup_several_by(("projects", "name")),
    coalesce,
    lossy=_lt(
        "Soffront holds a name here: two projects of one name cannot be told apart"
    ),
)

PROGRESS = (
    field("@done", "stage", value_map("task_states")),
    field("@done_at", "closed", INSTANT),
)

THREAD = field(
    "@thread",
    ("contact_name", "account_name"),
    lookup_several_by(("contacts", "name"), ("companies", "name")),
)

PEOPLE = ("companies", "contacts")

RIGHTS = _lt("rights are never granted by a migration")

KIND = "kind"

TO_DO = (
    field("summary", "name", plain_text),
    field(
        "date_deadline",
        ("end", "start"),
        coalesce,
        DAY,
        lossy=_lt("the time of day is in the note"),
    ),
    field(
        "note",
        ("description", "status", "start", "end"),
        labelled("", "Status in Soffront", "Start", "End"),
    ),
    OWNER,
    THREAD,
    CREATED,
    UPDATED,
)

UNDECIDED = is_one_of(KIND, "activity", value_list="activity_kinds")

"""Holds for every activity of an installation that does not tell them apart."""

DONE = is_one_of("status", "done", value_list="activity_states")

NOT_DONE = is_none_of("status", "done", value_list="activity_states")

CALLED = is_one_of(KIND, "call", value_list="activity_kinds")

MAILED = is_one_of(KIND, "email", value_list="activity_kinds")

CALL_DATE = field(
    "date",
    ("start", "done", "created", "modified"),
    coalesce,
    INSTANT,
    required=True,
)

TOLD = (
    field("subject", "name", plain_text),
    field(
        "body",
        ("description", "status", "end"),
        labelled("", "Status in Soffront", "End"),
    ),
    CALL_DATE,
    field("@author", "owner", owner),
    THREAD,
    CREATED,
    UPDATED,
)

"""A call or an e-mail as a message."""
