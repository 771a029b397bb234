"""The members of records as far as they are known; ``path:kind`` under their first names."""

from ..core.source import SourceField
from .responses import name_in

_PARENT = "_parent:json _parent.id"
_FIELDS = {
    "users": "email name",
    "companies": "account_id:integer account_name",
    "contacts": """contact_id:integer contact_email_address contact_first_name
        contact_last_name contact_title contact_unsubscribed:boolean
        contact_bounced:boolean account_id:reference account_name contact_address_1
        contact_address_2 country_name state_name city_name contact_postalcode
        contact_work_phone contact_home_phone contact_mobile_phone contact_fax
        contact_create_date:datetime contact_modified_date:datetime owner_email
        contact_lead_score:integer contact_twitter_username _company:json _name
        _created:datetime _modified:datetime _custom:json _no_mail""",
    "custom_fields": "custom_attribute_id:integer custom_attribute data_type",
    "custom_values": f"""custom_attribute_id:reference custom_attribute value _field
        _value {_PARENT}""",
    "suppressions": f"email reason unsubscribed:boolean bounced:boolean {_PARENT}",
    "lists": "email_list_id:integer email_list_name",
    "list_members": f"_list:reference _opted_out:boolean _opted_out_at:datetime {_PARENT}",
    "folders": f"folder_id:integer folder_name {_PARENT}",
    "segments": "contact_segment_id:integer contact_segment_name",
    "segment_members": f"contact_id:reference {_PARENT}",
    "campaigns": "campaign_id:integer campaign_name",
    "workflows": "campaign_id:integer campaign_name",
    "campaign_statistics": f"""qualified:integer sent:integer opened:integer
        clicked:integer bounced:integer unsubscribed:integer {_PARENT}""",
    "email_templates": """email_id:integer email_name email_subject
        email_content_html:html email_content_text:text email_reply_to_address
        email_reply_to_label _subject _body:html _review:text _unknown:json _pictures:json""",
    "activity_types": "activity_type_id:integer activity_type",
    "activities": f"""contact_activity_id activity_id activity_type activity_type_id type_id
        type activity_date:datetime date:datetime create_date:datetime description activity
        name email_id:reference email_name email_subject subject campaign_id:reference
        campaign_name url link bounce_type bounce_code bounce_reason _type _text
        _date:datetime _email_name _email_subject _campaign_name _link _bounce_type
        _bounce_code _bounce_reason _further:json _mailing:reference {_PARENT}""",
    "mailings": "email_id:reference name subject",
    "lead_statuses": "lead_status_id:integer lead_status",
    "lead_score_overlays": "lead_score_overlay_id:integer",
    "lead_scores": f"contact_id:reference {_PARENT}",
    "lead_status_members": f"contact_id:reference {_PARENT}",
    "alerts": "alert_id:integer",
    "reports": "report_id:integer",
    "domain_groups": "domain_group_id:integer",
    "forms": "form_id:integer form_name",
}


def documented_fields(stream, names):
    """Return the ``SourceField``s of a stream.

    :param names: ``{first name: name in this installation}``
    """
    fields = []
    for word in _FIELDS.get(stream, "").split():
        path, _colon, kind = word.partition(":")
        fields.append(SourceField(names.get(path, path), kind=kind or "char"))
    return tuple(fields)


def names_in(row, endpoint):
    """Return ``{first name: name that the row has}`` for what it calls otherwise.

    >>> names_in({"email": ""}, {"fields": {"email": ["email_address", "email"]}})
    {'email_address': 'email'}
    """
    lists = [endpoint.get("id", ()), endpoint.get("modified", ())]
    found = {}
    for names in [*lists, *endpoint.get("fields", {}).values()]:
        name = name_in(row, names)
        if name and name != names[0]:
            found[names[0]] = name
    return found


def unresolved(row, endpoint):
    """Return the keys of ``fields`` of which the row has no member at all."""
    fields = endpoint.get("fields", {})
    return [key for key, names in fields.items() if name_in(row, names) is None]
