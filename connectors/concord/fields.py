"""The members of Concord's records, as far as they are documented; ``path:kind``."""

from ..core.source import SourceField

_TIMES = "created_at:datetime updated_at:datetime"
_LINKS = "contacts:json companies:json deals:json"
_OWNER = "user_id:reference user.name owner_assigned_date:datetime"
_ADDRESS = "street city state postal_code country_id:reference country.name"
_PERSONAL = f"""email phones:json phones.0.number source_id:reference source.name
    tags:json media:json last_contacted_at:datetime next_activity_date:datetime
    {_OWNER} {_ADDRESS}"""

_FIELDS = {
    "users": """name email timezone locale super_admin:boolean access_api:boolean
        mail_signature:html avatar uploaded_avatar_url teams:json roles:json
        date_format time_format""",
    "teams": "name description:text user_id:reference members:json",
    "roles": "name permissions:json",
    "pipelines": "name flag is_primary:boolean visibility_group:json stages:json",
    "stages": """name win_probability:integer display_order:integer
        pipeline_id:reference""",
    "sources": "name is_primary:boolean",
    "industries": "name",
    "lost_reasons": "name",
    "activity_types": "name icon swatch_color flag is_primary:boolean",
    "call_outcomes": "name swatch_color",
    "document_types": "name icon swatch_color is_primary:boolean",
    "custom_fields": "resource_name field_type field_id label is_unique options:json",
    "contact_tags": "name swatch_color display_order:integer type",
    "deal_tags": "name swatch_color display_order:integer type",
    "products": """name sku description:text unit_price:monetary direct_cost:monetary
        tax_rate:float tax_label unit is_active:boolean created_by:reference""",
    "contacts": f"first_name last_name job_title avatar companies:json {_PERSONAL}",
    "companies": f"""name domain industry_id:reference industry.name
        parent_company_id:reference {_PERSONAL}""",
    "deals": f"""name pipeline_id:reference stage_id:reference status
        amount:monetary expected_close_date:date {_OWNER} tags:json swatch_color
        lost_reason lost_date:datetime won_date:datetime stage_changed_date:datetime
        next_activity_date:datetime board_order:integer time_in_stages:json
        products_count:integer contacts:json companies:json billable:json
        billable.products:json billable.tax_type billable.total:monetary
        billable.products.id:integer billable.products.sku
        billable.products.tax_label billable.products.discount_type
        billable.products.display_order:integer created_by:reference _lines_currency""",
    "activities": f"""title activity_type_id:reference type.flag type.name
        due_date:datetime end_date:datetime reminder_minutes_before:integer
        reminded_at:datetime {_OWNER} guests:json description:html note:html
        is_completed:boolean completed_at:datetime created_by:reference
        comments_count:integer media:json {_LINKS}""",
    "calls": f"""date:datetime body:html call_outcome_id:reference outcome.name
        user_id:reference user.name comments_count:integer media:json {_LINKS}""",
    "notes": f"""body:html user_id:reference user.name comments_count:integer
        media:json {_LINKS}""",
    "comments": "body:html created_by:reference _parent:json",
    "documents": f"""title status document_type_id:reference type.name amount:monetary
        content:html view_type locale requires_signature:boolean signers:json
        recipients:json brand_id:reference {_OWNER} created_by:reference
        send_at:datetime original_date_sent:datetime last_date_sent:datetime
        accepted_at:datetime marked_accepted_by:reference public_url pdf:json
        billable:json billable.products:json _currency {_LINKS}""",
    "emails": f"""email_account_id:reference email_account_email remote_id message_id
        subject html_body:html text_body:text is_draft:boolean is_read:boolean
        from:json from.address from.name sender:json to:json cc:json bcc:json
        reply_to:json tags:json folders:json media:json date:datetime opens:integer
        opened_at:datetime {_LINKS}""",
    "media": """file_name extension size:integer mime_type aggregate_type disk_path
        download_url download_path view_url preview_url preview_path
        via_text_attribute:boolean _parent:json _path _name _inline:json""",
    "workflows": """title description:text is_active:boolean total_executions:integer
        trigger_type action_type data:json""",
    "trashed": "display_name deleted_at:datetime _resource",
}


def documented_fields(stream):
    """Return the ``SourceField``s of a stream, ``id`` and the times included."""
    fields = []
    for word in f"id:integer {_FIELDS.get(stream, '')} {_TIMES}".split():
        path, _colon, kind = word.partition(":")
        fields.append(SourceField(path, kind=kind or "char"))
    return tuple(fields)
