"""What the mappings of this source have in common."""

from ..mapping.blocks import audit
from ..mapping.vocabulary import (
    decimal,
    field,
    join,
    labelled,
    lookup,
    lookup_several,
    owner,
    strip,
)

CREATED, UPDATED, CREATOR = audit(
    created="created_at", updated="updated_at", creator="created_by"
)

OWNER = field("user_id", "user_id", owner)

NAME = field("name", "name", strip, required=True)

THREAD = field(
    "@thread",
    ("deals", "contacts", "companies"),
    lookup_several("deals", "contacts", "companies"),
)

LOGGED_CREATOR = field("@created_by", "_created_by", owner)

"""Of what does not say itself who made it: the changelog does."""

LINES = (
    ("name", "Product"),
    ("sku", "SKU"),
    ("description", "Description"),
    ("qty", "Quantity"),
    ("unit", "Unit"),
    ("unit_price", "Unit price"),
    ("discount_total", "Discount"),
    ("discount_type", "Discount is"),
    ("tax_label", "Tax"),
    ("tax_rate", "Tax %"),
    ("amount", "Amount"),
    ("note", "Note"),
)

QUOTED = (
    field("product_id", "product_id", lookup("products")),
    field("name", ("name", "description", "note"), join("\n")),
    field("product_uom_qty", "qty", decimal),
    field("price_unit", "unit_price", decimal),
    field("@discount", "discount_total", decimal),
    field("@discount_kind", "discount_type", strip),
    field("@amount", "amount", decimal),
    field("@tax_rate", "tax_rate", decimal),
    field("@unit", "unit", strip),
)

"""A product line as one of a quotation."""

QUOTED_IGNORED = {
    "billable.products.sku": "stands on the product",
    "billable.products.tax_label": "the tax of Odoo has a name of its own",
    "billable.products.discount_type": "told by the discount",
    "billable.products.id": "a number of Concord",
    "billable.products.display_order": "told by the order of the lines",
}

ON_SCREEN = "a help for the screens of Concord"

COUNTED = "counted, not entered"

STREAM = "read as an object of its own"

SCREEN = {
    "authorizations": ON_SCREEN,
    "was_recently_created": ON_SCREEN,
    "display_name": ON_SCREEN,
    "path": ON_SCREEN,
    "timeline_*": ON_SCREEN,
    "display_order": ON_SCREEN,
    "user_display_order": ON_SCREEN,
    "is_primary": ON_SCREEN,
    "is_pinned": ON_SCREEN,
    "pinned_date": ON_SCREEN,
    "is_due": ON_SCREEN,
    "is_reminded": ON_SCREEN,
    "falls_behind_*": ON_SCREEN,
    "default_landing_page": ON_SCREEN,
    "notifications": ON_SCREEN,
    "swatch_color": "Odoo has a palette of its own",
    "country.*_at": "Odoo brings its own list of countries along",
    "date_format": ON_SCREEN,
    "time_format": ON_SCREEN,
    "*.created_at": "a date of the record that is named",
    "*.updated_at": "a date of the record that is named",
    "*.swatch_color": "Odoo has a palette of its own",
    "guests.resource_name": "tells users from contacts",
    "signers.send_email": "whether Concord e-mailed the document",
    "signers.signature": "the name as it was drawn; who signed is in the note",
    "avatar*": "pictures of people are not brought over",
    "uploaded_avatar_url": "pictures of people are not brought over",
    "contact": ON_SCREEN,
    "*_count": COUNTED,
    "media": STREAM,
    "comments": STREAM,
    "creator": "told by the id of who created it",
    "parent": "told by the id of the parent company",
    "type": "tells apart what the tag belongs to",
    "stages": STREAM,
    "visibility_group": "Odoo shows teams by its own rules",
    "call_outcome_id": "told by the outcome itself",
    "document_type_id": "told by the type itself",
    "sender": "the same as from",
    "opens": "Odoo does not count how often an e-mail was opened",
    "opened_at": "Odoo does not count how often an e-mail was opened",
    "marked_accepted_by": "who accepted it on the customer's behalf; that it was "
    "accepted, and when, is in the note",
    "changelog": "who changed which field when: the creator, the way through the stages "
    "and the marks of a deal are taken from it",
    "requires_signature": "asks for a signature in Concord; who signed is in the note",
    "view_type": "how the document looks on the screens of Concord",
    "locale": "how the document looks on the screens of Concord",
    "brand*": "the letterhead of Concord",
    "pdf": "how the document is printed by Concord",
    "send_mail_*": "the e-mail that went with it is brought over with the e-mails",
    "owner_assigned_date": "Odoo keeps no such date",
    "flag": "tells the kinds that Concord brings along",
    "is_draft": "drafts are not read",
    "folders": "Odoo has no folders for e-mails",
    "email_account_*": "Odoo has no mail account of this name",
    "preview_text": "the beginning of the body",
    "visible_text": "part of the body",
    "hidden_text": "part of the body",
    "aggregate_type": "follows from the type of the file",
    "extension": "part of the name of the file",
    "disk_path": "where Concord keeps the file",
    "download_*": "where Concord keeps the file",
    "preview_*": "where Concord keeps the file",
    "view_url": "where Concord keeps the file",
    "via_text_attribute": ON_SCREEN,
}

"""Members of any record that carry nothing to migrate (sources/concord.md, section 6)."""

COLOR = {"swatch_color": "Odoo has a palette of its own"}

COUNTERS = {
    "owner_assigned_date": "Odoo keeps no such date",
    "next_activity_date": "Odoo works it out from the activities",
    "last_contacted_at": "Odoo works it out from the messages",
}

KIND = "_kind"

SUMS = (
    *("billable.id", "billable.subtotal", "billable.taxes", "billable.total_tax"),
    *("billable.has_discount", "billable.total_discount"),
)

ACTIVITY = (THREAD, CREATOR, CREATED, UPDATED)

TIMES = ("due_date", "end_date", "user.timezone")

"""A day is one of the owner's calendar, an instant is in UTC."""

PLAN = ("_type", "_time", "description", "note", "guests")

NOTE_OF_PLAN = labelled(
    *("Type", "Time", "", "Note"),
    ("Guests", "{guest_display_name} ({guest_email})", 0),
)

ACTIVITY_IGNORED = {
    "activity_type_id": "decided by its kind",
    "reminder_minutes_before": "a reminder would be sent from Odoo",
    "reminded_at": "the reminder has been sent by Concord",
    "is_completed": "told by the day of completion",
    "owner_assigned_date": "Odoo keeps no such date",
}
