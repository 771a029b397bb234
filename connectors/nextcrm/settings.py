"""What the user must say to connect to NextCRM."""

from ..core.source import Setting

SETTINGS = (
    Setting(
        "host",
        "Database server",
        help="Where NextCRM's PostgreSQL runs: the host in its DATABASE_URL. It must be "
        "reachable from this server; ask the administrator of NextCRM.",
        placeholder="db.example.com",
        address=True,
    ),
    Setting(
        "port",
        "Port",
        kind="integer",
        required=False,
        default=5432,
        address=True,
        help="The number behind the host in DATABASE_URL.",
    ),
    Setting(
        "database",
        "Database",
        default="nextcrm",
        help="The last part of DATABASE_URL, before any question mark.",
    ),
    Setting(
        "login",
        "Login",
        help="A role that may only read. The administrator makes one with: CREATE ROLE "
        "reader LOGIN PASSWORD '…'; GRANT pg_read_all_data TO reader.",
    ),
    Setting("password", "Password", kind="secret", help="The password of that role."),
    Setting(
        "schema",
        "Schema",
        required=False,
        default="public",
        help="Where the tables are; another one only if DATABASE_URL says schema=….",
    ),
    Setting(
        "sslmode",
        "Encryption",
        kind="selection",
        required=False,
        default="prefer",
        choices=(
            ("prefer", "Encrypted where the server can"),
            ("require", "Always encrypted"),
            ("verify-full", "Always encrypted, with a valid certificate"),
            ("disable", "Never"),
        ),
        help="Over the internet, choose always.",
    ),
    Setting(
        "closed_means",
        "Closed deals are",
        kind="selection",
        required=False,
        default="auto",
        choices=(
            ("auto", "Won, unless NextCRM's follow-up closed them"),
            ("won", "Won"),
            ("lost", "Lost"),
        ),
        help="NextCRM writes the same word for both; its audit log tells them apart.",
    ),
    Setting(
        "s3_endpoint",
        "Object store: address",
        kind="url",
        required=False,
        help="Where its files are, as it is reached from here, such as the published "
        "port of MinIO. Empty: documents come without their content.",
        placeholder="https://files.example.com",
    ),
    Setting(
        "s3_bucket",
        "Object store: bucket",
        required=False,
        default="nextcrm",
        help="MINIO_BUCKET in NextCRM's settings.",
    ),
    Setting(
        "s3_access_key",
        "Object store: access key",
        kind="secret",
        required=False,
        help="MINIO_ACCESS_KEY, or a key of its own that may read the bucket.",
    ),
    Setting(
        "s3_secret_key",
        "Object store: secret key",
        kind="secret",
        required=False,
        help="The secret that belongs to that key.",
    ),
    Setting(
        "s3_region",
        "Object store: region",
        required=False,
        default="us-east-1",
        help="Only for stores that mind it.",
    ),
    Setting(
        "per_page",
        "Rows per page",
        kind="integer",
        required=False,
        help="At most, for a server that is short of memory. Empty: 1000.",
    ),
)
