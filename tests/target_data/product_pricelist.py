"""Price lists in their own currency, behind those that the company has."""

from ..target_common import TargetData

TARGET = TargetData(
    model="product.pricelist",
    rows={
        "1": {
            "name": "Prix «France» 2025",
            "@currency": "EUR",
            "@note": "<p>Until <b>2026</b></p>",
        },
        "2": {"name": "Old <list>", "active": False},
    },
    before={"name": "Prix «France» 2025"},
    sides={"mail_message": 1},
    ends={"@currency": ("currency_id",)},
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
