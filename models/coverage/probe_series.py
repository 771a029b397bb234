"""Looks into how a series of meetings repeats."""

from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

from .probe import FIELD, Probe


class RuleProbe(Probe):
    """A rule comes to the same days as Odoo's, of which it may be written otherwise."""

    FIRST = 12
    """Days that are compared; what differs does so before."""

    def look(self, value, path, case, part):
        series = part.record
        if series._name != "calendar.recurrence":
            return None
        start = series.dtstart or datetime(2000, 1, 3)
        try:
            wanted = rrulestr(str(value), dtstart=start)
        except ValueError:
            return None
        own = series._get_rrule(dtstart=start)
        first = [list(islice(rule, self.FIRST)) for rule in (wanted, own)]
        return FIELD if first[0] == first[1] else None
