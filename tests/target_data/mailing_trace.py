"""Who was sent what: two rows of one mail are one trace."""

from ..target_common import TargetData, ref

TARGET = TargetData(
    model="mailing.trace",
    needs=(
        (
            "mails",
            "mailing.mailing",
            {"1": {"subject": "News"}, "2": {"subject": "Fair"}},
        ),
    ),
    rows={
        "1": {
            "mass_mailing_id": ref("mails", "1"),
            "@thread": ref("contacts", "2"),
            "sent_datetime": "2019-03-04 05:06:07",
            "open_datetime": "2019-03-04 06:00:00",
            "links_click_datetime": "2019-03-05 00:00:01",
        },
        "2": {
            "mass_mailing_id": ref("mails", "2"),
            "@thread": ref("contacts", "1"),
            "@event": "bounced",
            "failure_reason": "hard 5.1.1 <unknown>",
        },
    },
    ends={"@thread": ("res_id",), "@event": ("trace_status",)},
)
