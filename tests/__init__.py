from . import test_engine
from . import test_phases
from . import test_loader_partner
from . import test_loader_lead
from . import test_loader_message
from . import test_loader_activity
from . import test_loader_attachment
from . import test_loader_catalog
