"""Who is on which list; without Email Marketing the list is a tag of the contact."""

from ..target_common import TargetData, ref

PEOPLE = (
    "people",
    "res.partner",
    {
        "1": {"name": "Ana", "email": "ana@list.example"},
        "2": {"name": "Bob", "email": "Bob <BOB@list.example>"},
    },
)
LISTS = ("lists", "mailing.list", {"1": {"name": "News ✓"}, "2": {"name": "A & <B>"}})
TARGET = TargetData(
    model="mailing.subscription",
    needs=(PEOPLE, LISTS),
    rows={
        "1": {
            "list_id": ref("lists", "1"),
            "@thread": ref("people", "1"),
            "opt_out": True,
            "opt_out_datetime": "2021-03-02 09:11:40",
        },
        "2": {"list_id": ref("lists", "1"), "@thread": ref("people", "2")},
        "3": {"list_id": ref("lists", "2"), "@thread": ref("people", "2")},
    },
    ends={"@thread": ("contact_id",)},
    sides={"mailing_contact": 2},
    sides_of_stand_in={"mail_message": 1},
)
