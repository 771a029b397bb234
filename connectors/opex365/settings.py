"""What the user must say to connect to a Dataverse environment, and what it means."""

import re
from urllib.parse import urlsplit

from ..core.errors import ConfigurationError
from ..core.http import clean_address
from ..core.sentences import _lt
from ..core.source import Setting

MAX_ROWS = 5000
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*")

SETTINGS = (
    Setting(
        "url",
        _lt("Environment address"),
        kind="url",
        help=_lt(
            "Power Platform admin center → Environments → your environment → "
            "Environment URL; also what the browser shows while you work in the CRM."
        ),
        placeholder="https://yourcompany.crm4.dynamics.com",
    ),
    Setting(
        "tenant",
        _lt("Tenant"),
        help=_lt(
            "Microsoft Entra admin center → Overview → Tenant ID, or your domain."
        ),
        placeholder="yourcompany.onmicrosoft.com",
    ),
    Setting(
        "client_id",
        _lt("Application (client) ID"),
        help=_lt(
            "Entra admin center → App registrations → your app → Overview. The app "
            "must also be an application user of the environment, with a security role "
            "that reads every table of the whole organization."
        ),
        placeholder="00000000-0000-0000-0000-000000000000",
    ),
    Setting(
        "client_secret",
        _lt("Client secret"),
        kind="secret",
        required=False,
        help=_lt(
            "App registration → Certificates & secrets → New client secret: the "
            "value, which is shown once, not the secret's id. Not needed with a "
            "certificate."
        ),
    ),
    Setting(
        "certificate",
        _lt("Certificate"),
        kind="secret",
        required=False,
        help=_lt(
            "Instead of a secret: the private key (RSA, without a password) and the "
            "certificate that stands in the app registration, both as PEM text."
        ),
    ),
    Setting(
        "authority",
        _lt("Login address"),
        kind="url",
        required=False,
        help=_lt(
            "Only where Microsoft told you another one. Empty: the one that goes "
            "with the environment, also for the clouds of the US government and China."
        ),
        placeholder="https://login.microsoftonline.com",
    ),
    Setting(
        "page_size",
        _lt("Rows per call"),
        kind="integer",
        required=False,
        help=_lt(
            "At most, for a slow line. Empty: what suits each object, up to 5000."
        ),
        minimum=1,
        maximum=MAX_ROWS,
    ),
)


def environment_address(text):
    """Return the address of the environment, whichever of its pages was pasted.

    >>> environment_address("https://acme.crm4.dynamics.com/api/data/v9.2/")
    'https://acme.crm4.dynamics.com'
    """
    return _origin(text, _lt("Environment address"))


def login_address(text, environment):
    """Return the address of the login that goes with an environment.

    >>> login_address("", "https://acme.crm.dynamics.cn")
    'https://login.chinacloudapi.cn'
    >>> login_address("", "https://acme.crm9.dynamics.com")
    'https://login.microsoftonline.us'
    """
    if text:
        return _origin(text, _lt("Login address"))
    host = urlsplit(environment).hostname or ""
    if host.endswith(".dynamics.cn"):
        return "https://login.chinacloudapi.cn"
    if host.endswith((".crm9.dynamics.com", ".microsoftdynamics.us")):
        return "https://login.microsoftonline.us"
    return "https://login.microsoftonline.com"


def _origin(text, label):
    parts = urlsplit(clean_address(text, setting=label))
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        # A secret and then a token would be read on the way.
        raise _bad(label, _lt("https is needed"))
    return f"{parts.scheme}://{parts.netloc}"


def plain_word(text, label):
    """Return a tenant or an id, which becomes part of an address."""
    word = str(text).strip()
    if not _PLAIN.fullmatch(word):
        raise _bad(label, _lt("letters, digits, dots and dashes are allowed"))
    return word


def _bad(setting, reason):
    return ConfigurationError("bad_setting", setting=setting, reason=reason)
