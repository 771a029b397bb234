from . import models
from . import wizards


def uninstall_hook(env):
    """Hand over what stays in the database when the addon goes (19.0 ``load_modules``)."""
    env["crm.migration.phase.prepare"]._leave_objects()
