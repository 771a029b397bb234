"""What *Check connection* finds out about a Concord installation, within seconds."""

from urllib.parse import urlsplit

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
)
from ..core.sentences import _lt
from ..core.source import CheckResult
from .api import PRODUCT
from .currency import read_currency
from .sentences import SENTENCES

_LOCAL = ("localhost", "127.0.0.1", "::1")
_RESTRICTED = {
    "custom_fields": "custom-fields",
    "workflows": "workflows",
    "roles": "roles",
    "trashed": "trashed/contacts",
    "emails": "mail/accounts",
}
"""Lists that some accounts may not read, with what to ask for."""


def check(api, *, allow_partial, private_mail):
    """Return the ``CheckResult``.

    :raises ConfigurationError: wrong address, token or system
    """
    me = _who_we_are(api)
    login = me.get("email") or ""
    findings = [SENTENCES.finding("passed", "logged_in", login=login)]
    if api.version:
        findings.append(SENTENCES.finding("passed", "version", version=api.version))
    else:
        findings.append(SENTENCES.finding("warning", "old_version"))
    if not me.get("super_admin"):
        level, code = (
            ("warning", "partial_data")
            if allow_partial
            else ("blocking", "not_super_admin")
        )
        findings.append(SENTENCES.finding(level, code, login=login))
    address = urlsplit(api.client.base_url)
    if address.scheme != "https" and address.hostname not in _LOCAL:
        findings.append(SENTENCES.finding("warning", "not_encrypted", host=api.host))
    findings += _refused(api, login)
    if currency := read_currency(api):
        findings.append(SENTENCES.finding("passed", "currency", currency=currency))
    else:
        findings.append(SENTENCES.finding("warning", "currency_unknown"))
    if private_mail:
        findings.append(SENTENCES.finding("warning", "private_mail"))
    else:
        findings.append(SENTENCES.finding("passed", "shared_mail"))
    return CheckResult(login, api.version, me.get("timezone") or "", tuple(findings))


def _who_we_are(api):
    try:
        return api.me
    except ForbiddenError as error:
        # The same status tells of a missing right to use the API at all.
        raise AuthenticationError(
            "no_api_access", host=api.host, login=_lt("The user of this token")
        ).of(error) from None
    except FatalError as error:
        if error.code == "not_found":
            raise ConfigurationError(
                "wrong_system", host=api.host, expected=PRODUCT
            ) from None
        raise


def _refused(api, login):
    for stream, path in _RESTRICTED.items():
        try:
            api.get(path, [("per_page", 1)], stream=stream, timeout=10)
        except ForbiddenError:
            yield SENTENCES.finding(
                "warning", "may_not_read", login=login, stream=stream
            )
        except FatalError as error:
            # A list that an old release lacks or fails on is its stream's own trouble.
            yield error.as_finding("warning")
