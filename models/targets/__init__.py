"""One for each Odoo model that records are loaded into."""

# Who is inherited from comes first.
# isort: off
from .crm_lead import closing
from .crm_lead import customer
from .crm_lead import history
from .crm_lead import outcome
from .crm_lead import read_again
from .crm_lead import verify_sql
from .mail_activity import overdue
from .mail_activity import verify_sql as verify_activities
from .account_move import preflight as account_move_preflight
from .account_move import lines as account_move_lines
from .account_move import ready as account_move_ready
from .account_move import settling as account_move_settling
from .account_move import setup as account_move_setup
from .account_move import payment_entries as account_move_payment_entries
from .account_move import payments as account_move_payments
from .account_move import taking_back as account_move_taking_back
from .account_move import taxes as account_move_taxes
from .account_move import totals as account_move_totals
from . import company_names
from . import muting
from . import resolving
from . import settling
from . import arranging
from . import target
from . import by_key
from .account_move import account_move
from . import account_move_line
from . import calendar_times
from . import calendar_users
from . import calendar_verify_sql
from . import calendar_event
from . import calendar_recurrence
from .crm_lead import crm_lead
from . import custom_object
from . import ir_attachment
from . import lookup_list
from . import crm_lost_reason
from . import crm_phonecall
from . import crm_stage
from . import crm_tag
from . import crm_team
from . import document_page
from .helpdesk_ticket import helpdesk_ticket
from .helpdesk_ticket import helpdesk_ticket_category
from .helpdesk_ticket import helpdesk_ticket_channel
from .helpdesk_ticket import helpdesk_ticket_stage
from .helpdesk_ticket import helpdesk_ticket_tag
from .helpdesk_ticket import helpdesk_ticket_team
from . import mail_activity_type
from .mail_activity import done_message
from .mail_activity import mail_activity
from . import mail_blacklist
from . import mail_template
from . import mailing_contact
from . import mailing_list
from . import mailing_mailing
from . import mailing_subscription
from . import mailing_trace
from .mail_message import addressed
from .mail_message import people
from .mail_message import alike
from .mail_message import verify_sql as verify_messages
from .mail_message import mail_message
from . import product_category
from . import product_pricelist
from . import product_pricelist_item
from . import product_template
from . import project_inbox
from . import project_personal_stages
from . import project_milestone
from . import project_project
from . import project_tags
from . import project_task
from . import project_task_type
from . import res_country_state
from . import res_partner
from . import res_partner_category
from . import res_partner_industry
from . import res_users
from .sale_order import lines
from .sale_order import sale_order
from .sale_order import sale_order_line
from . import utm_campaign
from . import utm_medium
from . import utm_source
