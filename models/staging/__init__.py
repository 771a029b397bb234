"""What was read: objects, records and their files, as the source gave them."""

# Who is inherited from comes first.
# isort: off
from . import crm_migration_record_stage
from . import crm_migration_record_fetched
from . import crm_migration_record_vanished
from . import crm_migration_record_wiped
from . import crm_migration_record
from . import crm_migration_message_number
from . import crm_migration_sighting
from . import crm_migration_stream_again
from . import crm_migration_stream_filter
from . import crm_migration_stream
