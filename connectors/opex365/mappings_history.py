"""Default mapping of OPEX 365 CRM: notes, posts and files."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    as_object,
    coalesce,
    constant,
    datetime,
    field,
    html,
    is_set,
    labelled,
    mapping,
    owner,
    strip,
)
from .mappings_parts import (
    ACTIVITY_AFTER,
    CARRIED,
    CARRIERS,
    CREATED,
    CREATOR,
    STAMPS,
    WRITTEN_BY,
)

_POST = (
    field("@subtype", None, constant("comment")),
    field("body", ("largetext", "text"), coalesce, html, required=True),
    field("date", "createdon", datetime, required=True),
    field("@author", "_creator", owner),
    WRITTEN_BY,
    CARRIED,
)
MAPPINGS = (
    mapping(
        "notes",
        "mail.message",
        field("@subtype", None, constant("note")),
        field("subject", "subject", strip),
        field(
            "body",
            ("notetext", "filename", "_about"),
            labelled("", "File", "Regarding"),
        ),
        field("date", "createdon", datetime, required=True),
        field("@author", "_creator", owner),
        WRITTEN_BY,
        CARRIED,
        *STAMPS,
        after=(*ACTIVITY_AFTER, *CARRIERS),
        when=is_set("_thread"),
        ignored={
            **dict.fromkeys(
                ("filesize", "isdocument", "mimetype"), _lt("told by the file itself")
            ),
            **dict.fromkeys(
                ("langid", "stepid", "prefix"), _lt("kept by the platform for itself")
            ),
            "objecttypecode": _lt("tells the table of what it hangs on"),
        },
    ),
    mapping(
        "posts",
        "mail.message",
        *_POST,
        *STAMPS,
        after=ACTIVITY_AFTER,
        when=is_set("_thread"),
        ignored={
            "source": _lt("written by a person"),
            "type": _lt("how the post is shown"),
        },
    ),
    mapping(
        "post_comments",
        "mail.message",
        *_POST,
        CREATED,
        CREATOR,
        after=(*ACTIVITY_AFTER, "posts"),
        when=is_set("_thread"),
    ),
    mapping(
        "media",
        "ir.attachment",
        field("name", "filename", strip, required=True),
        field("mimetype", "mimetype", strip),
        field(
            "@file",
            ("_path", "filename", "filesize"),
            as_object("path", "name", "size"),
            required=True,
        ),
        CARRIED,
        field("@inline", "_inline"),
        field("@created_at", "createdon", datetime),
        field("@updated_at", "modifiedon", datetime),
        field("@created_by", "_creator", owner),
        after=("notes", "posts", "companies", "contacts", "leads", "deals", *CARRIERS),
        when=is_set("_thread"),
    ),
    mapping(
        "attachments",
        "ir.attachment",
        field("name", "filename", strip, required=True),
        field("mimetype", "mimetype", strip),
        field(
            "@file",
            ("_path", "filename", "filesize", "_attachmentid_value"),
            as_object("path", "name", "size", "blob"),
            required=True,
        ),
        CARRIED,
        field("@inline", "_inline"),
        after=CARRIERS,
        when=is_set("_thread"),
        ignored={
            **dict.fromkeys(
                ("attachmentnumber", "subject", "objecttypecode"),
                _lt("its place in the mail; the file itself is kept"),
            ),
            "_parent": _lt("what it hangs on, which is kept"),
            "attachmentcontentid": _lt("tells where the text shows the picture"),
            "_attachmentid_value": _lt("the bytes, which several mails may share"),
        },
    ),
)
