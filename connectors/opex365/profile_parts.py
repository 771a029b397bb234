"""What the mappings of OPEX 365 CRM share: stamps, addresses, who and what about."""

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
    value_map,
)

CREATED = field("@created_at", "createdon", datetime)
UPDATED = field("@updated_at", "modifiedon", datetime)
CREATOR = field("@created_by", "_createdby_value", owner)
EDITOR = field("@updated_by", "_modifiedby_value", owner)
STAMPS = (CREATED, UPDATED, CREATOR, EDITOR)
OWNER = field("user_id", "_ownerid_value", owner)
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
        cases="cases",
    ),
)


def address(number):
    place = f"address{number}"
    return (
        field("street", f"{place}_line1", strip),
        field("street2", (f"{place}_line2", f"{place}_line3"), join(", ")),
        field("city", f"{place}_city", strip),
        field("zip", f"{place}_postalcode", strip),
        field("state_id", f"{place}_stateorprovince", value_map("states")),
        field("country_id", f"{place}_country", value_map("countries")),
    )


def second_address(stream, key, name):
    """The other address of a record: a place to deliver to."""
    return mapping(
        stream,
        "res.partner",
        field("name", ("address2_name", name), coalesce, strip, required=True),
        field("type", None, constant("delivery")),
        field("is_company", None, constant(False)),
        field("parent_id", key, lookup(stream), required=True),
        *address(2),
        CREATED,
        after=("users",),
        when=is_set(("address2_line1", "address2_city", "address2_postalcode")),
        part="delivery",
        label="Second addresses",
    )


ADDRESS = address(1)
COMPOSED = {
    "address1_composite": "the same address in one text",
    "address2_composite": "the same address in one text",
}
NUMBERS = {
    "versionnumber": "a counter of the database",
    "importsequencenumber": "a number of an earlier import",
}
PLATFORM = {
    **NUMBERS,
    "_owningbusinessunit_value": "rights are never granted by a migration",
}
TEXT = field("body", ("subject", "description"), labelled("", ""), required=True)
NOTE_DATE = field(
    "date",
    ("actualend", "scheduledend", "createdon"),
    coalesce,
    datetime,
    required=True,
)
ACTIVITY_AFTER = ("users", "deals", "leads", "contacts", "companies")
