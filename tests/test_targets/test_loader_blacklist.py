from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderBlacklist(LoaderCase):
    """An opt-out that was there before is neither claimed, nor taken back, nor lost."""

    def setUp(self):
        super().setUp()
        Blacklist = self.env["mail.blacklist"]
        self.theirs = Blacklist.create({"email": "zoe@there.example"})
        self.unblocked = Blacklist.create({"email": "back@there.example"})
        self.unblocked.active = False

    def opt_out(self, *emails, prefix=""):
        return self.load(
            "opt_outs",
            "mail.blacklist",
            {f"{prefix}{n}": {"email": email} for n, email in enumerate(emails)},
        )

    def test_each_row_gets_its_own_entry_whatever_was_there(self):
        emails = (
            "anna@new.example",
            "Zoe <ZOE@there.example>",
            "bela@new.example",
            "back@there.example",
            "ANNA@new.example",
        )
        counter = self.opt_out(*emails)
        self.assertEqual(counter["created"], 2)
        found = [self.loaded("opt_outs", str(n)).email for n in range(5)]
        self.assertEqual(
            found,
            [
                *("anna@new.example", "zoe@there.example", "bela@new.example"),
                *("back@there.example", "anna@new.example"),
            ],
        )
        self.assertTrue(self.unblocked.active)

    def test_a_rollback_leaves_the_opt_outs_as_they_were(self):
        Blacklist = self.env["mail.blacklist"].with_context(active_test=False)
        before = sorted(
            Blacklist.search([]).mapped(lambda b: (b.id, b.email, b.active))
        )
        self.opt_out("anna@new.example", "zoe@there.example", "back@there.example")
        self.unload("opt_outs")
        self.env.invalidate_all()
        after = sorted(Blacklist.search([]).mapped(lambda b: (b.id, b.email, b.active)))
        self.assertEqual(after, before)

    def test_loading_again_changes_nothing(self):
        self.opt_out("anna@new.example", "zoe@there.example", "back@there.example")
        self.unblocked.active = False  # a person un-blocks it once more
        counter = self.opt_out(
            "anna@new.example", "zoe@there.example", "back@there.example"
        )
        self.assertEqual(counter["created"] + counter["updated"], 0)
        self.assertFalse(self.unblocked.active)

    def test_what_is_no_address_is_refused_with_a_sentence(self):
        counter = self.opt_out("nobody", "anna@new.example")
        self.assertEqual((counter["failed"], counter["created"]), (1, 1))
