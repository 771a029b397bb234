"""What the mappings of OPEX 365 CRM share: stamps, addresses, who and what about."""

from dataclasses import replace

from ..mapping import blocks
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    field,
    is_set,
    join,
    labelled,
    lookup,
    lookup_typed,
    mapping,
    owner,
    strip,
)

CREATED, UPDATED, CREATOR, EDITOR = STAMPS = blocks.audit(
    created="createdon", updated="modifiedon", creator="_creator", editor="_editor"
)
OWNER = field("user_id", "_owner", owner)
WRITTEN_BY = field("email_from", "_written_by", strip)
"""The name of the account that wrote where that is nobody."""
PEOPLE = lookup_typed(
    "stream",
    "contacts",
    contacts="contacts",
    companies="companies",
    leads="leads",
    users="users",
)
THREAD = field(
    "@thread",
    ("_thread",),
    lookup_typed(
        "stream",
        "contacts",
        deals="deals",
        leads="leads",
        contacts="contacts",
        companies="companies",
    ),
)
CARRIED = field(
    "@thread",
    ("_thread",),
    lookup_typed(
        "stream",
        "contacts",
        **{
            name: name
            for name in (
                *("deals", "leads", "contacts", "companies", "notes", "posts"),
                *("emails", "calls", "tasks", "meetings", "letters", "faxes"),
                "deal_closes",
            )
        },
    ),
    required=True,
)
"""What hangs on any record that is brought over, also on an activity or a note."""


def address(number):
    place = f"address{number}"
    return (
        *blocks.address(
            street=f"{place}_line1",
            street2=field("street2", (f"{place}_line2", f"{place}_line3"), join(", ")),
            city=f"{place}_city",
            zip=f"{place}_postalcode",
            state=f"{place}_stateorprovince",
            country=f"{place}_country",
        ),
    )


def second_address(stream, key, name):
    """The other address of a record: a place to deliver to."""
    return mapping(
        stream,
        "res.partner",
        field("name", ("address2_name", *name), coalesce, strip, required=True),
        field("type", None, constant("delivery")),
        field("is_company", None, constant(False)),
        field("parent_id", key, lookup(stream), required=True),
        *address(2),
        noted(
            "comment",
            (
                ("address2_county", "County"),
                ("address2_postofficebox", "Post office box"),
                ("address2_telephone1", "Phone"),
                ("address2_primarycontactname", "Ask for"),
                ("_says.address2_addresstypecode", "Kind of address"),
                ("_says.address2_shippingmethodcode", "Shipping method"),
                ("_says.address2_freighttermscode", "Freight terms"),
            ),
        ),
        CREATED,
        after=("users",),
        when=is_set(("address2_line1", "address2_city", "address2_postalcode")),
        part="delivery",
        label="Second addresses",
    )


ADDRESS = address(1)
CODE = "a code: its words stand in the notes or in a field where they say something"


def with_codes(item):
    """Return a mapping that leaves out the codes of which it takes the words."""
    paths = [
        path
        for entry in item.fields
        for path in (
            entry.source if isinstance(entry.source, tuple) else [entry.source or ""]
        )
    ]
    codes = {
        path.partition(".")[2]: CODE
        for path in paths
        if path.startswith(("_labels.", "_says.")) and path.count(".") == 1
    }
    return replace(item, ignored={**codes, **item.ignored})


def noted(target, pairs, *steps):
    """Return the field that takes what has no field of its own, with its labels."""
    return field(
        target,
        tuple(path for path, _label in pairs),
        labelled(*(label for _path, label in pairs)),
        *steps,
        lossy="Odoo has no fields for these: they go to the notes",
    )


def paper(column, label):
    """Return what a letter or a fax says; ``column`` is where it went."""
    return field(
        "body",
        (
            *("_labels.activitytypecode", "subject", "description", column),
            *("_labels.directioncode", "_labels.statuscode", "_says.prioritycode"),
            *("_says.isbilled", "category", "subcategory", "_about"),
        ),
        labelled(
            *("Activity", "", "", label, "Direction", "Status", "Priority", "Billed"),
            *("Category", "Subcategory", "Regarding"),
        ),
        required=True,
    )


NOTE_DATE = field(
    "date",
    ("actualend", "scheduledend", "createdon"),
    coalesce,
    datetime,
    required=True,
)
ACTIVITY_AFTER = ("users", "deals", "leads", "contacts", "companies")
