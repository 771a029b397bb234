"""Words of OPEX 365 CRM that a person decides about."""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, STATES
from ..mapping.vocabulary import ValueList

VALUE_LISTS = (
    COUNTRIES,
    STATES,
    ValueList(
        "industries", _lt("Industries"), model="res.partner.industry", create=True
    ),
    ValueList("sources", _lt("Lead sources"), model="utm.source", create=True),
    ValueList("units", _lt("Units of products"), model="uom.uom", create=True),
    ValueList(
        "lost_reasons", _lt("Lost reasons"), model="crm.lost.reason", create=True
    ),
    ValueList(
        "case_stages",
        _lt("Stages of cases"),
        model="helpdesk.ticket.stage",
        create=True,
    ),
    ValueList(
        "case_channels",
        _lt("Origins of cases"),
        model="helpdesk.ticket.channel",
        create=True,
    ),
    ValueList(
        "task_kinds",
        _lt("What tasks become"),
        choices=(
            ("activity", _lt("To-do on the record that it is about")),
            ("task", _lt("Task of a project")),
        ),
        otherwise="activity",
    ),
    ValueList(
        "invoice_states",
        _lt("Status reasons of invoices"),
        choices=(
            ("draft", _lt("Draft")),
            ("posted", _lt("Posted")),
            ("cancel", _lt("Cancelled")),
        ),
        proposals={
            "1": "draft",
            **dict.fromkeys(("2", "4", "5", "6", "7", "100001", "100002"), "posted"),
            **dict.fromkeys(("3", "100003"), "cancel"),
        },
    ),
)
