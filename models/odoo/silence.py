"""What keeps a load from reaching anybody: a silent transaction, and who heeds it."""

import weakref

QUIET = "crm_migration_quiet"


class _Ours:
    """What no caller can send: a context comes as JSON or XML from outside, and whoever
    could name ours would switch off the company's automation rules for what they do."""

    def __repr__(self):
        return "<ours>"


OURS = _Ours()


FOLLOW = "crm_migration_follow"
"""Whoever is subscribed now was named as a follower by the source itself."""


QUIET_CONTEXT = {
    QUIET: OURS,
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
    return env.context.get(QUIET) is OURS or env.cr in _SILENT
