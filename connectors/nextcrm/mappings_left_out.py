"""What of NextCRM the profile brings over nowhere, and why a consultant agrees."""

from ..mapping.vocabulary import all_left_out, is_set, is_unset, left_out

_NAMES = "its names stand with the records that bear them"
_BILLING = "told by the invoices"
_GUIDE = "told in the rebuild guide: nothing runs by itself after a migration"

LEFT_OUT = (
    *all_left_out(
        (
            *("contact_types", "lead_sources", "lead_statuses", "lead_types"),
            *("deal_types", "document_types", "product_categories"),
        ),
        _NAMES,
    ),
    *all_left_out(
        ("tax_rates", "invoice_series", "invoice_lines", "invoice_payments"),
        _BILLING,
    ),
    *all_left_out(
        (
            *("campaign_steps", "funnel_settings", "workflows"),
            *("report_configs", "report_schedules"),
        ),
        _GUIDE,
    ),
    left_out("invoice_settings", "the company in Odoo has settings of its own"),
    left_out("list_members", "its list is in the bin", when=is_unset("_list")),
    left_out("list_members", "its target is in the bin", when=is_unset("_target")),
    left_out("target_persons", "named in the notes of their target"),
    left_out("currencies", "Odoo has its own list; rates stand with the deals"),
    left_out("exchange_rates", "the rate stands with each deal"),
    left_out("system_settings", "the default currency stands with each deal"),
    left_out("campaign_sends", "was never sent", when=is_unset("sent_at")),
    left_out("campaign_sends", "its target is in the bin", when=is_unset("_target")),
    left_out("deal_lines", "named in the notes of their deal"),
    left_out("deal_contacts", "named in the notes of their deal"),
    left_out("contract_lines", "named in the note that their contract becomes"),
    left_out("calendar_events", "told by the meetings that they became"),
    left_out(
        "audit_log", "the moves of deals come with the deals; Odoo keeps its own log"
    ),
    left_out(
        "documents",
        "an older version: NextCRM has overwritten its file with the newest",
        when=is_set("parent_document_id"),
    ),
    left_out("documents", "its file is brought over, with what the row says of it"),
)
