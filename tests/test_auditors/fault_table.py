"""Faults that were seen on real material, each as the wrong result that it had.

A fault says what the source gave (``payload``), what stood in Odoo after it (``odoo``,
fields of the record, or the name of a method of the test), and how *Verify* is to find
it: by the kind of difference, or as ``unaccounted``.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    case: str
    sentence: str
    stream: str
    source_id: str
    payload: dict = field(default_factory=dict)
    odoo: dict | str = field(default_factory=dict)
    found_by: tuple = ("unaccounted",)


def _deal(case, sentence, payload, odoo, *found_by):
    return Fault(
        case, sentence, "deals", "d1", payload, odoo, found_by or ("unaccounted",)
    )


def _company(case, sentence, payload, odoo, *found_by):
    return Fault(
        case, sentence, "companies", "c1", payload, odoo, found_by or ("unaccounted",)
    )


FAULTS = (
    # -- §2 and the cases: values ------------------------------------------------
    _deal(
        "a02",
        "a percentage as a fraction",
        {"chance": 0.25},
        {"probability": 0.25},
        "fraction",
    ),
    _company(
        "a03",
        "an escape of XLSX in a note",
        {"remark": "Visited_x000D_\nin March"},
        {"comment": "<p>Visited_x000D_<br>in March</p>"},
        "armour",
    ),
    _deal(
        "a04",
        "tags glued to one",
        {"tags": "VIP;Partner"},
        "glue_tags",
        "glued_entries",
    ),
    Fault(
        "a05",
        "hours and minutes in two columns: the minutes are lost",
        "meetings",
        "m1",
        {"stop": "", "duration_hours": 1, "duration_minutes": 30},
        {"stop": "2024-03-04 15:30:00"},
        ("wrong_duration",),
    ),
    Fault(
        "a05b",
        "seconds taken as hours",
        "meetings",
        "m1",
        {"stop": "", "duration_seconds": 3600},
        {"stop": "2024-08-01 14:30:00"},
        ("absurd_duration", "wrong_duration"),
    ),
    Fault(
        "a06",
        "day and time of day apart: the time is lost",
        "meetings",
        "m1",
        {"start": "2024-03-04", "Start Time": "14:30:00", "stop": ""},
        {"start": "2024-03-04 00:00:00", "stop": "2024-03-04 00:00:00"},
        ("lost_time",),
    ),
    _deal(
        "a07", "the row's currency ignored", {"currency": "USD"}, {}, "foreign_amount"
    ),
    _deal(
        "a07b",
        "an unknown currency taken as ours",
        {"currency": "XXX"},
        {},
        "foreign_amount",
    ),
    _deal(
        "a08",
        "a point that groups digits read as a decimal point",
        {"amount": "1.250"},
        "prove_comma",
        "thousandfold",
    ),
    _deal(
        "a09",
        "one name, two people: the oldest in silence",
        {},
        "link_first_twin",
        "ambiguous_name",
    ),
    _company(
        "a10",
        "HTML entities in a name",
        {"name": "Azulejos &amp; Norte"},
        {"name": "Azulejos &amp; Norte"},
        "armour",
    ),
    _company(
        "a11",
        "the armour of a number",
        {"phone": "'+351210000001"},
        {"phone": "'+351210000001"},
        "armour",
    ),
    _company(
        "a11b",
        "the armour of a text",
        {"zip": '="01069"'},
        {"zip": '="01069"'},
        "armour",
    ),
    _company(
        "a12",
        "a state of another country",
        {"state": "CA"},
        "take_california",
        "state_elsewhere",
    ),
    _company(
        "d_states",
        "the country follows the state",
        {"state": "MI"},
        "follow_state",
        "state_elsewhere",
        "unaccounted",
    ),
    _deal("a14", "LOST is no open deal", {"status": "LOST"}, {}, "wrong_outcome"),
    _deal(
        "a14b",
        "Closed - Won is no open deal",
        {"status": "Closed - Won"},
        {},
        "wrong_outcome",
    ),
    _deal(
        "a14c", "verloren is no open deal", {"status": "Verloren"}, {}, "wrong_outcome"
    ),
    _company("c01", "an e-mail of a second column dropped", {}, {"email": False}),
    Fault(
        "c02",
        "the second telephone number dropped",
        "contacts",
        "p1",
        {"mobile": "+351 930 111 222"},
    ),
    Fault("c06", "a link lost", "contacts", "p1", {}, {"parent_id": False}),
    Fault(
        "c07",
        "the footer became a contact",
        "contacts",
        "p2",
        {"name": "Total"},
        {"name": "Total"},
        ("footer",),
    ),
    _deal(
        "d_tot",
        "the totals became a deal",
        {"title": "Summe"},
        {"name": "Summe"},
        "footer",
    ),
    _company(
        "c08",
        "of several addresses only the first kept",
        {"email": "geral@norte.example; b@norte.example"},
        {},
    ),
    Fault("c10", "no mapping took the record", "deals", "d2", {}, "lose_record"),
    _company(
        "c15", "a column of many dropped", {"column_612": "Kept for the audit"}, {}
    ),
    _deal(
        "d_units",
        "a thousandth in dong",
        {"amount": "500.000 ₫"},
        {"expected_revenue": 500},
        "thousandfold",
    ),
    _deal(
        "d_units2",
        "a thousandth in 12.500,-",
        {"amount": "12.500,- €"},
        {"expected_revenue": 12.5},
        "thousandfold",
    ),
    _deal(
        "d_sjs",
        "a day early by a writer's slip",
        {"close": "2024-05-16T23:59:16"},
        {"date_deadline": "2024-05-16"},
        "shifted_day",
    ),
    _deal(
        "§2",
        "an instant that is a midnight of a zone",
        {"close": "2024-05-16T23:00:00Z"},
        {"date_deadline": "2024-05-16"},
        "shifted_day",
    ),
    _company(
        "d_espo",
        "the armour of a formula in a note's line",
        {"street": "'- Rua 7"},
        {"street": "'- Rua 7"},
        "armour",
    ),
    _company(
        "§2b",
        "a word for nothing as a name",
        {"name": "NULL"},
        {"name": "NULL"},
        "no_name",
    ),
    Fault(
        "§2c",
        "headings twice: a line of them became a contact",
        "contacts",
        "p2",
        {"name": "name", "job": "job", "company_id": "company_id"},
        {"name": "name", "function": "job"},
        ("header_line",),
    ),
    Fault(
        "§2d",
        "a date that nobody means",
        "tasks",
        "t2",
        {"due": "1899-12-30"},
        {"date_deadline": "1899-12-30"},
        ("impossible_date",),
    ),
    # -- §1: what never arrived --------------------------------------------------
    Fault(
        "§1a",
        "an e-mail that lost who wrote it",
        "notes",
        "n1",
        {"by": "someone@else.example"},
        {},
    ),
    _deal("§1b", "the name of a stage lost", {}, "take_other_stage"),
    _deal(
        "§1c",
        "since when it is in its stage",
        {},
        {"date_last_stage_update": "2026-01-01 10:00:00"},
        "payload",
    ),
    Fault(
        "§1d",
        "an unassigned task assigned to somebody",
        "tasks",
        "t2",
        {},
        "assign_root",
        ("defaulted",),
    ),
    Fault(
        "§1e",
        "a done task done on another day",
        "tasks",
        "t1",
        {},
        {"date_done": "2024-04-01"},
    ),
    _deal(
        "§1f",
        "the amount of a won deal is the estimate",
        {"amount": "1300"},
        {},
        "payload",
    ),
    _company(
        "§1g",
        "a record named by its id",
        {},
        {"name": "0f4205b4-907a-40c3-9012-f037b64ce422"},
        "no_name",
    ),
    Fault(
        "§1h",
        "a second link of a meeting lost",
        "meetings",
        "m1",
        {"deal_ids": ["d1", "d2"]},
        {},
    ),
    Fault(
        "§1i",
        "a contact of a deleted company without its name",
        "contacts",
        "p1",
        {"company": "Gone & Co"},
        {},
    ),
    Fault("§1j", "an opt-out dropped", "contacts", "p1", {"do_not_email": True}, {}),
    Fault(
        "§1k",
        "a choice of several dropped",
        "contacts",
        "p1",
        {"languages": [{"id": 40, "name": "Português"}]},
    ),
    _company(
        "§1l",
        "the address of delivery dropped",
        {"shipping_street": "Lager 7, Tor B"},
        {},
    ),
    _company("§1m", "a tag dropped", {}, "drop_tag"),
    Fault(
        "§1n",
        "a text cut short",
        "notes",
        "n1",
        {},
        {"body": "<p>They want it in blue</p>"},
    ),
    Fault(
        "§1o",
        "a yes that became a no",
        "contacts",
        "p1",
        {},
        {"employee": False},
        ("payload",),
    ),
    _company("§1p", "made on another day", {}, "make_today", "payload"),
    # -- §3: links ----------------------------------------------------------------
    _deal(
        "§3a",
        "the deal of another customer",
        {"customer": "Marta Silva"},
        "link_first_twin",
    ),
    _deal("§3b", "a user of the same address", {}, "take_twin_user"),
    _company("§3c", "an archived tag", {}, "archive_tag", "out_of_use"),
    _company(
        "§3d",
        "a network's domain as the company's",
        {"website": "https://www.linkedin.com/company/norte"},
        {"website": "https://www.linkedin.com"},
        "network_domain",
    ),
    _deal(
        "§3e",
        "a known rate not used",
        {"currency": "USD", "exchange_rate": 0.9},
        {},
        "foreign_amount",
    ),
    # -- §5: what verification itself took for kept ---------------------------------
    _company(
        "§5",
        "a city dropped: its name stands in another text by chance",
        {"branch": "Berlin", "remark": "<p>Visited in Berlin.</p>"},
        {"comment": "<p>Visited in Berlin.</p>"},
    ),
    _company(
        "§5b",
        "a month dropped: another field's line of the notes has the same",
        {"city": "2024-03", "audited": "2024-03"},
        {"comment": "<p>Visited in March.</p><p><b>City</b>: 2024-03</p>"},
    ),
    _company(
        "§5c",
        "a number dropped: another field's line has the same",
        {"seats": 12, "street": "12"},
        {"comment": "<p>Visited in March.</p><p><b>Street</b>: 12</p>"},
    ),
    _company(
        "§5d",
        "a branch dropped: its name is a part of the company's",
        {"branch": "Norte"},
        {},
    ),
    _deal(
        "§5e",
        "a line's text dropped: its own row is left out as told there",
        {},
        "drop_line",
    ),
    # -- §6 --------------------------------------------------------------------------
    Fault(
        "§6",
        "two texts run into each other",
        "meetings",
        "m1",
        {"subject": "Qualification call", "agenda": "Share details"},
        {"name": "Qualification callShare details"},
        ("glued_texts",),
    ),
)

DROPPED = (
    ("a13", "rows with one key: the second never staged"),
    ("rows", "a row that the reader skipped"),
)
"""Rows that were not staged at all; ``fault_files.READING`` are those read wrongly."""

NOT_FOUND = (
    (
        "§1q",
        "a call that is still to be done became an hour of the calendar: no value is"
        " lost or wrong, it is what the mapping decided",
    ),
    (
        "§1r",
        "half of the contacts are companies in truth: nothing in the payload says so",
    ),
)
"""What verification cannot know."""
