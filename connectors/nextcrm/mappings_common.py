"""What the parts of NextCRM's default mapping have in common."""

from ..core.sentences import _lt
from ..mapping.blocks import audit
from ..mapping.vocabulary import (
    constant,
    datetime_in,
    field,
    owner,
    strip,
)

INSTANT = datetime_in("UTC")
"""Whatever the time zone of the people: the columns have none and hold UTC."""
LINE = (
    "{name} {sku}: {quantity} × {unit_price} − {discount_value} {discount_type}"
    " = {line_total} {currency} {description}"
)
GONE = "Deleted in NextCRM"
"""The label of what a record was linked to, and what is in the bin now."""
NOWHERE = field("@unlinked", None, constant("company"))
"""What belongs to no record goes to the company's own contact, with a message."""
NAME = field("name", "name", strip, required=True)
CREATED, UPDATED, CREATOR, EDITOR = STAMPS = audit(
    created="createdAt",
    updated="updatedAt",
    creator="createdBy",
    editor="updatedBy",
    instant=INSTANT,
)
OWNER = field("user_id", "assigned_to", owner)
TAG_IGNORED = {"used_by": _lt("how often it is used shows in Odoo")}
BIN = {
    "deletedAt": _lt("deleted records are left out"),
    "deletedBy": _lt("deleted records are left out"),
}
