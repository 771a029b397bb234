"""What is planned and was done: activities, meetings, calls, messages, files."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    addresses,
    boolean,
    constant,
    date,
    datetime,
    duration,
    duration_of,
    email,
    field,
    html,
    lookup_parent,
    lookup_several_by,
    mapping,
    moment,
    moment_of_end,
    owner,
    progress,
    strip,
    template_body,
    template_subject,
    template_tags,
    value_map,
)
from .columns_links import (
    ANY_ID,
    COMPANY,
    COMPANY_ID,
    CONTACT,
    CONTACT_EMAIL,
    CONTACT_ID,
    DEAL,
    DEAL_ID,
    LEAD_ID,
)
from .columns_people import EMAIL, OWNER
from .columns_work import (
    ALL_DAY,
    ATTENDEES,
    BODY,
    COMPLETED,
    DONE,
    DONE_DAY,
    DONE_TIME,
    DURATION,
    DURATION_PARTS,
    END_DAY,
    END_TIME,
    PROGRESS,
    START_DAY,
    START_TIME,
    SUBJECT,
    WHEN,
)
from .templates_common import AUDIT, MESSAGE, PLACES, THREAD

LIST = (
    *("list name", "mailing list", "list", "audience", "audience name", "newsletter"),
    *("marketing list", "segment", "segment name", "subscription list"),
)
LEFT = ("opted out", "opt out", "unsubscribed", "is unsubscribed", "has opted out")
LEFT_AT = (
    *("unsubscribed at", "unsubscribe date", "opt out date", "opted out at"),
    *("unsubscribed on", "suppressed at", "date unsubscribed", "unsub time"),
)
SENDER = ("from", "sender", "from email", "from address", "sender email")
RECIPIENT = ("to", "recipient", "recipients", "to address", "to email", "email to")
CC = ("cc", "copy", "cc address", "cc email", "cc recipients")
BCC = ("bcc", "blind copy", "bcc address", "bcc email")
BODY_HTML = ("html", "body html", "html content", "content html", "body", "content")

WORK = {
    "activities": mapping(
        "activities",
        "mail.activity",
        field("summary", SUBJECT, strip),
        field(
            "activity_type_id",
            ("activity type", "task subtype", "task type", "type", "kind"),
            value_map("activity_types"),
        ),
        field("date_deadline", ("due date", "due", "deadline", *WHEN), date),
        field("@done", (DONE, PROGRESS), progress("done", "progress")),
        field("note", ("description", "note", "notes", "body", "details"), html),
        field("user_id", OWNER, owner),
        field("@done_at", (DONE_DAY, DONE_TIME), moment()),
        field(
            "@done_at",
            COMPLETED,
            datetime,
        ),
        THREAD,
        *AUDIT,
    ),
    "meetings": mapping(
        "meetings",
        "calendar.event",
        field("name", SUBJECT, strip),
        # Where its end is known, so is when it began: an hour before.
        field("start", (START_DAY, START_TIME), moment()),
        field(
            "start",
            (
                *(
                    "start",
                    "start date time",
                    "activity date time",
                    "start at",
                    "date start",
                ),
                *("meeting start time", "start date", "start time", "due date", *WHEN),
                *("from", "starts at", "starts on", "starts", "begins at", "begins"),
            ),
            datetime,
        ),
        field("allday", ALL_DAY, boolean),
        field(
            "stop", (END_DAY, END_TIME, ALL_DAY, START_DAY, START_TIME), moment_of_end()
        ),
        field(
            "stop",
            (
                *(
                    "end",
                    "end date time",
                    "stop",
                    "end at",
                    "meeting end time",
                    "date end",
                ),
                *("end date", "end time", "to", "ends at", "ends on", "ends", "until"),
            ),
            datetime,
        ),
        field(
            "@duration",
            DURATION_PARTS,
            duration_of("days", "hours", "minutes", "seconds"),
        ),
        field("@duration", DURATION, duration()),
        field("@addresses", (ATTENDEES,), addresses("attendee")),
        field("@done_at", (DONE_DAY, DONE_TIME), moment()),
        field("@done_at", COMPLETED, datetime),
        field("location", ("location", "place", "room"), strip),
        field("description", BODY, html),
        field("user_id", OWNER, owner),
        THREAD,
        *AUDIT,
    ),
    "calls": mapping(
        "calls",
        "mail.message",
        field("@subtype", None, constant("call")),
        field(
            "@duration",
            DURATION_PARTS,
            duration_of("days", "hours", "minutes", "seconds"),
        ),
        field("@duration", DURATION, duration()),
        *MESSAGE,
    ),
    "emails": mapping(
        "emails",
        "mail.message",
        field("@subtype", None, constant("email")),
        field("email_from", SENDER, strip),
        field("@addresses", (RECIPIENT, CC, BCC), addresses("to", "cc", "bcc")),
        # Mail programs export no ids: it is the contact's whose address stands there.
        field("@unlinked", None, constant("addresses")),
        *MESSAGE,
    ),
    "messages": mapping(
        "messages",
        "mail.message",
        field("@subtype", None, constant("comment")),
        *MESSAGE,
    ),
    "notes": mapping(
        "notes", "mail.message", field("@subtype", None, constant("note")), *MESSAGE
    ),
    "suppressions": mapping(
        "suppressions",
        "mail.blacklist",
        field("email", EMAIL, email, required=True),
        field("@created_at", LEFT_AT, datetime),
        *AUDIT,
    ),
    "lists": mapping(
        "lists",
        "mailing.list",
        field("name", LIST, strip, required=True),
        *AUDIT,
    ),
    "list_members": mapping(
        "list_members",
        "mailing.subscription",
        field("list_id", LIST, value_map("mailing_lists"), required=True),
        field(
            "@thread",
            (CONTACT_ID, (*EMAIL, *CONTACT_EMAIL)),
            lookup_several_by(("contacts", ""), ("contacts", "email")),
        ),
        field("@addresses", (EMAIL,), addresses("member")),
        field("opt_out", LEFT, boolean),
        field("opt_out_datetime", LEFT_AT, datetime),
    ),
    "templates": mapping(
        "templates",
        "mail.template",
        field("name", ("template name", "name", "title"), strip, required=True),
        field("subject", ("subject", "email subject"), template_subject("braces")),
        field("body_html", BODY_HTML, template_body("braces")),
        field(
            "@review",
            (("subject", "email subject"), BODY_HTML),
            template_tags("braces"),
        ),
        *AUDIT,
    ),
    "attachments": mapping(
        "attachments",
        "ir.attachment",
        field(
            "name",
            (
                *("path on client", "file name", "filename", "name", "title"),
                *("attachment name", "document name"),
            ),
            strip,
            required=True,
        ),
        field(
            "mimetype",
            ("content type", "contenttype", "mime type", "mimetype"),
            strip,
        ),
        field("description", ("description", "notes"), strip),
        field("@file", ("_contents",), required=True),
        field(
            "@thread",
            (
                (
                    *ANY_ID[0],
                    "first publish location id",
                    "linked entity id",
                    "record id",
                ),
                *ANY_ID[1:],
                *(DEAL_ID, LEAD_ID, CONTACT_ID, COMPANY_ID),
                *(DEAL, CONTACT_EMAIL, CONTACT, COMPANY),
            ),
            lookup_several_by(*PLACES),
        ),
        *AUDIT,
        ignored={
            "BodyLength": _lt("Counted anew by Odoo."),
            "ContentSize": _lt("Counted anew by Odoo."),
        },
    ),
    "files": mapping(
        "files",
        "ir.attachment",
        field("name", ("name",), strip, required=True),
        field("mimetype", ("mimetype",), strip),
        field("@file", ("file",), required=True),
        field("@thread", ("_parent",), lookup_parent),
        ignored={
            "path": _lt(
                "Where it lay in the archive: its folder says what it belongs to."
            ),
            "size": _lt("Counted anew by Odoo."),
        },
    ),
}
