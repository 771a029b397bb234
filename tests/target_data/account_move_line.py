"""Lines that are an object of their own: the invoice that was loaded before has them."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="account.move.line",
    needs=(
        (
            "bills",
            "account.move",
            {
                "1": {
                    "name": "RE-7",
                    "partner_id": ref("companies", "1"),
                    "invoice_date": "2019-03-04",
                    "@amount_total": 10.0,
                },
                "2": {"name": "RE-8", "partner_id": ref("companies", "2")},
            },
        ),
    ),
    rows={"1": {"@bill": ref("bills", "1")}},
    ends={"@bill": ("move_id",)},
    undated="a line has no dates of its own; the invoice compares what is in its cells",
)
