"""Products: two may have one code."""

from ..target_common import TargetData

TARGET = TargetData(
    model="product.template",
    rows={
        "1": {"name": "Schraube M8×20 <verzinkt>", "default_code": "S-8",
              "list_price": 0.07, "standard_price": 0.033},
        "2": {"name": "Support", "type": "service", "active": False,
              "list_price": 99.99},
    },
    before={"name": "Schraube M8×20 <verzinkt>", "default_code": "S-8"},
    sides={"product_product": 2},
    changed={"name": "Renamed by the source", "list_price": 0.09},
    edit={"name": "Renamed by Anna"},
)  # fmt: skip
