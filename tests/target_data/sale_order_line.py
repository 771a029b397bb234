"""Lines of a file of their own, beside the quotations that they belong to."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="sale.order.line",
    needs=(
        ("goods", "product.template", {"1": {"name": "Rope ⌀ 8", "list_price": 12}}),
        (
            "quotations",
            "sale.order",
            {"1": {"name": "Q-1 ✓", "partner_id": ref("companies", "1")}},
        ),
    ),
    rows={
        "1": {
            "order_id": ref("quotations", "1"),
            "product_id": ref("goods", "1"),
            "name": "Rope ⌀ 8, «blue» & <long>",
            "product_uom_qty": 2,
            "price_unit": 77,
            "discount": 5,
        },
        "2": {
            "order_id": ref("quotations", "1"),
            "name": "Cutting",
            "product_uom_qty": 3,
            "price_unit": 18.88,
        },
    },
    # A quotation comes to what its lines do.
    stirred=("sale_order",),
    unplanted={"order_id": "a line cannot leave its quotation"},
    changed={"name": "Renamed by the source", "price_unit": 78},
    edit={"name": "Renamed by Anna"},
)
