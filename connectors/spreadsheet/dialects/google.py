"""Google Contacts: CSV in the layouts of before and after 2024.

Real files and third parties. Values of one kind stand in one cell, divided by ``:::``, the
default one after an asterisk; the kinds stand in columns beside them.
"""

from ...core.sentences import _lt
from .dialect import Dialect, Sign

_PARTS = _lt("The parts of it stand in columns of their own.")

DIALECTS = (
    Dialect(
        "Google Contacts",
        "contacts.csv (“E-mail 1 - Label”), before 2024 google.csv (“E-mail 1 - Type”)",
        signs=(
            Sign(pattern=r"(?:E-mail|Phone) 1 - (?:Label|Type)"),
            Sign(headers=("Given Name", "Family Name", "Group Membership")),
            Sign(headers=("File As", "Labels", "Organization Name")),
        ),
        shown_by={
            "contacts": ("First Name|Given Name", "Labels|Group Membership"),
        },
        columns={"contacts": {"File As": ""}},
        superfluous={r"^Address \d+ - Formatted": _PARTS},
    ),
)
