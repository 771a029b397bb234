"""What of NextCRM the profile brings over nowhere, and why a consultant agrees."""

from ..core.sentences import _lt
from ..mapping.vocabulary import all_left_out, is_set, is_unset, left_out

_NAMES = _lt("its names stand with the records that bear them")
_BILLING = _lt("told by the invoices")
_GUIDE = _lt("told in the rebuild guide: nothing runs by itself after a migration")

LEFT_OUT = (
    *all_left_out(
        (
            *("contact_types", "lead_sources", "lead_statuses", "lead_types"),
            *("deal_types", "document_types"),
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
    left_out("invoice_settings", _lt("the company in Odoo has settings of its own")),
    left_out("list_members", _lt("its list is in the bin"), when=is_unset("_list")),
    left_out("list_members", _lt("its target is in the bin"), when=is_unset("_target")),
    left_out("project_stages", _lt("its board is in the bin"), when=is_unset("_board")),
    left_out("target_persons", _lt("named in the notes of their target")),
    left_out("currencies", _lt("Odoo has its own list; rates stand with the deals")),
    left_out("exchange_rates", _lt("the rate stands with each deal")),
    left_out("system_settings", _lt("the default currency stands with each deal")),
    left_out("campaign_sends", _lt("was never sent"), when=is_unset("sent_at")),
    left_out(
        "campaign_sends", _lt("its target is in the bin"), when=is_unset("_target")
    ),
    left_out(
        "deal_lines", _lt("lines of the quotation of their deal, or named in its notes")
    ),
    left_out("deal_contacts", _lt("named in the notes of their deal")),
    left_out("contract_lines", _lt("named in the note that their contract becomes")),
    left_out("calendar_events", _lt("told by the meetings that they became")),
    left_out(
        "audit_log",
        _lt("the moves of deals come with the deals; Odoo keeps its own log"),
    ),
    left_out(
        "documents",
        _lt("an older version: NextCRM has overwritten its file with the newest"),
        when=is_set("parent_document_id"),
    ),
    left_out(
        "documents", _lt("its file is brought over, with what the row says of it")
    ),
)
