"""What ran by itself in the source: the inventory, and drafts of it in Odoo."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_automation_words
from . import crm_migration_automation_drafts
from . import crm_migration_automation
