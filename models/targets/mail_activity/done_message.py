"""What Odoo leaves in the chatter when an activity is done, without rendering it each time."""

import re

from odoo import models
from odoo.tools import is_html_empty

from ...loading.chatter_order import name_message
from ...odoo.sanitize import is_simple, sanitize_body

TEMPLATE = "mail.message_activity_done"

WORDS = ("Crmmigrationsummary", "<p>Crmmigrationnote</p>")
"""What stands for a summary and a note while the frame around them is rendered."""

_PLAIN = re.compile(r"[\w .,;:!?()/%+*=€$£-]+")

_KNOWN = {"activity_type_id", "summary", "note", "user_id"}
"""Of an activity, what Odoo's template asks for; the last only where it says for whom."""

_ASKED = re.compile(r"\bactivity\b(?:\.(\w+))?")


class CrmMigrationTargetMailActivityDoneMessage(models.AbstractModel):
    _name = "crm.migration.target.mail.activity.done.message"
    _description = "Migration: Target Mail Activity Done Message"
    _inherit = ["crm.migration.chatter.numbers"]

    _dated_by = ("@done_at", "@updated_at", "date_deadline")
    _told_by = ("@done_at", "@done")

    def _leave_messages(self, batch, items, reserved=None):
        activities = batch.model.browse([item.res_id for item in items])
        done = [
            (item, activity)
            for item, activity in zip(items, activities, strict=True)
            if activity.res_id
        ]
        messages = self.env["crm.migration.target.mail.message"]
        numbers = [(reserved or {}).get(item) for item, _activity in done]
        specs = [self._done_message(batch, *each) for each in done]
        ids = messages._insert(batch, specs, numbers)
        for (item, _activity), message_id in zip(done, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _renew_messages_of_done(self, batch, items):
        """Let the messages of what was done say the same as the source says now."""
        names, specs = set(), []
        for item in items:
            if item.is_touched or not item.loaded:
                continue
            if not item.loaded.targets.get("@done_at"):
                continue
            activity = batch.model.browse(item.res_id)
            if item.targets.get("@done_at") and activity.res_id:
                specs.append(self._done_message(batch, item, activity))
            else:
                names.add(name_message(batch, *item.key, "done"))
        self._renew_messages(specs)
        self._remove_messages(names)

    def _done_message(self, batch, item, activity):
        at = self._done_at(batch, item)
        doer_id = activity.user_id.id or self._origin(batch, item)[3] or self.env.uid
        return {
            "model": activity.res_model,
            "res_id": activity.res_id,
            "date": at,
            "body": self._done_body(batch, activity),
            "message_type": "notification",
            "subtype_id": batch.once(
                "activities",
                lambda: self.env["ir.model.data"]._xmlid_to_res_id(
                    "mail.mt_activities"
                ),
            ),
            "mail_activity_type_id": activity.activity_type_id.id,
            **batch.once(("doer", doer_id), lambda: self._sign_as(doer_id)),
            "message_id": name_message(batch, *item.key, "done"),
            "create_uid": doer_id,
        }

    def _sign_as(self, user_id):
        partner = self.env["res.users"].browse(user_id).partner_id
        return {
            "author_id": partner.id,
            "email_from": partner.email_formatted if partner.email else partner.name,
            "reply_to": partner.email_formatted if partner.email else False,
        }

    # -- the text ----------------------------------------------------------------

    def _done_body(self, batch, activity):
        """Return the text: plain words within a frame that their kind has in common."""
        summary, note = activity.summary or "", activity.note or ""
        if activity.feedback or not self._is_plain(summary, str(note)):
            return self._render_done(activity)
        kind = ("done", activity.activity_type_id.id, bool(summary), bool(note))
        frame = batch.once(kind, lambda: self._make_frame(batch, activity))
        if not frame:
            return self._render_done(activity)
        begin, middle, end = frame
        return f"{begin}{summary}{middle}{note}{end}"

    def _is_plain(self, summary, note):
        """Tell whether both are written in a text as they are."""
        if summary and ("--" in summary or not _PLAIN.fullmatch(summary)):
            return False
        return not note or (is_simple(note) and not is_html_empty(note))

    def _make_frame(self, batch, activity):
        """Return what stands before, between and behind both; None where that is unsure.

        An addon may have changed the template, and ask for more than Odoo does.
        """
        if not batch.once("asks for more", self._asks_for_no_more):
            return None
        words = [
            word if value else ""
            for word, value in zip(
                WORDS, (activity.summary, activity.note), strict=True
            )
        ]
        example = activity.new(
            {
                "activity_type_id": activity.activity_type_id.id,
                "summary": words[0],
                "note": words[1],
            }
        )
        text, frame = self._render_done(example), []
        for word in words:
            if word and text.count(word) != 1:
                return None
            before, _word, text = text.partition(word) if word else ("", "", text)
            frame.append(before)
        frame.append(text)
        begin, middle, end = frame
        own = f"{begin}{activity.summary or ''}{middle}{activity.note or ''}{end}"
        return frame if own == self._render_done(activity) else None

    def _asks_for_no_more(self):
        view = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not view:
            return False
        asked = _ASKED.findall(view.get_combined_arch())
        return _KNOWN.issuperset(asked)

    def _render_done(self, activity):
        """Render Odoo's own template, so that addons which change it are heard."""
        return sanitize_body(
            self.env["ir.qweb"]._render(
                TEMPLATE,
                {
                    "activity": activity,
                    "feedback": activity.feedback or False,
                    "display_assignee": False,
                    "is_html_empty": is_html_empty,
                },
                minimal_qcontext=True,
            )
        )
