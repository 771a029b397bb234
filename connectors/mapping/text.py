"""Conversions of text: cut, put together, written as JSON."""

import json
import re

from ..core.cleaning import find_entities, unescape_entities
from .values import BadValue, as_list, as_text, is_blank, transform


@transform
def strip(value):
    """
    >>> strip("  Ana  ")
    'Ana'
    """
    return as_text(value) or None


@transform
def plain_text(value):
    """Return a text with the signs that its HTML entities stand for.

    For systems of which nobody knows whether they escape: only a text in which every
    ampersand begins an entity, and that has no markup, is taken for escaped.

    >>> plain_text(" M&uuml;ller &amp; Co. "), plain_text("R&D &amp; Co."), plain_text("&lt;b&gt;")
    ('Müller & Co.', 'R&D &amp; Co.', '<b>')
    """
    text = as_text(value)
    if "&" in text:
        known, alone, markup = find_entities(text)
        if known and not alone and not markup:
            text = as_text(unescape_entities(text))
    return text or None


@transform
def lower(value):
    return as_text(value).lower()


@transform
def join(value, separator=", "):
    """
    >>> join(["a", None, " b "])
    'a, b'
    """
    parts = [as_text(part) for part in as_list(value) if not is_blank(part)]
    return separator.join(filter(None, parts)) or None


@transform
def part(value, separator, number, of, from_end=False):
    """Return one of ``of`` parts of a text; what is more of them stays in the last one.

    :param number: 1 is the first
    :param from_end: what is more stays in the first one

    >>> part("Doe, Jane", ",", 2, 2), part("12345 Bad Ems", " ", 2, 2)
    ('Jane', 'Bad Ems')
    >>> part("Anna Maria Reis", " ", 1, 2, True), part("Doe", ",", 2, 2)
    ('Anna Maria', None)
    """
    text = as_text(value)
    divide = text.rsplit if from_end else text.split
    pieces = divide(separator if separator.strip(" ") else None, of - 1)
    return pieces[number - 1].strip() or None if number <= len(pieces) else None


@transform
def template(value, text):
    """Put values at ``{0}``, ``{1}``…; of a blank one the space before it goes as well.

    >>> template(["Ana", None, "Silva"], "{0} {1} {2}")
    'Ana Silva'
    """
    parts = ["" if is_blank(part) else as_text(part) for part in as_list(value)]
    if not any(parts):
        return None

    # Not str.format, which would reach into Python's own attributes.
    def fill(found):
        number = int(found[2])
        content = parts[number] if number < len(parts) else ""
        return found[1] + content if content else ""

    return re.sub(r"( ?)\{([0-9]{1,2})\}", fill, text).strip() or None


@transform
def json_text(value):
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    except RecursionError:
        raise BadValue("not_text") from None
