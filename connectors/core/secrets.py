"""Find secrets where none belong: in a plan, or in a setting that is kept in the open.

What is named like a secret, and what looks like one whatever it is called. The value that
was found is never returned: the place where it stands is enough to take it out.
"""

import json
import re

NAMED, LOGIN, PARAMETER, HEADER, KEY = "named", "login", "parameter", "header", "key"
"""Kinds of findings: a member named like a secret, user and password in a web address, a
parameter of one, what an Authorization header holds, a key or token by its form."""

_MAX_NESTED = 50
_WORDS = (
    r"(?:(?:x|csrf|xsrf|access|refresh|auth|id|session|api|bearer|oauth|security|private|"
    r"secret|client|developer|shared|personal|user|service|db|database|smtp|proxy)[ _-]?)*"
)
_NAME = (
    rf"{_WORDS}(?:token|secret|pass(?:word|wd|phrase)?|pwd|api[ _-]?key|apikey|"
    r"authorization|cookie|credentials?|bearer)|"
    r"(?:(?:access|security|private|secret|developer|client|shared|auth|session)[ _-]?)+key|"
    r"(?:str[ _-]?)?session[ _-]?id"
)
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Not a value: what is to be filled in, or was taken out.
_BLANK = re.compile(r"\s*(?:\{[^{}]*\}|<[^<>]*>|\$\{?\w+\}?|[*•.…xX]+|)\s*")
_URL_LOGIN = re.compile(r"//[^\s/?#@:\"']*:(?P<value>[^\s/?#@\"']+)@[^\s/@]")
_PARAMETER = re.compile(
    rf"[?&;#](?:(?:{_NAME})=(?P<value>[^\s&;#\"']{{3,}})"
    r"|(?:key|code|sig|signature|auth)=(?P<long>[^\s&;#\"']{8,}))",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\b(?:Bearer|Basic|Token|Digest|ApiKey|Zoho-oauthtoken)[ :=]+"
    r"(?P<value>(?=\S*\d|\S{16})[\w\-.~+/|]{6,}=*)",
    re.IGNORECASE,
)
_LINE = re.compile(
    rf"^[\s\"'>-]*(?:[\w-]*[-_])?(?:{_NAME})[\"']?\s*[:=]\s*[\"']?(?P<value>[^\s\"',]{{4,}})[\"',;]*\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_FORM = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}"  # a JSON Web Token
    r"|(?<![\w|])\d{1,9}\|[A-Za-z0-9]{40,}"  # Laravel Sanctum
    r"|\b(?:gh[pousr]|github_pat|glpat|xox[abpr]|sk_live|sk|pat)[-_][\w-]{20,}"
)
_NAMING = ("name", "key", "header", "parameter", "param", "field")


def find_secrets(value, place=""):
    """Return ``[(place, kind)]`` of what is a secret or looks like one, in reading order.

    :param value: JSON data; a text that is JSON itself is looked through as well
    :param place: where it stands, the beginning of the places that are returned

    >>> find_secrets({"headers": {"Authorization": "Bearer abc123def"}}, "settings")
    [('settings.headers.Authorization', 'named')]
    >>> find_secrets('{"path": "/api?page=1&api_key=0a1b2c3d"}', "settings.profile")
    [('settings.profile.path', 'parameter')]
    >>> find_secrets({"token_path": "token/{key}", "header": "Authorization"})
    []
    """
    return list(dict.fromkeys(_walk(value, place, 0)))


def is_secret_name(name):
    """Tell whether what bears the name is a secret, not merely about one.

    >>> [is_secret_name(n) for n in ("clientSecret", "X-Api-Key", "token_in", "key")]
    [True, True, False, False]
    """
    return bool(_SECRET_NAME.fullmatch(_CAMEL.sub("_", str(name).strip())))


def _walk(value, place, depth):
    if depth > _MAX_NESTED:
        return
    if isinstance(value, dict):
        yield from _walk_members(value, place, depth)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, 1):
            yield from _walk(item, f"{place}[{number}]", depth + 1)
    elif isinstance(value, str):
        inner = _as_json(value)
        if inner is not None:
            yield from _walk(inner, place, depth + 1)
        elif kind := _kind_of(value):
            yield place, kind


def _walk_members(value, place, depth):
    pair = next((value[name] for name in _NAMING if name in value), None)
    if isinstance(pair, str) and is_secret_name(pair) and _is_given(value.get("value")):
        yield f"{place}.value".lstrip("."), NAMED
    for name, item in value.items():
        if kind := _kind_of(str(name)):
            yield place, kind  # its name would tell it
            continue
        inner = f"{place}.{name}".lstrip(".")
        if is_secret_name(name) and _is_given(item):
            yield inner, NAMED
        else:
            yield from _walk(item, inner, depth + 1)


def _is_given(value):
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return not _BLANK.fullmatch(str(value))


def _as_json(text):
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _kind_of(text):
    """Return what kind of secret a text holds, None for none."""
    for kind, pattern in (
        (KEY, _FORM),
        (LOGIN, _URL_LOGIN),
        (PARAMETER, _PARAMETER),
        (HEADER, _HEADER),
        (NAMED, _LINE),
    ):
        for found in pattern.finditer(text):
            given = [each for each in found.groupdict().values() if each is not None]
            if not given or not _BLANK.fullmatch(given[0]):
                return kind
    return None
