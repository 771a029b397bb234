"""The tables of NextCRM's PostgreSQL schema, money, work and files, as v0.21.2 has them."""

from .nextcrm_schema import LOOKUP

TABLES = {
    "Invoices": """
        key createdAt:ts!=now updatedAt:ts! createdBy:uuid!
        type:Invoice_Type!=INVOICE status:Invoice_Status!=DRAFT number:text
        numberOverridden:boolean!=false seriesId:uuid accountId:uuid!
        billingSnapshot:jsonb issueDate:ts taxableSupplyDate:ts dueDate:ts
        currency:varchar(3)! baseCurrency:varchar(3) fxRateToBase:numeric(18,8)
        subtotal:numeric(14,2)!=0 discountTotal:numeric(14,2)!=0
        vatTotal:numeric(14,2)!=0 grandTotal:numeric(14,2)!=0
        paidTotal:numeric(14,2)!=0 balanceDue:numeric(14,2)!=0 bankName:text
        bankAccount:text iban:text swift:text variableSymbol:text publicNotes:text
        internalNotes:text originalInvoiceId:uuid pdfStorageKey:text
        pdfGeneratedAt:ts search_vector:tsvector""",
    "Invoice_LineItems": """
        key invoiceId:uuid! position:integer! productId:uuid description:text!
        quantity:numeric(14,4)! unitPrice:numeric(14,4)!
        discountPercent:numeric(5,2)!=0 taxRateId:uuid taxRateSnapshot:numeric(5,2)
        lineSubtotal:numeric(14,2)! lineVat:numeric(14,2)! lineTotal:numeric(14,2)!""",
    "crm_Products": """
        key name:text! description:text sku:text type:crm_Product_Type!
        status:crm_Product_Status!=DRAFT unit_price:numeric(18,2)!
        unit_cost:numeric(18,2) currency:varchar(3)! tax_rate:numeric(5,2) unit:text
        is_recurring:boolean!=false billing_period:crm_Billing_Period
        categoryId:uuid __v:integer!=0 createdAt:ts!=now updatedAt:ts!
        createdBy:uuid! updatedBy:uuid deletedAt:ts deletedBy:uuid""",
    "Boards": """
        key __v:integer! description:text! favourite:boolean
        favouritePosition:integer icon:text position:integer title:text! user:uuid!
        visibility:text sharedWith:uuid[] createdAt:ts=now createdBy:uuid
        updatedAt:ts updatedBy:uuid deletedAt:ts deletedBy:uuid""",
    "Tasks": """
        key __v:integer! content:text createdAt:ts=now createdBy:uuid updatedAt:ts
        updatedBy:uuid dueDateAt:ts=now lastEditedAt:ts=now position:integer!
        priority:text! section:uuid tags:jsonb title:text! likes:integer=0 user:uuid
        taskStatus:taskStatus=ACTIVE""",
    "Documents": """
        key __v:integer date_created:ts=now createdAt:ts=now last_updated:ts
        updatedAt:ts document_name:text! created_by_user:uuid createdBy:uuid
        description:text document_type:uuid favourite:boolean
        document_file_mimeType:text! document_file_url:text! status:text
        visibility:text tags:jsonb key:text size:integer assigned_user:uuid
        connected_documents:text[] document_system_type:DocumentSystemType=OTHER
        content_text:text summary:text content_hash:text thumbnail_url:text
        processing_status:DocumentProcessingStatus!=PENDING processing_error:text
        version:integer!=1 parent_document_id:uuid deletedAt:ts deletedBy:uuid""",
    "Invoice_TaxRates": """
        key name:text! rate:numeric(5,2)! isDefault:boolean!=false active:boolean!=true
        createdAt:ts!=now updatedAt:ts!""",
    "Invoice_Series": """
        key name:text! prefixTemplate:text! resetPolicy:text!=YEARLY currentYear:integer
        counter:integer!=0 isDefault:boolean!=false active:boolean!=true
        createdAt:ts!=now updatedAt:ts!""",
    "Invoice_Settings": """
        key baseCurrency:varchar(3)! defaultSeriesId:uuid defaultTaxRateId:uuid
        defaultDueDays:integer!=14 bankName:text bankAccount:text iban:text swift:text
        footerText:text updatedAt:ts! companyName:text""",
    "Invoice_Payments": """
        key invoiceId:uuid! paidAt:ts! amount:numeric(14,2)! method:text reference:text
        note:text createdBy:uuid! createdAt:ts!=now""",
    "Invoice_Activity": """
        key invoiceId:uuid! actorId:uuid! action:text! meta:jsonb createdAt:ts!=now""",
    "Invoice_Attachments": """
        key invoiceId:uuid! storageKey:text! filename:text! mimeType:text! size:integer
        uploadedBy:uuid! uploadedAt:ts!=now isPrimaryPdf:boolean!=false""",
    "crm_ProductCategories": """
        key name:text! description:text order:integer!=0 isActive:boolean!=true
        createdAt:ts!=now updatedAt:ts! createdBy:uuid! updatedBy:uuid""",
    "crm_AccountProducts": """
        key accountId:uuid! productId:uuid! quantity:integer!=1
        custom_price:numeric(18,2) currency:varchar(3)! snapshot_rate:numeric(18,8)
        status:crm_AccountProduct_Status!=ACTIVE start_date:ts! end_date:ts
        renewal_date:ts notes:text __v:integer!=0 createdAt:ts!=now updatedAt:ts!
        createdBy:uuid! updatedBy:uuid""",
    "Currency": """
        code:varchar(3)! name:text! symbol:varchar(5)! isEnabled:boolean!=true
        isDefault:boolean!=false createdAt:ts!=now updatedAt:ts!""",
    "ExchangeRate": """
        new fromCurrency:varchar(3)! toCurrency:varchar(3)! rate:numeric(18,8)!
        source:ExchangeRateSource!=MANUAL effectiveDate:ts!=now createdAt:ts!=now
        updatedAt:ts!""",
    "crm_SystemSettings": "key:text! value:text! updatedAt:ts!",
    "Sections": "key __v:integer! board:uuid! title:text! position:integer",
    "BoardWatchers": "board_id:uuid! user_id:uuid!",
    "crm_Accounts_Tasks": """
        key __v:integer! content:text createdAt:ts=now createdBy:uuid updatedAt:ts
        updatedBy:uuid dueDateAt:ts=now priority:text! tags:jsonb title:text!
        likes:integer=0 user:uuid taskStatus:taskStatus=ACTIVE account:uuid
        opportunity_id:uuid""",
    "tasksComments": """
        key __v:integer! comment:text! createdAt:ts!=now task:uuid user:uuid!
        assigned_crm_account_task:uuid""",
    "Documents_Types": LOOKUP,
    "DocumentsToAccounts": "document_id:uuid! account_id:uuid!",
    "DocumentsToContacts": "document_id:uuid! contact_id:uuid!",
    "DocumentsToOpportunities": "document_id:uuid! opportunity_id:uuid!",
    "DocumentsToLeads": "document_id:uuid! lead_id:uuid!",
    "DocumentsToTasks": "document_id:uuid! task_id:uuid!",
    "DocumentsToCrmAccountsTasks": "document_id:uuid! crm_accounts_task_id:uuid!",
    "EmailAccount": """
        new userId:uuid! label:text! imapHost:text! imapPort:integer!
        imapSsl:boolean!=true smtpHost:text! smtpPort:integer! smtpSsl:boolean!=true
        username:text! passwordEncrypted:text! isActive:boolean!=true
        sentFolderName:text!=Sent lastSyncedAt:ts inboxLastUid:integer
        sentLastUid:integer createdAt:ts!=now updatedAt:ts!""",
    "Email": """
        key emailAccountId:uuid! userId:uuid! rfcMessageId:text! imapUid:integer
        folder:EmailFolder! subject:text fromName:text fromEmail:text
        toRecipients:jsonb!=[] ccRecipients:jsonb!=[] bccRecipients:jsonb!=[] bodyText:text
        bodyHtml:text sentAt:ts isRead:boolean!=false isDeleted:boolean!=false
        createdAt:ts!=now updatedAt:ts!""",
    "EmailsToContacts": "emailId:uuid! contactId:uuid!",
    "EmailsToAccounts": "emailId:uuid! accountId:uuid!",
    "crm_Report_Config": """
        id:text! name:text! category:text! filters:jsonb! isShared:boolean!=false
        createdBy:uuid! createdAt:ts!=now updatedAt:ts!""",
    "crm_Report_Schedule": """
        id:text! reportConfigId:text! cronExpression:text! recipients:jsonb!
        format:text! isActive:boolean!=true lastSentAt:ts createdBy:uuid!
        createdAt:ts!=now updatedAt:ts!""",
    "ApiToken": "key userId:uuid! name:text tokenHash:text! createdAt:ts!=now",
    "ApiKeys": "key userId:uuid provider:text encryptedKey:text!",
    "session": "id:text! token:text! userId:uuid!",
    "account": "id:text! userId:uuid! accessToken:text refreshToken:text password:text",
    "verification": "id:text! identifier:text! value:text!",
    "systemServices": "key name:text serviceKey:text servicePassword:text",
    "CalendarConnection": """
        key userId:uuid! provider:CalendarProvider! accountEmail:text!
        accessTokenEncrypted:text refreshTokenEncrypted:text! tokenExpiresAt:ts
        syncToken:text isActive:boolean!=true lastSyncedAt:ts lastSyncError:text
        createdAt:ts!=now updatedAt:ts!""",
    "crm_Embeddings_Accounts": "key account_id:uuid! embedding:bytea",
}

FOREIGN_KEYS = """
    ExchangeRate.fromCurrency>Currency:RESTRICT ExchangeRate.toCurrency>Currency:RESTRICT
    crm_AccountProducts.accountId>crm_Accounts:RESTRICT
    crm_AccountProducts.productId>crm_Products:RESTRICT
    crm_Report_Schedule.reportConfigId>crm_Report_Config:CASCADE
    EmailAccount.userId>Users:CASCADE Email.userId>Users:CASCADE
    Email.emailAccountId>EmailAccount:CASCADE
    Invoices.createdBy>Users:RESTRICT Invoices.seriesId>Invoice_Series
    Invoices.accountId>crm_Accounts:RESTRICT Invoices.currency>Currency:RESTRICT
    Invoices.originalInvoiceId>Invoices Invoice_LineItems.invoiceId>Invoices:CASCADE
    Invoice_LineItems.productId>crm_Products Boards.user>Users:RESTRICT
    Invoice_LineItems.taxRateId>Invoice_TaxRates Tasks.section>Sections Tasks.user>Users
    Invoice_Payments.invoiceId>Invoices:CASCADE
    crm_Products.currency>Currency:RESTRICT crm_Products.createdBy>Users:RESTRICT
    crm_Products.categoryId>crm_ProductCategories Sections.board>Boards:CASCADE
    crm_Accounts_Tasks.account>crm_Accounts crm_Accounts_Tasks.user>Users
    crm_Accounts_Tasks.opportunity_id>crm_Opportunities
    tasksComments.task>Tasks:CASCADE tasksComments.user>Users:RESTRICT
    tasksComments.assigned_crm_account_task>crm_Accounts_Tasks
    Documents.created_by_user>Users Documents.document_type>Documents_Types
    Documents.assigned_user>Users Documents.parent_document_id>Documents
    DocumentsToAccounts.document_id>Documents:CASCADE
    DocumentsToContacts.document_id>Documents:CASCADE
    DocumentsToOpportunities.document_id>Documents:CASCADE
    DocumentsToLeads.document_id>Documents:CASCADE
    DocumentsToTasks.document_id>Documents:CASCADE
    DocumentsToCrmAccountsTasks.document_id>Documents:CASCADE
    EmailsToContacts.emailId>Email:CASCADE EmailsToAccounts.emailId>Email:CASCADE
"""

LEGACY_INVOICES = """
    key __v:integer! invoice_number:text invoice_amount:text invoice_items:jsonb
    invoice_file_url:text! invoice_file_mimeType:text! invoice_currency:text
    date_created:ts=now last_updated:ts date_due:ts partner:text partner_email:text
    partner_VAT_number:text partner_business_street:text rossum_status:text
    rossum_annotation_id:text status:text assigned_user_id:uuid assigned_account_id:uuid
    description:text"""
"""The inbox of received invoices until 2026-03: some of its sixty columns."""
