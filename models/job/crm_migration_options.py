"""The choices of a migration: what the wizard asks, the job keeps and a plan carries."""

from odoo import api, fields, models

from ..duplicates.rules import ASK_FROM, MERGE_FROM
from ..staging.crm_migration_record_vanished import VANISHED_POLICIES

OPTIONS = (
    "company_id",
    "team_id",
    "tz",
    "since",
    "anonymize",
    "country_id",
    "currency_id",
    "owner_policy",
    "duplicate_policy",
    "duplicate_merge_from",
    "duplicate_ask_from",
    "history_policy",
    "email_results",
    "campaign_policy",
    "payment_policy",
    "overdue_policy",
    "undecided_policy",
    "attachment_policy",
    "attachment_limit",
    "vanished_policy",
    "sign_off",
    "load_sign_offs",
    "workers",
)
"""What the wizard asks, the job keeps and a plan carries."""


class CrmMigrationOptions(models.AbstractModel):
    """The choices of a migration, shared by the job and the wizard that starts it."""

    _name = "crm.migration.options"
    _description = "Migration Options"
    _inherit = [
        "crm.migration.options.review",
    ]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        check_company=True,
        help="For leads whose pipeline does not say which team they belong to.",
    )
    tz = fields.Selection(
        "_selection_tz",
        string="Time Zone of the Source",
        default=lambda self: self.env.user.tz or "UTC",
        help="For times that the source writes without a zone.",
    )
    since = fields.Datetime(
        string="Changed Since", help="Leave out what has not changed since. Empty: all."
    )
    anonymize = fields.Boolean(
        string="Anonymize People",
        help="For a rehearsal: names, addresses, telephone and tax numbers, texts and files "
        "are invented ones before anything is kept in this database. Amounts, dates, "
        "stages and links stay as they are. Choose it before the source is read.",
    )
    country_id = fields.Many2one(
        "res.country",
        string="Default Country",
        help="For phone numbers without a country code.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Source",
        help="For amounts without a currency. Empty: the currency of the company.",
    )
    owner_policy = fields.Selection(
        [
            ("wait", "Wait until every owner is decided"),
            ("placeholder", "Carry the name in an inactive user"),
            ("empty", "Leave the salesperson empty"),
        ],
        string="Unknown Owners",
        default="placeholder",
        required=True,
    )
    duplicate_policy = fields.Selection(
        [
            ("review", "Ask me about each"),
            ("merge", "Merge certain ones, ask about the others"),
            ("keep", "Keep both"),
        ],
        string="Duplicates",
        default="review",
        required=True,
    )
    duplicate_merge_from = fields.Integer(
        string="Merge From (%)",
        default=MERGE_FROM,
        required=True,
        help="Pairs with this score or more are certain. What looks like several records "
        "in Odoo, or like the contact of a user, is asked about all the same.",
    )
    duplicate_ask_from = fields.Integer(
        string="Ask From (%)",
        default=ASK_FROM,
        required=True,
        help="Pairs with this score or more wait for you; with less, both are kept.",
    )
    email_results = fields.Selection(
        [
            ("messages", "As messages"),
            ("mailings", "As messages, and as statistics of mailings"),
        ],
        string="E-Mails Sent to Many",
        default="messages",
        required=True,
        help="What becomes of sends, openings, clicks and bounces. Statistics need Email "
        "Marketing. Decide it before the discovery.",
    )
    campaign_policy = fields.Selection(
        [
            ("campaign", "As campaigns"),
            ("deal_tag", "As tags of leads and opportunities"),
            ("contact_tag", "As tags of contacts"),
        ],
        string="Campaigns",
        default="campaign",
        required=True,
        help="What campaigns of the source become, with what belongs to them. Decide it "
        "before the discovery.",
    )
    payment_policy = fields.Selection(
        [
            ("note", "Note what was paid"),
            ("register", "Register payments"),
        ],
        string="Paid Invoices",
        default="note",
        required=True,
        help="Whether what was paid of an invoice becomes a payment in the first bank "
        "journal of the company (else its first cash journal), on the day of the payment, "
        "else on the due date. Otherwise paid invoices are open in Odoo until somebody "
        "registers their payments. Needs Invoicing.",
    )
    overdue_policy = fields.Selection(
        [
            ("keep", "Keep them open"),
            ("close", "Close them on the day they were due"),
            ("note", "Leave a note instead"),
        ],
        string="Activities Overdue for Years",
        default="keep",
        required=True,
        help="Open activities that Odoo's daily clean-up would take for forgotten: due "
        "more than three years ago, unless the system parameter "
        "mail.activity.gc.delete_overdue_years says otherwise. Those that are kept open "
        "are kept from the clean-up as well.",
    )
    history_policy = fields.Selection(
        [("all", "Bring everything over"), ("none", "Leave history behind")],
        string="History",
        default="all",
        required=True,
        help="Notes, e-mails, calls and done activities.",
    )
    undecided_policy = fields.Selection(
        [
            ("notes", "Keep their values in the notes"),
            ("leave", "Leave them behind"),
        ],
        string="Undecided Fields",
        default="notes",
        required=True,
        help="Fields of the source of which nobody has decided where they go.",
    )
    attachment_policy = fields.Selection(
        [
            ("all", "Bring all files over"),
            ("review", "Flag large files for review"),
            ("none", "Leave files behind"),
        ],
        string="Attachments",
        default="review",
        required=True,
    )
    attachment_limit = fields.Integer(string="Large File Threshold (MB)", default=25)
    vanished_policy = fields.Selection(
        VANISHED_POLICIES,
        string="Vanished From the Source",
        default="keep",
        required=True,
        help="What becomes of a record that a later reading does not find any more. "
        "Nothing is ever deleted.",
    )
    sign_off = fields.Selection(
        [
            ("auto", "Go on when the sums are right"),
            ("manual", "Wait for a signature after each object"),
        ],
        string="Sign-off",
        default="auto",
        required=True,
    )
    load_sign_offs = fields.Selection(
        [
            ("unchanged", "Unless something signed has changed"),
            ("required", "Only once everything is signed"),
        ],
        string="Load",
        default="unchanged",
        required=True,
        help="Mapping, values, owners and dry run can be signed. A load never starts where "
        "one of them has changed since.",
    )
    workers = fields.Integer(
        default=1,
        required=True,
        help="How many processes load at the same time. More than one needs as many cores "
        "and scheduler workers (max_cron_threads), see the manual.",
    )

    @api.model
    def _selection_tz(self):
        return self.env["res.partner"]._fields["tz"]._description_selection(self.env)
