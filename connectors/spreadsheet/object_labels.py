"""What a person reads of the objects that a table may hold."""

from ..core.sentences import _lt
from .guessing import CUSTOM, LEAVE_OUT

OBJECT_LABELS = {
    "companies": _lt("Companies"),
    "contacts": _lt("Contacts"),
    "leads": _lt("Leads"),
    "deals": _lt("Deals"),
    "stage_history": _lt("Stages of deals over time"),
    "activities": _lt("Activities"),
    "meetings": _lt("Meetings"),
    "calls": _lt("Calls"),
    "emails": _lt("Emails"),
    "messages": _lt("Messages"),
    "notes": _lt("Notes"),
    "attachments": _lt("List of files"),
    "users": _lt("Users"),
    "tags": _lt("Tags"),
    "products": _lt("Products"),
    "quotations": _lt("Quotations"),
    "order_lines": _lt("Lines of quotations"),
    "invoices": _lt("Invoices"),
    "invoice_lines": _lt("Lines of invoices"),
    "campaigns": _lt("Campaigns"),
    "lists": _lt("Mailing lists"),
    "list_members": _lt("Members of mailing lists"),
    "suppressions": _lt("Who wants no mail"),
    "templates": _lt("Mail templates"),
    "projects": _lt("Projects"),
    "milestones": _lt("Milestones"),
    "project_tasks": _lt("Tasks of projects"),
    "tickets": _lt("Tickets"),
    "articles": _lt("Knowledge articles"),
    "article_categories": _lt("Categories of articles"),
    CUSTOM: _lt("Custom object"),
    LEAVE_OUT: _lt("Leave out"),
}
"""Value of the option ``object`` → its label, in the order in which they are offered."""


def list_choices(others=()):
    """Return (value, label) of every object, the likeliest first.

    :param others: objects that are likelier than the rest, the likeliest first

    >>> [value for value, _label in list_choices(["deals"])][:3]
    ['deals', 'companies', 'contacts']
    """
    ranked = (*others, *OBJECT_LABELS)
    return [(name, OBJECT_LABELS[name]) for name in dict.fromkeys(ranked)]
