"""Texts as they are compared: without HTML, case and extra blanks."""

import html
import re
import unicodedata
from functools import lru_cache

SHORT = 100
"""Characters up to which a text is kept as it is compared."""
HIDDEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
APART = re.compile(r"[\W_]+")
_ELEMENT = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*|/)?>")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")  # blanks of no width, marks of order


def fold(value):
    """Return a text as it is compared: without HTML, case and extra blanks.

    >>> fold("<p>Café&nbsp;<b>Müller</b> &amp;\\n Söhne</p>")
    'café müller & söhne'
    """
    text = str(value)
    if text.isalnum() and text.isascii():
        return text.casefold()
    return _fold_short(text) if len(text) <= SHORT else _fold_all(text)


def _fold_all(text):
    if "<" in text:
        text = _ELEMENT.sub(" ", HIDDEN.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return " ".join(text.casefold().split())


_fold_short = lru_cache(maxsize=32_768)(_fold_all)
"""A stretch compares the same short texts again and again."""


def squeeze(folded):
    """Return a folded text without whatever is neither letter nor digit."""
    return APART.sub("", folded)
