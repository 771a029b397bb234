"""Days and times: shifted by a zone, absurdly long, out of every range."""

import re
from datetime import datetime, timedelta, timezone

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import read_moments, read_numbers
from ..coverage.leaves import is_filled
from ..coverage.sight import any_of
from .auditor import Auditor

_lt = LazyTranslate(__name__)

LONGEST = timedelta(days=31)
EARLIEST, LATEST = 1753, 2200
_RULE = re.compile(
    r"(?:RRULE:|[A-Z]+=\S*;)?FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)\b", re.I
)


class ShiftedDay(Auditor):
    code = "shifted_day"
    sentence = _lt(
        "A day is off by one: the instant is a midnight where the source is."
    )

    def suspects(self, sight):
        """What is no instant has no zone, and what begins at midnight is no slip."""
        return any_of(
            SQL(
                "length(%s) >= 16 AND %s !~ %s",
                *(said, said, r"^\d{4}-\d\d-\d\d[T ]00:00(:00|Z|$)"),
            )
            for _column, said in sight.list_filled("date")
        )

    def audit(self, case, part):
        for target, _path, value, zone in part.days():
            found = part.record[target]
            if not found or not isinstance(value, str) or len(value) < 16:
                continue
            for moment in read_moments(value)[:1]:
                wanted = self._midnight(moment, zone)
                if wanted and found != wanted and found == moment.date():
                    yield target, wanted, found

    def _midnight(self, moment, zone):
        """Return the day that an instant is the midnight of, None where it is none."""
        if not isinstance(moment, datetime):
            return None
        if not moment.tzinfo:
            # 23:59:16 of the day before: a writer's slip of a historic offset.
            late = moment.hour == 23 and moment.minute == 59 and moment.second
            return (moment + timedelta(minutes=1)).date() if late else None
        if not moment.time() == moment.time().replace(hour=0, minute=0, second=0):
            local = moment.astimezone(zone)
            if (local.hour, local.minute, local.second) == (0, 0, 0):
                return local.date()
        return None


class AbsurdDuration(Auditor):
    code = "absurd_duration"
    sentence = _lt("A meeting ends before it begins, or lasts longer than a month.")
    models = ("calendar.event",)

    def suspects(self, sight):
        return SQL(
            "record.stop < record.start OR record.stop > record.start + interval '31 days'"
        )

    def audit(self, case, part):
        start, stop = part.record.start, part.record.stop
        if not start or not stop:
            return
        length = stop - start
        if length < timedelta(0) or length > LONGEST:
            ends = [str(value) for _path, value in part.given("stop", "stop_date")]
            yield "stop", ends[0] if ends else "", stop


class LostTime(Auditor):
    """Begin and end stand in columns of their own: day, time of day and a flag."""

    code = "lost_time"
    sentence = _lt("A meeting has a time in the source, but none, or another, in Odoo.")
    models = ("calendar.event",)

    def suspects(self, sight):
        return any_of(
            SQL("strpos(left(%s, 3), ':') > 0 AND length(%s) <= 11", said, said)
            for key, said in sight.list_members()
            if "start" in key.lower() and "time" in key.lower()
        )

    def audit(self, case, part):
        if part.record.allday or not part.record.start:
            return
        local = part.record.start.replace(tzinfo=timezone.utc)
        local = local.astimezone(part.zone_of("start"))
        times = [
            value.strip()
            for key, value in case.payload.items()
            if isinstance(value, str)
            and "start" in key.lower()
            and "time" in key.lower()
            and 4 <= len(value) <= 11
            and ":" in value[:3]
        ]
        for text in times:
            hour, minute = text[:5].rstrip(":").split(":")[:2]
            half = 12 if text.lower().endswith("pm") and int(hour) < 12 else 0
            if minute[:2].isdecimal() and hour.isdecimal():
                if (local.hour, local.minute) != (
                    int(hour) % 24 + half,
                    int(minute[:2]),
                ):
                    yield "start", text, part.record.start


class WrongDuration(Auditor):
    """Hours and minutes in two members: both count, and 0 is a duration."""

    code = "wrong_duration"
    sentence = _lt("A meeting does not last as long as in the source.")
    models = ("calendar.event",)

    def suspects(self, sight):
        return any_of(
            SQL("%s IS NOT NULL", said)
            for key, said in sight.list_members()
            if "duration" in key.lower() or "dauer" in key.lower()
        )

    def audit(self, case, part):
        if part.record.allday or not part.record.start or part.given("stop"):
            return
        minutes = self._minutes(case.payload)
        if minutes is None:
            return
        found = (part.record.stop - part.record.start).total_seconds() / 60
        if abs(found - minutes) > 1:
            yield "stop", f"{minutes:g} min", f"{found:g} min"

    def _minutes(self, payload):
        found = {}
        for key, value in payload.items():
            name = key.lower()
            if "duration" not in name and "dauer" not in name:
                continue
            for unit in ("millisecond", "second", "minute", "hour"):
                if unit in name or (unit == "millisecond" and name.endswith("_ms")):
                    numbers = read_numbers(value)
                    if len(numbers) == 1:
                        found.setdefault(unit, numbers.pop())
                    break
        factors = {"millisecond": 1 / 60000, "second": 1 / 60, "minute": 1, "hour": 60}
        return sum(n * factors[u] for u, n in found.items()) if found else None


class ImpossibleDate(Auditor):
    code = "impossible_date"
    sentence = _lt("A date is before 1753 or after 2200.")

    def suspects(self, sight):
        return any_of(
            SQL("%s NOT BETWEEN '1902-01-01' AND '2200-01-01'", column)
            for column, _said in sight.list_filled("date")
        )

    def audit(self, case, part):
        for target, _path, value, _zone in part.days():
            found = part.record[target]
            if not found:
                continue
            # The zero of spreadsheets and programs is in range, and no day either.
            is_none = not is_filled(found.isoformat()[:10])
            if is_none or not EARLIEST <= found.year <= LATEST:
                yield target, value, found


class LostSeries(Auditor):
    """A meeting has a rule (RFC 5545), and nothing takes it: it came once, not each week."""

    code = "no_series"
    sentence = _lt("A meeting comes again by a rule, and is in no series.")
    models = ("calendar.event",)

    def suspects(self, sight):
        return SQL("strpos(upper(given.v::text), 'FREQ=') > 0")

    def audit(self, case, part):
        if part.record.recurrence_id or part.given("recurrence_id"):
            return
        for value in case.payload.values():
            if isinstance(value, str) and _RULE.match(value.strip()):
                yield "recurrence_id", value, ""
