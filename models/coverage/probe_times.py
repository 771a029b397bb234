"""Looks into how long something took, and by which rule it comes again."""

import re
from datetime import datetime, time, timezone
from itertools import islice

from dateutil.rrule import rrulestr

from odoo.exceptions import UserError

from ...connectors.mapping.apply import get_value
from .alike import has_day, has_instant, has_time
from .durations import has_hours, read_hours
from .probe import Probe
from .verdicts import FIELD, NOTES

_UNTIL = re.compile(r"(?<=UNTIL=\d{8})T\d{6}Z", re.IGNORECASE)
"""The hour, in UTC, at which a rule ends."""


class DurationProbe(Probe):
    """Hours, minutes or seconds between begin and end, or told in the text."""

    def look(self, value, path, case, part):
        record = part.record
        if record._name == "calendar.event" and record.start and record.stop:
            hours = (record.stop - record.start).total_seconds() / 3600
            if has_hours([value], hours) or has_hours(self._parts(case), hours):
                return FIELD
            if record.allday and has_hours([value], 0):
                return FIELD
        elif "duration" in record._fields and self._is_kept(value, case, record):
            return FIELD
        if case.has_noted(value, case.look.plan.labels.of(path)):
            return NOTES
        if any(case.tells_minutes(hours * 60) for hours in read_hours(value)):
            return NOTES
        return None

    def _is_kept(self, value, case, record):
        """Tell whether the record's own length, in minutes or hours, says the value."""
        kept = (record.duration / 60, record.duration)
        told = ([value], self._parts(case))
        return any(has_hours(each, hours) for each in told for hours in kept)

    def _parts(self, case):
        """Return what the line takes: hours and minutes may stand in two members."""
        paths = case.look.plan.paths_of[self.line_id]
        values = (get_value(case.payload, path) for path in paths)
        return [value for value in values if value not in (None, "")]


class RuleProbe(Probe):
    """A rule comes to the same days as Odoo's, of which it may be written otherwise."""

    FIRST = 12
    """Days that are compared; what differs does so before."""

    def look(self, value, path, case, part):
        series = part.record
        if series._name != "calendar.recurrence":
            return None
        start, text = series.dtstart or datetime(2000, 1, 3), str(value)
        begin, is_day = start, any(series.calendar_event_ids.mapped("allday"))
        if _UNTIL.search(text) and not is_day:
            begin = start.replace(tzinfo=timezone.utc).astimezone(self.declared.zone)
            start, is_day = begin.replace(tzinfo=None), begin.time() == time.min
        if is_day:
            begin, text = start, _UNTIL.sub("", text)  # whole days end with a day
        try:
            wanted = rrulestr(text, dtstart=begin)
            own = series._get_rrule(dtstart=start)
        except (ValueError, UserError):
            return None  # of one of the two come no days at all
        first = [
            [day.replace(tzinfo=None) for day in islice(rule, self.FIRST)]
            for rule in (wanted, own)
        ]
        return FIELD if first[0] == first[1] else None


class ExceptProbe(Probe):
    """What was taken out of a series is not among its meetings."""

    def look(self, value, path, case, part):
        series = part.record
        if series._name != "calendar.recurrence":
            return None
        zone = self.declared.zone
        starts = series.calendar_event_ids.mapped("start")
        moments = [text.strip() for text in str(value).split(",")]
        is_there = any(has_instant(m, start, zone) for m in moments for start in starts)
        return None if is_there else FIELD


class StartProbe(Probe):
    """When a series begins is when one of its meetings does."""

    def look(self, value, path, case, part):
        series = part.record
        if series._name != "calendar.recurrence":
            return None
        moments = [*series.calendar_event_ids.mapped("start"), series.dtstart]
        zone = self.declared.zone
        is_there = any(
            has_instant(value, m, zone)
            or has_day(value, m, zone)
            or has_time(value, m, zone)
            for m in moments
            if m
        )
        return FIELD if is_there else None
