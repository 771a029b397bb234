"""What the tests of to-dos and meetings share."""

from ..loader_common import LoaderCase

LOUD = ("mail_mail", "mail_followers", "mail_notification", "ir_cron_trigger")


class ActivityCase(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("deals", "crm.lead", {"1": {"name": "Deal ✓"}})
        self.lead = self.loaded("deals", "1")
