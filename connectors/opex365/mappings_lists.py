"""Marketing lists, who is on them, and who must not be mailed at all."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    constant,
    datetime,
    email,
    field,
    is_none_of,
    is_one_of,
    lookup_parent,
    lower,
    mapping,
    strip,
)
from .mappings_parts import CREATED, UPDATED

MAPPINGS = (
    mapping(
        "marketing_lists",
        "mailing.list",
        field("name", "listname", strip, required=True),
        CREATED,
        UPDATED,
        ignored={
            **dict.fromkeys(
                (
                    *("purpose", "source", "cost", "description", "lastusedon"),
                    *("type", "createdfromcode", "membertype", "membercount"),
                    *("lockstatus", "query", "statuscode"),
                ),
                _lt("a mailing list of Odoo has its name alone"),
            ),
        },
    ),
    mapping(
        "list_members",
        "mailing.subscription",
        field("list_id", "_parent", lookup_parent, required=True),
        field("@thread", "_member", lookup_parent, required=True),
        after=("marketing_lists", "contacts", "companies", "leads"),
        when=is_one_of("_member.stream", "leads"),
        label=_lt("Leads on lists"),
        key="leads",
        optional=True,
    ),
    mapping(
        "list_members",
        "mail.message",
        field("@subtype", None, constant("note")),
        field("subject", None, constant("On the list")),
        field("body", "_parent", lookup_parent, required=True),
        field("@thread", "_member", lookup_parent, required=True),
        after=("marketing_lists", "contacts", "companies", "leads"),
        when=is_one_of("_member.stream", "leads"),
        label=_lt("Leads on lists"),
    ),
    mapping(
        "list_members",
        "mailing.subscription",
        field("list_id", "_parent", lookup_parent, required=True),
        field("@thread", "_member", lookup_parent, required=True),
        after=("marketing_lists", "contacts", "companies", "leads"),
        when=is_none_of("_member.stream", "leads"),
    ),
    mapping(
        "opt_outs",
        "mail.blacklist",
        field("email", "email", email, lower, required=True),
        field("@created_at", "modifiedon", datetime),
        after=("contacts", "companies", "leads"),
        ignored={"reason": _lt("which of the two flags said so")},
    ),
)
