"""What columns are called that name another record."""

COMPANY_ID = (
    "converted account id",
    "company id",
    "account id",
    "organization id",
    "organisation id",
    "accounts ids",
    "associated company id",
    "associated company ids primary",
    "primary associated company id",
    "associated company ids",
    "company ids",
    "account ids",
    "organization ids",
    "parent customer id",
    "companyid",
    "account name id",
    "organization name id",
    "potential customer id",
    "customer id",
)

COMPANY = (
    "company",
    "company name",
    "account",
    "account name",
    "organization",
    "organisation",
    "organization name",
    "employer",
    "associated company",
    "primary company",
    "organization 1 name",
    "potential customer",
    "sales account",
    "primary account",
    "primary sales account",
    "company account",
    "parent customer",
    "customer",
    "client",
)

COMPANIES = (
    *("companies", "accounts", "organizations", "associated companies"),
    "sales accounts",
)

CONTACT_ID = (
    "converted contact id",
    *("contact id", "person id", "associated contact id", "primary contact id"),
    *("associated contact ids", "contact name id", "customer id", "contact ids"),
    *("person ids", "people ids"),
)

CONTACT_EMAIL = ("contact email", "person email", "primary contact email")

CONTACT = (
    *("contact", "contact name", "person", "primary contact", "contact person"),
    *("person name", "associated contact", "contact full name"),
)

CONTACTS = ("contacts", "people", "associated contacts")

DEAL_ID = (
    *("deal id", "opportunity id", "associated deal id", "associated deal ids"),
    *("opportunity name id", "deal ids", "opportunity ids"),
)

DEAL = (
    *("deal", "deal name", "opportunity", "opportunity name", "deals", "deal title"),
    "associated deal",
)

LEAD_ID = ("lead id", "associated lead ids")

ANY_ID = (
    (
        "what id",
        "related to id",
        "related to",
        "regarding",
        "parent id",
        "parent record id",
        "regarding id",
    ),
    ("who id",),
)

OF_TYPE = (
    *("parent type", "related to type", "parent module", "related module", "what type"),
    *("regarding type", "record type", "parent object", "related object"),
)
"""Ids of records of several objects: the id itself must say of which one."""
