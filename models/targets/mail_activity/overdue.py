"""Open activities that have been overdue for years: open, closed, or a note."""

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import fields, models
from odoo.tools import format_date

from ...loading.chatter_order import name_message
from ...odoo.sanitize import sanitize_body
from ...odoo.series import get_parameter

PARAMETER = "mail.activity.gc.delete_overdue_years"


DEFAULT_YEARS = 3
"""What Odoo's clean-up takes for forgotten (``mail``, 19.0), where it is on."""


class CrmMigrationTargetMailActivityOverdue(models.AbstractModel):
    _name = "crm.migration.target.mail.activity.overdue"
    _description = "Migration: Target Mail Activity Overdue"

    def _derive_overdue(self, batch, item):
        """Follow the choice of the migration for what Odoo would clean up."""
        policy, due = batch.job.overdue_policy, item.vals.get("date_deadline")
        is_open = item.vals.get("active", True) and not item.vals.get("date_done")
        if policy == "keep" or not due or not is_open:
            return
        day = fields.Date.to_date(due)
        if day >= batch.once("forgotten", self._get_forgotten_day):
            return
        # Else Odoo dates what is not active today.
        item.vals.update(active=False, date_done=day)
        if policy == "close":
            item.targets["@done_at"] = str(day)
        else:
            item.is_forgotten = True

    def _get_forgotten_day(self):
        """Return the day before which Odoo takes what is due for forgotten."""
        text = get_parameter(self.env, PARAMETER)
        years = int(text) if text.isdecimal() and int(text) else DEFAULT_YEARS
        return fields.Date.today() - relativedelta(years=years)

    def _leave_notes_instead(self, batch, items):
        """Say in the chatter what was to be done, where it hangs on a record."""
        activities = batch.model.browse([item.res_id for item in items])
        about = {activity.id for activity in activities if activity.res_id}
        noted = [item for item in items if item.res_id in about]
        messages = self.env["crm.migration.target.mail.message"]
        ids = messages._insert(batch, [self._overdue_note(batch, i) for i in noted])
        for item, message_id in zip(noted, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _overdue_note(self, batch, item):
        activity = batch.model.browse(item.res_id)
        text = self.env._(
            "%(kind)s, due on %(day)s and never done: %(summary)s",
            kind=activity.activity_type_id.name or self.env._("To-Do"),
            day=format_date(self.env, activity.date_deadline),
            summary=activity.summary or "–",
        )
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        partner = (activity.user_id or self.env.user).partner_id
        return {
            "model": activity.res_model,
            "res_id": activity.res_id,
            "date": fields.Datetime.to_datetime(activity.date_deadline),
            "body": sanitize_body(
                Markup("<p>%s</p>%s") % (text, Markup(activity.note or ""))
            ),
            "message_type": "comment",
            "subtype_id": batch.once("mail.mt_note", lambda: note),
            "is_internal": True,
            "mail_activity_type_id": activity.activity_type_id.id,
            "author_id": partner.id,
            "email_from": partner.email_formatted if partner.email else partner.name,
            "reply_to": partner.email_formatted if partner.email else False,
            "message_id": name_message(batch, *item.key, "overdue"),
            "create_uid": self.env.uid,
        }
