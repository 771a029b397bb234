"""What the parts of NextCRM's default mapping have in common."""

from ..mapping.vocabulary import datetime_in, field, owner, strip, template

INSTANT = datetime_in("UTC")
"""Whatever the time zone of the people: the columns have none and hold UTC."""
AS_UTC = template("{0}Z")
"""Comes before ``local_date``, which would take a bare text for one of the people's."""
NAME = field("name", "name", strip, required=True)
CREATED = field("@created_at", "createdAt", INSTANT)
UPDATED = field("@updated_at", "updatedAt", INSTANT)
CREATOR = field("@created_by", "createdBy", owner)
EDITOR = field("@updated_by", "updatedBy", owner)
OWNER = field("user_id", "assigned_to", owner)
STAMPS = (CREATED, UPDATED, CREATOR, EDITOR)
TAG_IGNORED = {"used_by": "how often it is used shows in Odoo"}
BIN = {
    "deletedAt": "deleted records are left out",
    "deletedBy": "deleted records are left out",
}
