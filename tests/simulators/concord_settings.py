"""What an administrator of the invented company has set up: users to workflows."""

from .concord_words import COUNTRIES, PRODUCT_NAMES

START = "2019-01-07T09:00:00.000000Z"
STAMP = {"created_at": START, "updated_at": START}

USERS = (
    # id, label, name, e-mail, zone, super admin, API access, teams, roles
    (1, "admin", "Nora Whitfield", "nora@example.com", "America/New_York", 1, 1, (1,), ()),
    (2, "seller", "Inês Prado", "ines@example.com", "Europe/Lisbon", 0, 1, (1,), (2,)),
    (3, "mixed_case_user", "Jörg Müller", "Joerg.Mueller@Example.COM", "Europe/Berlin", 0, 1, (1, 2), (3,)),
    (4, "unknown_user", "林美玲", "meiling.lin@example.org", "Asia/Taipei", 0, 0, (2,), (2,)),
    (5, "user_without_api", "Dáithí Ó Briain", "daithi@example.net", "Europe/Dublin", 0, 0, (2,), (2,)),
    (6, "partner_user", "שרה לוי", "sara@partner.example", "Asia/Jerusalem", 0, 0, (), (2,)),
    (8, "import_user", "Old Import <do not use>", "import@legacy.invalid", "UTC", 0, 0, (), ()),
)  # fmt: skip

PIPELINES = (
    ("Sales Pipeline", "default", None, (
        ("New", 10), ("Qualified", 20), ("Proposal", 50), ("Negotiation", 80), ("Won?", 100),
    )),
    ("Projects & Études", None, {"type": "teams", "depends_on": [1]}, (
        ("Qualified", 20), ("设计", 40), ("Proposal", 60), ("Signed 🖊", 90),
    )),
)  # fmt: skip

ACTIVITY_TYPES = (
    ("Call", "call", "Phone"),
    ("Meeting", "meeting", "Users"),
    ("Task", "task", "CheckCircle"),
    ("Email", "email", "Mail"),
    ("Deadline", "deadline", "Clock"),
    ("Site visit 🏗", None, "Truck"),
    ("Besichtigung", None, "Eye"),
)

LISTS = {
    "call-outcomes": (
        "No Answer", "Busy", "Wrong Number", "Unavailable", "Left voice message",
        "Moved conversation forward",
    ),
    "sources": ("Web Form", "Referrals", "Fair 2019", "LinkedIn", "Été", "  Cold call "),
    "industries": ("Building Materials", "Food & Beverage", "Énergie", "零售", "Other"),
    "lost-reasons": ("Too expensive", "Went with a competitor", "No budget"),
    "document-types": ("Proposal", "Quote", "Contract"),
}  # fmt: skip

TAGS = (
    ("Hot Lead", "#DC2626", "contacts"),
    ("Hot Lead", "#2563eb", "deals"),  # same name, other type: another tag
    ("VIP", "#F59E0B", "contacts"),
    ("客户", None, "contacts"),
    ("Été, hiver", "#22c55e", "contacts"),  # the CSV export joins names with commas
    ("Public tender", "#2563eb", "deals"),
    ("Newsletter", "#64748b", "inbox"),
)

CUSTOM_FIELDS = (
    # resource, type, field id, label, options
    ("contacts", "Text", "cf_customer_no", "Customer No.", ()),
    ("contacts", "Textarea", "cf_background", "Background", ()),
    ("contacts", "Email", "cf_invoice_email", "Invoice e-mail", ()),
    ("contacts", "Url", "cf_profile", "Profile", ()),
    ("contacts", "Timezone", "cf_zone", "Time zone", ()),
    ("contacts", "ColorSwatch", "cf_color", "Color", ()),
    ("contacts", "Number", "cf_children", "Children", ()),
    ("contacts", "Numeric", "cf_rating", "Rating", ()),
    ("contacts", "Boolean", "cf_consent", "Consent (GDPR)", ()),
    ("contacts", "Date", "cf_customer_since", "Customer since", ()),
    ("contacts", "DateTime", "cf_last_login", "Last login", ()),
    ("contacts", "Select", "cf_tier", "Tier", ("Gold", "Silver", "Gold")),
    ("contacts", "Radio", "cf_salutation", "Salutation", ("Ms.", "Mr.", "Mx.")),
    ("contacts", "MultiSelect", "cf_status", "Status", ("Active", "À relancer", "休眠")),
    ("contacts", "Checkbox", "cf_languages", "Languages", ("Português", "Deutsch", "日本語")),
    ("companies", "Number", "cf_employees", "Employees", ()),
    ("companies", "Date", "cf_founded", "Founded", ()),
    ("companies", "Select", "cf_tier", "Tier", ("A", "B", "C")),
    ("companies", "Checkbox", "cf_certificates", "Certificates", ("ISO 9001", "ISO <14001>")),
    ("deals", "Select", "cf_status", "Status", ("Active", "On hold")),
    ("deals", "Text", "cf_tender_no", "Tender No.", ()),
    ("deals", "Numeric", "cf_margin", "Margin %", ()),
    ("deals", "DateTime", "cf_submission", "Submission", ()),
    ("products", "Text", "cf_supplier", "Supplier", ()),
    ("products", "Numeric", "cf_weight", "Weight (kg)", ()),
)  # fmt: skip

CALL, MEETING, TASK = 1, 2, 3
WORKFLOWS = (
    ("Follow up won deals", "Deals", "DealStatusChanged", "Activities", "CreateActivityAction",
     {"status": "won", "due_date": "now", "user_id": 4, "activity_type_id": CALL, "activity_title": "Call", "note": None, "auto_associate": False}),
    ("Welcome mail", "Contacts", "ContactCreated", "MailClient", "SendEmailAction",
     {"to": "self", "email_account_id": 1, "subject": "Welcome", "message": '<p>Hello <input type="text" class="_placeholder" data-tag="contact.first_name" value="" />, welcome &amp; <b>thank you</b></p>'}),
    ("Tell the ERP", "Deals", "DealStageChanged", "Core", "WebhookAction",
     {"stage_id": 3, "url": "hooks.example.com/concord?key=invented", "header_name": None, "header_value": None}),
    ("Close activities of lost deals", "Deals", "DealStatusChanged", "Activities", "MarkAssociatedActivitiesAsComplete", {"status": "lost"}),
    ("Lost when document is lost", "Documents", "DocumentStatusChanged", "Deals", "MarkAssociatedDealsAsLost", {"document_status": "LOST", "lost_reason": "Document lost"}),
    ("Missed call", "Calls", "MissedIncomingCall", "Activities", "CreateActivityAction", {"due_date": "in_1_day", "user_id": 4, "activity_type_id": CALL, "activity_title": "Call back"}),
    ("Company mail (off)", "Contacts", "CompanyCreated", "MailClient", "ResourcesSendEmailToField", {}),
    ("Qualify new deals", "Deals", "DealCreated", "Activities", "CreateActivityAction",
     {"due_date": "in_2_days", "user_id": "owner", "activity_type_id": TASK, "activity_title": "Qualify <the> need", "note": "<p>Budget, date, <b>who decides</b></p>", "auto_associate": True}),
    ("Visit new companies", "Contacts", "CompanyCreated", "Activities", "CreateActivityAction",
     {"due_date": "in_1_week", "user_id": "owner", "activity_type_id": MEETING, "activity_title": "Besuch – 訪問", "note": None}),
    ("Tell marketing about contacts", "Contacts", "ContactCreated", "Core", "WebhookAction",
     {"url": "marketing.example.com/in", "header_name": None, "header_value": None}),
    ("Prepare the proposal", "Deals", "DealStageChanged", "Activities", "CreateActivityAction",
     {"stage_id": 2, "due_date": "in_3_days", "user_id": "owner", "activity_type_id": TASK, "activity_title": "Write the proposal", "note": None}),
    ("Thank the customer", "Deals", "DealStatusChanged", "MailClient", "SendEmailAction",
     {"status": "won", "to": "contacts", "email_account_id": "owner_account", "subject": "Thank you", "message": "<p>Dear customer, thank you.</p>"}),
    ("Tell the owner of lost deals", "Deals", "DealStatusChanged", "MailClient", "SendEmailAction",
     {"status": "lost", "to": "user", "email_account_id": 1, "subject": "A deal was lost", "message": "<p>Please write down why.</p>"}),
    ("Forget activities of won deals", "Deals", "DealStatusChanged", "Activities", "DeleteAssociatedActivities", {"status": "won"}),
    ("Signed call to the ERP", "Deals", "DealStatusChanged", "Core", "WebhookAction",
     {"status": "won", "url": "hooks.example.com/signed", "header_name": "X-Signature", "header_value": "invented-secret"}),
    ("Reopened deals (off)", "Deals", "DealStatusChanged", "Activities", "CreateActivityAction",
     {"status": "open", "due_date": "in_1_day", "user_id": 99, "activity_type_id": CALL, "activity_title": "Ask again", "note": None}),
    ("New contact for the team", "Contacts", "ContactCreated", "Activities", "CreateActivityAction",
     {"due_date": "in_1_day", "user_id": "owner", "activity_type_id": CALL, "activity_title": "Introduce yourself", "note": None}),
    ("Deals without a customer are checked (off)", "Deals", "DealCreated", "MailClient", "SendEmailAction",
     {"to": "user", "email_account_id": 1, "subject": "A new deal", "message": "<p>Is the customer known?</p>"}),
    ("New companies to the books", "Contacts", "CompanyCreated", "Core", "WebhookAction",
     {"url": "books.example.com/companies", "header_name": None, "header_value": None}),
    ("Lost deals to the ERP", "Deals", "DealStatusChanged", "Core", "WebhookAction",
     {"status": "lost", "url": "hooks.example.com/lost", "header_name": None, "header_value": None}),
    ("Negotiate", "Deals", "DealStageChanged", "Activities", "CreateActivityAction",
     {"stage_id": 3, "due_date": "in_5_days", "user_id": "owner", "activity_type_id": MEETING, "activity_title": "Negotiate", "note": None}),
    ("Won when document is accepted", "Documents", "DocumentStatusChanged", "Deals", "MarkAssociatedDealsAsWon", {"document_status": "ACCEPTED"}),
)  # fmt: skip

PERMISSIONS = (
    "view own {}", "view team {}", "view all {}", "edit own {}", "delete own {}",
)  # fmt: skip
GUARDED = ("contacts", "companies", "deals", "activities", "products", "documents")


def add_settings(company, products):
    """Fill the tables that only an administrator changes."""
    _add_people(company)
    _add_pipelines(company)
    for resource, names in LISTS.items():
        for place, name in enumerate(names):
            company.insert(
                resource,
                name=name,
                is_primary=not place and resource in ("sources", "document-types"),
                **({"swatch_color": "#ffd600"} if resource == "call-outcomes" else {}),
                **({"icon": "DocumentText", "swatch_color": None} if resource == "document-types" else {}),
                **STAMP,
            )  # fmt: skip
    for name, flag, icon in ACTIVITY_TYPES:
        company.insert(
            "activity-types", name=name, flag=flag, icon=icon, swatch_color="#64748b",
            is_primary=bool(flag), **STAMP,
        )  # fmt: skip
    for order, (name, color, kind) in enumerate(TAGS, 1):
        company.insert(
            "tags",
            name=name,
            swatch_color=color,
            type=kind,
            display_order=order,
            **STAMP,
        )
    for country_id, name in COUNTRIES.items():
        company.insert("countries", id=country_id, name=name, **STAMP)
    _add_custom_fields(company)
    _add_workflows(company)
    _add_products(company, products)
    company.insert("document-templates", name="Quote", content="<p>Dear …</p>", user_id=1, is_shared=True, **STAMP)  # fmt: skip
    company.insert("document-templates", name="Mine", content="", user_id=4, is_shared=False, **STAMP)  # fmt: skip


def _add_people(company):
    for permission in (
        *(text.format(name) for name in GUARDED for text in PERMISSIONS),
        "access shared inbox",
        "export contacts",
    ):
        company.insert("permissions", name=permission, guard_name="sanctum", **STAMP)
    by_name = {row["name"]: row["id"] for row in company.rows("permissions")}
    own = [by_name[f"view own {name}"] for name in GUARDED if name != "products"]
    own += [by_name["view all products"], by_name["access shared inbox"]]
    company.insert("roles", name="Empty – leer", permission_ids=[], **STAMP)
    company.insert("roles", name="Sales", permission_ids=own, **STAMP)
    team = [by_name[f"view team {name}"] for name in GUARDED]
    company.insert("roles", name="Sales lead", permission_ids=own + team, **STAMP)
    company.insert("teams", name="North", description=None, user_id=3, **STAMP)
    company.insert("teams", name="Süd / 南", description="<South>", user_id=2, **STAMP)
    for user_id, label, name, email, zone, admin, api, teams, roles in USERS:
        company.insert(
            "users", label, id=user_id, name=name, email=email, timezone=zone,
            locale="en", date_format="d/m/Y", time_format="H:i", super_admin=bool(admin),
            access_api=bool(api), mail_signature=f"<p>-- <br>{name}</p>", avatar=None,
            default_landing_page="/dashboard", team_ids=list(teams),
            role_ids=list(roles), **STAMP,
        )  # fmt: skip


def _add_pipelines(company):
    for name, flag, visibility, stages in PIPELINES:
        pipeline = company.insert(
            "pipelines", name=name, flag=flag, visibility_group=visibility, **STAMP
        )
        for order, (stage, probability) in enumerate(stages, 1):
            company.insert(
                "pipeline-stages", name=stage, win_probability=probability,
                display_order=order, pipeline_id=pipeline["id"], **STAMP,
            )  # fmt: skip


def _stamp_of(number):
    """Two or three were made on the same day, in the same second by an installer."""
    day = f"2019-02-{number % 28 + 1:02d}T09:00:00.000000Z"
    return {"created_at": day, "updated_at": day}


def _add_custom_fields(company):
    option_id = 30
    for resource, kind, field_id, label, names in CUSTOM_FIELDS:
        row = company.insert(
            "custom-fields", resource_name=resource, field_type=kind, field_id=field_id,
            label=label, is_unique=True if field_id == "cf_customer_no" else None,
            options=[], **_stamp_of(option_id),
        )  # fmt: skip
        for order, name in enumerate(names, 1):
            option_id += 1
            row["options"].append(
                {"id": option_id, "custom_field_id": row["id"], "name": name,
                 "swatch_color": "#F59E0B" if order == 1 else None, "display_order": order}
            )  # fmt: skip


def _add_workflows(company):
    for title, module, trigger, owner, action, data in WORKFLOWS:
        company.insert(
            "workflows", title=title, description=None, is_active="(off)" not in title,
            total_executions=len(title) * 7,
            trigger_type=f"Modules\\{module}\\Workflow\\Triggers\\{trigger}",
            action_type=f"Modules\\{owner}\\Workflow\\Actions\\{action}",
            data=data, created_by=1, **STAMP,
        )  # fmt: skip


def _add_products(company, count):
    for number in range(1, count + 1):
        base = PRODUCT_NAMES[number % len(PRODUCT_NAMES)]
        company.insert(
            "products",
            name=f"{base} {number}", sku=f"SKU-{number:04d}" if number % 4 else None,
            description=None if number % 3 else "<Glazed>\nwith care",
            unit_price=None if number == 5 else round(3.843 * number, 3),
            direct_cost=round(2.1 * number, 3) if number % 2 else None,
            tax_rate=(23, 0, 7.7)[number % 3], tax_label=("VAT", "", "MwSt.")[number % 3],
            unit=("m2", "kg", None, "h")[number % 4], is_active=number % 9 != 0,
            cf_supplier=None if number % 2 else "Ünïted Süppliers",
            cf_weight=None if number % 3 else number / 8, **STAMP,
        )  # fmt: skip
    for number in range(2):
        company.insert(
            "products", name=f"Discontinued {number}", sku=None,
            deleted_at=f"{company.today}T08:00:00.000000Z", **STAMP,
        )  # fmt: skip
