"""Categories of products: found by name within the one above, else created."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="product.category",
    rows={
        "1": {"name": "Fasteners ✓ <b>"},
        "2": {"name": "Screws", "parent_id": ref("conformed", "1")},
        "3": {"name": "HÉLICES"},
    },
    before={"name": "Helices"},
    matched=("3",),
    changed={"name": "Renamed by the source"},
    edit={"name": "Renamed by Anna"},
)
