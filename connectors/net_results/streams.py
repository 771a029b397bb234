"""What Net-Results lists; ``path`` names the object in the endpoint profile."""

from ..core.sentences import _lt
from ..core.source import Stream

STREAMS = (
    Stream("users", _lt("Users"), "user", "email", derived_from="contacts"),
    Stream(
        "custom_fields", _lt("Custom fields"), "custom_field", "custom_attribute_id"
    ),
    Stream("lead_statuses", _lt("Lead statuses"), "lead_status", "lead_status_id"),
    Stream(
        "activity_types", _lt("Types of history"), "activity_type", "activity_type_id"
    ),
    Stream("forms", _lt("Forms"), "form", "form_id"),
    Stream("companies", _lt("Companies (accounts)"), "account", "account_id"),
    Stream(
        "contacts",
        _lt("Contacts"),
        "contact",
        "contact_id",
        depends_on=("users", "companies", "custom_fields"),
    ),
    Stream(
        "custom_values",
        _lt("Values of custom fields"),
        "custom_value",
        derived_from="contacts",
        depends_on=("custom_fields",),
    ),
    Stream(
        "suppressions",
        _lt("Unsubscribed and bounced addresses"),
        "contact",
        "contact_id",
        derived_from="contacts",
    ),
    Stream("lists", _lt("Lists and subscriptions"), "list", "email_list_id"),
    Stream("folders", _lt("Folders"), "folder", "folder_id"),
    Stream(
        "list_members",
        _lt("Members of lists and subscriptions"),
        "list_member",
        depends_on=("lists", "contacts"),
    ),
    Stream("segments", _lt("Segments"), "segment", "contact_segment_id"),
    Stream(
        "segment_members",
        _lt("Members of segments"),
        "segment_member",
        depends_on=("segments", "contacts"),
    ),
    Stream("campaigns", _lt("Campaigns and automations"), "campaign", "campaign_id"),
    Stream(
        "workflows",
        _lt("Automations for the rebuild guide"),
        "campaign",
        "campaign_id",
        derived_from="campaigns",
    ),
    Stream(
        "campaign_statistics",
        _lt("Totals of campaigns"),
        "campaign_statistic",
        "campaign_id",
        depends_on=("campaigns",),
    ),
    Stream("email_templates", _lt("E-mail templates"), "email", "email_id"),
    Stream(
        "activities",
        _lt("History of contacts (e-mails, clicks, visits)"),
        "activity",
        depends_on=("contacts", "activity_types"),
    ),
    Stream(
        "mailings",
        _lt("E-mails that were sent"),
        "activity",
        derived_from="activities",
        depends_on=("contacts",),
    ),
    Stream("lead_score_overlays", _lt("Lead score overlays"), "lead_score_overlay"),
    Stream(
        "lead_scores",
        _lt("Lead scores"),
        "lead_score",
        depends_on=("lead_score_overlays", "contacts"),
    ),
    Stream(
        "lead_status_members",
        _lt("Lead statuses of contacts"),
        "lead_status_member",
        depends_on=("lead_statuses", "contacts"),
    ),
    Stream("imports", _lt("Imports of contacts"), "import", "contact_import_id"),
    Stream("conversations", _lt("One-off mails"), "conversation", "conversation_id"),
    Stream("alerts", _lt("Alerts"), "alert", "alert_id"),
    Stream("reports", _lt("Reports"), "report", "report_id"),
    Stream(
        "domain_groups", _lt("Groups of domains"), "domain_group", "domain_group_id"
    ),
)

NAMED_BY_USER = (
    Stream("deals", _lt("Deals"), "deal", depends_on=("contacts",)),
    Stream("calls", _lt("Calls"), "call", depends_on=("contacts",)),
    Stream("meetings", _lt("Meetings"), "meeting", depends_on=("contacts",)),
    Stream("notes", _lt("Notes"), "note", depends_on=("contacts",)),
    Stream("tasks", _lt("Tasks"), "task", depends_on=("contacts",)),
)
"""What the product does not have; there only where the endpoint profile names where."""

STREAM_OF = {stream.path: stream.name for stream in STREAMS + NAMED_BY_USER} | {
    "contact": "contacts",
    "campaign": "campaigns",
    "activity": "activities",
}
