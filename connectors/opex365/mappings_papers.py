"""Default mapping of OPEX 365 CRM: letters and faxes."""

from ..mapping.vocabulary import constant, field, mapping
from .mappings_parts import ACTIVITY_AFTER, NOTE_DATE, NOWHERE, STAMPS, THREAD, TIMES
from .vocabulary import paper

MAPPINGS = (
    mapping(
        "letters",
        "mail.message",
        field("@subtype", None, constant("note")),
        paper("address", "Address"),
        NOTE_DATE,
        THREAD,
        NOWHERE,
        *STAMPS,
        after=ACTIVITY_AFTER,
        ignored=TIMES,
    ),
    mapping(
        "faxes",
        "mail.message",
        field("@subtype", None, constant("note")),
        paper("faxnumber", "Fax"),
        NOTE_DATE,
        THREAD,
        NOWHERE,
        *STAMPS,
        after=ACTIVITY_AFTER,
        ignored=TIMES,
    ),
)
