"""What there is to say of lists, opt-outs and templates: code → (what, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


WORDING = {
    "template_review": (
        _lt(
            "A template of the source: %(value)s. Odoo sends it by no means of its own."
        ),
        _lt("Review it before you use it."),
    ),
    "copy_left": (
        _lt(
            "A copy of its mails goes to %(value)s. Odoo sends none where a template says "
            "no more of whom it goes to."
        ),
        _lt("Say in the template whom it goes to."),
    ),
    "template_tags_left": (
        _lt(
            "In the template %(value)s these stay as text, for Odoo has no such field: %(tags)s"
        ),
        _lt("Put a field of Odoo in their place, or take them out, before you use it."),
    ),
    "not_onto": (
        _lt("The record that it belongs to was not loaded."),
        _lt("Load its contact first, then load it again."),
    ),
    "no_address": (
        _lt("Nobody can be on a mailing list without a valid e-mail address."),
        _lt("Give the contact an address in Odoo, and put it on the list there."),
    ),
    "opt_out_kept": (
        _lt("Odoo knows that this address has left the list. It stays so."),
        _lt("Nothing. Who wants to come back subscribes anew."),
    ),
    "blocked_again": (
        _lt(
            "%(value)s had been un-blocked in Odoo. It is blocked again: the source says "
            "that this address must not be mailed."
        ),
        _lt("Nothing. A rollback un-blocks it again."),
    ),
}
