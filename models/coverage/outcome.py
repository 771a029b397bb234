"""Open, won or lost: as a lead stands in Odoo, and as the words of CRMs have it."""

import re

WON = re.compile(
    r"\b(?:closed[ _-]*won|won|gewonnen|gagn[ée]e?|ganad[oa]|ganh[oa]|vint[oa]|vunnet"
    r"|voitettu|wygran[ey]|signed|auftrag)\b",
    re.I,
)
LOST = re.compile(
    r"\b(?:closed[ _-]*lost|lost|verloren|perdue?|perdid[oa]|persa?o?|abandoned|canceled"
    r"|cancelled|tapt|förlorad|przegran[ey]|verlies)\b",
    re.I,
)

OPEN = re.compile(
    r"\b(?:open|offen|ouverte?|abiert[oa]|apert[oa]|abert[oa]|åpen|öppen|active|ongoing"
    r"|new|pending|in[ _-]*progress|qualified|proposal|negotiation)\b",
    re.I,
)


def outcome_of(lead):
    """Return won, lost or open, as Odoo shows a lead."""
    if not lead.active and not lead.probability:
        return "lost"
    return "won" if lead.stage_id.is_won or lead.probability == 100 else "open"


def read_outcome(value):
    """Return won, lost or open where a text says so; None where it says nothing known.

    >>> read_outcome("Closed - Lost"), read_outcome("WON"), read_outcome("Wonderful")
    ('lost', 'won', None)
    """
    text = str(value)
    if len(text) > 40:
        return None
    won, lost = WON.search(text) is not None, LOST.search(text) is not None
    if won != lost:
        return "won" if won else "lost"
    return "open" if not won and OPEN.search(text) else None
