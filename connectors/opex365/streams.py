"""What OPEX 365 CRM lists: its tables as streams, and how each wants to be asked."""

import re
from dataclasses import dataclass

from ..core.sentences import _lt
from ..core.source import Stream

PLAIN, WIDE, HEAVY, PROGRAMS = 5000, 1000, 250, 50
"""Rows of a page: plain ones, those with much beside them, those with long texts, and
those that hold a program, which may be a megabyte long."""

MODIFIED = "modifiedon"
_OF_ACTIVITY = "activityid"
_OF_CARRIER = "objectid"
STAMPLESS = None
"""No column tells when a row changed, or who came to belong to it: such a table is read
whole each time."""

PARTY_COLUMNS = (
    "participationtypemask,addressused,unresolvedpartyname,ispartydeleted,"
    "_partyid_value"
)


@dataclass(frozen=True)
class Kind:
    """One table as a stream.

    :param where: filter of the rows that are wanted
    :param expand: navigation property → its options, as they stand in the address
    :param since: column of the instant of the last change; of what has none, the
        lookup of the activity whose change counts; of what is read whole each time None
    :param besides: columns that are asked for, but never kept as they are
    """

    stream: Stream
    table: str
    where: str = ""
    size: int = PLAIN
    expand: tuple = ()
    since: str | None = MODIFIED
    besides: tuple = ()

    @property
    def name(self):
        return self.stream.name


def _kind(name, label, table, *, depends_on=(), optional=False, key=None, **more):
    stream = Stream(
        name,
        label,
        table,
        key or f"{table}id",
        depends_on=tuple(depends_on),
        optional=optional,
    )
    return Kind(stream, table, **more)


def activity(
    name, label, table, *, depends_on=("deals", "cases"), size=WIDE, optional=False
):
    """Return an activity with its parties, which cost no call of their own."""
    return _kind(
        name,
        label,
        table,
        depends_on=depends_on,
        optional=optional,
        key="activityid",
        size=size,
        expand=((f"{table}_activity_parties", PARTY_COLUMNS),),
    )


def custom(name, label, table, *, optional):
    """Return a table that the customer or a vendor made."""
    if table.is_activity:
        return activity(name, label, table.name, optional=optional)
    return _kind(
        name, label, table.name, key=table.id, size=WIDE, optional=optional,
        depends_on=("companies", "contacts"),
    )  # fmt: skip


_PARTY_EXPANDS = tuple(
    (f"partyid_{table}", columns)
    for table, columns in (
        ("contact", "contactid,statecode"),
        ("account", "accountid,statecode"),
        ("lead", "leadid,statecode"),
        ("systemuser", "systemuserid,isdisabled"),
    )
)
_WHO = ("users",)
COMPETITORS = "opportunitycompetitors_association"
BECAME = "opportunity_originating_lead"
"""Collection of a lead: the opportunities that came of it."""

EMBEDDED = "address1_addressid,address2_addressid"
"""Columns that name the address rows which repeat what the record itself says."""
_OF_ADDRESS = (
    *("name", "line1", "line2", "line3", "city", "stateorprovince", "postalcode"),
    *("country", "county", "postofficebox", "telephone1", "primarycontactname"),
)
ANY_ADDRESS = f"({' or '.join(f'{column} ne null' for column in _OF_ADDRESS)})"
"""The platform makes two or three rows for every customer, filled or not (vendor)."""

KINDS = (
    _kind(
        "users", _lt("Users"), "systemuser",
        expand=(("systemuserroles_association", "name"),), size=WIDE,
    ),
    _kind("business_units", _lt("Business units"), "businessunit"),
    _kind(
        "teams", _lt("Teams"), "team", depends_on=_WHO, size=WIDE, since=STAMPLESS,
        expand=(
            ("teammembership_association", "systemuserid,fullname"),
            ("administratorid", "internalemailaddress"),
        ),
    ),
    _kind("currencies", _lt("Currencies"), "transactioncurrency"),
    _kind("territories", _lt("Territories"), "territory"),
    _kind("queues", _lt("Queues"), "queue"),
    _kind("subjects", _lt("Subjects"), "subject"),
    _kind(
        "pipelines", _lt("Business process flows"), "workflow", size=HEAVY,
        where="type eq 1 and category eq 4",
    ),
    _kind(
        "stages", _lt("Stages"), "processstage", depends_on=("pipelines",), since=STAMPLESS,
    ),
    _kind("companies", _lt("Accounts"), "account", depends_on=_WHO, size=WIDE),
    _kind("contacts", _lt("Contacts"), "contact", depends_on=("users", "companies"), size=WIDE),
    _kind(
        "addresses", _lt("Further addresses"), "customeraddress",
        depends_on=("companies", "contacts"), size=WIDE, where=ANY_ADDRESS,
        expand=(
            ("parentid_account", EMBEDDED),
            ("parentid_contact", f"{EMBEDDED},address3_addressid"),
        ),
    ),
    _kind("connection_roles", _lt("Connection roles"), "connectionrole"),
    _kind(
        "connections", _lt("Connections"), "connection", depends_on=("contacts",),
        # Each link is stored in both directions.
        where="ismaster eq true",
    ),
    _kind("campaigns", _lt("Campaigns"), "campaign", depends_on=_WHO),
    _kind("competitors", _lt("Competitors"), "competitor"),
    _kind("units", _lt("Units"), "uom"),
    _kind("unit_groups", _lt("Unit groups"), "uomschedule"),
    _kind("price_lists", _lt("Price lists"), "pricelevel"),
    _kind("products", _lt("Products"), "product", depends_on=("units", "price_lists")),
    _kind("bundles", _lt("Parts of bundles"), "productassociation", depends_on=("products",)),
    _kind(
        "prices", _lt("Prices"), "productpricelevel", depends_on=("products", "price_lists"),
        expand=(("productid", "_defaultuomid_value"),),
    ),
    _kind("leads", _lt("Leads"), "lead", depends_on=("contacts", "campaigns"), size=WIDE),
    _kind(
        "deals", _lt("Opportunities"), "opportunity", depends_on=("leads", "stages"),
        size=WIDE, expand=((COMPETITORS, "name"),),
    ),
    _kind(
        "deal_lines", _lt("Products of opportunities"), "opportunityproduct",
        depends_on=("deals", "products"),
    ),
    _kind("quotes", _lt("Quotes"), "quote", depends_on=("deals",), size=WIDE),
    _kind("quote_lines", _lt("Products of quotes"), "quotedetail", depends_on=("quotes",)),
    _kind("orders", _lt("Orders"), "salesorder", depends_on=("deals",), size=WIDE),
    _kind(
        "order_lines", _lt("Products of orders"), "salesorderdetail", depends_on=("orders",),
    ),
    _kind("invoices", _lt("Invoices"), "invoice", depends_on=("deals",), size=WIDE),
    _kind(
        "invoice_lines", _lt("Products of invoices"), "invoicedetail",
        depends_on=("invoices",),
    ),
    _kind("goals", _lt("Goals"), "goal", depends_on=_WHO),
    _kind("contracts", _lt("Contracts"), "contract", depends_on=("contacts",)),
    _kind(
        "contract_lines", _lt("Lines of contracts"), "contractdetail",
        depends_on=("contracts",),
    ),
    _kind("articles", _lt("Knowledge articles"), "knowledgearticle", size=HEAVY, depends_on=_WHO),
    _kind("entitlements", _lt("Entitlements"), "entitlement", depends_on=("contacts",)),
    _kind("cases", _lt("Cases"), "incident", depends_on=("contacts", "entitlements")),
    _kind(
        "marketing_lists", _lt("Marketing lists"), "list", depends_on=("contacts", "leads"),
        size=10, since=STAMPLESS,
        expand=(
            ("listcontact_association", "contactid"),
            ("listaccount_association", "accountid"),
            ("listlead_association", "leadid"),
        ),
    ),
    activity("emails", _lt("E-mails"), "email", size=HEAVY),
    activity("calls", _lt("Phone calls"), "phonecall"),
    activity("tasks", _lt("Tasks"), "task"),
    activity("recurring_meetings", _lt("Recurring appointments"), "recurringappointmentmaster"),
    activity("meetings", _lt("Appointments"), "appointment", depends_on=("recurring_meetings",)),
    activity("letters", _lt("Letters"), "letter"),
    activity("faxes", _lt("Faxes"), "fax"),
    activity("deal_closes", _lt("Closings of opportunities"), "opportunityclose"),
    activity("case_resolutions", _lt("Resolutions of cases"), "incidentresolution", depends_on=("cases",)),
    _kind(
        # Every activity brings its own; the whole table tells no more than the orphans.
        "activity_parties", _lt("Parties of activities"), "activityparty", optional=True,
        depends_on=("emails", "calls", "tasks", "meetings", "contacts"),
        size=WIDE, expand=_PARTY_EXPANDS, since=_OF_ACTIVITY,
    ),
    _kind(
        "notes", _lt("Notes"), "annotation", size=HEAVY,
        depends_on=("deals", "emails", "calls", "tasks", "meetings"),
    ),
    _kind(
        "posts", _lt("Posts"), "post", depends_on=("deals", "contacts", "companies"),
        # Else every change that the platform itself reports.
        where="source ne 1", size=WIDE,
    ),
    _kind(
        "post_comments", _lt("Comments on posts"), "postcomment", depends_on=("posts",),
        size=WIDE, since=STAMPLESS,
    ),
    _kind(
        "attachments", _lt("Attachments of activities"), "activitymimeattachment",
        depends_on=("emails", "meetings"), since=_OF_CARRIER,
        where="objecttypecode ne 'template'",
    ),
    _kind(
        "workflows", _lt("Workflows and actions"), "workflow", size=PROGRAMS,
        besides=("xaml",),
        where="type eq 1 and category ne 2 and category ne 4 and category lt 5",
    ),
    _kind(
        "flows", _lt("Cloud and desktop flows"), "workflow", size=HEAVY,
        where="type eq 1 and category ge 5",
    ),
    _kind(
        "business_rules", _lt("Business rules"), "workflow", size=HEAVY,
        where="type eq 1 and category eq 2",
    ),
    _kind("plugin_assemblies", _lt("Plug-in assemblies"), "pluginassembly"),
    _kind(
        "plugin_steps", _lt("Plug-in steps"), "sdkmessageprocessingstep",
        # Else thousands of steps of the platform itself.
        where="ismanaged eq false", depends_on=("plugin_assemblies",),
        expand=(
            ("sdkmessageid", "name"),
            ("sdkmessagefilterid", "primaryobjecttypecode"),
            ("eventhandler_plugintype", "typename"),
        ),
    ),
)  # fmt: skip

BY_NAME = {kind.name: kind for kind in KINDS}

STREAM_OF = {
    kind.table: kind.name for kind in KINDS if kind.table != "workflow"
} | {"workflow": "pipelines"}  # fmt: skip

WITHIN_TEXTS = "msdyn_richtextfile"
"""Table of pictures within texts: they come with the records that show them."""

CUSTOM_FIELDS = Stream("custom_fields", _lt("Custom columns"), "EntityDefinitions")
DERIVED = (
    Stream(
        "media", _lt("Files of notes and file columns"), "documentbody",
        derived_from="notes", depends_on=("notes", "companies", "contacts"),
    ),
    Stream(
        "opt_outs", _lt("Addresses that must not be mailed"), "donotbulkemail",
        derived_from="contacts", depends_on=("contacts", "companies"),
    ),
    Stream(
        "list_members", _lt("Members of marketing lists"), "list",
        derived_from="marketing_lists", depends_on=("marketing_lists",),
    ),
    Stream(
        "deletions", _lt("Deleted since"), "", derived_from="companies",
        depends_on=("companies",), optional=True,
    ),
)  # fmt: skip

DAYS = (
    *("birthdate", "anniversary", "estimatedclosedate", "actualclosedate"),
    "finaldecisiondate",
)
"""Columns of the product that mean a day; in an old organization they may be written as
the midnight of somebody's zone."""

NEVER = {
    "annotation": {"documentbody", "filepointer", "storagepointer", "dummyfilename"},
    "activitymimeattachment": {"body"},
    "pluginassembly": {"content"},
    "sdkmessageprocessingstep": {"configuration", "secureconfig", "plugintypeid"},
    "workflow": {"xaml", "rendererobjecttypecode"},
}
"""Columns that are never asked for: bytes that are fetched one by one, and secrets."""

_NEVER_ANYWHERE = re.compile(r"adx_identity_|entityimage|.*(password|secret).*")


def is_wanted(table, column):
    """Tell whether a column is asked for."""
    return column not in NEVER.get(table, ()) and not _NEVER_ANYWHERE.match(column)


def custom_name(table, taken):
    """Return the stream name of a custom table.

    >>> from types import SimpleNamespace as T
    >>> custom_name(T(name="opex_machine", set_name="opex_Machines"), {"notes"})
    'opex_machines'
    """
    name = re.sub(r"[^a-z0-9_]+", "_", table.set_name.lower())
    if not name[:1].isalpha():
        name = f"table_{name}"
    while name in taken:
        name += "_rows"
    return name
