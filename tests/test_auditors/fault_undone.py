"""Faults whose mend is undone while files are loaded: what came out of it is verified."""

from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from odoo.tools import mute_logger

from ...connectors.core import cooking, facts
from ...connectors.spreadsheet import sharing, source

LEAD = "crm.migration.target.crm.lead"


@dataclass(frozen=True)
class UndoneFault:
    """``files``: name → text; ``undo``: context manager for an environment."""

    case: str
    sentence: str
    files: dict
    undo: object
    found_by: tuple = ("unaccounted",)


@contextmanager
def with_the_estimate(env):
    """What a deal came to stands in its notes alone."""

    def derive(target, batch, item):
        if actual := item.targets.get("@actual_revenue"):
            target._keep_in_notes(batch, item, "@actual_revenue", actual)
        target._derive_amounts(batch, item, chosen=True)

    with patch.object(env.registry[LEAD], "_derive_revenue", derive):
        yield


@contextmanager
def with_a_day_for_each(env):
    """Whatever is won or lost was so on the day of the load, where nobody knows when."""
    derive = env.registry[LEAD]._derive_dates

    def invent(target, batch, item):
        derive(target, batch, item)
        if target._is_won(item.vals) or target._is_lost(item.vals):
            now = batch.env.cr.now()
            item.vals["date_closed"] = item.vals["date_closed"] or now

    with patch.object(env.registry[LEAD], "_derive_dates", invent):
        yield


@contextmanager
def without_series(_env):
    with patch.object(source, "find_series", lambda group, names: None):
        yield


@contextmanager
def with_words_as_they_came(_env):
    with (
        patch.object(cooking, "decode_words", lambda text: text),
        patch.object(facts, "decode_words", lambda text: text),
    ):
        yield


@contextmanager
def without_opt_outs(_env):
    with patch.object(sharing, "with_opt_outs", lambda _item, mappings, _all: mappings):
        yield


@contextmanager
def with_opt_outs_deleted(env):
    """The entry was made, and somebody removed it from the blacklist."""
    target = env.registry["crm.migration.phase.verify"]
    start = target._start

    def remove(phase, run):
        found = phase.env["mail.blacklist"].search(
            [("email", "like", "@norte.example")]
        )
        with mute_logger("odoo.models.unlink"):
            found.unlink()
        start(phase, run)

    with patch.object(target, "_start", remove):
        yield


RULE = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"
CONTACTS = {
    "contacts.csv": "Contact ID,Full Name,Email,Email Opt Out\n"
    "1,Ana Reis,ana@norte.example,TRUE\n2,Bo Lund,bo@norte.example,FALSE\n"
}

UNDONE = (
    UndoneFault(
        "§1af",
        "a won deal of a file with the estimate",
        {
            "deals.csv": "Deal ID,Deal Name,Status,Amount,Actual Revenue,Close Date\n"
            "1,Roof,Won,1000,1250.5,2024-05-17\n"
        },
        with_the_estimate,
        ("estimate",),
    ),
    UndoneFault(
        "§1ad",
        "a deal of a file closed on the day of the load",
        {"deals.csv": "Deal ID,Deal Name,Status\n1,Roof,Won\n2,Door,Lost\n"},
        with_a_day_for_each,
        ("dated_by_load",),
    ),
    UndoneFault(
        "§1ai",
        "rules in a column of a file made no series",
        {
            "meetings.csv": "Meeting ID,Subject,Start,End,RRULE\n"
            f"1,Standup,2024-03-04 09:00,2024-03-04 09:30,{RULE}\n"
            f"2,Standup,2024-03-11 09:00,2024-03-11 09:30,{RULE}\n"
        },
        without_series,
        ("no_series",),
    ),
    UndoneFault(
        "§2e",
        "encoded words of mail headers in a file",
        {
            "contacts.csv": "ID,Full Name,Email\n1,Ana Reis,ana@norte.example\n",
            "emails.csv": "Subject,From,To,Date,Body\n"
            "=?UTF-8?Q?Angebot_f=C3=BCr?=,ana@norte.example,us@ours.example,"
            '"Tue, 4 Mar 2025 10:00:00 +0100",Hello\n',
        },
        with_words_as_they_came,
        ("armour",),
    ),
    UndoneFault(
        "§1j",
        "an opt-out in a column of a file blocks nothing",
        CONTACTS,
        without_opt_outs,
        ("not_blocked",),
    ),
    UndoneFault(
        "§1s",
        "an opt-out of a file that was removed from the blacklist",
        CONTACTS,
        with_opt_outs_deleted,
        ("existence", "not_blocked", "unaccounted"),
    ),
)
