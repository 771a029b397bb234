"""Notes and e-mails, by the fast lane: the columns are those of Odoo's own ``create``."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="mail.message",
    rows={
        "1": {
            "subject": "Offer «2019» & <more>",
            "body": "<p>Dear Bob, 50 % &amp; more ✓</p>",
            "date": "2019-03-04 05:06:07",
            "@subtype": "email",
            "@author": ref("contacts", "2"),
            "@partners": [ref("contacts", "1")],
            "@thread": [ref("deals", "1")],
        },
        "2": {"body": "<p>A note</p>", "date": "2019-03-05 00:00:00",
              "@author": ANNA, "@thread": [ref("contacts", "1")]},
    },
    ends={
        "@subtype": ("message_type", "subtype_id"),
        "@author": ("author_id",),
        "@partners": ("partner_ids",),
        "@thread": ("res_id",),
        "@unlinked": ("res_id",),
        "@duration": ("body",),
    },
    changed={"body": "<p>Rewritten by the source</p>", "subject": "Offer 2"},
    edit={"body": "<p>Rewritten by Anna</p>"},
)  # fmt: skip
