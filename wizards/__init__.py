from . import crm_migration_job_start
from . import crm_migration_check_accept
from . import crm_migration_mapping_accept
from . import crm_migration_mapping_custom
from . import crm_migration_mapping_ignore
from . import crm_migration_record_edit
from . import crm_migration_record_skip
from . import crm_migration_rollback
