"""Words of its own in which the profile of OPEX 365 CRM is written."""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    field,
    is_set,
    join,
    labelled,
    lookup,
    mapping,
    replace_values,
    strip,
    value_map,
)

CODE = _lt(
    "a code: its words stand in the notes or in a field where they say something"
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
        field("@created_at", "createdon", datetime),
        after=("users",),
        when=is_set(("address2_line1", "address2_city", "address2_postalcode")),
        part="delivery",
        label=_lt("Second addresses"),
    )


def with_codes(mappings):
    """Return mappings that leave out the codes of which they take the words."""
    return tuple(_with_codes(item) for item in mappings)


def _with_codes(item):
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
        lossy=_lt("Odoo has no fields for these: they go to the notes"),
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


def quotation(stream, number, states, *fields, ignored):
    """Return the mapping of quotes or of orders: drafts, none of them confirmed.

    :param number: column of its number
    :param states: ``statecode`` → what Odoo calls it
    """
    return mapping(
        stream,
        "sale.order",
        field("name", (number, "name"), coalesce, strip),
        field("state", "statecode", replace_values(**states)),
        *fields,
        # Odoo takes the address for the invoice from those that are there.
        after=(
            *("users", "deals", "contacts", "companies", "addresses"),
            *("products", "price_lists"),
        ),
        ignored=ignored,
    )
