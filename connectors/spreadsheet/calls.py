"""Calls of a file, where Odoo has phone calls; elsewhere they are messages."""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.steps import text_from_html
from ..mapping.vocabulary import is_set

_TARGETS = {"subject": "name", "body": "description", "@author": "user_id"}


def as_phone_calls(item):
    """Return the mappings of calls: phone calls, then what all others become.

    :param item: mapping of calls to messages. A call without a day stays one: as a phone
        call it would have been made today.
    """
    fields = {each.target: each for each in item.fields}
    if "date" not in fields:
        return (item,)
    calls = [_renamed(each) for target, each in fields.items() if target != "@subtype"]
    return (
        replace(
            item,
            model="crm.phonecall",
            fields=tuple(calls),
            when=(*item.when, is_set(fields["date"].source)),
            label=_lt("Calls"),
            key="phone_calls",
            optional=True,
        ),
        item,
    )


def _renamed(item):
    found = replace(item, target=_TARGETS.get(item.target, item.target))
    if item.target == "body":
        # What is said of a phone call is plain text.
        found = replace(found, steps=(*item.steps, text_from_html))
    return found
