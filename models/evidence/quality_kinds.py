"""What the data quality page looks for, and what can be done about it."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = [
    ("name_missing", "Name missing"),
    ("email_blank", "E-mail blank"),
    ("email_invalid", "E-mail invalid"),
    ("email_duplicate", "E-mail on several records"),
    ("phone_blank", "Phone blank"),
    ("phone_invalid", "Phone invalid"),
    ("phone_duplicate", "Phone on several records"),
    ("vat_invalid", "Tax number invalid"),
    ("date_far", "Date before 1900 or after 2100"),
    ("deal_overdue", "Closing date long past, still open"),
    ("orphan", "Refers to what was not read"),
]

ADVICE = {
    "name_missing": _lt(
        "Complete the name in the source, or in the workbook of corrections."
    ),
    "email_blank": _lt("Nothing can be mailed to them. Skip those that nobody needs."),
    "email_invalid": _lt("Correct them, else they go to the notes, or mail bounces."),
    "email_duplicate": _lt(
        "See Duplicates: the same person twice, or a shared mailbox."
    ),
    "phone_blank": _lt("Nothing, where an e-mail is enough."),
    "phone_invalid": _lt(
        "Correct them: Odoo can neither call nor recognize such a number."
    ),
    "phone_duplicate": _lt("See Duplicates: the same person twice, or a switchboard."),
    "vat_invalid": _lt(
        "Correct them: with tax checks in Odoo such a number is refused."
    ),
    "date_far": _lt("A slip of the keyboard or a placeholder: correct or clear it."),
    "deal_overdue": _lt("Close them in the source, or give them a new day."),
    "orphan": _lt("Read the missing object as well, or load them without the link."),
}
"""Kind → sentence."""

DAYS_OVERDUE = 90
"""So long past is a closing date that nobody keeps any more."""
