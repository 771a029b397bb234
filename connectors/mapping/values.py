"""What every conversion is made of: its registry, its refusal, and values as text and list."""

import re

TRANSFORMS = {}
"""Name of a step → the function behind it."""

# PostgreSQL keeps neither NUL nor half of a surrogate pair; staging counts them out.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadValue(ValueError):
    """A value that does not fit; ``code`` says why, for Odoo's side to word."""

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        super().__init__(code)


def transform(function):
    """Make a function a step; a trailing underscore is not part of the name."""
    TRANSFORMS[function.__name__.rstrip("_")] = function
    return function


def is_blank(value):
    """Tell whether there is nothing to bring over: None, empty text, list or object.

    >>> is_blank(0), is_blank(False), is_blank("  "), is_blank([])
    (False, False, True, True)
    """
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or value in ([], {}, ())
    )


def as_key(value):
    """Return a value as the text under which lists and ids are kept.

    >>> as_key(7.0), as_key(True), as_key(" 7 ")
    ('7', 'true', '7')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def as_text(value):
    """Return one value as text that a database can keep.

    :raises BadValue: there are several
    """
    if isinstance(value, dict | list | tuple):
        raise BadValue("not_text")
    text = as_key(value)
    if "\x00" in text or not text.isascii():
        text = _UNSTORABLE.sub("", text).strip()
    return text


def as_list(value):
    return value if isinstance(value, list | tuple) else [value]


def as_objects(value):
    if not isinstance(value, list) or not all(isinstance(i, dict) for i in value):
        raise BadValue("not_a_list")
    return value


def beside(value, arguments):
    """Return pairs of each source's value and the argument that is meant for it.

    >>> beside([1, None], ["a", "b"]), beside([1, 2], ["a"])
    ([(1, 'a'), (None, 'b')], [([1, 2], 'a')])
    """
    values = as_list(value)
    if len(arguments) == 1 and len(values) != 1:
        values = [value]
    if len(values) != len(arguments):
        raise BadValue("not_a_list")
    return list(zip(values, arguments, strict=True))
