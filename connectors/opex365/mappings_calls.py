"""Default mapping of OPEX 365 CRM: calls that were made, where Odoo has phone calls."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    decimal,
    field,
    is_none_of,
    labelled,
    mapping,
    replace_values,
    strip,
    text_from_html,
)
from .mappings_parts import (
    ACTIVITY_AFTER,
    NOTE_DATE,
    OWNER,
    PEOPLE,
    STAMPS,
    THREAD,
    TIMES,
)

MAPPINGS = (
    mapping(
        "calls",
        "crm.phonecall",
        field("name", "subject", strip),
        field(
            "description",
            (
                *("description", "_labels.statuscode", "_says.leftvoicemail"),
                *("_says.prioritycode", "_says.isbilled", "category", "subcategory"),
                *("_about", "_named.from", "_named.to"),
            ),
            labelled(
                *("", "Result", "Left voice mail", "Priority", "Billed", "Category"),
                *("Subcategory", "Regarding", "From", "To"),
            ),
            text_from_html,
        ),
        field("direction", "directioncode", replace_values(true="out", false="in")),
        field("partner_phone", "phonenumber", strip),
        field("state", "statecode", replace_values(**{"1": "done", "2": "cancel"})),
        NOTE_DATE,
        field("@duration", "_hours", decimal),
        OWNER,
        THREAD,
        field("@partners", ("_recipients", "_senders"), PEOPLE),
        *STAMPS,
        after=ACTIVITY_AFTER,
        when=is_none_of("statecode", "0"),
        label=_lt("Calls"),
        key="phone_calls",
        optional=True,
        ignored=TIMES,
    ),
)
