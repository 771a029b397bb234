"""What the load added on its own: a salesperson, an assignee, a day, an outcome."""

from datetime import datetime

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import read_moments
from ..coverage.leaves import walk
from ..coverage.outcome import outcome_of
from ..coverage.sight import any_of
from .auditor import Auditor

_lt = LazyTranslate(__name__)


class AssignedByDefault(Auditor):
    code = "defaulted"
    sentence = _lt("The source names nobody: the user was put there by the load.")
    models = (
        "crm.lead",
        "res.partner",
        "mail.activity",
        "project.task",
        "calendar.event",
    )

    def suspects(self, sight):
        conditions = []
        for name in ("user_id", "user_ids"):
            if name in sight.fields:
                if not sight.is_linked_plainly(name):
                    return None
                there = sight.has_linked(name, SQL("TRUE"))
                given = sight.is_given(name, "@created_by")
                conditions.append(SQL("%s AND NOT %s", there, given))
        return any_of(conditions)

    def audit(self, case, part):
        for name in ("user_id", "user_ids"):
            if name not in part.record._fields or part.given(name, "@created_by"):
                continue
            users = part.record[name]
            if users and not part.is_worked_on():
                yield name, "", ", ".join(users.mapped("name"))


class ClosedByDefault(Auditor):
    code = "closed_by_default"
    sentence = _lt("The lead is closed, and nothing in the source says so.")
    models = ("crm.lead",)
    targets = (
        *("@state", "active", "probability", "stage_id", "@closed_at"),
        *("lost_reason_id", "@stage_history"),
    )
    """What says how a deal has ended."""

    def suspects(self, sight):
        given = sight.is_given(*self.targets)
        return SQL("%s <> 'open' AND NOT %s", sight.outcome(), given)

    def audit(self, case, part):
        told = part.given(*self.targets)
        if not told and not part.constants("@state") and not part.is_worked_on():
            now = outcome_of(part.record)
            if now != "open":
                yield "active", "open", now


class DatedByLoad(Auditor):
    """A day of the load where the source knows none; Odoo requires none of these."""

    code = "dated_by_load"
    sentence = _lt("The source has no such date: it is the day of the load.")
    models = ("mail.activity", "crm.lead")

    def suspects(self, sight):
        names = [name for name in ("date_done", "date_closed") if name in sight.fields]
        return any_of(
            SQL("%s::date = given.loaded_at::date", SQL.identifier("record", name))
            for name in names
        )

    def audit(self, case, part):
        dates = {
            "mail.activity": (("date_done", ("@done_at", "date_done")),),
            "crm.lead": (("date_closed", ("@closed_at", "@stage_history")),),
        }[part.record._name]
        for name, targets in dates:
            found = part.record[name]
            if found and part.loaded_at and not part.given(*targets, "@updated_at"):
                day = found.date() if hasattr(found, "date") else found
                is_own = day == part.loaded_at.date() and not part.is_worked_on()
                if is_own and not self._is_told(case, day):
                    yield name, "", found

    def _is_told(self, case, day):
        """Tell whether any date of the source is that day, in whichever zone."""
        return any(
            abs((self._day_of(moment) - day).days) <= 1
            for _path, value in walk(case.payload)
            if isinstance(value, str)
            for moment in read_moments(value)
        )

    def _day_of(self, moment):
        return moment.date() if isinstance(moment, datetime) else moment
