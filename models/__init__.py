"""The rooms, from the ground up: one may use what stands before it."""

# isort: off
from . import safety
from . import words
from . import staging
from . import mapping
from . import coverage
from . import auditors
from . import duplicates
from . import evidence
from . import odoo
from . import loading
from . import targets
from . import rebuild
from . import phases
from . import job
