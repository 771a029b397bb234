"""Looks into the notes, for what has no field."""

from .alike import (
    has_written_instant,
)
from .probe import (
    NOTES,
    Probe,
)
from .staged_names import called_staged


class NoteProbe(Probe):
    """A text of no field, in the notes; numbers and words there stand alone."""

    def look(self, value, path, case, part):
        if self.is_noted(value, path, case):
            return NOTES
        zone = self.declared.zone
        return NOTES if has_written_instant(value, case.notes(), zone) else None


class KeptProbe(NoteProbe):
    """A value that stands in the notes for want of a field: of a link, the name."""

    def look(self, value, path, case, part):
        if there := super().look(value, path, case, part):
            return there
        if self.declared.by_parent and not path.endswith(".id"):
            return NOTES  # {"stream": "contacts", "id": 5}: what the link is to
        for wanted in self.wanted_links(value, path, case.payload):
            hit = case.look.links.get(wanted)
            # What nothing takes here was read all the same, and is named.
            names = case.look.called(*hit) if hit else called_staged(case.look, wanted)
            if any(name and name in case.notes() for name in names):
                return NOTES
        return None
