"""What Net-Results lists; ``path`` names the object in the endpoint profile."""

from ..core.source import Stream

STREAMS = (
    Stream("users", "Users", "user", "email", derived_from="contacts"),
    Stream("custom_fields", "Custom fields", "custom_field", "custom_attribute_id"),
    Stream("lead_statuses", "Lead statuses", "lead_status", "lead_status_id"),
    Stream("activity_types", "Types of history", "activity_type", "activity_type_id"),
    Stream("forms", "Forms", "form", "form_id"),
    Stream("companies", "Companies (accounts)", "account", "account_id"),
    Stream(
        "contacts",
        "Contacts",
        "contact",
        "contact_id",
        cursor_field="contact_modified_date",
        depends_on=("users", "companies", "custom_fields"),
    ),
    Stream(
        "custom_values",
        "Values of custom fields",
        "custom_value",
        derived_from="contacts",
        depends_on=("custom_fields",),
    ),
    Stream(
        "suppressions",
        "Unsubscribed and bounced addresses",
        "contact",
        "contact_id",
        derived_from="contacts",
    ),
    Stream("lists", "Lists and subscriptions", "list", "email_list_id"),
    Stream("folders", "Folders", "folder", "folder_id"),
    Stream(
        "list_members",
        "Members of lists and subscriptions",
        "list_member",
        depends_on=("lists", "contacts"),
    ),
    Stream("segments", "Segments", "segment", "contact_segment_id"),
    Stream(
        "segment_members",
        "Members of segments",
        "segment_member",
        depends_on=("segments", "contacts"),
    ),
    Stream("campaigns", "Campaigns and automations", "campaign", "campaign_id"),
    Stream(
        "workflows",
        "Automations for the rebuild guide",
        "campaign",
        "campaign_id",
        derived_from="campaigns",
    ),
    Stream(
        "campaign_statistics",
        "Totals of campaigns",
        "campaign_statistic",
        "campaign_id",
        depends_on=("campaigns",),
    ),
    Stream("email_templates", "E-mail templates", "email", "email_id"),
    Stream(
        "activities",
        "History of contacts (e-mails, clicks, visits)",
        "activity",
        cursor_field="activity_date",
        depends_on=("contacts", "activity_types"),
    ),
    Stream(
        "mailings",
        "E-mails that were sent",
        "activity",
        derived_from="activities",
        depends_on=("contacts",),
    ),
    Stream("lead_score_overlays", "Lead score overlays", "lead_score_overlay"),
    Stream(
        "lead_scores",
        "Lead scores",
        "lead_score",
        depends_on=("lead_score_overlays", "contacts"),
    ),
    Stream(
        "lead_status_members",
        "Lead statuses of contacts",
        "lead_status_member",
        depends_on=("lead_statuses", "contacts"),
    ),
    Stream("imports", "Imports of contacts", "import", "contact_import_id"),
    Stream("conversations", "One-off mails", "conversation", "conversation_id"),
    Stream("alerts", "Alerts", "alert", "alert_id"),
    Stream("reports", "Reports", "report", "report_id"),
    Stream("domain_groups", "Groups of domains", "domain_group", "domain_group_id"),
)

NAMED_BY_USER = (
    Stream("deals", "Deals", "deal", depends_on=("contacts",)),
    Stream("calls", "Calls", "call", depends_on=("contacts",)),
    Stream("meetings", "Meetings", "meeting", depends_on=("contacts",)),
    Stream("notes", "Notes", "note", depends_on=("contacts",)),
    Stream("tasks", "Tasks", "task", depends_on=("contacts",)),
)
"""What the product does not have; there only where the endpoint profile names where."""

STREAM_OF = {
    stream.path: stream.name for stream in STREAMS + NAMED_BY_USER
} | {
    "contact": "contacts",
    "campaign": "campaigns",
    "activity": "activities",
}
