"""What the lines of a deal become: its expected revenue, and a table in its notes."""

from dataclasses import replace

from ..mapping.vocabulary import Step, field, labelled
from .rows import LINES

_HEADING = "Products"


def take_lines(item, group):
    """Return a mapping that takes the lines of its rows besides.

    :param group: ``Group``; without ``lines`` nothing changes
    """
    if not group.lines:
        return item
    fields = {each.target: each for each in item.fields}
    _product, amount, *price, quantity = group.lines
    if revenue := fields.get("expected_revenue"):
        parts = (amount, quantity, *(price or [""]), *_marks(revenue))
        sum_up = Step("sum_of_lines", parts)
        fields["expected_revenue"] = replace(
            revenue, source=(amount, LINES), steps=(sum_up, *revenue.steps)
        )
    table = tuple((name, name) for name in group.lines)
    text = fields.get("description")
    source = (text.source,) if text and isinstance(text.source, str) else ()
    labels = [""] * len(source)
    fields["description"] = field(
        "description", (*source, LINES), labelled(*labels, (_HEADING, table))
    )
    return replace(item, fields=tuple(fields.values()))


def _marks(revenue):
    """Return the decimal mark that the amounts are written with, nothing where none is known."""
    return [step.arguments[0] for step in revenue.steps if step.name == "decimal_as"]
