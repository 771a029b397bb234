"""Keep arguments of calls to a migration out of Odoo's own log: some are secrets.

At level DEBUG Odoo 19.0 writes every call with its arguments
(``odoo.service.model.call_kw``), and a dialog saves what was typed as such arguments.
"""

import logging

from odoo.models import BaseModel

PREFIX = "crm.migration."


_LOGGER = "odoo.service.model"


class _Hush(logging.Filter):
    """Let the call be seen, not what it was called with."""

    def filter(self, record):
        args = record.args
        if isinstance(args, tuple) and args and isinstance(args[0], BaseModel):
            if args[0]._name.startswith(PREFIX):
                record.args = (*args[:2], *("…" for _each in args[2:]))
        return True


logging.getLogger(_LOGGER).addFilter(_Hush())
