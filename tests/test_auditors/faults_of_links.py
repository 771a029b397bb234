"""§3: links to the wrong record, and links that were lost."""

from .fault_kinds import Fault, company, deal

LINKS = (
    deal(
        "§3a",
        "the deal of another customer",
        {"customer": "Marta Silva"},
        "link_first_twin",
    ),
    deal("§3b", "a user of the same address", {}, "take_twin_user"),
    company("§3c", "an archived tag", {}, "archive_tag", "out_of_use"),
    company(
        "§3d",
        "a network's domain as the company's",
        {"website": "https://www.linkedin.com/company/norte"},
        {"website": "https://www.linkedin.com"},
        "network_domain",
    ),
    deal(
        "§3e",
        "a known rate not used",
        {"currency": "USD", "exchange_rate": 0.9},
        {},
        "foreign_amount",
    ),
    Fault(
        "§3f",
        "members do not follow",
        "deals",
        "d2",
        odoo="unfollow",
    ),
    Fault(
        "§3g",
        "one of several links of a relation many to many lost",
        "companies",
        "c2",
        odoo="drop_partner",
    ),
    Fault(
        "§3h",
        "a further address stands below nobody",
        "addresses",
        "a1",
        odoo={"parent_id": False},
    ),
    Fault(
        "§3i",
        "the id of a company as the name of one",
        "contacts",
        "p2",
        {"company": "recPKTGm6EPiDoS6g"},
        "name_by_id",
        ("no_name",),
    ),
)
