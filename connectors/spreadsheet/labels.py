"""What a person calls the objects that a file of a known name holds."""

from ..core.sentences import _lt

LABELS = {
    "users": _lt("Users"),
    "companies": _lt("Companies"),
    "contacts": _lt("Contacts"),
    "leads": _lt("Leads"),
    "deals": _lt("Deals"),
    "quotations": _lt("Quotations"),
    "order_lines": _lt("Order lines"),
    "products": _lt("Products"),
    "campaigns": _lt("Campaigns"),
    "tags": _lt("Tags"),
    "activities": _lt("Activities"),
    "projects": _lt("Projects"),
    "milestones": _lt("Milestones"),
    "project_tasks": _lt("Project tasks"),
    "tickets": _lt("Tickets"),
    "article_categories": _lt("Article categories"),
    "articles": _lt("Articles"),
    "meetings": _lt("Meetings"),
    "calls": _lt("Calls"),
    "stage_history": _lt("Stage history"),
    "emails": _lt("Emails"),
    "messages": _lt("Messages"),
    "notes": _lt("Notes"),
    "suppressions": _lt("Suppressions"),
    "invoices": _lt("Invoices"),
    "invoice_lines": _lt("Invoice lines"),
    "lists": _lt("Lists"),
    "list_members": _lt("List members"),
    "templates": _lt("Templates"),
    "attachments": _lt("Attachments"),
    "workflows": _lt("Workflows"),
}


def get_label(name):
    """Return what the stream of this name is called, in English.

    >>> get_label("order_lines"), get_label("maschinen_2")
    ('Order lines', 'Maschinen 2')
    """
    return LABELS.get(name) or name.replace("_", " ").capitalize()
