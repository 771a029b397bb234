"""What Odoo 19.0 computes of a deal, as conditions on its row; see ``plain_columns``."""

from odoo.addons.iap.tools import iap_tools

from ...loading.plain_columns import DAYS, EMAIL, HAS_PHONENUMBERS, NO_PLAN, PHONE

_SHARED = ", ".join(f"'{name}'" for name in sorted(iap_tools._MAIL_DOMAIN_BLACKLIST))
"""Domains of which many have an address: Odoo tells these apart by the whole of it."""

KNOWN_COLUMNS = {
    "phone_sanitized": PHONE,
    "email_normalized": EMAIL.format("email_from"),
    "phone_state": (
        "record.phone IS NULL AND record.phone_state IS NULL"
        " OR record.phone LIKE '+%' AND record.phone_sanitized IS NOT NULL"
        " AND record.phone_state = 'correct'"
        if HAS_PHONENUMBERS
        else "record.phone_state IS NULL"
    ),
    "email_state": (
        "record.email_from IS NULL AND record.email_state IS NULL"
        " OR record.email_normalized IS NOT NULL"
        " AND record.email_state = 'correct'"
    ),
    "email_domain_criterion": (
        "record.email_normalized IS NULL AND record.email_domain_criterion IS NULL"
        " OR record.email_domain_criterion = CASE"
        f" WHEN split_part(record.email_normalized, '@', 2) IN ({_SHARED})"
        " THEN record.email_normalized"
        " ELSE '@' || split_part(record.email_normalized, '@', 2) END"
    ),
    "prorated_revenue": (
        "abs(COALESCE(record.prorated_revenue, 0)"
        " - COALESCE(record.expected_revenue, 0)"
        # Odoo rounds what it multiplies, then each of the two for itself.
        " * COALESCE(record.probability, 0)::numeric / 100) <= 0.0101"
    ),
    **{
        name: NO_PLAN.format(name)
        for name in (
            "recurring_revenue_monthly",
            "recurring_revenue_monthly_prorated",
            "recurring_revenue_prorated",
        )
    },
    "day_open": DAYS.format("day_open", "date_open"),
    "day_close": DAYS.format("day_close", "date_closed"),
    "date_open": "record.user_id IS NULL AND record.date_open IS NULL",
    "won_status": (
        "record.won_status = CASE"
        " WHEN record.active AND record.probability = 100 AND (SELECT stage.is_won"
        " FROM crm_stage AS stage WHERE stage.id = record.stage_id) THEN 'won'"
        " WHEN NOT record.active AND record.probability = 0 THEN 'lost'"
        " ELSE 'pending' END"
    ),
    "probability": (
        "CASE WHEN record.active"
        " THEN record.probability IS NOT DISTINCT FROM record.automated_probability"
        # Archived from the beginning, or as likely as it was when that happened.
        " ELSE COALESCE(record.probability, 0)"
        " IN (0, COALESCE(record.automated_probability, 0)) END"
    ),
}
