"""Insightly: CSV of organizations.

One importer of a real file; the vendor's import help uses other words. The owner is a
name and an address in one cell (``OrganisationOwner``, with an s); tags stand in columns
of their own.
"""

from ...mapping.vocabulary import field, value_map
from .dialect import Dialect, Sign, delivery_address

_TAGS = (("tag1",), ("tag2",), ("tag3",), ("tag4",), ("tag5",), ("tag6",))
_ALL_TAGS = (field("category_id", _TAGS, value_map("contact_tags")),)

DIALECTS = (
    Dialect(
        "Insightly",
        "any name, “RecordId”, “OrganizationName”, “OrganisationOwner”, “Tag1” as headers",
        signs=(Sign(headers=("RecordId", "OrganizationName|OrganisationOwner")),),
        shown_by={
            "companies": ("RecordId", "OrganizationName", "BillingAddressStreet")
        },
        keys={"companies": "RecordId"},
        further={
            "companies": (
                delivery_address(
                    street="ShippingAddressStreet",
                    city="ShippingAddressCity",
                    zip="ShippingAddressPostcode",
                    state_id="ShippingAddressState",
                    country_id="ShippingAddressCountry",
                ),
            )
        },
        fields={"companies": _ALL_TAGS, "contacts": _ALL_TAGS},
    ),
)
