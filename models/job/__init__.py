"""The migration itself: what starts, runs, waits and ends."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_check
from . import crm_migration_connection
from . import crm_migration_job_actions
from . import crm_migration_job_custom_fields
from . import crm_migration_job_progress
from . import crm_migration_job_again
from . import crm_migration_job_collect
from . import crm_migration_job_coverage
from . import crm_migration_job_decisions
from . import crm_migration_job_figures
from . import crm_migration_job_files
from . import crm_migration_job_filters
from . import crm_migration_job_lineage
from . import crm_migration_job_losses
from . import crm_migration_job_next_step
from . import crm_migration_job_owners
from . import crm_migration_job_plan_names
from . import crm_migration_job_preflight
from . import crm_migration_job_preflight_amounts
from . import crm_migration_job_preflight_targets
from . import crm_migration_job_preflight_essentials
from . import crm_migration_job_profile
from . import crm_migration_job_rebuild
from . import crm_migration_job_review
from . import crm_migration_job_schedule_text
from . import crm_migration_job_starting
from . import crm_migration_job_reconcile
from . import crm_migration_options_review
from . import crm_migration_options
from . import crm_migration_plan
from . import crm_migration_job_plan
from . import crm_migration_replay_summary
from . import crm_migration_replay
from . import crm_migration_job_queue
from . import crm_migration_slice_job
from . import crm_migration_slice_work
from . import crm_migration_slice
from . import crm_migration_run_engine
from . import crm_migration_template
from . import crm_migration_job_template
from . import crm_migration_job_arms
from . import crm_migration_job_cron
from . import crm_migration_job
from . import crm_migration_run
