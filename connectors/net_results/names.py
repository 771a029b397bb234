"""What the members of a record may be called: of the names, the first there counts."""

CONTACT_FIELDS = {
    "email": ["contact_email_address", "email_address", "email"],
    "first_name": ["contact_first_name", "first_name"],
    "last_name": ["contact_last_name", "last_name"],
    "title": ["contact_title", "title"],
    "unsubscribed": ["contact_unsubscribed", "unsubscribed", "is_unsubscribed"],
    "bounced": ["contact_bounced", "bounced", "is_bounced"],
    "account_id": ["account_id", "company_id"],
    "account_name": ["account_name", "company_name", "company"],
    "street": ["contact_address_1", "address_1"],
    "street2": ["contact_address_2", "address_2"],
    "country": ["country_name", "country"],
    "state": ["state_name", "state"],
    "city": ["city_name", "city"],
    "zip": ["contact_postalcode", "postal_code", "zip"],
    "work_phone": ["contact_work_phone", "work_phone", "phone"],
    "home_phone": ["contact_home_phone", "home_phone"],
    "mobile_phone": ["contact_mobile_phone", "mobile_phone"],
    "fax": ["contact_fax", "fax"],
    "created": ["contact_create_date", "create_date", "created"],
    "owner": ["owner_email", "contact_owner", "owner"],
    "lead_score": ["contact_lead_score", "lead_score"],
    "twitter": ["contact_twitter_username", "twitter_username"],
}

EMAIL_FIELDS = {
    "name": ["email_name", "name"],
    "subject": ["email_subject", "subject"],
    "html": ["email_content_html", "content_html", "html"],
    "text": ["email_content_text", "content_text", "text"],
}

ACTIVITY_FIELDS = {
    "type": ["activity_type", "activity_type_id", "type_id", "type"],
    "date": ["activity_date", "date", "create_date"],
    "text": ["description", "activity", "name"],
    "email_id": ["email_id"],
    "email_name": ["email_name"],
    "email_subject": ["email_subject", "subject"],
    "campaign_id": ["campaign_id"],
    "campaign_name": ["campaign_name"],
    "link": ["url", "link"],
    "bounce_type": ["bounce_type"],
    "bounce_code": ["bounce_code"],
    "bounce_reason": ["bounce_reason"],
}
