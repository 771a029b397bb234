"""Default mapping of OPEX 365 CRM: addresses besides those on the record itself."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    constant,
    default,
    field,
    is_unset,
    join,
    lookup_parent,
    mapping,
    phone,
    replace_values,
    strip,
    value_map,
)
from .mappings_parts import STAMPS
from .vocabulary import noted

MAPPINGS = (
    mapping(
        "addresses",
        "res.partner",
        field("name", "name", strip),
        field(
            "type",
            "addresstypecode",
            replace_values(
                **{"1": "invoice", "2": "delivery", "3": "other", "4": "other"}
            ),
            default("other"),
        ),
        field("is_company", None, constant(False)),
        field("parent_id", "_customer", lookup_parent, required=True),
        field("street", "line1", strip),
        field("street2", ("line2", "line3"), join(", ")),
        field("city", "city", strip),
        field("zip", "postalcode", strip),
        field("state_id", "stateorprovince", value_map("states")),
        field("country_id", "country", value_map("countries")),
        field("phone", "telephone1", phone),
        noted(
            "comment",
            (
                ("county", "County"),
                ("postofficebox", "Post office box"),
                ("primarycontactname", "Ask for"),
                ("telephone2", "Further phone"),
                ("telephone3", "Third phone"),
                ("fax", "Fax"),
                ("_says.shippingmethodcode", "Shipping method"),
                ("_says.freighttermscode", "Freight terms"),
                ("upszone", "UPS zone"),
            ),
        ),
        *STAMPS,
        after=("users", "companies", "contacts"),
        when=is_unset("_embedded"),
        ignored={
            "addressnumber": _lt("a number of the platform itself"),
            "objecttypecode": _lt("tells the table of the customer"),
            "parentidtypecode": _lt("tells the table of the customer"),
            "composite": _lt("the same address in one text"),
            "latitude": _lt("a place on the map, which the address gives"),
            "longitude": _lt("a place on the map, which the address gives"),
            "utcoffset": _lt("a number of the platform itself"),
            "_parentid_value": _lt("kept as the link to the record that it belongs to"),
        },
    ),
)
