"""Conversions of how somebody is reached: e-mail, telephone, web."""

import re
from urllib.parse import urlsplit

from .parties import bare_address, people_of
from .values import BadValue, InPart, as_text, is_not_given, transform

# Copied along from web pages and never part of an address: zero-width and bidi marks.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\ufeff"
_OUTER = f" \t\r\n\u00a0{_INVISIBLE}"

# An address that Odoo's mail layer accepts: one @, no blanks, a dotted host.
_EMAIL = re.compile(
    rf"[^\s@<>,;:\\\"()\[\]\x00-\x1f\x7f-\x9f{_INVISIBLE}]+"
    rf"@(?:[^\s@<>,;:\\\"()\[\].\x00-\x1f\x7f-\x9f{_INVISIBLE}]+\.)+"
    rf"[^\s@<>,;:\\\"()\[\].\x00-\x1f\x7f-\x9f{_INVISIBLE}]+"
)
LONGEST_EMAIL = 320
LONGEST_PHONE = 100
# What Excel leaves of a long number: its last digits are lost.
_SHORTENED = re.compile(r"\d(?:[.,]\d+E\+?|E\+)\d+", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):?//", re.IGNORECASE)
_WEB = ("http", "https", "ftp", "ftps")
# Letters of every script; not what separates the parts of an address or of a sentence.
_HOST = re.compile(
    rf"[^\s\x00-\x2c/:-@\[-^`{{-\x9f{_INVISIBLE}]+", re.IGNORECASE | re.UNICODE
)


def _address(value):
    return as_text(value).strip(_OUTER)


@transform
def email(value):
    """Return one bare address; of several, or of one beside a name, the first will do.

    >>> email(" Ana@Example.com "), email("<mailto:ana@example.com>"), email("keine")
    ('Ana@Example.com', 'ana@example.com', None)
    >>> email("'ana@example.com'"), email("“o'neil@example.com”")
    ('ana@example.com', "o'neil@example.com")
    """
    text = _address(value)
    if is_not_given(text):
        return None
    address = bare_address(text).strip(_OUTER)
    if _is_address(address):
        return address
    for _name, address in people_of(text):
        if _is_address(address):
            raise InPart("bad_email", "several_emails", address)
    raise BadValue("bad_email")


def _is_address(text):
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


_TELEPHONE = re.compile(r"^\s*(?:tel|telephone|phone|telefon)\b[.:\s]*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\s*(?:;?ext(?:ension)?[.=:]?|x|#)\s*\d{1,7}\s*$", re.IGNORECASE
)
_LONGEST_AREA = 7
"""Digits before a slash: "+49 33056/…". Any more are a number of their own."""


@transform
def phone(value):
    """
    >>> phone("tel:+351 21 000")
    '+351 21 000'
    """
    text = re.sub(r"^tel:\s*", "", _address(value), flags=re.IGNORECASE)
    if is_not_given(text):
        return None
    if not re.search(r"\d", text) or len(text) > LONGEST_PHONE:
        raise BadValue("bad_phone")
    if _SHORTENED.fullmatch(text):
        raise BadValue("bad_phone")
    return text


def is_one_number(text):
    """Tell whether a text is one telephone number, with an extension at most.

    What is one gets its international form in ``models/targets/res_partner.py``.

    Libraries of telephone numbers read a word as the digits of its letters, and two
    numbers as one: valid, and somebody else's (phonenumbers 9.0.43). Who is not sure
    keeps the text.

    >>> is_one_number("030/1234567"), is_one_number("+44 (0)20 7946 0958")
    (True, True)
    >>> is_one_number("Tel. +1 212 555 0123 ext. 4"), is_one_number("+1 212 555 0123 x4")
    (True, True)
    >>> is_one_number("040 1234567 Fax"), is_one_number("030 123456 od. 123457")
    (False, False)
    >>> is_one_number("089 12345 / 089 12346"), is_one_number("089 12345/46")
    (False, False)
    >>> is_one_number("+49 89 12345 +49 89 12346"), is_one_number("(+49) 89 12345")
    (False, True)
    """
    number = _EXTENSION.sub("", _TELEPHONE.sub("", text))
    if re.search(r"[^\W\d_]|[;,|&\n]|\d\D*\+", number):
        return False
    area, slash, rest = number.partition("/")
    if not slash:
        return True
    digits = len(re.sub(r"\D", "", rest))
    is_area = len(re.sub(r"\D", "", area)) <= _LONGEST_AREA
    return is_area and digits > 4 and rest.strip()[:1] not in ("0", "+", "/")


@transform
def url(value):
    """Return an address of the web; without a scheme it must at least look like one.

    >>> url("example.com/a"), url("//example.com"), url("http://intranet/a")
    ('https://example.com/a', 'https://example.com', 'http://intranet/a')
    """
    text = _address(value)
    if is_not_given(text):
        return None
    named = _SCHEME.match(text)
    if text.startswith("//"):
        text = f"https:{text}"
    elif not named:
        text = f"https://{text}"
    host = _host(text)
    if named and (named[1].lower() not in _WEB or not host):
        raise BadValue("bad_url")
    if not named and ("@" in text.split("/")[2] or not _is_public(host)):
        raise BadValue("bad_url")
    return text


@transform
def domain_name(value):
    """
    >>> domain_name("https://www.Example.com/a")
    'example.com'
    """
    text = _address(value)
    if is_not_given(text):
        return None
    host = _host(text if _SCHEME.match(text) else f"https://{text.lstrip('/')}")
    host = host.lower().rstrip(".")
    while host.startswith("www.") and host.count(".") > 1:
        host = host[4:]
    if not _is_public(host):
        raise BadValue("bad_url")
    return host


def _host(address):
    # Python would quietly leave out line ends.
    if re.search(r"[\s\x00-\x1f\x7f]", address):
        raise BadValue("bad_url")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        # An opening bracket that is never closed, a port that is no number.
        raise BadValue("bad_url") from None
    if not _HOST.fullmatch(host) and not re.fullmatch(r"[0-9a-f:.]*:[0-9a-f:.]*", host):
        raise BadValue("bad_url")
    return host


def _is_public(host):
    """Tell a name such as ``example.com`` or 192.0.2.1 from ``n/a`` and ``3.5``."""
    parts = host.rstrip(".").split(".")
    if len(parts) < 2 or not all(parts):
        return False
    return not parts[-1].isdigit() or (
        len(parts) == 4 and all(p.isdigit() for p in parts)
    )
