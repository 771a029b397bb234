"""Tickets of a help desk, and articles of a knowledge base within their categories."""

from ..mapping.vocabulary import (
    constant,
    datetime,
    field,
    html,
    lookup_several_by,
    mapping,
    one_link,
    owner,
    split,
    strip,
    value_map,
)
from .columns_links import COMPANY, COMPANY_ID, CONTACT, CONTACT_EMAIL, CONTACT_ID
from .columns_people import OWNER
from .columns_work import BODY, COMPLETED, PRIORITY, SUBJECT, TAGS
from .templates_common import AUDIT, BY_CUSTOMER

NUMBER = (
    *("ticket number", "case number", "ticket no", "ticket id", "ticketnumber"),
    *("case id", "incident number", "display id", "reference"),
)
ASKED_ID = ("requester id", *CONTACT_ID)
ASKED_EMAIL = ("requester email", "req email", "email", *CONTACT_EMAIL)
ASKED = ("requester", "requester name", "req name", "full name", *CONTACT)
WORKS_ON = (
    *("assignee", "agent", "ticket owner", "case owner", "assigned to", "assignedto"),
    *("assign to", "assignee name", "agent name"),
    *OWNER,
)
STAGE = (
    *("ticket status", "case status", "status", "status reason", "state", "stage"),
    *("ticket stage", "pipeline stage"),
)
CLOSED = (
    *("closed at", "closed time", "closed on", "date closed", "close date"),
    *("solved at", "resolved time", "resolved at", "resolution date", "closedat"),
    *COMPLETED,
)
CATEGORY_ID = ("category id", "folder id", "section id", "topic id")
CATEGORY = (
    *("category", "category name", "folder", "folder name", "section", "topic"),
    *("section name", "knowledge category"),
)

SERVICE = {
    "tickets": mapping(
        "tickets",
        "helpdesk.ticket",
        field("name", ("ticket name", "case subject", "synopsis", *SUBJECT), strip),
        field("number", NUMBER, strip),
        field(
            "description", ("ticket description", "detail", "ticket body", *BODY), html
        ),
        field(
            "partner_id",
            (ASKED_ID, ASKED_EMAIL, ASKED, COMPANY_ID, COMPANY),
            BY_CUSTOMER,
            one_link,
        ),
        field("user_id", WORKS_ON, owner),
        field("stage_id", STAGE, value_map("ticket_stages")),
        field(
            "team_id",
            ("group", "team", "queue", "tqueue", "ticket pipeline", "pipeline"),
            value_map("ticket_teams"),
        ),
        field(
            "category_id",
            ("ticket category", "category", "cat1", "ticket type", "case type", "type"),
            value_map("ticket_categories"),
        ),
        field(
            "channel_id",
            ("channel", "via", "case origin", "origin", "ticket source", "source"),
            value_map("ticket_channels"),
        ),
        field(
            "priority",
            ("ticket priority", *PRIORITY, "urgency"),
            value_map("priorities"),
        ),
        field("tag_ids", TAGS, split(","), value_map("ticket_tags")),
        field("@done_at", CLOSED, datetime),
        *AUDIT,
    ),
    "article_categories": mapping(
        "article_categories",
        "document.page",
        field("name", (*CATEGORY, "name", "title"), strip, required=True),
        field("type", None, constant("category")),
        field(
            "parent_id",
            (
                ("parent category id", "parent id"),
                ("parent category", "parent", "parent name"),
            ),
            lookup_several_by(
                ("article_categories", ""), ("article_categories", "name")
            ),
            one_link,
        ),
        *AUDIT,
    ),
    "articles": mapping(
        "articles",
        "document.page",
        field(
            "name",
            ("article title", "title", "question", "headline", "name", "subject"),
            strip,
            required=True,
        ),
        field("type", None, constant("content")),
        field("content", ("article body", "article content", "answer", *BODY), html),
        field(
            "parent_id",
            (CATEGORY_ID, CATEGORY),
            lookup_several_by(
                ("article_categories", ""), ("article_categories", "name")
            ),
            one_link,
        ),
        *AUDIT,
    ),
}
