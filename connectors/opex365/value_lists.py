"""Words of OPEX 365 CRM that a person decides about."""

from ..mapping.blocks import COUNTRIES, STATES
from ..mapping.vocabulary import ValueList

VALUE_LISTS = (
    COUNTRIES,
    STATES,
    ValueList("industries", "Industries", model="res.partner.industry", create=True),
    ValueList("sources", "Lead sources", model="utm.source", create=True),
    ValueList("units", "Units of products", model="uom.uom", create=True),
    ValueList("lost_reasons", "Lost reasons", model="crm.lost.reason", create=True),
    ValueList(
        "case_stages", "Stages of cases", model="helpdesk.ticket.stage", create=True
    ),
    ValueList(
        "case_channels",
        "Origins of cases",
        model="helpdesk.ticket.channel",
        create=True,
    ),
    ValueList(
        "task_kinds",
        "What tasks become",
        choices=(
            ("activity", "To-do on the record that it is about"),
            ("task", "Task of a project"),
        ),
        otherwise="activity",
    ),
    ValueList(
        "invoice_states",
        "Status reasons of invoices",
        choices=(("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")),
        proposals={
            "1": "draft",
            **dict.fromkeys(("2", "4", "5", "6", "7", "100001", "100002"), "posted"),
            **dict.fromkeys(("3", "100003"), "cancel"),
        },
    ),
)
