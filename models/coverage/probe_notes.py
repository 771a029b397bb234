"""Looks into the notes, for what has no field."""

from .alike import (
    has_written_instant,
)
from .probe import (
    NOTES,
    Probe,
)


class NoteProbe(Probe):
    """A text of no field, in the notes; numbers and words there stand alone."""

    def look(self, value, path, case, part):
        if self.is_noted(value, path, case):
            return NOTES
        zone = self.declared.zone
        return NOTES if has_written_instant(value, case.notes(), zone) else None
