"""Fit the default mapping to one account: its names of members, its types of history."""

import re
from dataclasses import replace

_KINDS = (
    (re.compile(r"visit|page|alert", re.IGNORECASE), "skip"),
    (re.compile(r"open|click|bounce|unsub|opt|form", re.IGNORECASE), "note"),
    (re.compile(r"sen[dt]\b|deliver", re.IGNORECASE), "email"),
)
_EVENTS = (
    (re.compile(r"unsub|opt|form|visit|page|alert", re.IGNORECASE), "none"),
    (re.compile(r"bounce", re.IGNORECASE), "bounced"),
    (re.compile(r"click", re.IGNORECASE), "clicked"),
    (re.compile(r"open", re.IGNORECASE), "opened"),
    (re.compile(r"sen[dt]\b|deliver", re.IGNORECASE), "sent"),
)


def as_named_here(mappings, names):
    """Return the mappings with the members' names of this account.

    :param names: ``{stream: {name in the profile: name here}}``
    """
    return tuple(_renamed(item, names.get(item.stream) or {}) for item in mappings)


def _renamed(item, names):
    if not names:
        return item

    def here(source):
        if isinstance(source, tuple):
            return tuple(names.get(name, name) for name in source)
        return names.get(source, source)

    return replace(
        item,
        fields=tuple(replace(f, source=here(f.source)) for f in item.fields),
        when=tuple(replace(c, source=here(c.source)) for c in item.when),
        ignored={here(name): reason for name, reason in item.ignored.items()},
    )


def with_kinds(lists, labels):
    """Return the value lists with a proposal for every type of history.

    >>> from .mappings import VALUE_LISTS
    >>> *_more, kinds, events = with_kinds(VALUE_LISTS, ["Email Sent", "Page Visit"])
    >>> kinds.proposals, events.proposals
    ({'Email Sent': 'email', 'Page Visit': 'skip'}, {'Email Sent': 'sent', 'Page Visit': 'none'})
    """
    labels = list(filter(None, labels))
    proposals = {
        "history_kinds": {label: _first(_KINDS, label, "note") for label in labels},
        "email_events": {label: event_of(label) for label in labels},
    }
    return tuple(
        replace(item, proposals={**item.proposals, **proposals.get(item.name, {})})
        for item in lists
    )


def event_of(label):
    """Return what a type of history tells of an e-mail; ``none``: nothing."""
    return _first(_EVENTS, label, "none")


def _first(kinds, label, otherwise):
    """Return what a type of history becomes, by the words of its name."""
    return next((kind for words, kind in kinds if words.search(label)), otherwise)
