"""Series of meetings: the rule; the source's own meetings are what stands in it.

Odoo would make the meetings of a rule itself, those as well that were taken out of the
series or moved, and invite everybody. So none is made where the source has its own: each
names its series, and keeps the time that it has. Behind the last of them the series goes
on, as far ahead as ``calendar_further`` says.
"""

from datetime import datetime, time, timedelta

from dateutil.rrule import rrulestr

from odoo import models
from odoo.tools import SQL

from ..loading.batch import UNUSABLE
from .calendar_further import EVENT

WEEK = {
    "MO": "mon",
    "TU": "tue",
    "WE": "wed",
    "TH": "thu",
    "FR": "fri",
    "SA": "sat",
    "SU": "sun",
}
PLACES = ("1", "2", "3", "4", "-1")
RULE = ("rrule_type", "interval", "end_type", "count", "until", *WEEK.values())
RULE += ("month_by", "day", "byday", "weekday")
KNOWN = {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST"}
"""Parts that every rule of Odoo may have, whatever it goes by."""
BY = {
    "DAILY": set(),
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY"},
    "YEARLY": {"BYMONTH", "BYMONTHDAY"},
}


class CrmMigrationTargetCalendarRecurrence(models.AbstractModel):
    """``@rule`` is the rule (RFC 5545), ``@start`` when the first meeting begins.

    Odoo's form takes other rules without an error and makes others of them (calendar,
    19.0): what it cannot express is skipped, and its meetings stand one by one.
    """

    _name = "crm.migration.target.calendar.recurrence"
    _description = "Migration Target: Series of Meetings"
    _inherit = ["crm.migration.target", "crm.migration.target.calendar.further"]
    _archivable = False
    _model = "calendar.recurrence"
    _settles = True
    _own_relations = (("calendar.event", "recurrence_id"),)
    # The first of its meetings, which comes later; and the next reminder.
    # Odoo's text of the rule begins with the second in which it was written.
    _own_life = frozenset({"base_event_id", "rrule", "trigger_id"})

    def _create_wave(self, batch, items):
        fitting = []
        for item in items:
            if self._read_rule(batch, item) is None:
                item.skip("series_beyond_odoo")
            else:
                fitting.append(item)
        super()._create_wave(batch, fitting)

    def _derive(self, batch, item):
        item.vals.update(self._read_rule(batch, item) or {})

    def _complete(self, batch, item):
        super()._complete(batch, item)
        item.vals.setdefault("event_tz", batch.job.tz or "UTC")
        item.vals.setdefault("count", 1)
        item.vals.setdefault("until", False)

    def _after_create(self, batch, items):
        for item in items:
            self._write_rule(batch.model.browse(item.res_id), item.vals)

    def _write_record(self, batch, record, vals):
        super()._write_record(batch, record, vals)
        self._write_rule(record, vals)

    def _write_rule(self, series, vals):
        """Write the rule once more: Odoo reads it back out of its own text of it.

        In that a rule without an end has one after 720 meetings (calendar, 19.0).
        """
        self.env.flush_all()
        rule = {name: vals[name] for name in RULE if name in vals}
        if not rule:
            return
        columns = [
            SQL(
                "%s = %s",
                SQL.identifier(n),
                None if value is False and n == "until" else value,
            )
            for n, value in rule.items()
        ]
        self.env.cr.execute(
            SQL(
                "UPDATE calendar_recurrence SET %s WHERE id = %s",
                SQL(", ").join(columns),
                series.id,
            )
        )
        series.invalidate_recordset()
        self.env.cr.execute(
            "UPDATE calendar_recurrence SET name = %s WHERE id = %s",
            [series.get_recurrence_name(), series.id],
        )
        series.invalidate_recordset()

    def _read_rule(self, batch, item):
        """Return Odoo's fields for a rule, None where they would mean another one."""
        try:
            start = self._moment(batch, item, "@start")
            zone = self._find_zone(batch, item)
            # Midnight is a day alone, in UTC already where it came so.
            if start and start.time() != time.min:
                start = self._as_wall(start, zone)
            is_day = start and start.time() == time.min
            text = self._get_rule(item, None if is_day else zone)
            rrulestr(text.split(";UNTIL=")[0], dtstart=start or datetime(2000, 1, 1))
            parts = dict(part.split("=", 1) for part in text.split(";") if part)
            kind = parts["FREQ"]
            if parts.keys() - KNOWN - BY.get(kind, set()) or kind not in BY:
                return None
            by = self._read_days(kind, parts, start)
        except (*UNUSABLE, KeyError, TypeError):
            return None
        if by is None:
            return None
        week = by.pop("week", ())
        days = {name: name in week for name in WEEK.values()}
        return {
            "rrule_type": kind.lower(),
            "interval": int(parts.get("INTERVAL") or 1),
            **days,
            **by,
            **self._read_end(parts),
        }

    def _read_days(self, kind, parts, start):
        """Return on which days a rule falls, None where Odoo knows no such days."""
        days = [day for day in (parts.get("BYDAY") or "").split(",") if day]
        if kind == "WEEKLY":
            if not days and start:
                days = [list(WEEK)[start.weekday()]]
            return {"week": [WEEK[day] for day in days]} if days else None
        if kind == "MONTHLY" and days:
            place = days[0][:-2].lstrip("+")
            if len(days) > 1 or place not in PLACES or "BYMONTHDAY" in parts:
                return None
            weekday = WEEK[days[0][-2:]].upper()
            return {"month_by": "day", "byday": place, "weekday": weekday}
        if kind == "MONTHLY":
            day = parts.get("BYMONTHDAY") or (start and str(start.day)) or ""
            is_day = day.isdigit() and 1 <= int(day) <= 31
            return {"month_by": "date", "day": int(day)} if is_day else None
        if kind == "YEARLY":
            # Odoo's is the day of the first meeting, each year.
            own = (start and str(start.month), start and str(start.day))
            said = (parts.get("BYMONTH", own[0]), parts.get("BYMONTHDAY", own[1]))
            return {} if said == own else None
        return {}

    def _read_end(self, parts):
        if until := parts.get("UNTIL"):
            day = datetime.strptime(until[:8], "%Y%m%d").date()
            return {"end_type": "end_date", "until": day}
        if count := parts.get("COUNT"):
            return {"end_type": "count", "count": int(count)}
        return {"end_type": "forever"}

    def _settle(self, batch, items):
        """Name the meeting that Odoo takes for the first: it changes a series by that."""
        made = {}
        for item in items:
            series = batch.model.browse(item.res_id)
            self._tell_alone(item, series)
            if self._plan_further(batch, item, series):
                made[item] = item.all_extras()
            if series.calendar_event_ids and not series.base_event_id:
                first = series._get_first_event(include_outliers=False)
                first = first or series._get_first_event(include_outliers=True)
                models.BaseModel.write(series, {"base_event_id": first.id})
        self._keep_extras(batch, made)

    def _delete_extras(self, maps):
        """Leave a planned meeting that somebody has worked on: it stands for itself."""
        ids = self._list_extras(maps).get(EVENT, ())
        planned = self.env[EVENT].with_context(active_test=False).browse(ids).exists()
        margin = timedelta(seconds=1)
        models.BaseModel.unlink(
            planned.filtered(lambda one: one.write_date <= one.create_date + margin)
        )

    def _tell_alone(self, item, series):
        """Say that only one meeting of a series is there, where its rule makes more."""
        once = series.end_type == "count" and series.count <= 1
        if len(series.calendar_event_ids) == 1 and not once:
            name = series.calendar_event_ids.display_name
            item.report("series_alone", "warning", "@rule", name, rule=series.name)
