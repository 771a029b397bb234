"""Old mails name people by addresses of then; a newer file may say others of the people."""

from odoo.tests import tagged

from .again_case import AgainCase

PEOPLE = "Id,Full Name,Email\n1,Ana Sá,ana@old.example\n2,Rui Pó,rui@c.example\n"
LATER = (
    "Id,Full Name,Email\n1,Ana Sá,ana@new.example\n2,Rui Pó,rui@c.example\n"
    "3,Late Comer,late@x.example\n"
)
MAILS = """Id,Subject,Date,From,To,Cc
1,Hi,2021-05-01 10:00:00,ana@old.example,rui@c.example,
2,Ho,2021-05-01 10:00:00,rui@c.example,ana@old.example,
3,He,2021-05-01 10:00:00,late@x.example,"rui@c.example, late@x.example",
"""
MAILS_LATER = """Id,Subject,Date,From,To,Cc
1,Hi again,2021-05-01 10:00:00,ana@old.example,rui@c.example,
2,Ho,2021-05-01 10:00:00,rui@c.example,who@x.example,
3,He,2021-05-01 10:00:00,late@x.example,"rui@c.example, late@x.example",
"""


@tagged("post_install", "-at_install")
class TestAddressesAgain(AgainCase):
    def setUp(self):
        super().setUp()
        self.import_files({"contacts.csv": PEOPLE, "emails.csv": MAILS})
        self.run_kinds("discover", "extract", "load", "verify")
        self.read_again({"contacts.csv": LATER, "emails.csv": MAILS_LATER})

    def test_who_has_another_address_now_wrote_the_old_mails(self):
        mail = self.migrated("emails", "1")
        self.assertEqual(mail.subject, "Hi again")
        self.assertEqual(mail.author_id, self.migrated("contacts", "1"))
        self.assertFalse(self.get_differing())
        unaccounted = self.env["crm.migration.unaccounted"].search_count(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(unaccounted)

    def test_who_became_a_contact_later_wrote_the_mails_that_have_not_changed(self):
        mail, late = self.migrated("emails", "3"), self.migrated("contacts", "3")
        self.assertEqual(mail.author_id, late)
        self.assertEqual(mail.partner_ids, late | self.migrated("contacts", "2"))

    def test_who_got_a_mail_no_more_is_no_recipient(self):
        mail = self.migrated("emails", "2")
        self.assertFalse(mail.partner_ids)
        self.assertEqual(mail.incoming_email_to, "who@x.example")

    def test_a_recipient_too_many_is_found(self):
        self.migrated("emails", "2").write(
            {"partner_ids": [(4, self.migrated("contacts", "1").id)]}
        )
        self.env.cr.execute(
            "UPDATE mail_message SET write_date = create_date WHERE id = %s",
            [self.migrated("emails", "2").id],
        )
        self.env.invalidate_all()
        self.run_kinds("verify")
        self.assertIn(("2", "partner_ids"), self.get_differing())
