"""Why a value was left out, as a consultant reads it."""

from odoo.tools.translate import LazyTranslate

from ..words.messages import get_heading

_lt = LazyTranslate(__name__)

REASONS = {
    "no_rule": _lt("No mapping applies to the record."),
    "skipped": _lt("The record was left out."),
    "failed": _lt("The record was not loaded: %(reason)s"),
    "stream_unmapped": _lt("No mapping brings this object over."),
    "gone": _lt("The record is not in Odoo any more."),
    "waiting": _lt("The record is not loaded yet."),
    "was_there": _lt("Odoo had the record before, and keeps what it says."),
    "worked_on": _lt("Somebody has changed the record in Odoo since."),
    "vanished": _lt("It vanished from the source and was archived in Odoo."),
    "decided_empty": _lt("It was decided to leave this value empty."),
    "owner_empty": _lt("It was decided that nobody stands for this owner."),
    "copy": _lt("A copy: the original is an object of its own."),
    "placeholder": _lt("A placeholder stands for this person: it carries the name."),
    "derived": _lt("What the connector made of it stands in Odoo."),
    "origin": _lt("What it was made of stands in Odoo."),
    "place": _lt("It says what its place in the record says already."),
    "itself": _lt("It refers back to the record itself."),
    "own_id": _lt("The source's own id of what stands under its name."),
    "edited": _lt("A person put another value in its place in the review."),
    "always_zero": _lt("It says No or 0 in every record."),
    "nothing": _lt("A word for nothing, such as “n/a”."),
    "outcome": _lt("A deal that is won has 100 %, one that is lost 0 %."),
    "not_closed": _lt("A deal that was not won has come to nothing yet."),
    "no_amount": _lt("There is no amount that it would be the currency of."),
    "left_out": _lt("A person left the field out."),
    "history_start": _lt("The first stage begins with the deal itself."),
}


def get_reason(env, code, *more):
    """Return the sentence of a reason in the user's language.

    :param more: for ``failed`` why, for ``told`` the code of the message and its text
    """
    if code == "told":
        return get_heading(env, more[0])
    if code == "failed":
        return str(env._(REASONS[code])) % {"reason": more[0] if more else ""}
    return str(env._(REASONS[code]))
