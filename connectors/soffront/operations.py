"""What may be called at all: the one place that every call to the service goes through."""

import re
from urllib.parse import quote

from ..core.errors import ConfigurationError
from ..core.sentences import _lt

OPERATIONS = {
    "token": ("GET", "token"),
    "developer_key": ("GET", "developerkey"),
    "find": ("POST", "find"),
    "related": ("POST", "findrelated"),
    "fields": ("POST", "Fields"),
    "values": ("POST", "FieldValue"),
    "objects": ("POST", "CPAllForms"),
    "counts": ("POST", "MultipleRecordCount"),
    "audit": ("POST", "AuditTrail"),
    "download": ("GET", "Downloadattach"),
}
"""Our name → method and name of the operation. All of them read; there are no others."""

WRITING = frozenset(
    """addrecord addmultiplerecord update upadteportalrec deleterecord attach
    linkrelatedmultiple mail createwebform""".split()
)
_VALUES = {
    "token": {"developer_key", "user", "password"},
    "developer_key": {"server", "project", "app_type"},
    "download": {"token", "object", "record_id", "file_name"},
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def refusal_of(name, template):
    """Return why a path may not be called under a name, None if it may.

    >>> refusal_of("find", "find/{token}"), refusal_of("find", "DeleteRecord/{token}")
    (None, 'it must begin with find/')
    """
    if name not in OPERATIONS:
        return _lt("no such operation may be called")
    _method, operation = OPERATIONS[name]
    first, *others = template.split("/")
    if first.casefold() != operation.casefold():
        return _lt("it must begin with %(name)s/", name=operation)
    needed, given = _VALUES.get(name, {"token"}), set()
    for part in others:
        placeholder = _PLACEHOLDER.fullmatch(part)
        if placeholder:
            given.add(placeholder[1])
        elif part not in ("false", "true"):
            return _lt("%(name)s has no place in it", name=part or "//")
    if given != needed:
        names = ", ".join(f"{{{item}}}" for item in sorted(needed))
        return _lt("it must name %(names)s", names=names)
    return None


def ensure_reading_address(address, *, setting):
    """Refuse an address below which every call would be one that writes.

    :raises ConfigurationError: it names such an operation
    """
    for part in address.partition("://")[2].split("/")[1:]:
        if part.casefold() in WRITING:
            reason = _lt("%(name)s is an operation that writes", name=part)
            raise ConfigurationError("bad_setting", setting=setting, reason=reason)


def path_of(name, template, values):
    """Return method and path of a call, each value encoded as one part of it.

    >>> path_of("find", "find/{token}", {"token": "a/b"})
    ('POST', 'find/a%2Fb')

    :raises ConfigurationError: it is no call that reads, or a value would leave its place
    """
    reason = refusal_of(name, template)
    if not reason and {".", ".."} & set(values.values()):
        reason = _lt("a value would leave its place")
    if reason:
        raise ConfigurationError("bad_setting", setting=name, reason=reason)
    path = _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe=""), template)
    return OPERATIONS[name][0], path


def redact(url):
    """Return an address that may be logged: the operation, and nothing behind it.

    >>> redact("https://sf000.example.com/WEBAPI2/token/KEY/ana/pw")
    'https://sf000.example.com/WEBAPI2/token/***'
    """
    scheme, _mark, rest = url.partition("://")
    host, *parts = rest.split("?")[0].split("/")
    host = host.rpartition("@")[2]
    names = {operation.casefold() for _method, operation in OPERATIONS.values()}
    for number, part in enumerate(parts):
        if part.casefold() in names:
            return "/".join([f"{scheme}://{host}", *parts[: number + 1], "***"])
    return f"{scheme}://{host}/***"
