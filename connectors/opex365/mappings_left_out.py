"""Records of OPEX 365 CRM that become nothing, and why."""

from ..mapping.vocabulary import (
    all_left_out,
    is_one_of,
    is_unset,
    left_out,
)

NOT_YET = "read and kept here; nothing in Odoo takes it yet"
LEFT_OUT = (
    left_out(
        "users",
        "an account of the platform or of an application: nobody who works in Odoo",
        when=is_one_of("_is_person", "false"),
    ),
    left_out(
        "teams",
        "a team that only gives access: it owns nothing",
        when=is_one_of("teamtype", "1"),
    ),
    left_out("pipelines", "a process of no opportunities", when=is_unset("_sales")),
    left_out("stages", "a stage of no opportunities", when=is_unset("_sales")),
    *all_left_out(
        ("tasks", "meetings"),
        "was canceled, and is about nothing that is brought over",
        when=(is_one_of("statecode", "2"), is_unset("_thread")),
    ),
    *all_left_out(
        ("notes", "posts", "post_comments", "media", "attachments"),
        "hangs on no record that is brought over",
        when=is_unset("_thread"),
    ),
    *all_left_out(
        (
            *("cases", "case_resolutions", "entitlements", "contracts"),
            *("contract_lines", "quotes", "quote_lines", "orders", "order_lines"),
            *("goals", "articles", "products", "prices"),
            *("price_lists", "units", "unit_groups", "bundles"),
            *("connections", "connection_roles", "subjects"),
            *("territories", "queues", "business_units"),
        ),
        NOT_YET,
    ),
    left_out("invoice_lines", "its invoice has it"),
    left_out("deal_lines", "stands as a table in the notes of its opportunity"),
    left_out("currencies", "told by the code in each amount"),
    left_out("competitors", "named in the notes of the opportunities that were lost"),
    left_out("recurring_meetings", "its meetings come one by one"),
    left_out("activity_parties", "they stand on their activities"),
    left_out("custom_fields", "describes the columns that are mapped"),
    *all_left_out(
        (
            *("workflows", "flows", "business_rules"),
            *("plugin_assemblies", "plugin_steps"),
        ),
        "an automation is built anew in Odoo; this is the inventory",
    ),
)
"""Records that become nothing, and why: also those of whole objects."""
