"""A load neither tracks, logs, subscribes nor notifies."""

from odoo import models

from .silence import FOLLOW, OURS, is_silent


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _track_prepare(self, fields_iter):
        """Post no changes either that Odoo works out by itself, without our context."""
        if not is_silent(self.env):
            super()._track_prepare(fields_iter)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if is_silent(self.env) and self.env.context.get(FOLLOW) is not OURS:
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def _compute_message_partner_ids(self):
        """Say of new records at once that nobody follows them: each would be a write."""
        threads = self
        if is_silent(self.env):
            field = self._fields["message_partner_ids"]
            alone = self.filtered(lambda thread: not thread.message_follower_ids)
            field._update_cache(alone, ())
            threads -= alone
        return super(MailThread, threads)._compute_message_partner_ids()

    def _inverse_message_partner_ids(self):
        """Let those follow whom a load itself names, and nobody else."""
        threads = self.with_context(**{FOLLOW: OURS}) if is_silent(self.env) else self
        return super(MailThread, threads)._inverse_message_partner_ids()

    def _message_log(self, **kwargs):
        """Leave no note of our own doing: a bank account that the source has no more."""
        if is_silent(self.env):
            return self.env["mail.message"]
        return super()._message_log(**kwargs)

    def _message_log_batch(self, bodies, **kwargs):
        if is_silent(self.env):
            return self.env["mail.message"]
        return super()._message_log_batch(bodies, **kwargs)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if is_silent(self.env):
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
