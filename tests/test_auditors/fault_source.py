"""A small company, migrated once, in which faults are planted: its data and mapping."""

from ...connectors.core.source import CheckResult, Page, Record, Source, Stream
from ...connectors.mapping.vocabulary import (
    ValueList,
    boolean,
    constant,
    date,
    datetime,
    decimal,
    email,
    field,
    html,
    is_set,
    labelled,
    lookup,
    lookup_all,
    lookup_by,
    mapping,
    owner,
    phone,
    replace_values,
    split,
    strip,
    url,
    value_map,
)

CREATED = field("@created_at", "created_at", datetime)
THREAD = field("@thread", "deal_ids", lookup_all("deals", ""))

DATA = {
    "companies": [
        {
            "id": "c1",
            "name": "Azulejos Norte",
            "email": "geral@norte.example",
            "phone": "+351 210 000 001",
            "website": "https://norte.example",
            "street": "Rua do Almada 7",
            "zip": "01069",
            "city": "Porto",
            "state": "Porto",
            "country": "Portugal",
            "tags": "VIP,Partner",
            "remark": "<p>Visited in March.</p>",
            "created_at": "2019-04-05T10:20:30Z",
        },
        {"id": "c2", "name": "Zeta Oy", "created_at": "2020-01-02T03:04:05Z"},
    ],
    "contacts": [
        {
            "id": "p1",
            "name": "Marta Silva",
            "email": "marta@norte.example",
            "phone": "+351 910 000 002",
            "company_id": "c1",
            "job": "Buyer",
            "newsletter": True,
        },
        {"id": "p2", "name": "João Costa", "company_id": "c1", "job": "Owner"},
        {"id": "p3", "name": "João Costa", "company_id": "c2", "job": "Clerk"},
    ],
    "deals": [
        {
            "id": "d1",
            "title": "Tiles for the station",
            "amount": "1250.50",
            "currency": "EUR",
            "chance": 25,
            "customer": "João Costa",
            "customer_city": "",
            "close": "2024-05-17",
            "status": "open",
            "stage": "Offer",
            "tags": "Urgent,Export",
            "owner": "ana@norte.example",
            "stage_since": "2023-11-05T09:00:00Z",
            "created_at": "2023-10-01T08:00:00Z",
        },
        {
            "id": "d2",
            "title": "Second roof",
            "amount": "900",
            "status": "won",
            "stage": "Signed",
            "closed_at": "2024-02-03T11:12:13Z",
            "created_at": "2023-10-02T08:00:00Z",
        },
    ],
    "meetings": [
        {
            "id": "m1",
            "subject": "On the roof",
            "start": "2024-03-04T14:30:00Z",
            "stop": "2024-03-04T15:30:00Z",
            "agenda": "Bring samples and the ladder.",
            "deal_ids": ["d1"],
            "created_at": "2024-03-01T08:00:00Z",
        }
    ],
    "tasks": [
        {
            "id": "t1",
            "subject": "Call back about the grout",
            "due": "2024-04-05",
            "owner": "ana@norte.example",
            "done_at": "2024-04-04T10:00:00Z",
            "deal_ids": ["d1"],
        },
        {
            "id": "t2",
            "subject": "Send the colour chart",
            "due": "2024-04-08",
            "owner": "",
            "deal_ids": ["d1"],
        },
    ],
    "notes": [
        {
            "id": "n1",
            "text": "They want it in blue; the architect agrees with that.",
            "written": "2024-01-02T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": ["d1"],
        },
        {
            "id": "n2",
            "text": "Delivery through the yard only.",
            "written": "2024-01-03T03:04:05Z",
            "by": "ana@norte.example",
            "deal_ids": ["d1"],
        },
    ],
}

VALUE_LISTS = (
    ValueList("countries", "Countries", model="res.country"),
    ValueList("states", "States", model="res.country.state"),
    ValueList("contact_tags", "Tags", model="res.partner.category", create=True),
    ValueList("deal_tags", "Tags", model="crm.tag", create=True),
    ValueList("stages", "Stages", model="crm.stage", create=True),
)

MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("email", "email", email),
        field("phone", "phone", phone),
        field("website", "website", url),
        field("street", "street", strip),
        field("zip", "zip", strip),
        field("city", "city", strip),
        field("state_id", "state", value_map("states")),
        field("country_id", "country", value_map("countries")),
        field("category_id", "tags", split(","), value_map("contact_tags")),
        field("comment", "remark", html),
        CREATED,
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("phone", "phone", phone),
        field("function", "job", strip),
        field("parent_id", "company_id", lookup("companies")),
        field("employee", "newsletter", boolean),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("expected_revenue", "amount", decimal),
        field("@currency", "currency", strip),
        field("probability", "chance", decimal),
        field("partner_id", "customer", lookup_by("contacts", "name")),
        field("date_deadline", "close", date),
        field("@state", "status", replace_values(open="open", won="won", lost="lost")),
        field("@closed_at", "closed_at", datetime),
        field("stage_id", "stage", value_map("stages")),
        field("date_last_stage_update", "stage_since", datetime),
        field("tag_ids", "tags", split(","), value_map("deal_tags")),
        field("user_id", "owner", owner),
        field("@note", "_lines", labelled(("Lines", "{name}"))),
        CREATED,
        after=("contacts", "companies"),
        when=is_set("title"),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "subject", strip, required=True),
        field("start", "start", datetime),
        field("stop", "stop", datetime),
        field("description", "agenda", html),
        THREAD,
        CREATED,
        after=("deals",),
    ),
    mapping(
        "tasks",
        "mail.activity",
        field("summary", "subject", strip),
        field("date_deadline", "due", date),
        field("user_id", "owner", owner),
        field("@done_at", "done_at", datetime),
        THREAD,
        after=("deals",),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", html),
        field("date", "written", datetime),
        field("@author", "by", owner),
        THREAD,
        after=("deals",),
    ),
)


class FaultySource(Source):
    """Reads ``DATA`` in one page per object."""

    name = "faulty"
    label = "Faulty CRM"
    summary = "Nothing."
    streams = tuple(
        Stream(name, name.title(), depends_on=after)
        for name, after in (
            ("companies", ()),
            ("contacts", ("companies",)),
            ("deals", ("contacts",)),
            ("meetings", ("deals",)),
            ("tasks", ("deals",)),
            ("notes", ("deals",)),
        )
    )

    def check(self):
        return CheckResult(login="faulty", version="1")

    def count(self, stream):
        return len(DATA[stream.name])

    def read_pages(self, stream, checkpoint):
        rows = DATA[stream.name]
        yield Page(tuple(Record(stream.name, row["id"], row) for row in rows))

    def get_mappings(self):
        return MAPPINGS

    def get_value_lists(self):
        return VALUE_LISTS
