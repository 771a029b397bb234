"""What of a series is still to come, where the source has planned no further than some day.

Dataverse plans an open series a year ahead and goes on by itself; a file names one meeting
and its rule. Odoo plans a series once and never again (calendar, 19.0): without these its
users would have no meeting of it any more.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from odoo import fields, models
from odoo.fields import Command

from ...connectors.mapping.series import end_by_the_clock
from ..loading.batch import UNUSABLE
from ..loading.usage import MARGIN

EVENT = "calendar.event"
HORIZON = relativedelta(years=1)
MOST = 366
"""Meetings of one series at most: each day of a year."""


class CrmMigrationTargetCalendarFurther(models.AbstractModel):
    """Meetings from today on, up to a year ahead, as the last one that the source has.

    None is made where the source has one itself, nor in the past: which of those took
    place nobody knows; nor of a series of which the source has had none for a year. They
    belong to the series, and a rollback takes them with it. ``@except`` lists the moments
    at which the source has taken one out of it, or moved it.
    """

    _name = "crm.migration.target.calendar.further"
    _description = "Migration: Further Meetings of Series"

    def _plan_further(self, batch, item, series):
        """Make the meetings of a series that are still to come; return how many."""
        known = series.calendar_event_ids.filtered("follow_recurrence")
        last = known.sorted("start")[-1:]
        if not last:
            return 0
        starts = self._list_starts(batch, item, last, known.sorted("start")[:1])
        if not starts:
            return 0
        if len(known) > 1 and last.start < fields.Datetime.now() - HORIZON:
            # A source that had several of them and stopped has ended it.
            about = {"rule": series.name, "day": str(last.start.date())}
            item.report("series_stopped", "info", "@rule", last.display_name, **about)
            return 0
        [vals] = last.copy_data()
        # The last one may have been held without somebody; answers are not given yet.
        vals["partner_ids"] = [Command.set(last.partner_ids.ids)]
        for name in ("recurrence_id", "recurrency", "follow_recurrence"):
            vals.pop(name, None)
        length = last.stop - last.start
        made = self.env[EVENT].create(
            [
                {
                    **vals,
                    "start": start,
                    "stop": start + length,
                    "start_date": start.date() if last.allday else False,
                    "stop_date": (start + length).date() if last.allday else False,
                }
                for start in starts
            ]
        )
        # Odoo takes one that is created as of a series for the beginning of another.
        of = {"recurrence_id": series.id, "recurrency": True, "follow_recurrence": True}
        models.BaseModel.write(made, of)
        for event in made:
            item.add_extra(EVENT, event.id)
        day = str(made[-1:].start.date())
        name, count = last.display_name, len(made)
        about = {"rule": series.name, "count": count, "day": day}
        item.report("series_continued", "info", "@rule", name, **about)
        return count

    def _list_starts(self, batch, item, last, first):
        """Return the moments (UTC) at which further meetings begin.

        They keep the hour of the clock where the series takes place.
        """
        zone = self._get_zone(batch, item, last)
        now = fields.Datetime.now()
        begin = self._as_wall(last.start, zone)
        anchor = self._as_wall(first.start, zone).date()
        if told := self._moment(batch, item, "@start"):
            anchor = min(anchor, self._as_wall(told, zone).date())
        text, until = self._split_rule(item, zone)
        try:
            rule = rrulestr(text, dtstart=datetime.combine(anchor, begin.time()))
            found = rule.xafter(max(begin, self._as_wall(now, zone)), count=MOST)
            end = self._as_wall(now + HORIZON, zone)
            if until:
                end = min(end, until)
            starts, apart = [], self._list_apart(item)
            days = {moment.date() for moment in apart}
            for moment in found:
                if moment > end:
                    break
                start = self._as_utc(moment, zone)
                if start not in apart and not (last.allday and start.date() in days):
                    starts.append(start)
        except UNUSABLE:
            return []
        return starts

    def _list_apart(self, item):
        """Return the moments (UTC) at which the series has no meeting, or a moved one."""
        texts = item.targets.get("@except") or []
        moments = map(self._instant, texts if isinstance(texts, list) else [texts])
        return set(filter(None, moments))

    def _get_rule(self, item, zone):
        """Return a rule whose last day is one of its zone, None for whole days."""
        text = str(item.targets.get("@rule") or "").strip().upper()
        return end_by_the_clock(text.removeprefix("RRULE:"), zone)

    def _split_rule(self, item, zone):
        """Return a rule without its last day, and the end of that day."""
        parts = self._get_rule(item, zone).split(";")
        kept = [part for part in parts if part and not part.startswith("UNTIL=")]
        days = [part[6:14] for part in parts if part.startswith("UNTIL=")]
        until = None
        if days:
            until = datetime.strptime(days[0], "%Y%m%d") + timedelta(days=1, seconds=-1)
        return ";".join(kept), until

    def _get_zone(self, batch, item, last):
        """Return the zone of a series, None for whole days: those are of no zone."""
        if last.allday:
            return None
        return self._find_zone(batch, item)

    def _find_zone(self, batch, item):
        """Return the zone by whose clock a series is counted."""
        name = item.targets.get("event_tz") or batch.job.tz or "UTC"
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def _as_wall(self, moment, zone):
        if zone is None:
            return moment
        return moment.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)

    def _as_utc(self, moment, zone):
        if zone is None:
            return moment
        return moment.replace(tzinfo=zone).astimezone(timezone.utc).replace(tzinfo=None)

    # -- what the source plans later ------------------------------------------------

    def _give_way(self, until):
        """Delete planned meetings in whose place the source has now its own.

        :param until: series → the last moment for which the source has planned
        """
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT event.id, event.recurrence_id, event.start
              FROM crm_migration_id_map AS map
             CROSS JOIN LATERAL
                   jsonb_array_elements_text(map.extras -> %s) AS extra
              JOIN calendar_event AS event ON event.id = extra.value::int
             WHERE map.res_model = 'calendar.recurrence' AND map.res_id = ANY(%s)
               AND jsonb_typeof(map.extras -> %s) = 'array'
               AND event.write_date <= event.create_date + INTERVAL '{MARGIN}'
            """,
            [EVENT, list(until), EVENT],
        )
        gone = [
            res_id
            for res_id, series, start in self.env.cr.fetchall()
            if start <= until[series]
        ]
        models.BaseModel.unlink(self.env[EVENT].browse(gone))
