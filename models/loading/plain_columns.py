"""What is known beforehand about columns that several tables have and no source fills.

Statements of Odoo 19.0; ``record`` is the row.
"""

from ..odoo.lane_rules import HAS_PHONENUMBERS

DIGITS = r"'+' || regexp_replace({0}, '\D+', '', 'g')"


PHONE = (
    "record.phone IS NULL AND record.phone_sanitized IS NULL"
    " OR record.phone LIKE '+%' AND record.phone_sanitized = "
    + DIGITS.format("record.phone")
    + ("" if HAS_PHONENUMBERS else " OR record.phone_sanitized = record.phone")
)


EMAIL = (
    "record.{0} IS NULL AND record.email_normalized IS NULL"
    " OR record.{0} ~ '^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$'"
    " AND record.email_normalized = lower(record.{0})"
)


DAYS = (
    "record.{1} IS NULL AND COALESCE(record.{0}, 0) = 0"
    " OR record.{0} = abs(floor(EXTRACT(epoch FROM record.{1}"
    " - date_trunc('second', record.create_date)) / 86400))"
)


NO_PLAN = "COALESCE(record.recurring_revenue, 0) = 0 AND COALESCE(record.{0}, 0) = 0"
