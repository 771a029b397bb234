"""Two that may be one: pairs, and what speaks for them."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_duplicate
