"""What a person calls the objects that a file of a known name holds."""

import re

from ..core.sentences import _lt
from .names import fold

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


def get_label(name, written=""):
    """Return what the stream of this name is called, in English.

    :param written: what its file is called: a stream's name has lost the accents

    >>> get_label("order_lines"), get_label("maschinen_2")
    ('Order lines', 'Maschinen 2')
    >>> get_label("aktivitaten_2", "Aktivitäten"), get_label("invoices", "Facturação")
    ('Aktivitäten 2', 'Invoices')
    """
    if label := LABELS.get(name):
        return label
    words = name.split("_")
    own = re.sub(r"[\W_]+", " ", written).split()
    if fold(written).split() == words[: len(own)]:
        words[: len(own)] = own
    return " ".join(words).capitalize()
