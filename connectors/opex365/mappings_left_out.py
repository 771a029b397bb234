"""Records of OPEX 365 CRM that become nothing, and why."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    all_left_out,
    is_none_of,
    is_one_of,
    is_set,
    is_unset,
    left_out,
)

NOT_YET = _lt("read and kept here; nothing in Odoo takes it yet")
LEFT_OUT = (
    left_out(
        "users",
        _lt(
            "an account of the platform or of an application: nobody who works in Odoo"
        ),
        when=is_one_of("_is_person", "false"),
    ),
    left_out(
        "teams",
        _lt("a team that only gives access: it owns nothing"),
        when=is_one_of("teamtype", "1"),
    ),
    left_out(
        "pipelines", _lt("a process of no opportunities"), when=is_unset("_sales")
    ),
    left_out("stages", _lt("a stage of no opportunities"), when=is_unset("_sales")),
    left_out(
        "addresses",
        _lt("the account or contact says the same address itself"),
        when=is_set("_embedded"),
    ),
    *all_left_out(
        ("tasks", "meetings"),
        _lt("was canceled, and is about nothing that is brought over"),
        when=(is_one_of("statecode", "2"), is_unset("_thread")),
    ),
    *all_left_out(
        ("notes", "posts", "post_comments", "media", "attachments"),
        _lt("hangs on no record that is brought over"),
        when=is_unset("_thread"),
    ),
    *all_left_out(
        (
            *("entitlements", "contracts"),
            *("contract_lines", "goals"),
            *("connections", "connection_roles", "subjects"),
            *("territories", "queues", "business_units"),
        ),
        NOT_YET,
    ),
    left_out(
        "articles",
        _lt("holds the versions of an article together, which come on their own"),
        when=is_one_of("isrootarticle", "true"),
    ),
    left_out(
        "articles",
        _lt("an older version: the latest one comes"),
        when=(
            is_none_of("isrootarticle", "true"),
            is_one_of("islatestversion", "false"),
        ),
    ),
    left_out(
        "deal_lines", _lt("told with its opportunity: as a quotation, or as a table")
    ),
    left_out("quote_lines", _lt("a line of its quote")),
    left_out("order_lines", _lt("a line of its order")),
    left_out("units", _lt("its name stands with the products")),
    left_out("unit_groups", _lt("its name stands with the products")),
    left_out("bundles", _lt("told in the notes of its bundle")),
    left_out(
        "prices",
        _lt(
            "a price of another unit than the product's own: Odoo's lists know that one only"
        ),
        when=is_set("_of_other_unit"),
    ),
    left_out(
        "prices",
        _lt("a margin that no rule of Odoo comes to exactly"),
        when=is_unset("_pricing"),
    ),
    left_out("invoice_lines", _lt("its invoice has it")),
    left_out("currencies", _lt("told by the code in each amount")),
    left_out(
        "competitors", _lt("named in the notes of the opportunities that were lost")
    ),
    left_out(
        "recurring_meetings",
        _lt("its row says no rule; its meetings come one by one"),
        when=is_unset("_rule"),
    ),
    left_out("activity_parties", _lt("they stand on their activities")),
    left_out("custom_fields", _lt("describes the columns that are mapped")),
    *all_left_out(
        (
            *("workflows", "flows", "business_rules"),
            *("plugin_assemblies", "plugin_steps"),
        ),
        _lt("an automation is built anew in Odoo; this is the inventory"),
    ),
)
"""Records that become nothing, and why: also those of whole objects."""
