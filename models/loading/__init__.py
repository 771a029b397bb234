"""What all targets share, from staged values to columns, and back again."""

# Who is inherited from comes first.
# isort: off
from . import foreign_amounts
from . import audit_columns
from . import bisect
from . import archive
from . import chatter_order
from . import chatter_numbers
from . import default_names
from . import field_types
from . import followers
from . import further_links
from . import helpers
from . import history
from . import lane_copy
from . import further_threads
from . import chatter_notes
from . import kept_values
from . import leave_out
from . import link
from . import made_along
from . import memberships
from . import merge
from . import outcome
from . import state_within_country
from . import statistics
from . import restore
from . import row_images
from . import rows
from . import several_names
from . import staged_values
from . import taxes
from . import threads
from . import read_again
from . import update
from . import usage
from . import roll_back
from . import quick_values
from . import values
from . import verify
from . import verify_columns
from . import verify_audit_columns
from . import verify_explanations
from . import verify_odd_columns
from . import websites
