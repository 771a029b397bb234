"""Prices of products on a list: fixed, or by percents."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="product.pricelist.item",
    needs=(
        ("goods", "product.template", {"1": {"name": "Rope ⌀ 8", "list_price": 12}}),
        ("lists", "product.pricelist", {"1": {"name": "Resellers"}}),
    ),
    rows={
        "1": {
            "pricelist_id": ref("lists", "1"),
            "product_tmpl_id": ref("goods", "1"),
            "compute_price": "fixed",
            "fixed_price": 11.755,
        },
        "2": {
            "pricelist_id": ref("lists", "1"),
            "product_tmpl_id": ref("goods", "1"),
            "compute_price": "percentage",
            "percent_price": 12.5,
        },
    },
    changed={"fixed_price": 10.5, "date_end": "2019-12-31 22:59:59"},
    edit={"fixed_price": 9.99},
)
