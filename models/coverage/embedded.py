"""Objects within a record: the user who owns it, one of its telephone numbers."""

from ...connectors.mapping.apply import get_value
from .probe import key_of


def object_of(payload, path):
    """Return the embedded object that a member belongs to, if it has an id."""
    if "." not in path:
        return None
    above = get_value(payload, path.rsplit(".", 1)[0])
    if isinstance(above, dict) and isinstance(above.get("id"), int | str):
        return above
    return None


NAMES = ("name", "title", "label", "display_name", "full_name", "email", "number")


def is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _names_in(item):
    """Return the members that say what an object is called: ``name``, ``guest_email``."""
    ends = tuple(f"_{name}" for name in NAMES)
    return [
        member
        for member, text in item.items()
        if text and (member in NAMES or member.endswith(ends))
    ]


def named_objects(payload, path, value):
    """Yield (path, member) of named objects whose id the value is.

    ``country.id`` is that of ``country``, and so is ``country_id``.
    """
    above, _dot, last = path.rpartition(".")
    places = [(above, get_value(payload, above))] if above and last == "id" else []
    beside = get_value(payload, above) if above else payload
    if isinstance(beside, dict) and last.endswith("_id"):
        word = last.removesuffix("_id")
        places += [
            (f"{above}.{key}" if above else key, item)
            for key, item in beside.items()
            if isinstance(item, dict) and word.endswith(key)
        ]
    for place, item in places:
        if isinstance(item, dict) and key_of(item.get("id")) == key_of(value):
            yield from ((place, name) for name in _names_in(item))
