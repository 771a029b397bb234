"""The steps of a migration, one batch of records at a time."""

# Who is inherited from comes first.
# isort: off
from . import phase
from . import mapped
from . import shared
from . import load_shared
from . import by_object
from . import archive
from . import cover_carried
from . import cover
from . import discover
from . import dry_run
from . import extract
from . import load
from . import compare
from . import link
from . import match_keys
from . import match_marks
from . import match_shared
from . import match
from . import prepare_objects
from . import prepare_options
from . import prepare_page
from . import prepare
from . import profile
from . import reread
from . import rollback
from . import sample_draw
from . import settle
from . import transform_plan
from . import transform_once
from . import transform_write
from . import transform
from . import verify
