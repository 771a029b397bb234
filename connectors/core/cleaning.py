"""What a program wrote around a value when it exported it, and what it wrote for nothing."""

import html
import re
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache

_FORMULA_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')
# An apostrophe, a tab or a line end before what Excel would take for a formula (OWASP,
# "CSV Injection"), or before digits whose zeros it would drop, days and times of them.
_APOSTROPHE = re.compile(r"['’](?=[=+\-@\t\r])")
_APOSTROPHE_NUMBER = re.compile(
    r"'(?=[+\d(][\d\s().,/+:%-]*(?:T[\d:.]+(?:Z|[+-][\d:]+)?|[AaPp]\.?[Mm]\.?)?$)"
)
# Vtiger names a linked record with its module, several of them one behind the other.
_MODULE = re.compile(r"(?:^|(?<=, ))[A-Z]\w{2,40}::::(?=\S)")
# Notion writes the address of the page behind the name of each linked record.
_PAGE = re.compile(
    r" \(https://(?:www\.notion\.so|app\.notion\.com)/[^\s()]*[0-9a-f]{32}\?pvs=21\)"
)
PAGE = "?pvs=21)"
"""How such an address ends, which Notion marks as one of an export."""
_OOXML = re.compile("_x00(?:0[9AD]|5F)_", re.IGNORECASE)
_OOXML_SIGNS = {"09": "\t", "0A": "\n", "0D": "\r", "5F": "_"}
# Words of a mail header that RFC 2047 encodes, those that belong together as one.
_ENCODED_WORD = r"=\?[\w*.:-]+\?[bBqQ]\?[^?]*\?="
_ENCODED_WORDS = re.compile(rf"{_ENCODED_WORD}(?:\s*{_ENCODED_WORD})*")
_SPECIALS = re.compile(r'[,;:<>@"\\]')
_ADDRESS_BEHIND = re.compile(r"\s*<[^<>\s]+@")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")

NOTHING = frozenset(
    (
        *("NULL", "null", "(null)", "(NULL)", "<null>", "<NULL>", "[null]", "[NULL]"),
        *(r"\N", "undefined", "NaN", "nan", "#NULL", "nil"),
    )
)
"""What programs write where there is nothing. A person may be called Null."""
NOTHING_BESIDE_VALUES = frozenset(
    (
        *("None", "none", "NONE", "(none)", "(None)", "N/A", "n/a", "N.A.", "n.a."),
        *(
            "-",
            "--",
            "---",
            "–",
            "—",
            "- -",
            "(blank)",
            "(empty)",
            "(leer)",
            "k.A.",
            "?",
        ),
    )
)
"""What people write where there is nothing, if the column has values besides."""
ERRORS = frozenset(
    (
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#NV",
    )
)
"""Errors of formulas: there is no value."""


def strip_armor(text):
    """Return a text without what keeps spreadsheet programs from changing it.

    >>> strip_armor("'+351210000001"), strip_armor('="01069"'), strip_armor("'=Ann")
    ('+351210000001', '01069', '=Ann')
    >>> strip_armor("\\t01069"), strip_armor("'- first point"), strip_armor("'til noon")
    ('01069', '- first point', "'til noon")
    >>> strip_armor("'2024-05-06 10:00"), strip_armor("'90s"), strip_armor("'10:30 PM")
    ('2024-05-06 10:00', "'90s", '10:30 PM')
    >>> strip_armor("Accounts::::Alpha"), strip_armor("Contacts::::Ana, Contacts::::Rui")
    ('Alpha', 'Ana, Rui')
    """
    if not text:
        return text
    if "::::" in text:
        text = _MODULE.sub("", text)
    if text.endswith(PAGE):
        text = _without_pages(text)
    if text[0] in "\t\r":
        text = text.lstrip("\t\r")
    if text.endswith("\t"):
        text = text.rstrip("\t")
    start = text[:1]
    if start == "=":
        if found := _FORMULA_TEXT.fullmatch(text):
            return found[1].replace('""', '"')
    elif start in ("'", "’") and (
        _APOSTROPHE.match(text) or _APOSTROPHE_NUMBER.match(text)
    ):
        # 'a quoted word' has another one at its end.
        if not (len(text) > 1 and text.endswith(start)):
            return text[1:].lstrip("\t\r")
    return text


def _without_pages(text):
    """Return the names of linked records, as a line of CSV where one has a comma.

    >>> page = " (https://www.notion.so/Alpha-111bd64ff89680f28e62f570cf4b0e07?pvs=21)"
    >>> _without_pages(f"Alpha{page}"), _without_pages(f"Alpha{page}, Beta (Faro){page}")
    ('Alpha', 'Alpha, Beta (Faro)')
    >>> _without_pages(f"Alpha{page}, Beta, Inc{page}"), _without_pages(f"Beta, Inc{page}")
    ('Alpha, "Beta, Inc"', 'Beta, Inc')
    >>> _without_pages(f"See Alpha{page} and Beta{page}") == f"See Alpha{page} and Beta{page}"
    True
    """
    first, *others = _PAGE.split(text)
    behind = others.pop() if others else first
    if behind or not first or not all(name[:2] == ", " for name in others):
        return text
    names = [first, *(name[2:] for name in others)]
    if others:
        names = [
            '"' + name.replace('"', '""') + '"' if "," in name else name
            for name in names
        ]
    return ", ".join(names)


def strip_escapes(text):
    r"""Return a text without the escapes that Office Open XML has for control signs.

    >>> strip_escapes("First_x000D_\nSecond_x000D_")
    'First\nSecond\n'
    """
    if "_x00" not in text and "_X00" not in text:
        return text
    text = _OOXML.sub(lambda m: _OOXML_SIGNS[m[0][4:6].upper()], text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_words(text):
    """Return a text with what the encoded words of a mail header stand for (RFC 2047).

    An export of mails has subjects and names as they came over the wire. What cannot be
    decoded stays as it is.

    >>> decode_words("Re: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@b.c>")
    'Re: Jörg Müller <j@b.c>'
    >>> decode_words("=?utf-8?B?QW5nZWJvdCA=?= =?iso-8859-1?q?=FCber?="), decode_words("a=?b?=")
    ('Angebot über', 'a=?b?=')
    >>> decode_words("=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <j@b.c>")
    '"Müller, Jörg" <j@b.c>'
    >>> decode_words("=?x-none?Q?a?="), decode_words("=?utf-8?Q?=FF?=")
    ('=?x-none?Q?a?=', '=?utf-8?Q?=FF?=')
    """
    return _ENCODED_WORDS.sub(_decode, text) if "=?" in text else text


def _decode(found):
    text = _decode_each(found)
    behind = found.string[found.end() :]
    if _SPECIALS.search(text) and _ADDRESS_BEHIND.match(behind):
        # Encoded, the comma in a name divided nothing.
        return '"' + text.replace("\\", "").replace('"', "") + '"'
    return text


def _decode_each(found):
    try:
        # A language may stand behind the name of the encoding (RFC 2231).
        parts = decode_header(re.sub(r"(=\?[^?*]+)\*[^?]*", r"\1", found[0]))
        return "".join(part.decode(encoding or "ascii") for part, encoding in parts)
    except (AttributeError, LookupError, UnicodeError, HeaderParseError):
        return found[0]


@lru_cache(maxsize=512)
def find_entities(text):
    """Return (entities, whether an ampersand stands alone, whether there is markup).

    >>> find_entities("Example &amp; S&ouml;hne"), find_entities("A & B &amp; <b>C</b>")
    ((2, False, False), (1, True, True))
    """
    known = [m[0] for m in _ENTITY.finditer(text) if html.unescape(m[0]) != m[0]]
    return len(known), text.count("&") > len(known), bool(_TAG.search(text))


def unescape_entities(text):
    """Return a text with the signs that its entities stand for, escaped once or twice.

    >>> unescape_entities("O&#039;Example &amp;amp; S&ouml;hne")
    "O'Example & Söhne"
    """
    for _time in range(2):
        if "&" in text:
            text = html.unescape(text)
    return text.replace("\0", "").replace("\xa0", " ")
