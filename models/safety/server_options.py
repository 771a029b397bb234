"""Options of the addon in ``odoo.conf``: a section of its own, or among Odoo's."""

import configparser

from odoo.tools import config

SECTION = "crm_migration"


def get_option(name):
    """Return an option as text, None where it is not set.

    ``name`` in the section ``[crm_migration]``, else ``crm_migration_name`` among Odoo's
    own: of those Odoo 19.0 says at each start that it does not know them.
    """
    parser = configparser.RawConfigParser()
    path = config["config"]
    if path:
        parser.read(path)
    own = parser.get(SECTION, name, fallback=None)
    found = config.get(f"{SECTION}_{name}") if own is None else own
    return None if found is None else str(found)
