"""What a person reads: sentences, labels, words."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_grouped
from . import crm_migration_labelled
