"""What the mappings of this source have in common."""

from ..core.sentences import _lt
from ..mapping.blocks import audit
from ..mapping.vocabulary import (
    constant,
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

NOWHERE = field("@unlinked", None, constant("company"))

"""What belongs to no record, or to a to-do that does, goes to the company's own contact:
its parents may lie in the bin, and 13 of 248 activities had none (recorded)."""

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
    "billable.products.sku": _lt("stands on the product"),
    "billable.products.tax_label": _lt("the tax of Odoo has a name of its own"),
    "billable.products.discount_type": _lt("told by the discount"),
    "billable.products.id": _lt("a number of Concord"),
    "billable.products.display_order": _lt("told by the order of the lines"),
}

ON_SCREEN = _lt("a help for the screens of Concord")

COUNTED = _lt("counted, not entered")

STREAM = _lt("read as an object of its own")

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
    "swatch_color": _lt("Odoo has a palette of its own"),
    "country.*_at": _lt("Odoo brings its own list of countries along"),
    "date_format": ON_SCREEN,
    "time_format": ON_SCREEN,
    "*.created_at": _lt("a date of the record that is named"),
    "*.updated_at": _lt("a date of the record that is named"),
    "*.swatch_color": _lt("Odoo has a palette of its own"),
    "guests.resource_name": _lt("tells users from contacts"),
    "signers.send_email": _lt("whether Concord e-mailed the document"),
    "signers.signature": _lt("the name as it was drawn; who signed is in the note"),
    "avatar*": _lt("pictures of people are not brought over"),
    "uploaded_avatar_url": _lt("pictures of people are not brought over"),
    "contact": ON_SCREEN,
    "*_count": COUNTED,
    "media": STREAM,
    "comments": STREAM,
    "creator": _lt("told by the id of who created it"),
    "parent": _lt("told by the id of the parent company"),
    "type": _lt("tells apart what the tag belongs to"),
    "stages": STREAM,
    "visibility_group": _lt("Odoo shows teams by its own rules"),
    "call_outcome_id": _lt("told by the outcome itself"),
    "document_type_id": _lt("told by the type itself"),
    "sender": _lt("the same as from"),
    "opens": _lt("Odoo does not count how often an e-mail was opened"),
    "opened_at": _lt("Odoo does not count how often an e-mail was opened"),
    "marked_accepted_by": _lt(
        "who accepted it on the customer's behalf; that it was "
        "accepted, and when, is in the note"
    ),
    "changelog": _lt(
        "who changed which field when: the creator, the way through the stages "
        "and the marks of a deal are taken from it"
    ),
    "requires_signature": _lt(
        "asks for a signature in Concord; who signed is in the note"
    ),
    "view_type": _lt("how the document looks on the screens of Concord"),
    "locale": _lt("how the document looks on the screens of Concord"),
    "brand*": _lt("the letterhead of Concord"),
    "pdf": _lt("how the document is printed by Concord"),
    "send_mail_*": _lt("the e-mail that went with it is brought over with the e-mails"),
    "owner_assigned_date": _lt("Odoo keeps no such date"),
    "flag": _lt("tells the kinds that Concord brings along"),
    "is_draft": _lt("drafts are not read"),
    "folders": _lt("Odoo has no folders for e-mails"),
    "email_account_*": _lt("Odoo has no mail account of this name"),
    "preview_text": _lt("the beginning of the body"),
    "visible_text": _lt("part of the body"),
    "hidden_text": _lt("part of the body"),
    "aggregate_type": _lt("follows from the type of the file"),
    "extension": _lt("part of the name of the file"),
    "disk_path": _lt("where Concord keeps the file"),
    "download_*": _lt("where Concord keeps the file"),
    "preview_*": _lt("where Concord keeps the file"),
    "view_url": _lt("where Concord keeps the file"),
    "via_text_attribute": ON_SCREEN,
}

"""Members of any record that carry nothing to migrate (sources/concord.md, section 6)."""

COLOR = {"swatch_color": _lt("Odoo has a palette of its own")}

COUNTERS = {
    "owner_assigned_date": _lt("Odoo keeps no such date"),
    "next_activity_date": _lt("Odoo works it out from the activities"),
    "last_contacted_at": _lt("Odoo works it out from the messages"),
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
    "activity_type_id": _lt("decided by its kind"),
    "reminder_minutes_before": _lt("a reminder would be sent from Odoo"),
    "reminded_at": _lt("the reminder has been sent by Concord"),
    "is_completed": _lt("told by the day of completion"),
    "owner_assigned_date": _lt("Odoo keeps no such date"),
}
