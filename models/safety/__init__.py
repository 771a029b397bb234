"""Who may write what, which address may be called, and where a secret stands."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_rights
from . import crm_migration_subjects
from . import crm_migration_protected
from . import crm_migration_dialog
from . import rpc_log
from . import sql_log
