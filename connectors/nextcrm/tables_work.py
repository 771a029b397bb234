"""The tables of NextCRM that hold money, work and files, in the terms of ``tables.py``."""

from ..core.sentences import _lt
from .tables import ROWS_WITH_TEXT, Table

_UPDATED = ("updatedAt", "createdAt")
_BIN = "deletedAt deletedBy"
_AUTHORS = "createdAt createdBy updatedAt updatedBy"
_SETTINGS = "('default_currency', 'ecb_auto_update')"

MONEY = (
    Table(
        "currencies",
        _lt("Currencies"),
        "Currency",
        "code name symbol isEnabled isDefault",
        key=("code",),
    ),
    Table(
        "exchange_rates",
        _lt("Exchange rates"),
        "ExchangeRate",
        "id fromCurrency toCurrency rate source effectiveDate",
        depends_on=("currencies",),
    ),
    Table(
        "system_settings",
        _lt("Settings"),
        "crm_SystemSettings",
        "key value",
        key=("key",),
        # The other keys may be anything.
        only=f"{{t}}.key IN {_SETTINGS}",
    ),
    Table(
        "product_categories",
        _lt("Product categories"),
        "crm_ProductCategories",
        f"id name description order isActive {_AUTHORS}",
        stamps=("updatedAt",),
    ),
    Table(
        "products",
        _lt("Products"),
        "crm_Products",
        f"""id name description sku type status unit_price unit_cost currency tax_rate
        unit is_recurring billing_period categoryId {_AUTHORS} {_BIN}""",
        stamps=("updatedAt",),
        foreign=True,
        depends_on=("users", "product_categories", "currencies"),
    ),
    Table(
        "company_products",
        _lt("Products of companies"),
        "crm_AccountProducts",
        """id accountId productId quantity custom_price currency snapshot_rate status
        start_date end_date renewal_date notes createdAt createdBy updatedAt
        updatedBy""",
        stamps=("updatedAt",),
        depends_on=("companies", "products"),
    ),
    Table(
        "tax_rates",
        _lt("Tax rates"),
        "Invoice_TaxRates",
        "id name rate isDefault active createdAt updatedAt",
        stamps=("updatedAt",),
    ),
    Table(
        "invoice_series",
        _lt("Series of invoices"),
        "Invoice_Series",
        "id name prefixTemplate resetPolicy currentYear counter isDefault active"
        " createdAt updatedAt",
        stamps=("updatedAt",),
    ),
    Table(
        "invoice_settings",
        _lt("Settings of invoices"),
        "Invoice_Settings",
        "id baseCurrency defaultSeriesId defaultTaxRateId defaultDueDays createdAt"
        " updatedAt",
        # The seller's data besides; the names are not documented.
        foreign=True,
    ),
    Table(
        "invoices",
        _lt("Invoices"),
        "Invoices",
        """id type status number numberOverridden seriesId accountId billingSnapshot
        issueDate taxableSupplyDate dueDate currency baseCurrency fxRateToBase subtotal
        discountTotal vatTotal grandTotal paidTotal balanceDue bankName bankAccount iban
        swift variableSymbol publicNotes internalNotes originalInvoiceId pdfStorageKey
        pdfGeneratedAt createdAt createdBy updatedAt""",
        stamps=("updatedAt",),
        told_by="grandTotal",
        depends_on=("users", "companies", "invoice_series"),
    ),
    Table(
        "invoice_lines",
        _lt("Lines of invoices"),
        "Invoice_LineItems",
        """id invoiceId position productId description quantity unitPrice discountPercent
        taxRateId taxRateSnapshot lineSubtotal lineVat lineTotal""",
        depends_on=("invoices", "products", "tax_rates"),
    ),
    Table(
        "invoice_payments",
        _lt("Payments of invoices"),
        "Invoice_Payments",
        "id invoiceId paidAt amount method reference note createdBy createdAt",
        stamps=("createdAt",),
        depends_on=("invoices",),
    ),
    Table(
        "invoice_activities",
        _lt("History of invoices"),
        "Invoice_Activity",
        "id invoiceId actorId action meta createdAt",
        stamps=("createdAt",),
        depends_on=("invoices", "users"),
    ),
    Table(
        "invoice_attachments",
        _lt("Attachments of invoices"),
        "Invoice_Attachments",
        "id invoiceId storageKey filename mimeType size uploadedBy uploadedAt"
        " isPrimaryPdf",
        depends_on=("invoices",),
    ),
    Table(
        "received_invoices",
        _lt("Received invoices (before 2026-03)"),
        "Invoices",
        """id invoice_number invoice_amount invoice_items invoice_currency
        invoice_file_url invoice_file_mimeType invoice_type partner partner_email
        assigned_account_id assigned_user_id date_created date_due last_updated status
        description""",
        stamps=("last_updated", "date_created"),
        told_by="invoice_amount",
        foreign=True,
        depends_on=("users", "companies"),
    ),
)

WORK = (
    Table(
        "projects",
        _lt("Boards"),
        "Boards",
        f"""id title description user visibility sharedWith position favourite
        favouritePosition icon {_AUTHORS} {_BIN}""",
        stamps=_UPDATED,
        foreign=True,
        depends_on=("users",),
    ),
    Table(
        "project_stages",
        _lt("Sections of boards"),
        "Sections",
        "id board title position",
        depends_on=("projects",),
    ),
    Table(
        "tasks",
        _lt("Tasks on boards"),
        "Tasks",
        f"""id title content section user priority taskStatus dueDateAt tags likes
        position lastEditedAt {_AUTHORS}""",
        stamps=("updatedAt", "lastEditedAt", "createdAt"),
        greatest=True,
        foreign=True,
        rows=ROWS_WITH_TEXT * 5,
        depends_on=("users", "project_stages", "task_tags"),
    ),
    Table(
        "todos",
        _lt("To-dos of companies"),
        "crm_Accounts_Tasks",
        f"""id title content account opportunity_id user priority taskStatus dueDateAt
        tags likes {_AUTHORS}""",
        stamps=_UPDATED,
        foreign=True,
        depends_on=("users", "companies", "deals", "task_tags"),
    ),
    Table(
        "comments",
        _lt("Comments"),
        "tasksComments",
        "id comment createdAt task assigned_crm_account_task user",
        stamps=("createdAt",),
        depends_on=("users", "tasks", "todos"),
    ),
    Table("document_types", _lt("Types of documents"), "Documents_Types", "id name"),
    Table(
        "documents",
        _lt("Documents"),
        "Documents",
        f"""id document_name description document_type document_system_type
        document_file_mimeType document_file_url key size status visibility tags
        favourite assigned_user connected_documents content_hash version
        parent_document_id created_by_user date_created last_updated {_AUTHORS}
        {_BIN}""",
        stamps=_UPDATED,
        depends_on=("users", "document_types", "task_tags"),
    ),
    Table(
        "funnel_settings",
        _lt("Settings of the follow-up automation"),
        "crm_FunnelSettings",
        "id",
        # Day counts; their names are not documented.
        foreign=True,
    ),
    Table(
        "report_configs",
        _lt("Saved reports"),
        "crm_Report_Config",
        "id name category filters isShared createdBy createdAt updatedAt",
        depends_on=("users",),
    ),
    Table(
        "report_schedules",
        _lt("Schedules of reports"),
        "crm_Report_Schedule",
        "id reportConfigId cronExpression recipients format isActive lastSentAt"
        " createdBy createdAt updatedAt",
        stamps=_UPDATED,
        depends_on=("report_configs",),
    ),
)
