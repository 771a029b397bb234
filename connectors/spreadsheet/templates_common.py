"""Fields that the mappings of several objects have."""

from ..core.sentences import _lt
from ..mapping.blocks import address
from ..mapping.vocabulary import (
    datetime,
    field,
    first_email,
    first_phone,
    html,
    join,
    lookup_by,
    lookup_several_by,
    moment,
    one_link,
    owner,
    split,
    strip,
    url,
    value_map,
)
from .columns_links import (
    ANY_ID,
    COMPANIES,
    COMPANY,
    COMPANY_ID,
    CONTACT,
    CONTACT_EMAIL,
    CONTACT_ID,
    CONTACTS,
    DEAL,
    DEAL_ID,
    LEAD_ID,
)
from .columns_people import (
    CITY,
    COUNTRY,
    CREATED,
    CREATOR,
    EMAIL,
    MOBILE,
    MORE_EMAILS,
    MORE_PHONES,
    OWNER,
    PERSON,
    PHONE,
    STATE,
    STREET,
    STREET2,
    TEXT,
    UPDATED,
    WEBSITE,
    ZIP,
)
from .columns_work import (
    BODY,
    CREATED_TIME,
    PRIORITY,
    SOURCES,
    STARTED,
    SUBJECT,
    TAGS,
    TIME,
    WHEN,
)

SEVERAL = _lt("Several names stand in one cell: one with a comma in it is cut.")

ADDRESS = address(
    street=STREET,
    street2=STREET2,
    city=CITY,
    zip=ZIP,
    state=STATE,
    country=COUNTRY,
)

AUDIT = (
    field("@created_at", (CREATED, CREATED_TIME), moment()),
    field("@created_at", CREATED, datetime),
    field("@updated_at", UPDATED, datetime),
    field("@created_by", CREATOR, owner),
)

PLACES = (
    ("*", ""),
    ("*", ""),
    ("deals", ""),
    ("leads", ""),
    ("contacts", ""),
    ("companies", ""),
    ("deals", "name"),
    ("contacts", "email"),
    ("contacts", "name"),
    ("companies", "name"),
)

THREAD = field(
    "@thread",
    (
        *ANY_ID,
        *(DEAL_ID, LEAD_ID, CONTACT_ID, COMPANY_ID),
        *(DEAL, CONTACT_EMAIL, CONTACT, COMPANY),
    ),
    lookup_several_by(*PLACES),
)

BY_CUSTOMER = lookup_several_by(
    ("contacts", ""),
    ("contacts", "email"),
    ("contacts", "name"),
    ("companies", ""),
    ("companies", "name"),
)
CUSTOMER = field(
    "partner_id",
    (CONTACT_ID, CONTACT_EMAIL, CONTACT, COMPANY_ID, COMPANY),
    BY_CUSTOMER,
    one_link,
)

LEAD = (
    field(
        "partner_id",
        (
            *(CONTACT_ID, CONTACT_EMAIL, CONTACT, CONTACTS),
            *(COMPANY_ID, COMPANY, COMPANIES),
        ),
        lookup_several_by(
            ("contacts", ""),
            ("contacts", "email"),
            ("contacts", "name"),
            ("contacts", "name"),
            ("companies", ""),
            ("companies", "name"),
            ("companies", "name"),
        ),
        one_link,
    ),
    field(
        "partner_id",
        CONTACTS,
        split(","),
        lookup_by("contacts", "name"),
        one_link,
        lossy=SEVERAL,
    ),
    field(
        "partner_id",
        COMPANIES,
        split(","),
        lookup_by("companies", "name"),
        one_link,
        lossy=SEVERAL,
    ),
    field("partner_name", COMPANY, strip),
    field("contact_name", (*CONTACT, "full name"), strip),
    field("contact_name", PERSON[1:], join(" ")),
    field("email_from", (*EMAIL, *CONTACT_EMAIL, *MORE_EMAILS), first_email),
    field("phone", (*PHONE, *MOBILE, *MORE_PHONES), first_phone),
    field("website", WEBSITE, url),
    field("function", ("job title", "position", "job name"), strip),
    *ADDRESS,
    field("user_id", OWNER, owner),
    field(
        "team_id",
        ("pipeline", "sales team", "team", "pipeline name"),
        value_map("teams"),
    ),
    field("tag_ids", TAGS, split(","), value_map("deal_tags")),
    field("priority", PRIORITY, value_map("priorities")),
    field("source_id", SOURCES, value_map("sources")),
    field(
        "campaign_id",
        ("campaign", "campaign name", "campaign source"),
        value_map("campaigns"),
    ),
    field("description", ("deal description", *TEXT), html),
)

MESSAGE = (
    field("subject", SUBJECT, strip),
    field("body", BODY, html),
    field("date", (WHEN, TIME), moment()),
    field("date", (*WHEN, *STARTED, *CREATED), datetime),
    THREAD,
    field("@author", (*CREATOR, *OWNER, "user"), owner),
    field("@created_at", (CREATED, CREATED_TIME), moment()),
    field("@created_at", CREATED, datetime),
    field("@created_at", (WHEN, TIME), moment()),
    field("@created_at", WHEN, datetime),
    field("@updated_at", UPDATED, datetime),
)
