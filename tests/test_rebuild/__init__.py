from . import test_rebuild_drafts
from . import test_rebuild_guide
from . import test_rebuild_systems
