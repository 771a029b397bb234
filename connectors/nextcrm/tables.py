"""The tables of NextCRM that are read, and the columns of them: nothing else is touched.

Each release has some of these columns; what exists is found out at run time. Passwords,
tokens and keys stand in no list.
"""

from dataclasses import dataclass

from ..core.sentences import _lt

SOFT = (("deletedAt", '{t}."deletedAt" IS NOT NULL'),)
ROWS, ROWS_WITH_TEXT = 1000, 100
"""Rows of a page; of one whose rows hold whole mails or pages."""


@dataclass(frozen=True)
class Table:
    """Where a stream comes from.

    :param columns: names, separated by blanks
    :param key: columns that together identify a row
    :param stamps: columns of which the first that has a value tells the last change;
        ``greatest`` takes the latest of all instead
    :param binned: pairs (column, condition): when a row counts as deleted
    :param only: condition that every row must meet
    :param told_by: column without which this is another table of the same name
    :param foreign: columns that a customer has added are read as well
    """

    stream: str
    label: str
    name: str
    columns: str
    key: tuple[str, ...] = ("id",)
    stamps: tuple[str, ...] = ()
    greatest: bool = False
    binned: tuple[tuple[str, str], ...] = SOFT
    only: str = ""
    told_by: str = ""
    foreign: bool = False
    rows: int = ROWS
    depends_on: tuple[str, ...] = ()
    optional: bool = False

    @property
    def listed(self):
        return tuple(self.columns.split())


_LOOKUP = "id name"
_UPDATED = ("updatedAt", "createdAt")
_MADE_ON = ("updatedAt", "created_on")
_BIN = "deletedAt deletedBy"
_AUTHORS = "createdAt createdBy updatedAt updatedBy"
_LINE = f"""id productId name sku description quantity unit_price discount_type
    discount_value line_total currency sort_order {_AUTHORS}"""

PEOPLE = (
    Table(
        "users",
        _lt("Users"),
        "Users",
        "id name email username account_name avatar image userStatus userLanguage role"
        " is_admin is_account_admin created_on updated_at lastLoginAt emailVerified"
        " banned banReason banExpires",
        stamps=("updated_at", "created_on"),
    ),
    Table("industries", _lt("Industries"), "crm_Industry_Type", _LOOKUP),
    Table("contact_types", _lt("Types of contacts"), "crm_Contact_Types", _LOOKUP),
    Table("lead_sources", _lt("Sources of leads"), "crm_Lead_Sources", _LOOKUP),
    Table("lead_statuses", _lt("Statuses of leads"), "crm_Lead_Statuses", _LOOKUP),
    Table("lead_types", _lt("Types of leads"), "crm_Lead_Types", _LOOKUP),
    Table(
        "stages",
        _lt("Stages"),
        "crm_Opportunities_Sales_Stages",
        "id name probability order stage_kind",
    ),
    Table(
        "deal_types", _lt("Types of deals"), "crm_Opportunities_Type", "id name order"
    ),
    Table(
        "companies",
        _lt("Companies"),
        "crm_Accounts",
        f"""id name company_id vat email office_phone fax website description type status
        industry member_of employees annual_revenue assigned_to billing_street
        billing_city billing_postal_code billing_state billing_country shipping_street
        shipping_city shipping_postal_code shipping_state shipping_country
        case_study_approved case_study_candidate {_AUTHORS} {_BIN}""",
        stamps=_UPDATED,
        binned=(*SOFT, ("status", "{t}.status = 'DELETED'")),
        foreign=True,
        depends_on=("users", "industries"),
    ),
    Table(
        "contacts",
        _lt("Contacts"),
        "crm_Contacts",
        f"""id first_name last_name position email personal_email office_phone
        mobile_phone website birthday description status tags notes account accountsIDs
        contact_type_id type assigned_to social_twitter social_facebook social_linkedin
        social_skype social_instagram social_youtube social_tiktok created_on cratedAt
        created_by createdBy updatedAt updatedBy last_activity last_activity_by
        {_BIN}""",
        stamps=("updatedAt", "cratedAt", "created_on"),
        foreign=True,
        depends_on=("users", "contact_tags", "companies"),
    ),
    Table(
        "targets",
        _lt("Targets"),
        "crm_Targets",
        f"""id first_name last_name email personal_email company_email mobile_phone
        office_phone company_phone company company_website personal_website position
        social_x social_linkedin social_instagram social_facebook status tags notes city
        country industry employees description converted_at converted_account_id
        converted_contact_id do_not_email do_not_email_at created_by created_on updatedAt
        updatedBy {_BIN}""",
        stamps=_MADE_ON,
        foreign=True,
        depends_on=("users", "contact_tags", "lists", "contacts"),
    ),
    Table(
        "lists",
        _lt("Target lists"),
        "crm_TargetLists",
        f"id name description status created_by created_on updatedAt {_BIN}",
        stamps=_MADE_ON,
        depends_on=("users",),
    ),
    Table(
        "list_members",
        _lt("Members of target lists"),
        "TargetsToTargetLists",
        "target_id target_list_id",
        key=("target_id", "target_list_id"),
        depends_on=("targets", "lists"),
    ),
    Table(
        "target_persons",
        _lt("Further persons of targets"),
        "crm_Target_Contact",
        "id targetId contactId name email title phone linkedinUrl source enrichStatus"
        " enrichedAt createdAt updatedAt",
        stamps=_UPDATED,
        depends_on=("targets",),
    ),
)

SALES = (
    Table(
        "campaigns",
        _lt("Campaigns"),
        "crm_campaigns",
        f"""id name description status template_id from_name reply_to scheduled_at sent_at
        created_by created_on updatedAt {_BIN}""",
        stamps=_MADE_ON,
        binned=(*SOFT, ("status", "{t}.status = 'deleted'")),
        depends_on=("users",),
    ),
    Table(
        "email_templates",
        _lt("E-mail templates"),
        "crm_campaign_templates",
        f"""id name description subject_default content_html content_json created_by
        created_on updatedAt {_BIN}""",
        stamps=_MADE_ON,
        rows=ROWS_WITH_TEXT,
        depends_on=("users",),
    ),
    Table(
        "campaign_steps",
        _lt("Steps of campaigns"),
        "crm_campaign_steps",
        "id campaign_id order template_id subject delay_days send_to scheduled_at"
        " sent_at",
        depends_on=("campaigns", "email_templates"),
    ),
    Table(
        "campaign_sends",
        _lt("Mails sent by campaigns"),
        "crm_campaign_sends",
        "id campaign_id step_id target_id email status resend_message_id opened_at"
        " clicked_at unsubscribed_at error_message sent_at",
        depends_on=("campaign_steps", "targets"),
        optional=True,
    ),
    Table(
        "leads",
        _lt("Leads"),
        "crm_Leads",
        f"""id firstName lastName company jobTitle email phone description refered_by
        campaign assigned_to accountsIDs lead_source_id lead_status_id lead_type_id
        status type lead_source {_AUTHORS} {_BIN}""",
        stamps=_UPDATED,
        foreign=True,
        depends_on=("users", "companies", "campaigns", "lead_statuses"),
    ),
    Table(
        "deals",
        _lt("Opportunities"),
        "crm_Opportunities",
        f"""id name status account contact assigned_to budget expected_revenue currency
        snapshot_rate close_date delivery_deadline sales_stage stage_entered_at type
        campaign next_step description approval_status approval_note
        approval_requested_at approved_at approved_by created_on created_by last_activity
        last_activity_by {_AUTHORS} {_BIN}""",
        stamps=_UPDATED,
        foreign=True,
        depends_on=(
            "users",
            "stages",
            "companies",
            "contacts",
            "campaigns",
            "products",
        ),
    ),
    Table(
        "deal_lines",
        _lt("Lines of deals"),
        "crm_OpportunityLineItems",
        f"opportunityId {_LINE}",
        stamps=("updatedAt",),
        depends_on=("deals", "products"),
    ),
    Table(
        "deal_contacts",
        _lt("Further contacts of deals"),
        "ContactsToOpportunities",
        "contact_id opportunity_id",
        key=("contact_id", "opportunity_id"),
        depends_on=("deals", "contacts"),
    ),
    Table(
        "contracts",
        _lt("Contracts"),
        "crm_Contracts",
        f"""id title value startDate endDate renewalReminderDate customerSignedDate
        companySignedDate description account assigned_to status type currency
        snapshot_rate {_AUTHORS} {_BIN}""",
        stamps=_UPDATED,
        foreign=True,
        depends_on=("users", "companies"),
    ),
    Table(
        "contract_lines",
        _lt("Lines of contracts"),
        "crm_ContractLineItems",
        f"contractId {_LINE}",
        stamps=("updatedAt",),
        depends_on=("contracts", "products"),
    ),
)

HISTORY = (
    Table(
        "activities",
        _lt("Activities"),
        "crm_Activities",
        f"id type title description date duration outcome status metadata {_AUTHORS}"
        f" {_BIN}",
        stamps=_UPDATED,
        foreign=True,
        depends_on=("users", "deals", "leads", "contacts", "targets", "companies"),
    ),
    Table(
        "calendar_events",
        _lt("Events of connected calendars"),
        "crm_CalendarEvents",
        "id source externalId iCalUID activityId startAt endAt attendeeEmails status",
        depends_on=("activities",),
    ),
    Table(
        "emails",
        _lt("E-mails"),
        "Email",
        "id userId rfcMessageId folder subject fromName fromEmail toRecipients"
        " ccRecipients bodyText bodyHtml sentAt isDeleted createdAt updatedAt",
        stamps=("updatedAt",),
        binned=(("isDeleted", '{t}."isDeleted"'),),
        rows=ROWS_WITH_TEXT,
        depends_on=("users", "contacts", "companies"),
    ),
    Table(
        "audit_log",
        _lt("Audit log"),
        "crm_AuditLog",
        "id entityType entityId action changes userId createdAt",
        stamps=("createdAt",),
        depends_on=("users",),
        optional=True,
    ),
)
