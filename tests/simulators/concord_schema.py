"""Columns of Concord's tables as the simulator keeps them, with their blank values.

Names ending in ``_ids`` hold pivots, names starting with ``_`` and those in ``EMBEDDED``
hold child rows: neither is a column, so neither can be ordered by.
"""

OWNED = {"user_id": None, "owner_assigned_date": None}
LINKED = {"contact_ids": [], "company_ids": [], "deal_ids": []}
ADDRESS = {
    "street": None,
    "city": None,
    "state": None,
    "postal_code": None,
    "country_id": None,
}
PERSONAL = {
    **OWNED,
    **ADDRESS,
    "email": None,
    "phones": [],
    "source_id": None,
    "tag_ids": [],
    "media_ids": [],
    "last_contacted_at": None,
    "next_activity_date": None,
    "created_by": None,
}

BLANK = {
    "contacts": {
        "first_name": "",
        "last_name": None,
        "job_title": None,
        "avatar": None,
        "company_ids": [],
        **PERSONAL,
    },
    "companies": {
        "name": "",
        "domain": None,
        "industry_id": None,
        "parent_company_id": None,
        **PERSONAL,
    },
    "deals": {
        "name": "",
        "pipeline_id": 1,
        "stage_id": 1,
        "status": "open",
        "amount": None,
        "expected_close_date": None,
        "swatch_color": None,
        "lost_reason": None,
        "lost_date": None,
        "won_date": None,
        "stage_changed_date": None,
        "next_activity_date": None,
        "board_order": 0,
        "created_by": None,
        "_time_in_stages": {},
        "_log": [],
        "_creator_name": None,
        "_unlogged": False,
        "_billable": None,
        "tag_ids": [],
        "contact_ids": [],
        "company_ids": [],
        "media_ids": [],
        **OWNED,
    },
    "products": {
        "name": "",
        "sku": None,
        "description": None,
        "unit_price": None,
        "direct_cost": None,
        "tax_rate": 0,
        "tax_label": "TAX",
        "unit": None,
        "is_active": True,
        "created_by": 1,
    },
    "activities": {
        "title": "",
        "activity_type_id": 3,
        "due_date": None,
        "due_time": None,
        "end_date": None,
        "end_time": None,
        "reminder_minutes_before": None,
        "reminded_at": None,
        "completed_at": None,
        "description": None,
        "note": None,
        "created_by": None,
        "_guests": [],
        "media_ids": [],
        **OWNED,
        **LINKED,
    },
    "notes": {"user_id": None, "body": "", "media_ids": [], **LINKED},
    "calls": {
        "user_id": None,
        "call_outcome_id": None,
        "body": "",
        "date": None,
        "media_ids": [],
        **LINKED,
    },
    "comments": {
        "body": "",
        "created_by": None,
        "commentable_type": "",
        "commentable_id": 0,
    },
    "emails": {
        "email_account_id": 1,
        "remote_id": None,
        "message_id": None,
        "subject": None,
        "html_body": None,
        "text_body": None,
        "is_draft": False,
        "is_read": True,
        "opens": None,
        "opened_at": None,
        "date": None,
        "_addresses": [],
        "_gone_remotely": False,
        "folder_ids": [],
        "tag_ids": [],
        "media_ids": [],
        "inline_media_ids": [],
        **LINKED,
    },
    "documents": {
        "title": "",
        "status": "draft",
        "document_type_id": 1,
        "amount": None,
        "content": "",
        "view_type": "nav-top",
        "locale": "en",
        "requires_signature": False,
        "brand_id": 1,
        "created_by": None,
        "send_at": None,
        "original_date_sent": None,
        "last_date_sent": None,
        "accepted_at": None,
        "marked_accepted_by": None,
        "uuid": "",
        "_signers": [],
        "_recipients": [],
        "_billable": None,
        **OWNED,
        **LINKED,
    },
    "media": {
        "token": "",
        "file_name": "",
        "mime_type": "",
        "aggregate_type": "document",
        "size": 0,
        "disk_path": "",
        "via_text_attribute": False,
    },
}

EMBEDDED = {"phones"}

SOFT_DELETED = {
    "contacts",
    "companies",
    "deals",
    "activities",
    "products",
    "documents",
}

LINK_KEYS = {
    "contacts": "contact_ids",
    "companies": "company_ids",
    "deals": "deal_ids",
}

MULTIPLE = {"MultiSelect", "Checkbox"}
"""Custom-field types without a column: their options hang on a pivot."""


def blank_row(resource):
    """Return the blank values of ``resource``; lists and dicts are fresh ones."""
    return {
        name: value.copy() if isinstance(value, (list, dict)) else value
        for name, value in BLANK.get(resource, {}).items()
    }


def is_column(name):
    return not (name.endswith("_ids") or name.startswith("_") or name in EMBEDDED)
