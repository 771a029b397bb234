"""Put texts of a record together without gluing the last word of one to the next."""

import re

from markupsafe import Markup

from ..connectors.mapping.transforms import TRANSFORMS, BadValue

_BLOCK = "address|article|blockquote|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|"
_BLOCK += "header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
_OPENS = re.compile(rf"\s*<(?:{_BLOCK})\b", re.IGNORECASE)
_CLOSES = re.compile(rf"(?:</(?:{_BLOCK})>|<(?:br|hr)\s*/?>)\s*$", re.IGNORECASE)


def join_markup(pieces):
    """Return the pieces as one, each beginning a line of its own.

    >>> join_markup(["Qualification call", "Share details", "<p>b</p>", "c"])
    Markup('Qualification call<br/>Share details<p>b</p>c')
    """
    joined = ""
    for piece in pieces:
        apart = not joined or _CLOSES.search(joined) or _OPENS.match(piece)
        joined += f"{'' if apart else '<br/>'}{piece}"
    return Markup(joined)


def text_from_html(piece):
    """Return HTML as plain text, a line for each block.

    >>> text_from_html(Markup("<p>Qualification call</p><p>Share details</p>"))
    'Qualification call\\nShare details'
    """
    try:
        return TRANSFORMS["text_from_html"](str(piece)) or ""
    except BadValue:
        return str(piece)
