"""What becomes of it: mappings, values, owners, and what proposes them."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_custom_object
from . import crm_migration_decided
from . import crm_migration_mapping_fields
from . import crm_migration_mapping_line_choice
from . import crm_migration_mapping_line_display
from . import crm_migration_mapping_line_fields
from . import crm_migration_mapping_line_join
from . import crm_migration_mapping_line_profile
from . import crm_migration_mapping_line_review
from . import crm_migration_mapping_line_suggest
from . import crm_migration_mapping_line_written
from . import crm_migration_mapping_line
from . import crm_migration_mapping_review
from . import crm_migration_mapping
from . import crm_migration_owner_effect
from . import crm_migration_owner
from . import crm_migration_value_map_bulk
from . import crm_migration_value_map_effect
from . import crm_migration_value_map_lineage
from . import crm_migration_value_map_plan
from . import crm_migration_value_map_proposal
from . import crm_migration_value_map
