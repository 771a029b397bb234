"""What files of a CRM usually hold: names of objects, and of columns in exports of many systems.

Data only. The sources of a field are names that its column may bear, in order of
preference, compared without case, blanks and punctuation; of several sources each is
such a tuple. ``proposal.py`` makes mappings of it for the columns that are there.
"""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, STATES
from ..mapping.vocabulary import (
    ValueList,
)
from .templates_deals import DEALS
from .templates_invoices import INVOICES
from .templates_people import PEOPLE
from .templates_projects import PROJECTS
from .templates_sales import PROPOSED, QUOTATION_STATES, SALES
from .templates_service import SERVICE
from .templates_work import WORK

# Object: the mapping with everything a file of it may have.
TEMPLATES = {**PEOPLE, **DEALS, **PROJECTS, **SERVICE, **WORK, **SALES, **INVOICES}

VALUE_LISTS = (
    ValueList("stages", _lt("Stages"), "crm.stage", create=True),
    ValueList("teams", _lt("Pipelines"), "crm.team", create=True),
    ValueList("deal_tags", _lt("Tags of deals"), "crm.tag", create=True),
    ValueList(
        "contact_tags", _lt("Tags of contacts"), "res.partner.category", create=True
    ),
    ValueList("project_tags", _lt("Tags of projects"), "project.tags", create=True),
    ValueList(
        "ticket_stages", _lt("Stages of tickets"), "helpdesk.ticket.stage", create=True
    ),
    ValueList(
        "ticket_teams", _lt("Teams of tickets"), "helpdesk.ticket.team", create=True
    ),
    ValueList(
        "ticket_categories",
        _lt("Categories of tickets"),
        "helpdesk.ticket.category",
        create=True,
    ),
    ValueList(
        "ticket_channels",
        _lt("Channels of tickets"),
        "helpdesk.ticket.channel",
        create=True,
    ),
    ValueList(
        "ticket_tags", _lt("Tags of tickets"), "helpdesk.ticket.tag", create=True
    ),
    ValueList("industries", _lt("Industries"), "res.partner.industry", create=True),
    COUNTRIES,
    STATES,
    ValueList("sources", _lt("Sources"), "utm.source", create=True),
    ValueList("campaigns", _lt("Campaigns"), "utm.campaign", create=True),
    ValueList("mailing_lists", _lt("Mailing lists"), "mailing.list", create=True),
    ValueList("lost_reasons", _lt("Lost reasons"), "crm.lost.reason", create=True),
    ValueList("units", _lt("Units of products"), "uom.uom", create=True),
    ValueList(
        "product_categories",
        _lt("Categories of products"),
        "product.category",
        create=True,
    ),
    ValueList(
        "quotation_states",
        _lt("States of quotations and orders"),
        choices=QUOTATION_STATES,
        proposals=PROPOSED,
        otherwise="draft",
    ),
    ValueList(
        "activity_types",
        _lt("Activity types"),
        "mail.activity.type",
        words="ACTIVITY_TYPES",
    ),
    ValueList(
        "recurring_plans",
        _lt("How often an amount comes again"),
        "crm.recurring.plan",
        words="RECURRING_PLANS",
    ),
    ValueList(
        "deal_states",
        _lt("Outcome of a deal"),
        choices=(("open", _lt("Open")), ("won", _lt("Won")), ("lost", _lt("Lost"))),
        words="OUTCOMES",
    ),
    ValueList(
        "lead_states",
        _lt("Outcome of a lead"),
        choices=(("open", _lt("Open")), ("won", _lt("Won")), ("lost", _lt("Lost"))),
        words="LEAD_OUTCOMES",
    ),
    ValueList(
        "stage_outcomes",
        _lt("Outcome of a deal by its stage"),
        choices=(("open", _lt("Open")), ("won", _lt("Won")), ("lost", _lt("Lost"))),
        words="STAGE_OUTCOMES",
    ),
    ValueList(
        "progress",
        _lt("Done or open"),
        choices=(
            ("open", _lt("Open")),
            ("done", _lt("Done")),
            ("cancelled", _lt("Cancelled")),
        ),
        words="PROGRESS",
    ),
    ValueList(
        "invoice_states",
        _lt("Statuses of invoices"),
        choices=(
            ("draft", _lt("Draft")),
            ("posted", _lt("Posted")),
            ("paid", _lt("Posted, paid in full")),
            ("cancel", _lt("Cancelled")),
        ),
        words="INVOICE_STATES",
    ),
    ValueList(
        "invoice_kinds",
        _lt("Kinds of invoices"),
        choices=(
            ("out_invoice", _lt("Invoice")),
            ("out_refund", _lt("Credit note")),
            ("out_receipt", _lt("Receipt")),
            ("in_invoice", _lt("Vendor bill")),
            ("in_refund", _lt("Vendor credit note")),
        ),
        words="INVOICE_KINDS",
    ),
    ValueList(
        "priorities",
        _lt("Priority"),
        choices=(
            ("0", _lt("Low")),
            ("1", _lt("Medium")),
            ("2", _lt("High")),
            ("3", _lt("Very High")),
        ),
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
