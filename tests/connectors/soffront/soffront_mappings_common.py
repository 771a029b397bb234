"""What Soffront's default profile makes of a record."""

from reading import own

from connectors.mapping.apply import applies, apply, as_json
from connectors.mapping.outcomes import propose_choice


def mappings(source, stream):
    """Return the mappings of a database without phone calls and tickets of their own."""
    return [
        as_json(item)
        for item in source.get_mappings()
        if item.stream == stream and not item.optional
    ]


def converted(source, stream, data, decisions=None):
    for item in mappings(source, stream):
        if applies(item, data, decisions):
            outcome = apply(item["fields"], data)
            return item["model"], outcome.values, outcome.problems
    return None


def first(source, stream, number=0):
    return list(own(source, stream).values())[number]


def choice(item, word):
    """Return what is proposed for a key of a value list, None where it is asked for."""
    by_words = propose_choice(word, item.words) if item.words else None
    return item.proposals.get(word) or by_words or item.otherwise


def proposed(source, data):
    """Return what a consultant decides who changes nothing of what is proposed."""
    decisions = {}
    for name, column in (("activity_kinds", "ActType"), ("activity_states", "Status")):
        item = next(one for one in source.get_value_lists() if one.name == name)
        value = data.get(column)
        decisions[name, value] = choice(item, value)
    return decisions
