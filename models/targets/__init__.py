"""One for each Odoo model that records are loaded into."""

# Who is inherited from comes first.
# isort: off
from .crm_lead import customer
from .crm_lead import history
from .crm_lead import read_again
from .mail_activity import overdue
from . import muting
from . import resolving
from . import settling
from . import target
from . import calendar_event
from .crm_lead import crm_lead
from . import ir_attachment
from . import lookup_list
from . import crm_lost_reason
from . import crm_stage
from . import crm_tag
from . import crm_team
from . import mail_activity_type
from .mail_activity import mail_activity
from . import mail_blacklist
from . import mail_template
from . import mailing_list
from .mail_message import people
from .mail_message import mail_message
from . import product_category
from . import product_pricelist
from . import product_pricelist_item
from . import product_template
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
from .sale_order import memo
from .sale_order import sale_order
from . import utm_campaign
from . import utm_medium
from . import utm_source
