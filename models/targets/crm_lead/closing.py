"""What a deal that is over came to, and when that was."""

from datetime import datetime, time

from odoo import fields, models

from ...loading.decimals import as_decimal

ACTUAL = "@actual_revenue"


class CrmMigrationTargetCrmLeadClosing(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.closing"
    _description = "Migration: Closing of Leads and Opportunities"

    def _is_won(self, vals):
        return vals.get("probability") == 100

    def _is_lost(self, vals):
        return vals.get("active") is False

    # -- revenue ---------------------------------------------------------------

    def _derive_amounts(self, batch, item, chosen=False):
        """Wait until it is known which of two amounts counts, and the rate of which day."""
        if chosen:
            super()._derive_amounts(batch, item)

    def _derive_revenue(self, batch, item):
        """Let what a deal came to count, where it is over; what was expected is noted.

        A lost one came to nothing: there a zero says no more than the outcome does.
        """
        if ACTUAL in item.targets:
            self._choose_amount(batch, item)
        self._derive_amounts(batch, item, chosen=True)

    def _choose_amount(self, batch, item):
        actual = as_decimal(item.targets[ACTUAL])
        is_lost = self._is_lost(item.vals)
        if actual is not None and (self._is_won(item.vals) or (is_lost and actual)):
            self._take_actual(batch, item, actual)
        elif actual != 0:
            text = item.targets[ACTUAL] if actual is None else f"{actual.normalize():f}"
            self._keep_in_notes(batch, item, ACTUAL, text)

    def _take_actual(self, batch, item, actual):
        expected = item.vals.get("expected_revenue")
        if expected and as_decimal(expected) != actual:
            currency, name = self._currency(batch, item)
            text = self._write_amount(expected, currency)
            if currency != batch.job.company_id.currency_id:
                text = f"{text} {name}"
            self._keep_in_notes(batch, item, "expected_revenue", text)
        item.vals["expected_revenue"] = float(actual)

    # -- dates -----------------------------------------------------------------

    def _derive_dates(self, batch, item):
        vals = item.vals
        created, changed, _author, _editor = self._origin(batch, item)
        told = self._told_creation(item)
        self._report_lost_steps(batch, item)
        steps = self._stage_steps(batch, item)
        last_step = steps[-1][1] if steps else None
        closed = self._moment(batch, item, "@closed_at")
        given = vals.get("date_last_stage_update")
        if self._is_won(vals) or self._is_lost(vals):
            if told and changed and changed < told:
                changed = None  # before it began nothing about it can have changed
            known = closed or last_step or self._closing_day(vals, told, changed)
            vals["date_closed"] = known or given or changed or False
            if not vals["date_closed"]:
                # Odoo would say today; its own figures take the day of creation then.
                item.report("closed_unknown", "info", "date_closed")
        elif "@state" in item.targets:
            vals["date_closed"] = False
        closed = fields.Datetime.to_datetime(vals.get("date_closed") or None)
        if not told and closed and (not created or closed < created):
            item.origin = (closed, *item.origin[1:])
            created = closed
        moved = given or last_step or vals.get("date_closed") or created
        if moved:
            vals["date_last_stage_update"] = moved
        if vals.get("user_id") and created:
            vals.setdefault("date_open", created)

    def _told_creation(self, item):
        """Return the creation that the source tells, not the first moment known of."""
        return self._instant(item.targets.get("@created_at"))

    def _closing_day(self, vals, created, changed):
        """Return noon of the day that was expected, where it can have been the last.

        Most CRMs have one closing date, expected at first, true in the end. Behind the
        last change, or in the future, it was never reached.
        """
        day = fields.Date.to_date(vals.get("date_deadline") or None)
        if not day:
            return None
        noon = datetime.combine(day, time(12))
        is_changed = changed and (not created or changed > created)
        latest = changed if is_changed else fields.Datetime.now()
        is_between = (not created or created.date() <= day) and day <= latest.date()
        return noon if is_between else None

    def _day_of_amount(self, batch, item):
        """Take the closing day of what is won or lost, also where no moment is given."""
        created, changed, _author, _editor = self._origin(batch, item)
        if not (self._is_won(item.vals) or self._is_lost(item.vals)):
            # What closes some day is worth what it was when it began.
            return (created or changed or datetime.now()).date()
        if not item.targets.get("@closed_at"):
            told = self._told_creation(item)
            if closed := self._closing_day(item.vals, told, changed):
                return closed.date()
        return super()._day_of_amount(batch, item)

    def _leave_undated(self, batch, items):
        """Take back the day that Odoo gives whatever is created in a stage of won deals."""
        leads = batch.model.browse(
            [item.res_id for item in items if item.vals.get("date_closed") is False]
        )
        if dated := leads.filtered("date_closed"):
            models.BaseModel.write(dated, {"date_closed": False})
