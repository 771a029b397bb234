"""What two records may have in common, and how much that says: the score of a duplicate."""

from typing import NamedTuple

PERSON, COMPANY, LEAD = range(3)

MERGE_FROM, ASK_FROM = 90, 50
"""Scores from which two are merged where that is wished, and from which one is asked."""

LOWEST = 30
"""Score below which a pair is not even written down."""

LARGEST = 100
"""Records that may share a mark before it says nothing about who they are: the address
of a reception, a placeholder for a tax number."""

NEIGHBORS = 3
"""Records of a block that each is compared with, in the order of what comes next: their
names, or where they live. Hence the work grows as the records, whatever they share."""


class Block(NamedTuple):
    """A mark that brings two together, so that they are compared at all.

    :param kinds: whom it is a mark of
    :param sql: of the columns of a record, see ``match_marks``
    :param place: in which order those who share it are looked at
    :param field: what is told where too many share it; those of the same place are
        compared all the same
    """

    kinds: tuple
    sql: str
    place: str = "plain"
    field: str | None = None


BLOCKS = (
    Block((PERSON, COMPANY), "vat", field="vat"),
    Block((PERSON, COMPANY, LEAD), "email", field="email"),
    Block((COMPANY,), "domain", field="domain"),
    Block((PERSON, COMPANY, LEAD), "phone", field="phone"),
    Block((PERSON, COMPANY, LEAD), "plain", place="concat(zip, number, street)"),
    Block(
        (PERSON, COMPANY),
        "COALESCE(zip, city) || E'\\n' || number || E'\\n'"
        " || left(COALESCE(family, plain), 3)",
    ),
)


class Rule(NamedTuple):
    """What a comparison says.

    :param sign: what was compared; ``value`` is what came out
    :param points: for a person, a company, a lead; negative speaks against it
    :param most: score that is not exceeded then, so that nobody is merged unasked
    """

    sign: str
    value: str
    points: tuple
    most: tuple = (100, 100, 100)


ASKED = (89, 89, 89)
ASKED_COMPANY = (100, 89, 100)

RULES = (
    Rule("vat", "same", (97, 97, 0)),
    Rule("vat", "other", (-60, -60, 0), (65, 65, 100)),
    Rule("email", "same", (85, 80, 40)),
    Rule("email", "mailbox", (38, 80, 30)),
    Rule("email", "alike", (20, 0, 10)),
    Rule("email", "other", (-3, 0, -5)),
    Rule("domain", "same", (15, 70, 0)),
    Rule("domain", "other", (0, -10, 0)),
    Rule("phone", "same", (38, 35, 30)),
    Rule("phone", "other", (-3, -3, 0)),
    Rule("address", "same", (38, 35, 0)),
    # Two offices of one company are two; who moved has the number still.
    Rule("address", "other", (-3, -36, 0), ASKED_COMPANY),
    Rule("address", "moved", (-3, -3, 0)),
    Rule("employer", "same", (38, 0, 15)),
    Rule("amount", "same", (0, 0, 15)),
    Rule("amount", "other", (0, 0, -10), ASKED),
    Rule("name", "same", (55, 60, 45)),
    Rule("name", "full", (50, 0, 0), (97, 97, 97)),
    Rule("name", "single", (40, 0, 0)),
    Rule("name", "alike", (45, 40, 30), (97, 97, 89)),
    Rule("name", "initial", (30, 0, 0), (97, 97, 97)),
    Rule("name", "part", (0, 10, 0), (97, 85, 89)),
    Rule("name", "married", (-15, 0, 0), (97, 97, 97)),
    Rule("name", "given", (-15, 0, 0), ASKED),
    Rule("name", "family", (-50, 0, 0), (65, 65, 65)),
    Rule("name", "other", (-35, -20, -30), (65, 77, 75)),
    # Colleagues have a company, an address and a switchboard in common.
    Rule("name", "stranger", (-35, 0, 0), (45, 100, 100)),
    Rule("generation", "other", (-40, 0, 0), (65, 100, 100)),
    Rule("legal_form", "missing", (0, 0, 0), (97, 97, 97)),
    Rule("legal_form", "other", (0, -15, 0), ASKED),
    Rule("contact", "same", (0, 0, 15)),
)
