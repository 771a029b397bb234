"""What NextCRM's tables looked like in older releases: the same columns, fewer and other."""

from . import nextcrm_schema as people
from . import nextcrm_schema_work as work

VERSIONS = ("0.21.2", "0.11.0", "0.1.0", "2025-12")

_AFTER_0_11 = {
    "crm_Opportunities": "delivery_deadline stage_entered_at approval_note"
    " approval_requested_at approval_status approved_at approved_by",
    "crm_Opportunities_Sales_Stages": "stage_kind",
    "crm_Accounts": "case_study_approved case_study_candidate",
    "crm_Targets": "do_not_email do_not_email_at",
    "crm_Accounts_Tasks": "opportunity_id",
    "crm_FunnelSettings": "",
    "crm_CalendarEvents": "",
    "CalendarConnection": "",
}
_BIN = "deletedAt deletedBy"
_AFTER_0_1 = {
    "crm_Opportunities": "snapshot_rate",
    "crm_Contracts": "snapshot_rate currency",
    "Documents": "content_text summary content_hash thumbnail_url processing_status"
    f" processing_error version parent_document_id {_BIN}",
    **dict.fromkeys(
        """Boards crm_Activities crm_Targets crm_TargetLists crm_campaigns
        crm_campaign_templates""".split(),
        _BIN,
    ),
    **dict.fromkeys(
        """Currency crm_OpportunityLineItems ExchangeRate crm_ContractLineItems
        crm_SystemSettings crm_Products crm_ProductCategories crm_AccountProducts
        Invoice_LineItems Invoice_TaxRates Invoice_Series Invoice_Settings
        Invoice_Payments Invoice_Activity Invoice_Attachments""".split(),
        "",
    ),
}
_AFTER_2025 = {
    "crm_Contacts": f"contact_type_id {_BIN}",
    "crm_Leads": f"lead_source_id lead_status_id lead_type_id {_BIN}",
    "crm_Accounts": _BIN,
    "crm_Opportunities": _BIN,
    "crm_Contracts": _BIN,
    "crm_campaigns": "template_id from_name reply_to scheduled_at sent_at created_by"
    " created_on updatedAt",
} | dict.fromkeys(
    """crm_Contact_Types crm_Lead_Sources crm_Lead_Statuses crm_Lead_Types crm_Activities
    crm_ActivityLinks crm_AuditLog crm_campaign_templates crm_campaign_steps
    crm_campaign_sends CampaignToTargetLists crm_Targets crm_TargetLists
    TargetsToTargetLists crm_Target_Contact Email EmailAccount EmailsToContacts
    EmailsToAccounts ApiToken ApiKeys crm_Report_Config crm_Report_Schedule
    crm_Embeddings_Accounts session account verification""".split(),
    "",
)


def tables_of(version):
    """Return ``{table: [column definition]}`` of a release."""
    if version not in VERSIONS:
        raise ValueError(f"No version {version!r}; there are {', '.join(VERSIONS)}.")
    tables = {
        name: text.split() for name, text in (people.TABLES | work.TABLES).items()
    }
    if version != VERSIONS[0]:
        _without(tables, _AFTER_0_11)
        _change(tables["Users"], "role", "role:text=member")
        tables["Users"] += [
            "is_admin:boolean!=false",
            "is_account_admin:boolean!=false",
        ]
        tables["crm_Contacts"].append("created_by:uuid")
        tables["crm_Opportunities"].append("created_by:uuid")
    if version in VERSIONS[2:]:
        _without(tables, _AFTER_0_1)
        for member in ("budget", "expected_revenue"):
            _change(tables["crm_Opportunities"], member, f"{member}:integer!=0")
        _change(tables["crm_Opportunities"], "currency", "currency:text")
        _change(tables["crm_Contracts"], "value", "value:integer!")
        # Its module is gone in 0.1.0; the table is left behind.
        tables["Invoices"] = work.LEGACY_INVOICES.split()
        tables["MyAccount"] = "key company_name:text! iban:text".split()
        tables["DocumentsToInvoices"] = "document_id:uuid! invoice_id:uuid!".split()
        tables["invoice_States"] = people.LOOKUP.split()
    if version == "2025-12":
        _without(tables, _AFTER_2025)
        tables["crm_Contacts"].append("type:text=Customer")
        tables["crm_Leads"] += ["status:text=NEW", "type:text=DEMO", "lead_source:text"]
    return tables


def _without(tables, gone):
    for table, members in gone.items():
        if not members:
            del tables[table]
            continue
        names = members.split()
        tables[table] = [w for w in tables[table] if w.partition(":")[0] not in names]


def _change(words, member, definition):
    place = next(n for n, w in enumerate(words) if w.startswith(f"{member}:"))
    words[place] = definition


def has_column(tables, table, member):
    names = {
        "id" if w in ("key", "new") else w.partition(":")[0] for w in tables[table]
    }
    return member in names


def as_sql(tables, foreign_keys):
    """Return the statements that make the tables, and those that add what they refer to."""
    before = [
        f'CREATE TYPE "{name}" AS ENUM ({", ".join(map(repr, values.split()))})'
        for name, values in people.ENUMS.items()
    ]
    before += [_create(table, words) for table, words in tables.items()]
    after = []
    for place, action in _references(foreign_keys):
        table, member, target = place
        if table in tables and target in tables and has_column(tables, table, member):
            after.append(
                f'ALTER TABLE "{table}" ADD FOREIGN KEY ("{member}")'
                f' REFERENCES "{target}" ON DELETE {action}'
            )
    return before, after


def _references(text):
    for word in text.split():
        place, _arrow, target = word.partition(">")
        table, _dot, member = place.partition(".")
        target, _colon, action = target.partition(":")
        yield (table, member, target), action or "SET NULL"


def _create(table, words):
    columns = [_column(word) for word in words]
    first = words[0].partition(":")[0]
    key = ['"id"'] if first in ("key", "new", "id") and len(words) else [f'"{first}"']
    if first == "key" and words[0] != "key":  # a column of that name
        key = ['"key"']
    if all(w.endswith(":uuid!") for w in words):  # a join table
        key = [f'"{w.partition(":")[0]}"' for w in words]
    return (
        f'CREATE TABLE "{table}" ({", ".join(columns)}, PRIMARY KEY ({", ".join(key)}))'
    )


def _column(word):
    if word == "key":
        return '"id" uuid NOT NULL'
    if word == "new":
        return '"id" uuid NOT NULL DEFAULT gen_random_uuid()'
    definition, _equals, default = word.partition("=")
    name, _colon, kind = definition.partition(":")
    required = kind.endswith("!")
    kind = kind.rstrip("!")
    kind = {"ts": "timestamp(3)"}.get(
        kind, f'"{kind}"' if kind in people.ENUMS else kind
    )
    text = f'"{name}" {kind}{" NOT NULL" if required else ""}'
    if default:
        known = {"now": "CURRENT_TIMESTAMP", "true": "true", "false": "false"}
        text += f" DEFAULT {known.get(default, repr(default))}"
    return text
