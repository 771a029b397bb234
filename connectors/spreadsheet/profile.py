"""What files of a CRM usually hold: names of objects, and of columns in exports of many systems.

Data only. The sources of a field are names that its column may bear, in order of
preference, compared without case, blanks and punctuation; of several sources each is
such a tuple. ``proposal.py`` makes mappings of it for the columns that are there.
"""

from ..mapping.vocabulary import (
    ValueList,
    boolean,
    coalesce,
    constant,
    date,
    datetime,
    decimal,
    email,
    field,
    html,
    join,
    lookup,
    lookup_by,
    lookup_parent,
    lookup_several_by,
    mapping,
    owner,
    phone,
    split,
    strip,
    url,
    value_map,
)

VERSION = 1

# Object: names that its file, sheet or list may bear, singular and plural alike.
OBJECT_NAMES = {
    "users": ("user", "owner", "sales rep", "salesperson", "employee", "system user"),
    "companies": ("company", "account", "organization", "organisation", "firm"),
    "contacts": ("contact", "person", "people", "crm contact", "customer contact"),
    "leads": ("lead", "prospect", "target", "inquiry"),
    "deals": ("deal", "opportunity", "sales opportunity", "pipeline deal"),
    "products": ("product", "item", "article"),
    "campaigns": ("campaign", "marketing campaign"),
    "tags": ("tag", "label", "category"),
    "activities": ("activity", "task", "to do", "todo", "reminder"),
    "meetings": ("meeting", "appointment", "event", "calendar event"),
    "calls": ("call", "phone call", "call log", "phonecall"),
    "emails": ("email", "e mail", "mail", "email message", "email history"),
    "messages": ("message", "comment", "conversation"),
    "notes": ("note", "annotation", "remark"),
    "suppressions": ("suppression", "suppression list", "blacklist", "unsubscribe"),
    "invoices": ("invoice", "bill"),
}

# Words of a file name that say nothing about what is in it.
NOISE = (
    "all",
    "active",
    "export",
    "exported",
    "exports",
    "list",
    "report",
    "data",
    "dump",
    "backup",
    "file",
    "table",
    "crm",
    "my",
    "the",
    "from",
    "view",
    "full",
    "new",
    "latest",
    "final",
    "copy",
    "utf8",
    "utf",
    "csv",
    "xlsx",
    "json",
    "results",
    "hubspot",
    "salesforce",
    "zoho",
    "pipedrive",
    "concord",
    "nextcrm",
    "soffront",
    "dynamics",
    "netresults",
    "opex",
)

NAME = ("name", "full name", "display name", "title")
CREATED = (
    *("created at utc", "created at", "created on", "created", "create date"),
    *(
        "creation date",
        "created date",
        "date created",
        "added on",
        "contact create date",
    ),
)
UPDATED = (
    *("updated at utc", "updated at", "updated on", "updated", "modified on"),
    "last mod",
    *(
        "last modified",
        "modified date",
        "last modified date",
        "modified",
        "last updated",
        "contact modified date",
    ),
)
OWNER = (
    *("owner", "owner email", "owner id", "owner name", "assigned to", "salesperson"),
    *(
        "account owner",
        "contact owner",
        "deal owner",
        "lead owner",
        "sales rep",
        "user",
    ),
    *("opportunity owner", "responsible", "user id", "user email", "assigned user"),
    "assign to",
)
CREATOR = ("created by", "creator", "created by id", "author")
TEXT = ("description", "notes", "note", "comments", "comment", "remarks", "background")
STREET = (
    "street address",
    "street",
    "address",
    "address 1",
    "address line 1",
    "billing street",
    "mailing street",
    "office address",
    "contact address 1",
    "address1 line1",
)
STREET2 = (
    *("street 2", "address 2", "address line 2", "billing street 2"),
    "contact address 2",
    "address1 line2",
)
CITY = ("city", "city name", "town", "billing city", "mailing city", "address1 city")
ZIP = (
    "postal code",
    "zip",
    "zip code",
    "postcode",
    "postalcode",
    "zip post",
    "billing postal code",
    "mailing zip",
    "mailing postal code",
    "zip postal code",
    "contact postalcode",
    "address1 postalcode",
)
COUNTRY = (
    "country",
    "country name",
    "country region",
    "billing country",
    "mailing country",
    "address1 country",
)
STATE = (
    *("state region", "state", "state name", "province", "billing state", "county"),
    *("acc state", "state pr"),
    "address1 stateorprovince",
)
PHONE = (
    "phone",
    "phone number",
    "work phone",
    "office phone",
    "business phone",
    "main phone",
    "telephone",
    "direct phone",
    "main ph",
    "bphone",
    "contact work phone",
    "phones",
    "telephone1",
)
MOBILE = (
    *("mobile", "mobile phone", "cell phone", "cell", "mobile phone number"),
    "contact mobile phone",
)
EMAIL = (
    "email",
    "email address",
    "e mail",
    "e mail address",
    "primary email",
    "work email",
    "contact email address",
    "email 1",
    "emails",
    "emailaddress1",
    "internal email address",
)
WEBSITE = (
    "website",
    "web site",
    "url",
    "domain name",
    "domain",
    "homepage",
    "company domain name",
    "website url",
)
COMPANY_ID = (
    "company id",
    "account id",
    "organization id",
    "organisation id",
    "accounts ids",
    "associated company id",
    "parent customer id",
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
)
COMPANIES = ("companies", "accounts", "organizations", "associated companies")
CONTACT_ID = ("contact id", "person id", "associated contact id", "primary contact id")
CONTACT_EMAIL = ("contact email", "person email", "primary contact email")
CONTACT = ("contact", "contact name", "person", "primary contact", "contact person")
CONTACTS = ("contacts", "people", "associated contacts")
DEAL_ID = ("deal id", "opportunity id", "associated deal id")
DEAL = ("deal", "deal name", "opportunity", "opportunity name", "deals")
LEAD_ID = ("lead id",)
SUBJECT = ("subject", "title", "summary", "name", "topic", "activity name")
BODY = (
    "body",
    "note body",
    "note text",
    "content",
    "html",
    "text",
    "message",
    "description",
    "details",
    "note",
    "notes",
    "comment",
    "comments",
    "summary",
)
WHEN = (
    "date",
    "sent at",
    "sent on",
    "sent date",
    "timestamp",
    "activity date",
    "start",
    "call time",
    "call date",
    "date and time",
    "note date",
    "start date",
)
TAGS = ("tags", "tag", "labels", "categories", "segments", "groups")
CURRENCY = ("currency", "currency code", "currency iso code", "transaction currency")

_SEVERAL = "Several names stand in one cell: one with a comma in it is cut."

_ADDRESS = (
    field("street", STREET, strip),
    field("street2", STREET2, strip),
    field("city", CITY, strip),
    field("zip", ZIP, strip),
    field("state_id", STATE, value_map("states")),
    field("country_id", COUNTRY, value_map("countries")),
)
_AUDIT = (
    field("@created_at", CREATED, datetime),
    field("@updated_at", UPDATED, datetime),
    field("@created_by", CREATOR, owner),
)
_THREAD = field(
    "@thread",
    (DEAL_ID, LEAD_ID, CONTACT_ID, COMPANY_ID, DEAL, CONTACT_EMAIL, CONTACT, COMPANY),
    lookup_several_by(
        ("deals", ""),
        ("leads", ""),
        ("contacts", ""),
        ("companies", ""),
        ("deals", "name"),
        ("contacts", "email"),
        ("contacts", "name"),
        ("companies", "name"),
    ),
)
_LEAD = (
    field(
        "partner_id",
        (CONTACT_ID, CONTACT_EMAIL, CONTACT, COMPANY_ID, COMPANY),
        lookup_several_by(
            ("contacts", ""),
            ("contacts", "email"),
            ("contacts", "name"),
            ("companies", ""),
            ("companies", "name"),
        ),
        coalesce,
    ),
    field(
        "partner_id",
        CONTACTS,
        split(","),
        coalesce,
        lookup_by("contacts", "name"),
        lossy=_SEVERAL,
    ),
    field(
        "partner_id",
        COMPANIES,
        split(","),
        coalesce,
        lookup_by("companies", "name"),
        lossy=_SEVERAL,
    ),
    field("partner_name", COMPANY, strip),
    field("contact_name", (*CONTACT, "full name"), strip),
    field("contact_name", (("first name",), ("last name",)), join(" ")),
    field("email_from", (*EMAIL, *CONTACT_EMAIL), email),
    field("phone", PHONE, phone),
    field("website", WEBSITE, url),
    field("function", ("job title", "position", "job name"), strip),
    *_ADDRESS,
    field("user_id", OWNER, owner),
    field(
        "team_id",
        ("pipeline", "sales team", "team", "pipeline name"),
        value_map("teams"),
    ),
    field("tag_ids", TAGS, split(","), value_map("deal_tags")),
    field(
        "source_id", ("source", "lead source", "original source"), value_map("sources")
    ),
    field("campaign_id", ("campaign", "campaign name"), value_map("campaigns")),
    field("description", TEXT, html),
)
_MESSAGE = (
    field("subject", SUBJECT, strip),
    field("body", BODY, html),
    field("date", (*WHEN, *CREATED), datetime),
    _THREAD,
    field("@author", (*CREATOR, *OWNER), owner),
    field("@created_at", (*WHEN, *CREATED), datetime),
    field("@updated_at", UPDATED, datetime),
)

# Object: the mapping with everything a file of it may have.
TEMPLATES = {
    "users": mapping(
        "users",
        "res.users",
        field("name", NAME, strip, required=True),
        field("name", (("first name",), ("last name",)), join(" "), required=True),
        field("login", ("login", "username", "user name", *EMAIL), strip),
        field("email", EMAIL, email),
    ),
    "companies": mapping(
        "companies",
        "res.partner",
        field("is_company", None, constant(True)),
        field("name", ("name", *COMPANY, "display name"), strip, required=True),
        field(
            "parent_id", ("parent company id", "parent account id"), lookup("companies")
        ),
        field(
            "parent_id",
            ("parent company", "parent account", "member of", "parent"),
            lookup_by("companies", "name"),
        ),
        field("email", EMAIL, email),
        field("phone", PHONE, phone),
        field("website", WEBSITE, url),
        field("vat", ("vat", "vat number", "tax id", "vat id"), strip),
        field("company_registry", ("registration number", "company number"), strip),
        field("industry_id", ("industry", "sector"), value_map("industries")),
        field("category_id", TAGS, split(","), value_map("contact_tags")),
        field("user_id", OWNER, owner),
        field("comment", TEXT, html),
        *_ADDRESS,
        *_AUDIT,
    ),
    "contacts": mapping(
        "contacts",
        "res.partner",
        field("is_company", None, constant(False)),
        field(
            "name",
            ("full name", "name", "contact name", "display name"),
            strip,
            required=True,
        ),
        field(
            "name",
            (
                (
                    *("first name", "firstname", "given name", "f name"),
                    "contact first name",
                ),
                (
                    *("last name", "lastname", "surname", "family name", "l name"),
                    "contact last name",
                ),
            ),
            join(" "),
            required=True,
        ),
        field(
            "parent_id",
            (COMPANY_ID, COMPANY),
            lookup_several_by(("companies", ""), ("companies", "name")),
            coalesce,
        ),
        field(
            "parent_id",
            COMPANIES,
            split(","),
            coalesce,
            lookup_by("companies", "name"),
            lossy=_SEVERAL,
        ),
        field("company_name", COMPANY, strip),
        field("email", EMAIL, email),
        field("phone", PHONE, phone),
        field("phone", MOBILE, phone),
        field("website", WEBSITE, url),
        field(
            "function",
            ("job title", "position", "job name", "title", "role", "contact title"),
            strip,
        ),
        field("category_id", TAGS, split(","), value_map("contact_tags")),
        field("user_id", OWNER, owner),
        field("comment", TEXT, html),
        *_ADDRESS,
        *_AUDIT,
    ),
    "leads": mapping(
        "leads",
        "crm.lead",
        field("type", None, constant("lead")),
        field(
            "name",
            ("lead name", "subject", "topic", "name", "full name"),
            strip,
            required=True,
        ),
        field(
            "name",
            (("first name", "firstname"), ("last name", "lastname"), COMPANY),
            join(" "),
            required=True,
        ),
        *_LEAD,
        *_AUDIT,
    ),
    "deals": mapping(
        "deals",
        "crm.lead",
        field("type", None, constant("opportunity")),
        field("name", (*DEAL, "name", "title", "subject"), strip, required=True),
        field(
            "expected_revenue",
            ("amount", "expected revenue", "value", "deal value", "budget", "revenue"),
            decimal,
        ),
        field("@currency", CURRENCY, strip),
        field(
            "stage_id",
            ("stage", "deal stage", "sales stage", "stage name"),
            value_map("stages"),
        ),
        field(
            "@state",
            ("status", "state", "deal status", "outcome"),
            value_map("deal_states"),
        ),
        field("probability", ("probability", "win probability"), decimal),
        field(
            "date_deadline",
            (
                "expected close date",
                "expected closing",
                "estimated close date",
                "close date",
            ),
            date,
        ),
        field(
            "@closed_at",
            ("closed at", "closed date", "won date", "actual close date"),
            datetime,
        ),
        field(
            "lost_reason_id", ("lost reason", "loss reason"), value_map("lost_reasons")
        ),
        *_LEAD,
        *_AUDIT,
    ),
    "products": mapping(
        "products",
        "product.template",
        field("name", ("name", "product name", "title"), strip, required=True),
        field("default_code", ("sku", "product code", "code", "reference"), strip),
        field(
            "list_price", ("unit price", "price", "list price", "sales price"), decimal
        ),
        field(
            "standard_price",
            ("direct cost", "cost", "cost price", "unit cost"),
            decimal,
        ),
        field("description_sale", TEXT, strip),
        field("active", ("active", "is active"), boolean),
        *_AUDIT,
    ),
    "campaigns": mapping(
        "campaigns",
        "utm.campaign",
        field("title", ("name", "campaign name", "title"), strip, required=True),
        field("user_id", OWNER, owner),
        *_AUDIT,
    ),
    "tags": mapping(
        "tags",
        "res.partner.category",
        field("name", ("name", "tag", "label", "title"), strip, required=True),
    ),
    "activities": mapping(
        "activities",
        "mail.activity",
        field("summary", SUBJECT, strip),
        field(
            "activity_type_id",
            ("activity type", "type", "kind"),
            value_map("activity_types"),
        ),
        field("date_deadline", ("due date", "due", "deadline", *WHEN, *CREATED), date),
        field("note", ("description", "note", "notes", "body", "details"), html),
        field("user_id", OWNER, owner),
        field(
            "@done_at",
            ("completed at utc", "completed at", "done at", "completed on"),
            datetime,
        ),
        _THREAD,
        *_AUDIT,
    ),
    "meetings": mapping(
        "meetings",
        "calendar.event",
        field("name", SUBJECT, strip),
        field(
            "start",
            ("start", "start date", "start time", "due date", *WHEN),
            datetime,
            required=True,
        ),
        field("stop", ("end", "end date", "end time", "stop"), datetime),
        field("@duration", ("duration hours", "duration"), decimal),
        field("location", ("location", "place", "room"), strip),
        field("description", BODY, html),
        field("user_id", OWNER, owner),
        _THREAD,
        *_AUDIT,
    ),
    "calls": mapping(
        "calls", "mail.message", field("@subtype", None, constant("call")), *_MESSAGE
    ),
    "emails": mapping(
        "emails",
        "mail.message",
        field("@subtype", None, constant("email")),
        field("email_from", ("from", "sender", "from email", "from address"), strip),
        *_MESSAGE,
    ),
    "messages": mapping(
        "messages",
        "mail.message",
        field("@subtype", None, constant("comment")),
        *_MESSAGE,
    ),
    "notes": mapping(
        "notes", "mail.message", field("@subtype", None, constant("note")), *_MESSAGE
    ),
    "suppressions": mapping(
        "suppressions",
        "mail.blacklist",
        field("email", EMAIL, email, required=True),
    ),
    "files": mapping(
        "files",
        "ir.attachment",
        field("name", ("name",), strip, required=True),
        field("mimetype", ("mimetype",), strip),
        field("@file", ("file",), required=True),
        field("@thread", ("_parent",), lookup_parent),
    ),
}

VALUE_LISTS = (
    ValueList("stages", "Stages", "crm.stage", create=True),
    ValueList("teams", "Pipelines", "crm.team", create=True),
    ValueList("deal_tags", "Tags of deals", "crm.tag", create=True),
    ValueList("contact_tags", "Tags of contacts", "res.partner.category", create=True),
    ValueList("industries", "Industries", "res.partner.industry", create=True),
    ValueList("countries", "Countries", "res.country"),
    ValueList("states", "States", "res.country.state"),
    ValueList("sources", "Sources", "utm.source", create=True),
    ValueList("campaigns", "Campaigns", "utm.campaign", create=True),
    ValueList("lost_reasons", "Lost reasons", "crm.lost.reason", create=True),
    ValueList("activity_types", "Activity types", "mail.activity.type"),
    ValueList(
        "deal_states",
        "Outcome of a deal",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        proposals={
            "Won": "won",
            "won": "won",
            "Closed Won": "won",
            "Lost": "lost",
            "lost": "lost",
            "Closed Lost": "lost",
            "Open": "open",
            "open": "open",
        },
        otherwise="open",
    ),
)

# What these columns hold follows from the other records and is counted anew by Odoo.
COMPUTED = (
    *("total contacts", "total companies", "total deals", "open deals", "closed deals"),
    *("won deals", "lost deals", "total unread emails", "incomplete activities"),
    *("total documents", "total draft documents", "total calls"),
    *("last contacted date", "next activity date", "reminder sent date"),
)
