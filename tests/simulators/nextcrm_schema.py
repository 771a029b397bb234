"""The tables of NextCRM's PostgreSQL schema, people and deals, as v0.21.2 has them.

A column is written ``name:type``, with ``!`` for NOT NULL and ``=value`` for a default;
``ts`` is ``timestamp(3)``, ``key`` an id without a default, ``new`` one with.
"""

ENUMS = {
    "ActiveStatus": "ACTIVE INACTIVE PENDING",
    "Language": "cz en de uk",
    "AppRole": "user manager admin",
    "taskStatus": "ACTIVE PENDING COMPLETE",
    "crm_Opportunity_Status": "ACTIVE INACTIVE PENDING CLOSED",
    "crm_Approval_Status": "NONE PENDING APPROVED REJECTED",
    "crm_Discount_Type": "PERCENTAGE FIXED",
    "crm_Contracts_Status": "NOTSTARTED INPROGRESS SIGNED",
    "crm_Product_Type": "PRODUCT SERVICE",
    "crm_Product_Status": "DRAFT ACTIVE ARCHIVED",
    "crm_Billing_Period": "MONTHLY QUARTERLY ANNUALLY ONE_TIME",
    "crm_AccountProduct_Status": "ACTIVE EXPIRED CANCELLED PENDING",
    "crm_Activity_Type": "call meeting note email",
    "crm_Activity_Status": "scheduled completed cancelled",
    "crm_AuditLog_Action": "created updated deleted restored relation_added relation_removed",
    "Invoice_Type": "INVOICE CREDIT_NOTE PROFORMA",
    "Invoice_Status": "DRAFT ISSUED SENT PARTIALLY_PAID PAID OVERDUE CANCELLED DISPUTED"
    " REFUNDED WRITTEN_OFF",
    "ExchangeRateSource": "MANUAL ECB",
    "DocumentSystemType": "INVOICE RECEIPT CONTRACT OFFER OTHER",
    "DocumentProcessingStatus": "PENDING PROCESSING READY FAILED",
    "EmailFolder": "INBOX SENT",
    "crm_Enrichment_Status": "PENDING RUNNING COMPLETED FAILED SKIPPED",
    "CalendarProvider": "google",
}

LOOKUP = "key __v:integer!=0 name:text!"

TABLES = {
    "crm_Accounts": """
        key __v:integer! createdAt:ts!=now createdBy:uuid updatedAt:ts
        updatedBy:uuid annual_revenue:text assigned_to:uuid billing_city:text
        billing_country:text billing_postal_code:text billing_state:text
        billing_street:text company_id:text description:text email:text
        employees:text fax:text industry:uuid member_of:text name:text!
        office_phone:text shipping_city:text shipping_country:text
        shipping_postal_code:text shipping_state:text shipping_street:text
        status:text=Inactive type:text=Customer vat:text website:text deletedAt:ts
        deletedBy:uuid case_study_approved:boolean!=false
        case_study_candidate:boolean!=false""",
    "crm_Contacts": """
        key __v:integer!=0 account:uuid assigned_to:uuid birthday:text
        createdBy:uuid created_on:ts=now cratedAt:ts=now last_activity:ts=now
        updatedAt:ts updatedBy:uuid last_activity_by:uuid description:text
        email:text personal_email:text first_name:text last_name:text!
        office_phone:text mobile_phone:text website:text position:text
        status:boolean!=true social_twitter:text social_facebook:text
        social_linkedin:text social_skype:text social_instagram:text
        social_youtube:text social_tiktok:text tags:text[] notes:text[]
        accountsIDs:uuid contact_type_id:uuid deletedAt:ts deletedBy:uuid""",
    "crm_Leads": """
        key __v:integer!=0 createdAt:ts=now createdBy:uuid updatedAt:ts
        updatedBy:uuid firstName:text lastName:text! company:text jobTitle:text
        email:text phone:text description:text refered_by:text campaign:text
        assigned_to:uuid accountsIDs:uuid lead_source_id:uuid lead_status_id:uuid
        lead_type_id:uuid deletedAt:ts deletedBy:uuid""",
    "crm_Opportunities": """
        key __v:integer!=0 account:uuid assigned_to:uuid budget:numeric(18,2)!=0
        campaign:uuid close_date:ts contact:uuid createdBy:uuid created_on:ts=now
        createdAt:ts!=now last_activity:ts updatedAt:ts updatedBy:uuid
        last_activity_by:uuid currency:varchar(3) description:text
        expected_revenue:numeric(18,2)!=0 name:text next_step:text sales_stage:uuid
        type:uuid status:crm_Opportunity_Status=ACTIVE deletedAt:ts deletedBy:uuid
        snapshot_rate:numeric(18,8) delivery_deadline:ts stage_entered_at:ts
        approval_note:text approval_requested_at:ts
        approval_status:crm_Approval_Status!=NONE approved_at:ts approved_by:uuid""",
    "crm_OpportunityLineItems": """
        key opportunityId:uuid! productId:uuid name:text! sku:text description:text
        quantity:integer!=1 unit_price:numeric(18,2)!
        discount_type:crm_Discount_Type!=PERCENTAGE discount_value:numeric(18,2)!=0
        line_total:numeric(18,2)! currency:varchar(3)! sort_order:integer!=0
        __v:integer!=0 createdAt:ts!=now updatedAt:ts! createdBy:uuid!
        updatedBy:uuid""",
    "crm_Contracts": """
        key __v:integer! title:text! value:numeric(18,2)! startDate:ts=now
        endDate:ts renewalReminderDate:ts customerSignedDate:ts companySignedDate:ts
        description:text account:uuid assigned_to:uuid createdAt:ts=now
        createdBy:uuid updatedAt:ts updatedBy:uuid
        status:crm_Contracts_Status!=NOTSTARTED type:text deletedAt:ts
        deletedBy:uuid currency:varchar(3) snapshot_rate:numeric(18,8)""",
    "Users": """
        key __v:integer!=0 account_name:text avatar:text email:text!
        created_on:ts!=now lastLoginAt:ts name:text password:text username:text
        userStatus:ActiveStatus!=PENDING userLanguage:Language!=en
        role:AppRole!=user emailVerified:boolean!=false image:text updated_at:ts
        banned:boolean!=false banReason:text banExpires:ts""",
    "crm_campaigns": """
        key __v:integer! name:text! description:text status:text template_id:uuid
        from_name:text reply_to:text scheduled_at:ts sent_at:ts created_by:uuid
        created_on:ts=now updatedAt:ts deletedAt:ts deletedBy:uuid""",
    "crm_Targets": """
        new first_name:text last_name:text! email:text mobile_phone:text
        office_phone:text company:text company_website:text personal_website:text
        position:text social_x:text social_linkedin:text social_instagram:text
        social_facebook:text status:boolean!=true tags:text[] notes:text[]
        created_by:uuid created_on:ts=now updatedAt:ts updatedBy:uuid
        personal_email:text company_email:text company_phone:text city:text
        country:text industry:text employees:text description:text converted_at:ts
        converted_account_id:uuid converted_contact_id:uuid deletedAt:ts
        deletedBy:uuid do_not_email:boolean!=false do_not_email_at:ts""",
    "crm_Activities": """
        new type:crm_Activity_Type! title:text! description:text date:ts!
        duration:integer outcome:text status:crm_Activity_Status!=scheduled
        metadata:jsonb createdBy:uuid updatedBy:uuid createdAt:ts!=now updatedAt:ts
        deletedAt:ts deletedBy:uuid""",
    "crm_Industry_Type": LOOKUP,
    "crm_Contact_Types": LOOKUP,
    "crm_Lead_Sources": LOOKUP,
    "crm_Lead_Statuses": LOOKUP,
    "crm_Lead_Types": LOOKUP,
    "crm_Opportunities_Sales_Stages": f"""
        {LOOKUP} probability:integer order:integer stage_kind:text""",
    "crm_Opportunities_Type": f"{LOOKUP} order:integer",
    "ContactsToOpportunities": "contact_id:uuid! opportunity_id:uuid!",
    "AccountWatchers": "account_id:uuid! user_id:uuid!",
    "crm_ContractLineItems": """
        key contractId:uuid! productId:uuid name:text! sku:text description:text
        quantity:integer!=1 unit_price:numeric(18,2)!
        discount_type:crm_Discount_Type!=PERCENTAGE discount_value:numeric(18,2)!=0
        line_total:numeric(18,2)! currency:varchar(3)! sort_order:integer!=0
        __v:integer!=0 createdAt:ts!=now updatedAt:ts! createdBy:uuid! updatedBy:uuid""",
    "crm_campaign_templates": """
        new name:text! description:text subject_default:text content_html:text!
        content_json:jsonb! created_by:uuid created_on:ts=now updatedAt:ts
        deletedAt:ts deletedBy:uuid""",
    "crm_campaign_steps": """
        new campaign_id:uuid! order:integer! template_id:uuid! subject:text!
        delay_days:integer!=0 send_to:text!=all scheduled_at:ts sent_at:ts""",
    "crm_campaign_sends": """
        new campaign_id:uuid! step_id:uuid! target_id:uuid! email:text!
        status:text!=queued resend_message_id:text unsubscribe_token:text! opened_at:ts clicked_at:ts
        unsubscribed_at:ts error_message:text sent_at:ts""",
    "CampaignToTargetLists": "campaign_id:uuid! target_list_id:uuid!",
    "crm_TargetLists": """
        new name:text! description:text status:boolean!=true created_by:uuid
        created_on:ts=now updatedAt:ts deletedAt:ts deletedBy:uuid""",
    "TargetsToTargetLists": "target_id:uuid! target_list_id:uuid!",
    "crm_Target_Contact": """
        new targetId:uuid! contactId:uuid name:text email:text title:text phone:text
        linkedinUrl:text source:text!=manual
        enrichStatus:crm_Enrichment_Status!=PENDING enrichedAt:ts
        createdAt:ts!=now updatedAt:ts!=now""",
    "crm_ActivityLinks": "new activityId:uuid! entityType:text! entityId:uuid!",
    "crm_CalendarEvents": """
        key source:text! externalId:text! iCalUID:text connectionId:uuid
        activityId:uuid! startAt:ts! endAt:ts attendeeEmails:jsonb!=[]
        status:text!=scheduled rawPayload:jsonb createdAt:ts!=now updatedAt:ts!""",
    "crm_AuditLog": """
        new entityType:text! entityId:uuid! action:crm_AuditLog_Action! changes:jsonb
        userId:uuid createdAt:ts!=now""",
    "crm_FunnelSettings": """
        key kill_after_days:integer!=45 recycle_after_days:integer!=90
        cadence_touch1_business_days:integer!=3 cadence_touch2_offset_days:integer!=7
        cadence_touch3_offset_days:integer!=10 cadence_touch4_offset_days:integer!=15
        cadence_touch5_offset_days:integer!=45 care_checkin_days:integer!=30
        care_referral_days:integer!=90 care_quarter_interval_days:integer!=90
        care_quarter_count:integer!=8 renewal_window_days:integer!=30 updatedAt:ts
        updatedBy:uuid""",
}

FOREIGN_KEYS = """
    crm_Accounts.assigned_to>Users crm_Accounts.industry>crm_Industry_Type
    crm_Contacts.assigned_to>Users crm_Contacts.createdBy>Users
    crm_Contacts.accountsIDs>crm_Accounts crm_Contacts.contact_type_id>crm_Contact_Types
    crm_Leads.assigned_to>Users crm_Leads.accountsIDs>crm_Accounts
    crm_Leads.lead_source_id>crm_Lead_Sources crm_Leads.lead_type_id>crm_Lead_Types
    crm_Leads.lead_status_id>crm_Lead_Statuses
    crm_Opportunities.account>crm_Accounts crm_Opportunities.assigned_to>Users
    crm_Opportunities.campaign>crm_campaigns crm_Opportunities.createdBy>Users
    crm_Opportunities.currency>Currency crm_Opportunities.type>crm_Opportunities_Type
    crm_Opportunities.sales_stage>crm_Opportunities_Sales_Stages
    crm_OpportunityLineItems.opportunityId>crm_Opportunities:RESTRICT
    crm_OpportunityLineItems.productId>crm_Products crm_Contracts.account>crm_Accounts
    crm_Contracts.assigned_to>Users crm_Contracts.currency>Currency
    crm_campaigns.template_id>crm_campaign_templates crm_campaigns.created_by>Users
    crm_Targets.created_by>Users crm_Activities.createdBy>Users
    crm_CalendarEvents.activityId>crm_Activities:CASCADE
    crm_campaign_steps.campaign_id>crm_campaigns:CASCADE
    crm_campaign_steps.template_id>crm_campaign_templates:RESTRICT
    crm_campaign_sends.target_id>crm_Targets:RESTRICT
    crm_Target_Contact.targetId>crm_Targets:CASCADE crm_AuditLog.userId>Users
    crm_Activities.updatedBy>Users crm_ActivityLinks.activityId>crm_Activities:CASCADE
"""
"""``table.column>table``, on delete SET NULL where nothing else is said."""
