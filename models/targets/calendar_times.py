"""When a meeting begins and ends, as the source says it and as Odoo wants it."""

from datetime import datetime, time, timedelta, timezone
from math import ceil
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import models


class CrmMigrationTargetCalendarTimes(models.AbstractModel):
    _name = "crm.migration.target.calendar.times"
    _description = "Migration Target: Times of Meetings"

    def _as_local(self, batch, moment):
        """Return a moment in UTC as people there write it; a midnight is a day alone."""
        day = self._day_of(batch, moment)
        if moment.time() == time.min:
            return str(day)
        try:
            zone = ZoneInfo(batch.job.tz or "UTC")
        except ZoneInfoNotFoundError:
            zone = timezone.utc
        local = moment.replace(tzinfo=timezone.utc).astimezone(zone)
        return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")

    def _derive_time(self, batch, item):
        vals = item.vals
        start = vals.get("start")
        if not start and (stop := vals.get("stop")):
            # Its end alone is known: Odoo would let it begin now.
            hours = self._hours(batch, item, otherwise=1)
            start = vals["start"] = stop - timedelta(minutes=round(hours * 60))
        if not start:
            return
        if vals.get("allday"):
            first = self._day_of(batch, start)
            last = self._day_of(batch, vals.get("stop") or start)
            if not vals.get("stop") and (hours := self._hours(batch, item)):
                last = first + timedelta(days=max(ceil(hours / 24) - 1, 0))
            # Odoo's own convention: such days are not in UTC, and last from 8 to 18.
            vals["start"] = datetime.combine(first, time(8))
            vals["stop"] = datetime.combine(last, time(18))
        elif not vals.get("stop"):
            hours = self._hours(batch, item, otherwise=1)
            vals["stop"] = start + timedelta(minutes=round(hours * 60))

    def _moves_end(self, record, vals):
        """Tell whether Odoo would move the end along with a new start (19.0).

        It keeps the duration, which is in hours of two digits. An end that is not changed
        was said by the source, or by whoever worked on the meeting.
        """
        is_start_alone = vals.get("start") and "stop" not in vals
        if not is_start_alone or vals.get("allday", record.allday):
            return False
        return bool(record.stop) and record.stop >= vals["start"]
