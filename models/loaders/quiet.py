"""What keeps a load from reaching anybody: a silent transaction, and who heeds it."""

import functools
import weakref

from odoo import api, models

QUIET = "crm_migration_quiet"
DRY_RUN = "crm_migration_dry_run"
"""Nothing will be kept: no file is read, for its bytes would stay in the filestore."""

QUIET_CONTEXT = {
    QUIET: True,
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_automation_skip": True,
    "mail_activity_quick_update": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "no_calendar_sync": True,
    "image_no_postprocess": True,
    "_partners_skip_fields_sync": True,
}
"""Every switch that Odoo itself offers; the classes below are for what it does not."""


_SILENT = weakref.WeakKeyDictionary()
"""Cursor → how many blocks of silence are open on it."""


class Silence:
    """Keep everything silent that is done in a transaction while the block is open.

    The context of the records is not enough: Odoo empties it in places
    (``_compute_complete_name`` of a contact, 19.0), and what is recomputed later runs in
    the environment of whoever flushes first. What is pending is worked out within.

    :param env: any environment of the transaction
    """

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        _SILENT[self.env.cr] = _SILENT.get(self.env.cr, 0) + 1

    def __exit__(self, kind, _error, _trace):
        try:
            if kind is None:
                self.env.flush_all()
        finally:
            _SILENT[self.env.cr] -= 1
            if not _SILENT[self.env.cr]:
                del _SILENT[self.env.cr]


def is_silent(env):
    """Tell whether nobody is to hear of what happens in an environment."""
    return bool(env.context.get(QUIET)) or env.cr in _SILENT


SYNC_FLAGS = ("need_sync", "need_sync_m")
"""By which Google's and Microsoft's calendar remember what is still to be sent."""


class CrmMigrationQuiet(models.AbstractModel):
    """Hold back automation rules in our environment, and in ours only.

    Rules stay active for everybody else meanwhile: nothing is written to them.
    ``base_automation`` need not be installed, hence a patch when the registry is
    ready instead of an inheritance.
    """

    _name = "crm.migration.quiet"
    _description = "Migration Silence"

    def _register_hook(self):
        super()._register_hook()
        self._hold_automation()
        self._hold_vies()

    def _hold_vies(self):
        """Ask no service of the EU about each tax number (``base_vat``)."""
        Partner = self.env.registry["res.partner"]
        origin = getattr(Partner, "_compute_vies_valid", None)
        if not origin or hasattr(origin, "crm_migration_origin"):
            return

        def _compute_vies_valid(partners):
            if not is_silent(partners.env):
                origin(partners)
            elif "vies_valid" in partners._fields:
                partners.vies_valid = False

        functools.update_wrapper(_compute_vies_valid, origin)
        _compute_vies_valid.crm_migration_origin = origin
        Partner._compute_vies_valid = _compute_vies_valid

    def _hold_automation(self):
        if "base.automation" not in self.env:
            return
        Automation = self.env.registry["base.automation"]

        def _get_actions(automation, records, triggers):
            if is_silent(records.env):
                # Every patched method goes on with the environment of what it gets.
                return automation.browse().with_env(records.env)
            return _get_actions.origin(automation, records, triggers)

        if not hasattr(Automation._get_actions, "origin"):
            _get_actions.origin = Automation._get_actions
            Automation._get_actions = _get_actions


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _trigger_list(self, at_list):
        """Wake no scheduled action for history: enrichment, alarms, reminders."""
        if is_silent(self.env):
            return self.env["ir.cron.trigger"]
        return super()._trigger_list(at_list)


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _sendone(self, target, notification_type, message):
        """Tell no browser of history; it would be sent when the batch is committed."""
        if not is_silent(self.env):
            super()._sendone(target, notification_type, message)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _track_prepare(self, fields_iter):
        """Post no changes either that Odoo works out by itself, without our context."""
        if not is_silent(self.env):
            super()._track_prepare(fields_iter)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if is_silent(self.env):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if is_silent(self.env):
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Leave the contacts of a company in the companies that they are in."""
        if is_silent(self.env) and "company_id" in vals and self.child_ids:
            models.BaseModel.write(self, {"company_id": vals["company_id"]})
            vals = {name: vals[name] for name in vals if name != "company_id"}
        return super().write(vals)

    def _fields_sync(self, values):
        """Leave the company, its other contacts and their addresses alone."""
        if is_silent(self.env):
            return None
        return super()._fields_sync(values)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _inverse_email_from(self):
        """Never write to the customer what a deal says about them."""
        if is_silent(self.env):
            return None
        return super()._inverse_email_from()

    def _inverse_phone(self):
        if is_silent(self.env):
            return None
        return super()._inverse_phone()

    @api.depends("partner_id.email")
    def _compute_email_from(self):
        """A changed customer changes no deal; the loader says what a deal takes over."""
        if not is_silent(self.env):
            super()._compute_email_from()

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        if not is_silent(self.env):
            super()._compute_phone()

    @api.depends("partner_id")
    def _compute_contact_name(self):
        if not is_silent(self.env):
            super()._compute_contact_name()

    @api.depends("partner_id")
    def _compute_partner_name(self):
        if not is_silent(self.env):
            super()._compute_partner_name()

    @api.depends("partner_id")
    def _compute_function(self):
        if not is_silent(self.env):
            super()._compute_function()

    @api.depends("partner_id")
    def _compute_website(self):
        if not is_silent(self.env):
            super()._compute_website()

    @api.depends("partner_id")
    def _compute_lang_id(self):
        if not is_silent(self.env):
            super()._compute_lang_id()

    @api.depends("partner_id")
    def _compute_partner_address_values(self):
        if not is_silent(self.env):
            super()._compute_partner_address_values()

    def _check_company(self, fnames=None):
        """Check each combination once: in a batch thousands of deals share a few."""
        if not is_silent(self.env):
            return super()._check_company(fnames)
        kinds = {}
        for lead in self:
            key = (
                lead.company_id,
                lead.user_id,
                lead.team_id,
                lead.partner_id.company_id,
            )
            kinds.setdefault(key, lead.id)
        return super(CrmLead, self.browse(kinds.values()))._check_company(fnames)

    def _pls_increment_frequencies(self, from_state=None, to_state=None):
        """Keep history out of the scores that Odoo learns from its own deals."""
        if is_silent(self.env):
            return None
        return super()._pls_increment_frequencies(from_state, to_state)

    def log_meeting(self, meeting):
        if is_silent(self.env):
            return self.env["mail.message"]
        return super().log_meeting(meeting)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def write(self, vals):
        """A change that the load makes waits for no synchronisation either."""
        if is_silent(self.env):
            flags = {name: False for name in SYNC_FLAGS if name in self._fields}
            vals = {**vals, **flags}
        return super().write(vals)

    def _get_activity_excluded_models(self):
        """A meeting that is history does not put a to-do on its deal."""
        if is_silent(self.env):
            return list(self.env.registry)
        return super()._get_activity_excluded_models()
