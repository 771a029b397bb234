"""The object map as data: what was asked for of each system, and which streams carry it."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    """One object of one system.

    :param asked: what it is called there
    :param streams: the streams that carry it, the one that counts first
    :param into: Odoo models that its records become where the apps are there
    :param alone: those that they become with Odoo's CRM alone; None: the same; empty:
        out of reach, for want of an app
    :param kind: ``records``; ``fields``, which the customer made; ``objects``, which the
        customer made as well; ``inventory``: for the rebuild guide, nothing is loaded
    :param split: (member, values): of the first stream only records with one of them
    :param within: streams with whose records it comes, where it is none of its own
    :param source: the migration that carries it, where it is not the system's own
    :param not_read: why nothing reads it
    """

    asked: str
    streams: tuple = ()
    into: tuple = ()
    alone: tuple | None = None
    kind: str = "records"
    split: tuple | None = None
    within: tuple = ()
    source: str = ""
    not_read: str = ""


PARTNER, LEAD, USERS = ("res.partner",), ("crm.lead",), ("res.users",)
MESSAGE, CALENDAR, FILE = ("mail.message",), ("calendar.event",), ("ir.attachment",)
CALL = ("crm.phonecall",)
TICKET, PAGE = ("helpdesk.ticket",), ("document.page",)
INVOICE = ("account.move",)
TASK = ("project.task",)
WORK = ("project.project", "project.task.type", "project.task")

NEXTCRM = (
    Row("Contact", ("contacts", "companies", "contact_types"), PARTNER),
    Row("Tag", ("contact_tags", "task_tags"), ("res.partner.category",)),
    Row(
        "List / segment",
        ("lists", "list_members"),
        ("mailing.list", "mailing.subscription"),
        ("res.partner.category",),
    ),
    Row("Custom fields", ("contacts", "companies", "deals"), kind="fields"),
    Row(
        "Campaign",
        ("campaigns", "campaign_sends", "email_templates"),
        ("utm.campaign", "mail.template"),
    ),
    Row("Owner", ("users",), USERS),
    Row(
        "Invoice, credit note, receipt",
        (
            *("invoices", "invoice_lines", "invoice_payments", "tax_rates"),
            *("invoice_series", "invoice_settings", "invoice_activities"),
            *("invoice_attachments", "invoice_files", "received_invoices"),
        ),
        INVOICE,
        (),
    ),
    Row(
        "Project",
        ("projects", "project_stages", "tasks", "comments"),
        WORK,
        ("mail.activity",),
    ),
    Row("Document", ("documents", "document_types", "media"), FILE),
    Row(
        "Automation workflow",
        ("workflows", "funnel_settings", "report_configs", "report_schedules"),
        kind="inventory",
    ),
    Row("Email sequence", ("campaign_steps",), kind="inventory"),
    Row(
        "Engagement e-mail",
        ("activities", "emails"),
        MESSAGE,
        split=("type", ("email",)),
    ),
    Row("Engagement call", ("activities",), CALL, MESSAGE, split=("type", ("call",))),
    Row(
        "Engagement meeting",
        ("activities", "calendar_events"),
        CALENDAR,
        split=("type", ("meeting",)),
    ),
    Row("Engagement note", ("activities",), MESSAGE, split=("type", ("note",))),
    Row(
        "Leads, opportunities, products, contracts, …",
        (
            *("leads", "lead_sources", "lead_statuses", "lead_types", "deals"),
            *("deal_types", "deal_lines", "deal_contacts", "stages", "targets"),
            *("target_persons", "products", "product_categories", "company_products"),
            *("currencies", "exchange_rates", "system_settings", "industries"),
            *("contracts", "contract_lines", "todos", "opt_outs", "audit_log"),
        ),
        (*LEAD, "crm.stage", "product.template", "mail.blacklist"),
        (*LEAD, "crm.stage", "mail.blacklist"),
    ),
)

NET_FILES = "net_results_files"
NET_RESULTS = (
    Row(
        "Contact",
        (
            *("contacts", "lead_statuses", "lead_status_members", "segments"),
            *("segment_members", "lead_scores", "lead_score_overlays", "imports"),
        ),
        PARTNER,
    ),
    Row("Company", ("companies", "domain_groups"), PARTNER),
    Row("Company of a contact", ("contacts", "companies"), PARTNER),
    Row("Deal", ("deals",), LEAD, source=NET_FILES),
    Row("Deal stage", (), within=("deals",), source=NET_FILES, into=LEAD),
    Row("Campaign", ("campaigns", "campaign_statistics"), ("utm.campaign",)),
    Row(
        "Email send",
        ("activities", "mailings", "activity_types", "conversations"),
        MESSAGE,
    ),
    Row("Email template", ("email_templates",), ("mail.template",)),
    Row("Call", ("calls",), CALL, MESSAGE, source=NET_FILES),
    Row("Meeting", ("meetings",), CALENDAR, source=NET_FILES),
    Row("Note", ("notes",), MESSAGE, source=NET_FILES),
    Row(
        "Suppression list",
        ("suppressions", "lists", "list_members"),
        ("mail.blacklist", "mailing.subscription"),
        ("mail.blacklist",),
    ),
    Row("Automation workflow", ("workflows", "alerts"), kind="inventory"),
    Row(
        "Custom fields",
        ("custom_fields", "custom_values"),
        kind="fields",
    ),
    Row("Owner", ("users",), USERS),
    Row(
        "Custom object",
        kind="inventory",
        not_read="no public call lists them; a file of each becomes a model",
    ),
    Row("Stage history", ("stage_history",), within=("deals",), source=NET_FILES),
)

OPEX365 = (
    Row(
        "Contact, Account",
        (
            *("contacts", "companies", "addresses", "connections"),
            *("connection_roles", "territories"),
        ),
        PARTNER,
    ),
    Row("Opportunity, Lead", ("deals", "leads", "competitors", "deal_closes"), LEAD),
    Row("Pipeline and stage", ("stages", "pipelines"), ("crm.stage",)),
    Row(
        "Case",
        ("cases", "case_resolutions", "entitlements", "subjects", "queues"),
        TICKET,
        ("mail.activity",),
    ),
    Row("E-mail", ("emails", "attachments"), MESSAGE),
    Row("Phone call", ("calls",), CALL, MESSAGE),
    Row("Task", ("tasks",), ("mail.activity",)),
    Row("Appointment", ("meetings", "recurring_meetings"), CALENDAR),
    Row("ActivityParty", ("activity_parties",), within=("emails", "calls", "meetings")),
    Row("Note (annotation)", ("notes", "media", "posts", "post_comments"), MESSAGE),
    Row(
        "Product, price levels",
        ("products", "price_lists", "prices", "bundles", "units", "unit_groups"),
        ("product.template", "product.pricelist", "product.pricelist.item"),
        (),
    ),
    Row("Custom entity", kind="objects"),
    Row("User / owner", ("users", "teams", "business_units"), USERS),
    Row(
        "Workflows, flows, plugins",
        ("workflows", "flows", "business_rules", "plugin_assemblies", "plugin_steps"),
        kind="inventory",
    ),
    Row(
        "Quotes, invoices, contracts, articles, …",
        (
            *("quotes", "quote_lines", "orders", "order_lines", "invoices"),
            *("invoice_lines", "deal_lines", "contracts", "contract_lines", "goals"),
            *("articles", "opt_outs", "marketing_lists", "list_members", "campaigns"),
            *("letters", "faxes", "currencies"),
        ),
        ("sale.order", *INVOICE, *PAGE, "mail.blacklist"),
        ("mail.blacklist",),
    ),
)

CONCORD = (
    Row(
        "Contact, Company", ("contacts", "companies", "industries", "sources"), PARTNER
    ),
    Row("Deal", ("deals", "lost_reasons"), LEAD),
    Row("Product", ("products",), ("product.template",), ()),
    Row(
        "Calls, meetings",
        ("activities", "calls", "call_outcomes", "activity_types"),
        CALENDAR,
        split=("type.name", ("Call", "Meeting")),
    ),
    Row(
        "Tasks",
        ("activities",),
        ("mail.activity",),
        split=(
            "type.name",
            ("Task", "Email", "Deadline", "Site visit 🏗", "Besichtigung"),
        ),
    ),
    Row("Notes, e-mails", ("notes", "emails", "comments"), MESSAGE),
    Row("Custom fields", ("custom_fields",), kind="fields"),
    Row("Users", ("users", "teams", "roles"), USERS),
    Row("Pipeline stage", ("stages", "pipelines"), ("crm.stage", "crm.team")),
    Row("Tags", ("contact_tags", "deal_tags"), ("res.partner.category", "crm.tag")),
    Row("Workflows", ("workflows",), kind="inventory"),
    Row("Attachments", ("media", "documents", "document_types"), FILE),
)

SOFFRONT_FILES = "soffront_files"
SOFFRONT = (
    Row("Contact, Account", ("contacts", "companies", "shipped_items"), PARTNER),
    Row("Deal, deal stage", ("deals", "leads"), LEAD),
    Row("Activity", ("activities",), CALENDAR),
    Row(
        "Knowledge base",
        ("articles", "article_categories"),
        PAGE,
        (),
        source=SOFFRONT_FILES,
    ),
    Row(
        "Project",
        ("projects", "milestones", "defects", "issues"),
        ("project.project", "project.milestone", "project.task"),
        ("mail.activity",),
    ),
    Row("Ticket", ("tickets", "notes", "followers"), TICKET, ("mail.activity",)),
    Row("Custom object", kind="objects"),
    Row("Custom fields", ("custom_fields",), kind="fields"),
    Row("Group", ("groups",), kind="inventory", source=SOFFRONT_FILES),
    Row("Attachment", ("media",), FILE),
)

FILES = (
    Row(
        "Any object above",
        ("contacts", "companies", "deals", "notes", "files"),
        (*PARTNER, *LEAD, *MESSAGE, *FILE),
        source="files",
    ),
)

MAP = {
    "nextcrm": NEXTCRM,
    "net_results": NET_RESULTS,
    "opex365": OPEX365,
    "concord": CONCORD,
    "soffront": SOFFRONT,
    "spreadsheet": FILES,
}
"""System → rows, in the order in which they were asked for."""

ROWS = 71
"""So many there are; each in two worlds."""

BESIDE = {
    "net_results": {
        "forms": "what was filled in there stands in the history of the contact",
        "folders": "only tell where a campaign or a template is filed",
        "reports": "are settings of the system, not data",
    },
    "concord": {"trashed": "what was deleted is brought only where that is asked for"},
    "opex365": {
        "deletions": "tells a later reading what is gone, not what there is",
        "custom_fields": "describes the columns; their values stand with the records",
    },
    "soffront": {
        "alerts": "are notices of the portal, asked for as an object of their own",
        "surveys": "are asked for as an object of their own",
        "survey_answers": "are asked for as an object of their own",
        "stage_changes": "become the history of their ticket's stage",
    },
}
"""Streams that no row asks for, and why they are read all the same."""
