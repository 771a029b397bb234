"""What was done and found: links, journal, messages, sums, differences, coverage."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_comparison_again
from . import crm_migration_comparison
from . import crm_migration_display
from . import crm_migration_conflict_note
from . import crm_migration_conflict
from . import crm_migration_difference_review
from . import crm_migration_difference
from . import crm_migration_id_map_same_name
from . import crm_migration_id_map_target
from . import crm_migration_id_map
from . import crm_migration_creation
from . import crm_migration_reassignment
from . import crm_migration_reassignment_line
from . import crm_migration_reassignment_change
from . import crm_migration_journal
from . import crm_migration_quality_hit
from . import crm_migration_quality
from . import crm_migration_message_review
from . import crm_migration_message_solved
from . import crm_migration_message
from . import crm_migration_migrated
from . import crm_migration_missed
from . import crm_migration_coverage
from . import crm_migration_overview
from . import crm_migration_reconciliation
from . import crm_migration_sign_off_chain
from . import crm_migration_sign_off_words
from . import crm_migration_sign_off
from . import crm_migration_unaccounted
from . import crm_migration_spot_check_draw
from . import crm_migration_spot_check
from . import crm_migration_spot_check_line
