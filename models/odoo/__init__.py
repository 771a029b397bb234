"""Odoo's own models: their silence during a load, and where they came from."""

# Who is inherited from comes first.
# isort: off
from . import base
from . import lane_rules
from . import lane_scores
from . import bus_bus
from . import calendar_event
from . import crm_lead
from . import crm_migration_quiet
from . import ir_attachment
from . import ir_cron
from . import ir_default
from . import mail_activity
from . import mail_thread
from . import res_partner
