"""Address cards (vCard 2.1 to 4.0) and calendars (iCalendar), of any program.

RFC 6350, RFC 5545; Apple's and Google's cards from real files. ``core/cards.py`` makes
the columns; companies among cards are what Apple marks (``X-ABShowAs``), or ``KIND``.
"""

from ...core.sentences import _lt
from .dialect import Dialect, Sign, other_address

DIALECTS = (
    Dialect(
        "vCard, iCalendar",
        ".vcf and .ics, of any program",
        signs=(Sign(file=r"\.(?:vcf|vcard|ics|ical|ifb)(?: \(tasks\))?$"),),
        shown_by={
            "activities": ("Due Date|Completed At", "Subject"),
            "meetings": ("Date Start|Date Start Date",),
            "contacts": ("Full Name|Last Name|Company",),
        },
        columns={"meetings": {"Organizer": "owner"}},
        further={
            "contacts": (
                other_address(
                    street="Other Address: Street",
                    street2="Other Address: Street 2",
                    city="Other Address: City",
                    zip="Other Address: Postal Code",
                    state_id="Other Address: State",
                    country_id="Other Address: Country",
                ),
            )
        },
        superfluous={"Photo|Logo": _lt("Pictures are not brought over.")},
    ),
)
