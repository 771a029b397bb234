"""What the user must say to connect to NextCRM."""

from ..core.sentences import _lt
from ..core.source import Setting
from .tables import ROWS

SETTINGS = (
    Setting(
        "host",
        _lt("Database server"),
        help=_lt(
            "Where NextCRM's PostgreSQL runs: the host in its DATABASE_URL. It must be "
            "reachable from this server; ask the administrator of NextCRM."
        ),
        placeholder="db.example.com",
        address=True,
    ),
    Setting(
        "port",
        _lt("Port"),
        kind="integer",
        required=False,
        default=5432,
        address=True,
        help=_lt("The number behind the host in DATABASE_URL."),
        minimum=1,
        maximum=65535,
    ),
    Setting(
        "database",
        _lt("Database"),
        default="nextcrm",
        help=_lt("The last part of DATABASE_URL, before any question mark."),
    ),
    Setting(
        "login",
        _lt("Login"),
        help=_lt(
            "A role that may only read. The administrator makes one with: CREATE ROLE "
            "reader LOGIN PASSWORD '…'; GRANT pg_read_all_data TO reader."
        ),
    ),
    Setting(
        "password",
        _lt("Password"),
        kind="secret",
        help=_lt("The password of that role."),
    ),
    Setting(
        "schema",
        _lt("Schema"),
        required=False,
        default="public",
        help=_lt(
            "Where the tables are; another one only if DATABASE_URL says schema=…."
        ),
    ),
    Setting(
        "sslmode",
        _lt("Encryption"),
        kind="selection",
        required=False,
        default="prefer",
        choices=(
            ("prefer", _lt("Encrypted where the server can")),
            ("require", _lt("Always encrypted")),
            ("verify-full", _lt("Always encrypted, with a valid certificate")),
            ("disable", _lt("Never")),
        ),
        help=_lt("Over the internet, choose an encryption that is always there."),
    ),
    Setting(
        "closed_means",
        _lt("Closed deals are"),
        kind="selection",
        required=False,
        default="auto",
        choices=(
            ("auto", _lt("Won, unless NextCRM's follow-up closed them")),
            ("won", _lt("Won")),
            ("lost", _lt("Lost")),
        ),
        help=_lt(
            "NextCRM writes the same word for both; its audit log tells them apart."
        ),
    ),
    Setting(
        "s3_endpoint",
        _lt("Object store: address"),
        kind="url",
        required=False,
        help=_lt(
            "Where its files are, as it is reached from here, such as the published "
            "port of MinIO. Empty: documents come without their content."
        ),
        placeholder="https://files.example.com",
    ),
    Setting(
        "s3_bucket",
        _lt("Object store: bucket"),
        required=False,
        default="nextcrm",
        help=_lt("MINIO_BUCKET in NextCRM's settings."),
    ),
    Setting(
        "s3_access_key",
        _lt("Object store: access key"),
        kind="secret",
        required=False,
        help=_lt("MINIO_ACCESS_KEY, or a key of its own that may read the bucket."),
    ),
    Setting(
        "s3_secret_key",
        _lt("Object store: secret key"),
        kind="secret",
        required=False,
        help=_lt("The secret that belongs to that key."),
    ),
    Setting(
        "s3_region",
        _lt("Object store: region"),
        required=False,
        default="us-east-1",
        help=_lt("Only for stores that mind it."),
    ),
    Setting(
        "per_page",
        _lt("Rows per page"),
        kind="integer",
        required=False,
        help=_lt("At most, for a server that is short of memory. Empty: 1000."),
        minimum=1,
        maximum=ROWS,
    ),
)
