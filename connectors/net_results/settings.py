"""What the user must say to connect to Net-Results."""

from ..core.source import Setting
from .endpoint_profile import SETTING

ADDRESS = "https://apps.net-results.com"

SETTINGS = (
    Setting(
        "url",
        "Address",
        kind="url",
        default=ADDRESS,
        help="The address at which people log in; another one for resellers.",
        placeholder=ADDRESS,
    ),
    Setting(
        "auth",
        "Log in with",
        kind="selection",
        default="basic",
        choices=(
            ("basic", "E-mail and password"),
            ("session", "E-mail and password, as a session"),
            ("oauth", "OAuth token"),
        ),
        help="The first one works unless your provider says otherwise.",
    ),
    Setting(
        "login",
        "E-mail",
        required=False,
        help="Of a user who sees all contacts. Not needed with a token.",
    ),
    Setting("password", "Password", kind="secret", required=False),
    Setting(
        "token",
        "OAuth token",
        kind="secret",
        required=False,
        help="My Account → oAuth Clients: register a client, open its authorize "
        "address in a browser, confirm, and copy the token from the address line.",
    ),
    Setting(
        "endpoints",
        SETTING,
        kind="text",
        required=False,
        help="Leave empty unless the check says that something is called otherwise. "
        'JSON with what differs: {"paging": {"page_size": 200}}.',
    ),
)
