"""What two records may have in common, and how much that says: the score of a duplicate."""

from typing import NamedTuple

from odoo.tools import SQL

CERTAIN = 100
"""Score from which the policy *merge certain ones* decides by itself."""

LARGEST = 100
"""Records that may share a mark before it says nothing about who they are: the address
of a reception, a placeholder for a tax number."""


class Rule(NamedTuple):
    """What two records have in common, and how much that says.

    ``mark`` is None where it is shared by more than the name: any number of records of
    one name and one address may be the same.
    """

    sql: str
    score_source: str
    score_odoo: int
    evidence: tuple
    mark: str | None = None


RULES = (
    # In the order of the evidence: a tax number says more than an address.
    Rule(
        "CASE WHEN is_company THEN vat || E'\\n' || plain_name END",
        "100",
        100,
        ("same_vat", "same_name"),
    ),
    Rule("CASE WHEN is_company THEN vat END", "97", 97, ("same_vat",), "vat"),
    Rule(
        "email || E'\\n' || plain_name",
        "CASE WHEN is_company THEN 95 ELSE 100 END",
        100,
        ("same_email", "same_name"),
    ),
    Rule("email", "85", 85, ("same_email",), "email"),
    Rule(
        "CASE WHEN is_company THEN domain || E'\\n' || plain_name END",
        "95",
        95,
        ("same_domain", "same_name"),
    ),
    Rule("CASE WHEN is_company THEN domain END", "60", 60, ("same_domain",), "domain"),
)


def get_marks():
    """Return the rows (number of the rule, mark) of a record with its key columns."""
    return SQL(", ").join(
        SQL("(%s::smallint, %s)", number, SQL(rule.sql))
        for number, rule in enumerate(RULES)
    )


def get_capped():
    return tuple(number for number, rule in enumerate(RULES) if rule.mark)


def by_rule(*values):
    """Return what the column ``rule`` chooses of the values."""
    whens = (SQL("WHEN %s THEN %s", number, each) for number, each in enumerate(values))
    return SQL("CASE rule %s END", SQL(" ").join(whens))
