"""Members that reading adds to the rows of a file, whatever its own columns are called."""

from .attachments import PARENT
from .bodies import FILE
from .further import MEMBERS
from .reading import ROW_NUMBER
from .references import BELONGING, TOLD_BY
from .rows import LINES
from .series import SERIES
from .stage_history import STAGES

MADE = frozenset(
    {ROW_NUMBER, LINES, SERIES, FILE, PARENT, STAGES}
    | {*BELONGING.values(), *TOLD_BY.values(), *MEMBERS.values()}
)
