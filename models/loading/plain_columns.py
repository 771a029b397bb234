"""What is known beforehand about columns that no source fills: as data, by table.

Statements of Odoo 19.0; ``record`` is the row.
"""

DIGITS = r"'+' || regexp_replace({0}, '\D', '', 'g')"


PHONE = (
    "record.phone IS NULL AND record.phone_sanitized IS NULL"
    " OR record.phone LIKE '+%' AND record.phone_sanitized = "
    + DIGITS.format("record.phone")
)


EMAIL = (
    "record.{0} IS NULL AND record.email_normalized IS NULL"
    " OR record.{0} ~ '^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$'"
    " AND record.email_normalized = lower(record.{0})"
)


DAYS = (
    "record.{1} IS NULL AND COALESCE(record.{0}, 0) = 0"
    " OR record.{1} >= date_trunc('second', record.create_date)"
    " AND record.{0} = floor(EXTRACT(epoch FROM record.{1}"
    " - date_trunc('second', record.create_date)) / 86400)"
)


NO_PLAN = "COALESCE(record.recurring_revenue, 0) = 0 AND COALESCE(record.{0}, 0) = 0"


PLAIN = {
    "res.partner": {
        "phone_sanitized": PHONE,
        "email_normalized": EMAIL.format("email"),
        "complete_name": (
            "record.complete_name = btrim(CASE"
            " WHEN record.is_company OR record.parent_id IS NULL"
            "  AND record.company_name IS NULL THEN record.name"
            " ELSE record.commercial_company_name || ', ' || record.name END)"
        ),
        "commercial_partner_id": (
            "record.commercial_partner_id = CASE"
            " WHEN record.is_company OR record.parent_id IS NULL THEN record.id"
            " ELSE (SELECT parent.commercial_partner_id FROM res_partner AS parent"
            " WHERE parent.id = record.parent_id) END"
        ),
        "commercial_company_name": (
            "record.commercial_company_name IS NOT DISTINCT FROM"
            " (SELECT CASE WHEN whole.is_company THEN whole.name"
            " ELSE record.company_name END FROM res_partner AS whole"
            " WHERE whole.id = record.commercial_partner_id)"
        ),
        "partner_share": (
            "record.partner_share AND NOT EXISTS"
            " (SELECT FROM res_users AS own WHERE own.partner_id = record.id)"
        ),
        "company_registry": "record.company_registry IS NULL",
    },
    "crm.lead": {
        "phone_sanitized": PHONE,
        "email_normalized": EMAIL.format("email_from"),
        "phone_state": (
            "record.phone IS NULL AND record.phone_state IS NULL"
            " OR record.phone LIKE '+%' AND record.phone_sanitized IS NOT NULL"
            " AND record.phone_state = 'correct'"
        ),
        "email_state": (
            "record.email_from IS NULL AND record.email_state IS NULL"
            " OR record.email_normalized IS NOT NULL"
            " AND record.email_state = 'correct'"
        ),
        "email_domain_criterion": (
            "record.email_from IS NULL AND record.email_domain_criterion IS NULL"
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
        "won_status": (
            "record.won_status = CASE"
            " WHEN record.active AND record.probability = 100 AND (SELECT stage.is_won"
            " FROM crm_stage AS stage WHERE stage.id = record.stage_id) THEN 'won'"
            " WHEN NOT record.active AND record.probability = 0 THEN 'lost'"
            " ELSE 'pending' END"
        ),
        "probability": (
            "record.probability IS NOT DISTINCT FROM record.automated_probability"
        ),
    },
    "calendar.event": {
        "start_date": "NOT record.allday AND record.start_date IS NULL",
        "stop_date": "NOT record.allday AND record.stop_date IS NULL",
        "duration": (
            "NOT record.allday AND abs(record.duration"
            " - EXTRACT(epoch FROM record.stop - record.start) / 3600) <= 0.00501"
        ),
    },
    "mail.activity": {
        "date_done": "record.active AND record.date_done IS NULL",
        "res_model": (
            "record.res_model IS NOT DISTINCT FROM (SELECT known.model"
            " FROM ir_model AS known WHERE known.id = record.res_model_id)"
        ),
    },
}
"""Model → computed column → when it surely is what Odoo computes.

A short cut only: where it does not hold, Odoo itself is asked.
"""


OWN_LIFE = {
    "*": frozenset(
        # Drawn by lot, when the record is shared.
        {"access_token"}
    ),
    "crm.lead": frozenset(
        # Odoo estimates it anew each night, without a trace on the lead.
        {"automated_probability", "lead_properties"}
    ),
    "res.partner": frozenset({"properties"}),
    "mail.activity": frozenset(
        # Keeps the name that its record had when it was made.
        {"res_name"}
    ),
    "mail.message": frozenset({"model", "res_id", "attachment_ids"})
    | frozenset({"starred_partner_ids", "notified_partner_ids"}),
    "ir.attachment": frozenset(
        # Of the bytes; these are read again one file at a time.
        {"checksum", "file_size", "index_content", "mimetype", "store_fname"}
    ),
    "project.task": frozenset(
        # A column of their own for whoever it is assigned to, and the moment of that.
        {"personal_stage_type_ids", "date_assign", "date_last_stage_update"}
    ),
    "utm.campaign": frozenset(
        # A number makes it unique: another one by now.
        {"name"}
    ),
    "res.users": frozenset(
        # What they do in Odoo every day.
        {"totp_last_counter", "manual_im_status", "odoobot_state", "tour_enabled"}
    ),
}
"""Model, or ``*`` → columns that change, or differ, without anybody's doing."""


OWN_LISTS = frozenset(
    {("res.partner", "category_id"), ("calendar.event", "partner_ids")}
)
"""Lists that are filled here, not from the other side of the same relation."""
