"""What the user must say to connect to Net-Results."""

from ..core.sentences import _lt
from ..core.source import Setting
from .endpoint_config import SETTING

ADDRESS = "https://apps.net-results.com"

SETTINGS = (
    Setting(
        "url",
        _lt("Address"),
        kind="url",
        default=ADDRESS,
        help=_lt("The address at which people log in; another one for resellers."),
        placeholder=ADDRESS,
    ),
    Setting(
        "auth",
        _lt("Log in with"),
        kind="selection",
        default="basic",
        choices=(
            ("basic", _lt("E-mail and password")),
            ("session", _lt("E-mail and password, as a session")),
            ("oauth", _lt("OAuth token")),
        ),
        help=_lt("The first way works unless your provider says otherwise."),
    ),
    Setting(
        "login",
        _lt("E-mail"),
        required=False,
        help=_lt("Of a user who sees all contacts. Not needed with a token."),
    ),
    Setting("password", _lt("Password"), kind="secret", required=False),
    Setting(
        "token",
        _lt("OAuth token"),
        kind="secret",
        required=False,
        help=_lt(
            "My Account → oAuth Clients: register a client, open its authorize "
            "address in a browser, confirm, and copy the token from the address line."
        ),
    ),
    Setting(
        "endpoints",
        SETTING,
        kind="text",
        required=False,
        help=_lt(
            "Leave empty unless the check says that something is called otherwise. "
            'JSON with what differs: {"paging": {"page_size": 200}}.'
        ),
    ),
)
