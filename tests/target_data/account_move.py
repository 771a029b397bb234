"""Documents of Invoicing, as drafts: a number that Odoo reads as a year, four digits, cents."""

from ..target_common import TargetData, ref

LINE = {"name": "Drehbank Ø 5 <b>", "quantity": 3, "price_unit": 33.33, "@tax": 19}

TARGET = TargetData(
    model="account.move",
    rows={
        "1": {
            "name": "2018/19-0042",
            "move_type": "out_invoice",
            "partner_id": ref("companies", "1"),
            "invoice_date": "2019-03-04",
            "invoice_date_due": "2019-04-03",
            "payment_reference": "VS 20190042",
            "narration": "<p>Danke &amp; bis bald</p>",
            "@currency": "USD",
            "invoice_line_ids": [LINE, {"name": "Öl", "quantity": 1.3333, "price_unit": 90,
                                        "discount": 12.5, "@tax": 7}],
            "@amount_untaxed": 204.99,
            "@amount_tax": 26.34,
            "@amount_total": 231.33,
            "@note": "<p>Slow payer, call Zoë</p>",
        },
        "2": {
            "name": "C-55-001",
            "move_type": "out_refund",
            "partner_id": ref("contacts", "2"),
            "invoice_date": "2019-03-05",
            "@currency": "USD",
            "reversed_entry_id": ref("conformed", "1"),
            "invoice_line_ids": [LINE],
        },
        "3": {"name": "Only totals", "partner_id": ref("companies", "2"),
              "invoice_date": "2019-12-31", "@amount_total": 10.0},
    },
    before={"move_type": "out_invoice", "name": "2018/19-0042"},
    sides={
        "account_journal": 1,
        "account_tax": 2,
        "account_tax_group": 2,
        "account_tax_repartition_line": 8,
        "account_move_line_account_tax_rel": 4,
        "mail_alias": 1,
        "mail_message": 1,
    },
    changed={"payment_reference": "VS 7", "narration": "<p>Merci</p>"},
    edit={"payment_reference": "by Anna"},
    ends={
        "@currency": ("currency_id",),
        "@amount_untaxed": ("amount_untaxed",),
        "@amount_tax": ("amount_tax",),
        "@amount_total": ("amount_total",),
        # An internal note: the text on the document is for the customer.
        "@note": (),
    },
)  # fmt: skip
