"""Put texts of a record together without gluing the last word of one to the next."""

import re

from markupsafe import Markup

from ...connectors.mapping.transforms import TRANSFORMS, BadValue

_BLOCK = "address|article|blockquote|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|"


_BLOCK += "header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"


_OPENS = re.compile(rf"\s*<(?:{_BLOCK})\b", re.IGNORECASE)


_CLOSES = re.compile(rf"(?:</(?:{_BLOCK})>|<(?:br|hr)\s*/?>)\s*$", re.IGNORECASE)


LONGEST_TAG = 64
"""Characters of a closing tag, blanks within it included."""


def join_markup(pieces):
    """Return the pieces as one, each beginning a line of its own.

    >>> join_markup(["Qualification call", "Share details", "<p>b</p>", "c"])
    Markup('Qualification call<br/>Share details<p>b</p>c')
    """
    joined, end = [], ""
    for piece in pieces:
        apart = not (end or any(joined)) or _CLOSES.search(end) or _OPENS.match(piece)
        joined.append(f"{'' if apart else '<br/>'}{piece}")
        # Only the end is searched: the whole, once for each of hundreds of columns,
        # would take minutes.
        end = f"{end}{joined[-1]}".rstrip()[-LONGEST_TAG:]
    return Markup("".join(joined))


def text_from_html(piece):
    """Return HTML as plain text, a line for each block.

    >>> text_from_html(Markup("<p>Qualification call</p><p>Share details</p>"))
    'Qualification call\\nShare details'
    """
    try:
        return TRANSFORMS["text_from_html"](str(piece)) or ""
    except BadValue:
        return str(piece)
