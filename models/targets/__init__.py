"""One for each Odoo model that records are loaded into."""

# Who is inherited from comes first.
# isort: off
from .crm_lead import customer
from .crm_lead import history
from .crm_lead import read_again
from .mail_activity import overdue
from . import target
from . import calendar_event
from .crm_lead import crm_lead
from . import ir_attachment
from . import lookup_list
from . import crm_stage
from . import crm_team
from .mail_activity import mail_activity
from . import mail_blacklist
from .mail_message import people
from .mail_message import mail_message
from . import res_country_state
from . import res_partner
from . import res_partner_category
from . import res_users
from . import utm_campaign
