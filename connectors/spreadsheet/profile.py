"""What files of a CRM usually hold: names of objects, and of columns in exports of many systems.

Data only. The sources of a field are names that its column may bear, in order of
preference, compared without case, blanks and punctuation; of several sources each is
such a tuple. ``proposal.py`` makes mappings of it for the columns that are there.
"""

from ..mapping.vocabulary import (
    ValueList,
    addresses,
    boolean,
    constant,
    date,
    datetime,
    decimal,
    duration,
    duration_of,
    email,
    field,
    first_email,
    first_phone,
    full_name,
    html,
    join,
    lookup,
    lookup_by,
    lookup_parent,
    lookup_several_by,
    mapping,
    moment,
    moment_of_end,
    one_link,
    outcome,
    owner,
    percent,
    progress,
    split,
    strip,
    url,
    value_map,
)

VERSION = 1

# Object: names that its file, sheet or list may bear, singular and plural alike.
OBJECT_NAMES = {
    "users": ("user", "owner", "sales rep", "salesperson", "employee", "system user"),
    "companies": (
        "company",
        "account",
        "organization",
        "organisation",
        "firm",
        "business",
    ),
    "contacts": (
        "contact",
        "person",
        "people",
        "crm contact",
        "customer contact",
        "customer",
        "client",
    ),
    "leads": ("lead", "prospect", "target", "inquiry"),
    "deals": (
        "deal",
        "opportunity",
        "sales opportunity",
        "pipeline deal",
        "offer",
        "quote",
    ),
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
    "attachments": (
        *("attachment", "attached file", "content version", "document", "file list"),
        "contentversion",
    ),
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
    "open",
    "won",
    "lost",
    "aktive",
    "aktiven",
    "offenen",
    "abiertas",
    "abiertos",
    "activas",
    "activos",
    "ouvertes",
    "ouverts",
    "actives",
    "actifs",
    "abertas",
    "abertos",
    "aperte",
    "aperti",
    "mijn",
    "actieve",
    "alle",
    "meine",
    "offene",
    "neu",
    "liste",
    "tous",
    "toutes",
    "les",
    "mes",
    "todos",
    "todas",
    "los",
    "mis",
    "meus",
    "tutti",
    "of",
    "per",
    "overview",
    "uebersicht",
    "sheet",
    "excel",
    "import",
    "sample",
)

CREATED = (
    *("created at utc", "created at", "created on", "created", "create date"),
    *(
        "creation date",
        "created date",
        "date created",
        "added on",
        "contact create date",
    ),
    *("created time", "add time", "date entered", "record created on"),
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
    *(
        "modified at",
        "last modified at",
        "update time",
        "modified time",
        "updated time",
        "date modified",
        "changed",
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
    *("assign to", "assigned to user", "activity assigned to", "ticket owner", "host"),
    *("task owner", "event owner", "note owner", "assigned user name", "who"),
    *("company owner", "sales owner", "record owner", "sales owner email"),
)
CREATOR = ("created by", "creator", "created by id", "author", "created by user id")
TEXT = ("description", "notes", "note", "comments", "comment", "remarks", "background")
STREET = (
    *("billing address street", "mailing address street"),
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
    "address 1 street 1",
    "address 1 street",
    "business street",
    "primary address street",
    "address street",
    "street address 1",
    "mailing address line 1",
    "billing address",
    "work street",
)
STREET2 = (
    *("street 2", "address 2", "address line 2", "billing street 2"),
    "contact address 2",
    "address1 line2",
)
CITY = (
    *("billing address city", "mailing address city"),
    *("city", "city name", "town", "billing city", "mailing city", "address1 city"),
    *("address 1 city", "business city", "primary address city", "address city"),
    *("city town village locality of address", "address 1 value city", "office city"),
)
ZIP = (
    *("billing address postal code", "mailing address postal code"),
    "postal code",
    "zip",
    "zip code",
    "postcode",
    "postalcode",
    "zip post",
    "billing postal code",
    "mailing postal code",
    "mailing zip",
    "mailing zip postal code",
    "billing zip postal code",
    "billing code",
    "billing zip",
    "zip postal code of address",
    "address 1 postal code",
    "address 1 zip postal code",
    "business postal code",
    "primary address postal code",
    "address postal code",
    "mailing zip",
    "mailing postal code",
    "zip postal code",
    "contact postalcode",
    "address1 postalcode",
)
COUNTRY = (
    *("billing address country", "mailing address country"),
    "country",
    "country name",
    "country region",
    "billing country",
    "mailing country",
    "address1 country",
    "mailing country",
    "mailing country code",
    "billing country code",
    "country of address",
    "address 1 country",
    "address 1 country region",
    "business country region",
    "business country",
    "primary address country",
    "address country",
)
STATE = (
    *("billing address state", "mailing address state"),
    *("state county of address", "address 1 state province", "mailing state province"),
    *("billing state province", "business state", "primary address state"),
    *("address state", "mailing state", "address 1 region", "state code"),
    *("mailing state code", "billing state code", "business state province"),
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
    "phone work",
    "phone 1 value",
    "phone 1",
    "primary phone",
    "company main phone",
    "business phone number",
    "work phone number",
    "person phone",
    "primary contact primary phone",
)
MOBILE = (
    *("mobile", "mobile phone", "cell phone", "cell", "mobile phone number"),
    *("contact mobile phone", "phone mobile", "mobilephone", "mobile number"),
    *("telephone mobile", "person mobile", "primary mobile phone"),
)
MORE_PHONES = (
    *(
        "phone 2",
        "other phone",
        "home phone",
        "phone home",
        "phone other",
        "telephone2",
    ),
    *("secondary phone", "alternate phone", "alternative phone", "other phones"),
    *("home", "work", "office"),
    *("home phone number", "home phone 2", "business phone 2", "telephone3", "phone 3"),
    *(
        "other phone number",
        "private phone",
        "direct line",
        "car phone",
        "contact other phones",
    ),
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
    "email work",
    "e mail 1 value",
    "email 1 value",
    "e mail address 1",
    "business email",
    "e mail 1 address",
    "person email",
    "primary contact primary email",
    "user email address",
)
MORE_EMAILS = (
    *("email 2", "e mail 2", "secondary email", "other email", "alternate email"),
    *("email home", "email other", "home email", "personal email", "private email"),
    *(
        "non primary e mails",
        "additional emails",
        "e mail 2 address",
        "e mail 3 address",
    ),
    *("other emails", "emailaddress2", "emailaddress3", "email 3", "work email 2"),
    *("home e mail", "email address 2", "email address 3", "contact other emails"),
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
    "web page",
    "website 1 value",
    "corporate website",
    "business website",
    "personal web page",
)
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
    "company account",
    "parent customer",
    "customer",
    "client",
)
COMPANIES = ("companies", "accounts", "organizations", "associated companies")
CONTACT_ID = (
    "converted contact id",
    *("contact id", "person id", "associated contact id", "primary contact id"),
    *("associated contact ids", "contact name id", "customer id"),
)
CONTACT_EMAIL = ("contact email", "person email", "primary contact email")
CONTACT = (
    *("contact", "contact name", "person", "primary contact", "contact person"),
    *("person name", "associated contact", "contact full name"),
)
CONTACTS = ("contacts", "people", "associated contacts")
DEAL_ID = (
    *("deal id", "opportunity id", "associated deal id", "associated deal ids"),
    "opportunity name id",
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
SUBJECT = (
    "task title",
    "call title",
    "meeting name",
    "email subject",
    "note title",
    "subject",
    "title",
    "summary",
    "name",
    "topic",
    "activity name",
)
BODY = (
    "body",
    "note body",
    "note text",
    "note content",
    "html body",
    "text body",
    "email body",
    "call notes",
    "task body",
    "meeting notes",
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
    *("call start time", "activity date time", "call date time", "message date"),
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
TAGS = (
    *("tags", "tag", "labels", "label", "categories", "category", "segments", "groups"),
    *("group membership", "tag list"),
)
CURRENCY = (
    *("currency", "currency code", "currency iso code", "transaction currency"),
    *("amount currency", "currency of value", "value currency", "deal currency"),
    *("currency of amount", "currency name", "iso currency", "opportunity currency"),
    *("deal value currency", "budget currency", "revenue currency", "valuta"),
)
AMOUNT = (
    "opportunity amount",
    *("amount", "deal amount", "expected revenue", "value", "deal value", "budget"),
    *("opportunity amount", "est revenue", "estimated revenue", "estimated value"),
    *("deal size", "revenue", "eur", "usd", "amount eur", "value eur"),
    *("amount value", "value amount", "amount amount", "revenue amount"),
    *("deal value amount", "price amount", "total amount"),
)
PROBABILITY = (
    *("probability", "win probability", "deal probability", "close probability"),
    *("probability in percent", "probability percent", "confidence"),
)
START_DAY = (
    *("start date", "start day", "event date", "begin date", "date start"),
    *("meeting date", "appointment date", "date", "day", "due date"),
)
TIME = (
    *("time", "time of day", "call time", "due time", "activity time", "sent time"),
    *("time sent", "note time", "start time"),
)
"""A time of day beside the only day that a row has."""
START_TIME = (
    *("start time", "begin time", "time start", "from time", "event time", "time"),
    *("meeting time", "appointment time", "start", "begin", "from"),
)
CREATED_TIME = ("created time", "creation time", "time created", "add time")
COMPLETED = (
    *("completed at utc", "completed at", "done at", "completed on"),
    *("completed date time", "marked as done time", "completion date"),
    *("date completed", "closed time", "completed time", "completed date", "done date"),
)
DONE_DAY = ("completed date", "completion date", "date completed", "done date")
DONE_TIME = ("completed time", "completion time", "time completed", "done time")
END_DAY = ("end date", "end day", "finish date", "date end", "to date")
END_TIME = (
    *("end time", "finish time", "time end", "to time", "end", "to", "until"),
    "finish",
)
ALL_DAY = (
    *(
        "all day",
        "all day event",
        "is all day event",
        "allday",
        "is all day",
        "whole day",
    ),
    "full day",
)
ATTENDEES = (
    *("attendees", "participants", "guests", "invitees", "required attendees"),
    *("attendee emails", "attendee", "participant", "internal meeting attendees"),
)
DURATION = (
    *("duration", "call duration", "meeting duration", "duration time", "length"),
    *("call duration in seconds", "duration in minutes", "duration in hours"),
    *("duration minutes", "duration seconds", "duration hours", "duration ms"),
    *("actual duration", "scheduled duration minutes", "actualdurationminutes"),
    *("scheduleddurationminutes", "talk time", "call duration ms", "time spent"),
    *("duration in seconds", "duration milliseconds", "call duration minutes"),
    *("call duration seconds", "duration min", "duration sec", "duration mins"),
)
DURATION_PARTS = (
    ("duration days",),
    ("duration hours", "hours", "duration h", "call duration hours"),
    ("duration minutes", "minutes", "duration min", "call duration minutes"),
    ("duration seconds", "seconds", "duration sec"),
)
"""A duration whose units stand in columns of their own."""
PERSON = (
    (
        "full name",
        "name",
        "contact name",
        "display name",
        "person name",
        "file as",
        "contact full name",
    ),
    (
        "first name",
        "firstname",
        "given name",
        "f name",
        "contact first name",
        "primary contact first name",
    ),
    ("middle name", "additional name", "second name"),
    (
        "last name",
        "lastname",
        "surname",
        "family name",
        "l name",
        "contact last name",
        "primary contact last name",
    ),
)
"""The whole name of a person, and its parts in order."""
PRIORITY = ("priority", "importance", "deal priority", "rating", "task priority")
DONE = (
    "done",
    "is closed",
    "completed",
    "is completed",
    "complete",
    "is done",
    "closed",
)
PROGRESS = (
    "task status",
    "status",
    "activity status",
    "call status",
    "state",
    "progress",
)
STAGE = ("stage", "deal stage", "sales stage", "stage name", "pipeline stage", "phase")
STATUS = (
    *(
        "status",
        "state",
        "deal status",
        "outcome",
        "opportunity status",
        "status label",
    ),
    *("status type", "result", "lead status"),
)
SOURCES = (
    *("source", "lead source", "original source", "original traffic source"),
    *("source channel", "deal source", "source name"),
)

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
    field("@created_at", (CREATED, CREATED_TIME), moment()),
    field("@created_at", CREATED, datetime),
    field("@updated_at", UPDATED, datetime),
    field("@created_by", CREATOR, owner),
)
_PLACES = (
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
_THREAD = field(
    "@thread",
    (
        *ANY_ID,
        *(DEAL_ID, LEAD_ID, CONTACT_ID, COMPANY_ID),
        *(DEAL, CONTACT_EMAIL, CONTACT, COMPANY),
    ),
    lookup_several_by(*_PLACES),
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
        one_link,
    ),
    field(
        "partner_id",
        CONTACTS,
        split(","),
        lookup_by("contacts", "name"),
        one_link,
        lossy=_SEVERAL,
    ),
    field(
        "partner_id",
        COMPANIES,
        split(","),
        lookup_by("companies", "name"),
        one_link,
        lossy=_SEVERAL,
    ),
    field("partner_name", COMPANY, strip),
    field("contact_name", (*CONTACT, "full name"), strip),
    field("contact_name", PERSON[1:], join(" ")),
    field("email_from", (*EMAIL, *CONTACT_EMAIL, *MORE_EMAILS), first_email),
    field("phone", (*PHONE, *MOBILE, *MORE_PHONES), first_phone),
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
    field("priority", PRIORITY, value_map("priorities")),
    field("source_id", SOURCES, value_map("sources")),
    field("campaign_id", ("campaign", "campaign name"), value_map("campaigns")),
    field("description", ("deal description", *TEXT), html),
)
_MESSAGE = (
    field("subject", SUBJECT, strip),
    field("body", BODY, html),
    field("date", (WHEN, TIME), moment()),
    field("date", (*WHEN, *CREATED), datetime),
    _THREAD,
    field("@author", (*CREATOR, *OWNER, "user"), owner),
    field("@created_at", (CREATED, CREATED_TIME), moment()),
    field("@created_at", CREATED, datetime),
    field("@created_at", (WHEN, TIME), moment()),
    field("@created_at", WHEN, datetime),
    field("@updated_at", UPDATED, datetime),
)

# Object: the mapping with everything a file of it may have.
TEMPLATES = {
    "users": mapping(
        "users",
        "res.users",
        field(
            "name",
            (PERSON[0], *PERSON[1:]),
            full_name("whole", "part", "part", "part"),
            required=True,
        ),
        field("login", ("login", "username", "user name", *EMAIL), strip),
        field("email", EMAIL, email),
        field("active", ("is active", "active"), boolean),
        field("tz", ("time zone sid key", "time zone", "timezone", "tz"), strip),
    ),
    "companies": mapping(
        "companies",
        "res.partner",
        field("is_company", None, constant(True)),
        field("name", ("name", *COMPANY, "display name"), strip, required=True),
        field(
            "parent_id",
            (
                "parent company id",
                "parent account id",
                "parent id",
                "parent organization id",
            ),
            lookup("companies"),
        ),
        field(
            "parent_id",
            ("parent company", "parent account", "member of", "parent"),
            lookup_by("companies", "name"),
        ),
        field("email", (*EMAIL, *MORE_EMAILS), first_email),
        field("phone", (*PHONE, *MOBILE, *MORE_PHONES), first_phone),
        field("website", ("website url", "website", *WEBSITE), url),
        field("vat", ("vat", "vat number", "tax id", "vat id", "vat no"), strip),
        field("company_registry", ("registration number", "company number"), strip),
        field(
            "ref",
            ("account number", "organization number", "customer id", "reference"),
            strip,
        ),
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
            (PERSON[0], COMPANY, *PERSON[1:]),
            full_name("whole", "company", "part", "part", "part"),
            required=True,
        ),
        field(
            "parent_id",
            (COMPANY_ID, COMPANY),
            lookup_several_by(("companies", ""), ("companies", "name")),
            one_link,
        ),
        field(
            "parent_id",
            COMPANIES,
            split(","),
            lookup_by("companies", "name"),
            one_link,
            lossy=_SEVERAL,
        ),
        field("company_name", COMPANY, strip),
        field("email", (*EMAIL, *MORE_EMAILS), first_email),
        field("phone", (*PHONE, *MOBILE, *MORE_PHONES), first_phone),
        field("website", WEBSITE, url),
        field(
            "function",
            (
                *(
                    "job title",
                    "position",
                    "job name",
                    "title",
                    "role",
                    "contact title",
                ),
                *("organization title", "organization 1 title", "designation"),
            ),
            strip,
        ),
        field("vat", ("vat", "vat number", "tax id", "vat id", "vat no"), strip),
        field("industry_id", ("industry", "sector"), value_map("industries")),
        field("ref", ("customer id", "reference", "account number"), strip),
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
            (
                "lead name",
                "subject",
                "topic",
                "name",
                "full name",
                "lead title",
                "deal name",
            ),
            strip,
            required=True,
        ),
        field("name", (*PERSON[1:], COMPANY), join(" "), required=True),
        field("function", ("title",), strip),
        field("expected_revenue", AMOUNT, decimal),
        field("@currency", CURRENCY, strip),
        field("probability", PROBABILITY, percent()),
        field("@state", ("lead status", "status", "state"), value_map("lead_states")),
        *_LEAD,
        *_AUDIT,
    ),
    "deals": mapping(
        "deals",
        "crm.lead",
        field("type", None, constant("opportunity")),
        field(
            "name", (*DEAL, "name", "title", "subject", "topic"), strip, required=True
        ),
        field("expected_revenue", AMOUNT, decimal),
        field("@currency", CURRENCY, strip),
        field("stage_id", STAGE, value_map("stages")),
        field(
            "@state",
            (
                ("is won", "is closed won", "won"),
                ("is lost", "is closed lost", "lost"),
                ("is closed", "is deal closed", "closed"),
            ),
            outcome("won", "lost", "closed"),
        ),
        field("@state", STATUS, value_map("deal_states")),
        field("probability", PROBABILITY, percent()),
        field(
            "date_deadline",
            (
                *("expected close date", "expected closing", "estimated close date"),
                *("est close date", "close date", "closing date", "assumed close date"),
            ),
            date,
        ),
        field(
            "@closed_at",
            (
                *("closed at", "closed date", "actual close date", "deal closed on"),
                *("closed on", "won date", "date won", "won time", "lost time"),
            ),
            datetime,
        ),
        field(
            "lost_reason_id",
            ("lost reason", "loss reason", "reason for loss", "closed lost reason"),
            value_map("lost_reasons"),
        ),
        *_LEAD,
        *_AUDIT,
        field("@created_at", ("date", "offer date", "deal date"), datetime),
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
            ("activity type", "task subtype", "task type", "type", "kind"),
            value_map("activity_types"),
        ),
        field("date_deadline", ("due date", "due", "deadline", *WHEN), date),
        field("@done", (DONE, PROGRESS), progress("done", "progress")),
        field("note", ("description", "note", "notes", "body", "details"), html),
        field("user_id", OWNER, owner),
        field("@done_at", (DONE_DAY, DONE_TIME), moment()),
        field(
            "@done_at",
            COMPLETED,
            datetime,
        ),
        _THREAD,
        *_AUDIT,
    ),
    "meetings": mapping(
        "meetings",
        "calendar.event",
        field("name", SUBJECT, strip),
        field("start", (START_DAY, START_TIME), moment(), required=True),
        field(
            "start",
            (
                *(
                    "start",
                    "start date time",
                    "activity date time",
                    "start at",
                    "date start",
                ),
                *("meeting start time", "start date", "start time", "due date", *WHEN),
            ),
            datetime,
            required=True,
        ),
        field("allday", ALL_DAY, boolean),
        field(
            "stop", (END_DAY, END_TIME, ALL_DAY, START_DAY, START_TIME), moment_of_end()
        ),
        field(
            "stop",
            (
                *(
                    "end",
                    "end date time",
                    "stop",
                    "end at",
                    "meeting end time",
                    "date end",
                ),
                *("end date", "end time"),
            ),
            datetime,
        ),
        field(
            "@duration",
            DURATION_PARTS,
            duration_of("days", "hours", "minutes", "seconds"),
        ),
        field("@duration", DURATION, duration()),
        field("@addresses", (ATTENDEES,), addresses("attendee")),
        field("@done_at", (DONE_DAY, DONE_TIME), moment()),
        field("@done_at", COMPLETED, datetime),
        field("location", ("location", "place", "room"), strip),
        field("description", BODY, html),
        field("user_id", OWNER, owner),
        _THREAD,
        *_AUDIT,
    ),
    "calls": mapping(
        "calls",
        "mail.message",
        field("@subtype", None, constant("call")),
        field(
            "@duration",
            DURATION_PARTS,
            duration_of("days", "hours", "minutes", "seconds"),
        ),
        field("@duration", DURATION, duration()),
        *_MESSAGE,
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
    "attachments": mapping(
        "attachments",
        "ir.attachment",
        field(
            "name",
            (
                *("path on client", "file name", "filename", "name", "title"),
                *("attachment name", "document name"),
            ),
            strip,
            required=True,
        ),
        field(
            "mimetype",
            ("content type", "contenttype", "mime type", "mimetype"),
            strip,
        ),
        field("description", ("description", "notes"), strip),
        field("@file", ("_contents",), required=True),
        field(
            "@thread",
            (
                (
                    *ANY_ID[0],
                    "first publish location id",
                    "linked entity id",
                    "record id",
                ),
                *ANY_ID[1:],
                *(DEAL_ID, LEAD_ID, CONTACT_ID, COMPANY_ID),
                *(DEAL, CONTACT_EMAIL, CONTACT, COMPANY),
            ),
            lookup_several_by(*_PLACES),
        ),
        *_AUDIT,
        ignored={
            "BodyLength": "Counted anew by Odoo.",
            "ContentSize": "Counted anew by Odoo.",
        },
    ),
    "files": mapping(
        "files",
        "ir.attachment",
        field("name", ("name",), strip, required=True),
        field("mimetype", ("mimetype",), strip),
        field("@file", ("file",), required=True),
        field("@thread", ("_parent",), lookup_parent),
        ignored={
            "path": "Where it lay in the archive: its folder says what it belongs to.",
            "size": "Counted anew by Odoo.",
        },
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
    ValueList(
        "activity_types", "Activity types", "mail.activity.type", words="ACTIVITY_TYPES"
    ),
    ValueList(
        "deal_states",
        "Outcome of a deal",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="OUTCOMES",
    ),
    ValueList(
        "lead_states",
        "Outcome of a lead",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="LEAD_OUTCOMES",
    ),
    ValueList(
        "stage_outcomes",
        "Outcome of a deal by its stage",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="STAGE_OUTCOMES",
    ),
    ValueList(
        "progress",
        "Done or open",
        choices=(("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")),
        words="PROGRESS",
    ),
    ValueList(
        "priorities",
        "Priority",
        choices=(("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Very High")),
        words="PRIORITIES",
    ),
)

# What these columns hold follows from the other records and is counted anew by Odoo.
COMPUTED = (
    *("total contacts", "total companies", "total deals", "open deals", "closed deals"),
    *("won deals", "lost deals", "total unread emails", "incomplete activities"),
    *("total documents", "total draft documents", "total calls"),
    *("last contacted date", "next activity date", "reminder sent date"),
)
