"""Who waits for a pass hears of its end; nobody else does."""

from odoo.tests import new_test_user, tagged

from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestNotify(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        group = "base.group_user,crm_migration.crm_migration_group_manager"
        self.waiting, self.other = (
            new_test_user(self.env, login, groups=group)
            for login in ("waiting", "other")
        )
        (self.waiting | self.other).notification_type = "inbox"
        self.use_source(companies=[{"id": 1, "name": "Casa"}])
        self.job.message_subscribe((self.waiting | self.other).partner_id.ids)

    def get_notified(self):
        messages = self.env["mail.message"].search(
            [("model", "=", "crm.migration.job"), ("res_id", "=", self.job.id)]
        )
        found = self.env["mail.notification"].search(
            [("mail_message_id", "in", messages.ids)], order="id"
        )
        return [
            (row.res_partner_id, row.mail_message_id.body.striptags()) for row in found
        ]

    def test_nobody_hears_of_it_who_did_not_ask(self):
        self.run_kinds("discover", "extract", "load")
        self.assertFalse(self.get_notified())
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "res.partner")]))

    def test_who_asked_hears_of_each_end(self):
        self.job.notified_user_ids = self.waiting
        self.run_kinds("discover", "extract", "load", "verify")
        found = self.get_notified()
        self.assertEqual(
            {partner for partner, _text in found}, {self.waiting.partner_id}
        )
        texts = [text for _partner, text in found]
        self.assertEqual(len(texts), 4)
        self.assertIn("1 created", texts[2])
        self.assertIn("No value differs", texts[3])
        loaded = self.migrated("companies", "1")
        self.assertFalse(
            self.env["mail.notification"].search(
                [
                    ("mail_message_id.model", "=", "res.partner"),
                    ("mail_message_id.res_id", "=", loaded.id),
                ]
            )
        )

    def test_who_asked_hears_of_what_stops_it(self):
        self.job.notified_user_ids = self.waiting
        self.job.sign_off = "manual"
        self.run_kinds("discover", "extract")
        run = self.run_kind("load")
        self.assertEqual(run.state, "blocked")
        _partner, text = self.get_notified()[-1]
        self.assertIn(run.blocked_reason, text)
