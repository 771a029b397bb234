"""Quotations with lines; without Sales, notes on what they belong to."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="sale.order",
    needs=(
        ("goods", "product.template", {"1": {"name": "Rope ⌀ 8", "list_price": 12}}),
    ),
    rows={
        "1": {
            "name": "QUO-2019/07 <ü>",
            "partner_id": ref("companies", "1"),
            "opportunity_id": ref("deals", "1"),
            "user_id": ANNA,
            "date_order": "2019-03-04 05:06:07",
            "validity_date": "2019-05-01",
            "state": "sent",
            "@note": "<p>Was won &amp; fulfilled in the source</p>",
            "@total": "171.48",
            "order_line": [
                {
                    "product_id": ref("goods", "1"),
                    "name": "Rope ⌀ 8, «blue» & long",
                    "product_uom_qty": 2,
                    "price_unit": 77,
                    "discount": 5,
                },
                {"name": "Cutting", "product_uom_qty": 1.3333, "price_unit": 18.885},
            ],
        },
        "2": {
            "name": "QUO-2019/08",
            "partner_id": ref("contacts", "2"),
            "user_id": ANNA,
            "date_order": "2020-02-29 23:59:58",
            "state": "cancel",
            "order_line": [{"name": "Visit", "product_uom_qty": 1, "price_unit": 0}],
        },
    },
    before={"name": "QUO-2019/07 <ü>", "partner_id": 1},
    sides={"mail_message": 1},
    ends={"@total": ("amount_total",)},
    changed={"name": "Renamed by the source", "validity_date": "2019-06-01"},
    edit={"name": "Renamed by Anna"},
)
