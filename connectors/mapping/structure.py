"""Conversions of lists and objects: choose, exchange, put together."""

from .values import (
    as_key,
    as_list,
    as_objects,
    as_text,
    beside,
    fold_words,
    is_blank,
    transform,
)

_ONCE = frozenset(
    """
    once;one time;onetime;one off;oneoff;single;non recurring;no;none;einmalig;
    une fois;ponctuel;unico;unica;una vez;eenmalig;jednorazowo
    """.replace("\n", "")
    .replace("    ", "")
    .split(";")
)


@transform
def constant(_value, fixed):
    return fixed


@transform
def default(value, fixed):
    return fixed if is_blank(value) else value


@transform
def coalesce(value):
    """
    >>> coalesce([None, "", "b", "c"])
    'b'
    """
    return next((part for part in as_list(value) if not is_blank(part)), None)


@transform
def in_period(value, wanted):
    """Return a value that comes once, or one that comes again; None for the other kind.

    :param value: the value, and how often it comes: ``one_time``, ``monthly``, ``annual``
    :param wanted: ``once`` or ``again``

    >>> in_period(["100", "one_time"], "once"), in_period(["100", None], "once")
    ('100', '100')
    >>> in_period(["100", "monthly"], "once"), in_period(["100", "monthly"], "again")
    (None, '100')
    """
    own, period = [*as_list(value), None, None][:2]
    is_once = is_blank(period) or fold_words(as_text(period)) in _ONCE
    return own if is_once is (wanted == "once") else None


@transform
def pick(value, member, wanted_value, wanted):
    """
    >>> pick([{"type": "work", "number": "1"}], "type", "work", "number")
    '1'
    """
    for item in as_objects(value):
        if item.get(member) == wanted_value:
            return item.get(wanted)
    return None


@transform
def each(value, member):
    items = as_objects(value)
    return [item.get(member) for item in items if not is_blank(item.get(member))]


@transform
def replace_values(value, table):
    """
    >>> replace_values("M", {"M": "male"}), replace_values(["M", "?"], {"M": "male"})
    ('male', ['male', '?'])
    """
    if isinstance(value, list):
        return [replace_values(item, table) for item in value]
    return value if isinstance(value, dict) else table.get(as_key(value), value)


@transform
def as_object(value, members):
    """
    >>> as_object(["/a.pdf", None, 7], ["path", "name", "size"])
    {'path': '/a.pdf', 'size': 7}
    """
    pairs = beside(value, members)
    return {member: part for part, member in pairs if not is_blank(part)}
