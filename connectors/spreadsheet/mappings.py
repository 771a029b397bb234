"""What files of a CRM usually hold: names of objects, and of columns in exports of many systems.

Data only. The sources of a field are names that its column may bear, in order of
preference, compared without case, blanks and punctuation; of several sources each is
such a tuple. ``proposal.py`` makes mappings of it for the columns that are there.
"""

from ..mapping.blocks import COUNTRIES, STATES
from ..mapping.vocabulary import (
    ValueList,
)
from .templates_deals import DEALS
from .templates_invoices import INVOICES
from .templates_people import PEOPLE
from .templates_projects import PROJECTS
from .templates_work import WORK

# Object: the mapping with everything a file of it may have.
TEMPLATES = {**PEOPLE, **DEALS, **PROJECTS, **WORK, **INVOICES}

VALUE_LISTS = (
    ValueList("stages", "Stages", "crm.stage", create=True),
    ValueList("teams", "Pipelines", "crm.team", create=True),
    ValueList("deal_tags", "Tags of deals", "crm.tag", create=True),
    ValueList("contact_tags", "Tags of contacts", "res.partner.category", create=True),
    ValueList("project_tags", "Tags of projects", "project.tags", create=True),
    ValueList("industries", "Industries", "res.partner.industry", create=True),
    COUNTRIES,
    STATES,
    ValueList("sources", "Sources", "utm.source", create=True),
    ValueList("campaigns", "Campaigns", "utm.campaign", create=True),
    ValueList("mailing_lists", "Mailing lists", "mailing.list", create=True),
    ValueList("lost_reasons", "Lost reasons", "crm.lost.reason", create=True),
    ValueList(
        "activity_types", "Activity types", "mail.activity.type", words="ACTIVITY_TYPES"
    ),
    ValueList(
        "recurring_plans",
        "How often an amount comes again",
        "crm.recurring.plan",
        words="RECURRING_PLANS",
    ),
    ValueList(
        "deal_states",
        "Outcome of a deal",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="OUTCOMES",
    ),
    ValueList(
        "lead_states",
        "Outcome of a lead",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="LEAD_OUTCOMES",
    ),
    ValueList(
        "stage_outcomes",
        "Outcome of a deal by its stage",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="STAGE_OUTCOMES",
    ),
    ValueList(
        "progress",
        "Done or open",
        choices=(("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")),
        words="PROGRESS",
    ),
    ValueList(
        "invoice_states",
        "Statuses of invoices",
        choices=(("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")),
        words="INVOICE_STATES",
    ),
    ValueList(
        "invoice_kinds",
        "Kinds of invoices",
        choices=(
            ("out_invoice", "Invoice"),
            ("out_refund", "Credit note"),
            ("in_invoice", "Vendor bill"),
            ("in_refund", "Vendor credit note"),
        ),
        words="INVOICE_KINDS",
    ),
    ValueList(
        "priorities",
        "Priority",
        choices=(("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Very High")),
        words="PRIORITIES",
    ),
)

# What these columns hold follows from the other records and is counted anew by Odoo.
COMPUTED = (
    *("total contacts", "total companies", "total deals", "open deals", "closed deals"),
    *("won deals", "lost deals", "total unread emails", "incomplete activities"),
    *("total documents", "total draft documents", "total calls"),
    *("last contacted date", "next activity date", "reminder sent date"),
)
