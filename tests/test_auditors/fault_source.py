"""A small company, migrated once, in which faults are planted: its data and mapping."""

from ...connectors.core.source import CheckResult, Page, Record, Source, Stream
from ...connectors.mapping.vocabulary import (
    ValueList,
    boolean,
    constant,
    custom_field,
    date,
    datetime,
    decimal,
    email,
    field,
    html,
    is_one_of,
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
from .fault_data import DATA

CREATED = field("@created_at", "created_at", datetime)
THREAD = field("@thread", "deal_ids", lookup_all("deals", ""))

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
        field(
            "@note",
            ("credit_limit", "amounts_in"),
            labelled("Credit limit", "Currency of the amounts"),
        ),
        custom_field(
            *("company_partners", "partners", lookup_all("contacts", "")),
            label="Partners",
            kind="references",
            relation="contacts",
        ),
        CREATED,
    ),
    mapping(
        "addresses",
        "res.partner",
        field("name", "name", strip),
        field("parent_id", "of", lookup("companies")),
        field("type", "kind", strip),
        field("street", "street", strip),
        field("city", "city", strip),
        after=("companies",),
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
        field("category_id", "lead_status", value_map("contact_tags")),
        field("@note", ("merged_into",), labelled("Merged into")),
        after=("companies",),
    ),
    mapping(
        "contacts",
        "mail.blacklist",
        field("email", "email", email, required=True),
        after=("companies",),
        when=is_one_of("opted_out", "true"),
        part="opt_out",
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
        field("@actual_revenue", "actual", decimal),
        field("message_partner_ids", "members", lookup_all("contacts", "")),
        field(
            "@note",
            ("_lines", "products"),
            labelled(("Lines", "{name}"), "Products"),
        ),
        CREATED,
        after=("contacts", "companies"),
        when=is_set("title"),
    ),
    mapping(
        "series",
        "calendar.recurrence",
        field("@rule", "rule", strip, required=True),
        field("@start", "begin", datetime),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "subject", strip, required=True),
        field("start", "start", datetime),
        field("stop", "stop", datetime),
        field("description", "agenda", html),
        field("recurrence_id", "series", lookup("series")),
        THREAD,
        CREATED,
        after=("deals", "series"),
    ),
    mapping(
        "tasks",
        "mail.activity",
        field("summary", "subject", strip),
        field("date_deadline", "due", date),
        field("user_id", "owner", owner),
        field("@done_at", "done_at", datetime),
        field("note", ("effort",), labelled("Effort")),
        THREAD,
        after=("deals",),
    ),
    mapping(
        "notes",
        "mail.message",
        field("subject", "subject", strip),
        field("body", ("text", "details"), labelled("", ("Details", "*", 0))),
        field("date", "written", datetime),
        field("@author", "by", owner),
        field("@unlinked", None, constant("company")),
        THREAD,
        after=("deals",),
    ),
)


class FaultySource(Source):
    """Reads ``DATA`` in one page per object."""

    name = "faulty"
    label = "Faulty CRM"
    summary = "Nothing."
    data = DATA
    streams = tuple(
        Stream(name, name.title(), depends_on=after)
        for name, after in (
            ("companies", ()),
            ("addresses", ("companies",)),
            ("contacts", ("companies",)),
            ("deals", ("contacts",)),
            ("series", ()),
            ("meetings", ("deals", "series")),
            ("tasks", ("deals",)),
            ("notes", ("deals",)),
        )
    )

    def check(self):
        return CheckResult(login="faulty", version="1")

    def count(self, stream):
        return len(self.data[stream.name])

    def read_pages(self, stream, checkpoint):
        rows = self.data[stream.name]
        yield Page(tuple(Record(stream.name, row["id"], row) for row in rows))

    def get_mappings(self):
        return MAPPINGS

    def get_value_lists(self):
        return VALUE_LISTS
