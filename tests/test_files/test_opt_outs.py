"""Who wants no mail in a file gets none from Odoo either."""

from odoo.tests import tagged

from .cases_common import CaseLoading

CONTACTS = (
    "Contact ID,Full Name,Email,Email Opt Out,Do not allow Bulk Emails\n"
    "1,Ana Lópe,Ana@lope.test,TRUE,Allow\n"
    "2,Bo Larsén,bo@larsen.test,FALSE,Do Not Allow\n"
    "3,Cy Young,,TRUE,Do Not Allow\n"
    "4,Di Ng,di@ng.test,FALSE,Allow\n"
    "5,Ed Ito,ed@ito.test,TRUE,Do Not Allow\n"
)
LEADS = (
    "Lead ID,Full Name,Company,Email,Has Opted Out Of Email,Is Deleted\n"
    "7,Flo Kuhn,Kuhn OHG,flo@kuhn.test,1,0\n"
    "8,Gus Lund,Lund AB,gus@lund.test,0,0\n"
    "9,Hal Gone,Gone Inc,hal@gone.test,1,1\n"
)


@tagged("post_install", "-at_install")
class TestOptOutsOfFiles(CaseLoading):
    def refused(self):
        found = self.env["mail.blacklist"].search([("email", "ilike", ".test")])
        return sorted(found.mapped("email"))

    def test_a_yes_beside_an_address_is_an_entry_of_the_blacklist(self):
        self.env["mail.blacklist"].create({"email": "ed@ito.test"})
        self.arrive({"contacts.csv": CONTACTS, "leads.csv": LEADS})
        self.assertEqual(
            self.refused(),
            ["ana@lope.test", "bo@larsen.test", "ed@ito.test", "flo@kuhn.test"],
        )
        ana = self.env["res.partner"].search([("email", "=ilike", "ana@lope.test")])
        self.assertTrue(ana.is_blacklisted)
        # One without an address is a contact all the same.
        self.assertEqual(
            len(self.env["res.partner"].search([("name", "=", "Cy Young")])), 1
        )

    def test_an_address_that_is_none_does_not_cost_the_contact(self):
        """There is nothing to block; that she wants no mail stands in her notes."""
        odd = CONTACTS.replace("Ana@lope.test", "ana at lope.test")
        self.be_told({"contacts.csv": odd}, "Email Opt Out says “TRUE”")
        ana = self.env["res.partner"].search([("name", "=", "Ana Lópe")])
        self.assertEqual(len(ana), 1)
        self.assertIn("ana at lope.test", ana.comment)
        self.assertIn("Email Opt Out", ana.comment)
        self.assertEqual(self.refused(), ["bo@larsen.test", "ed@ito.test"])
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "bad_email")]
        )
        self.assertEqual(told.mapped("severity"), ["warning"])

    def test_words_that_nobody_knows_refuse_nothing(self):
        """What "maybe" means is a person's to decide: it stays with the notes."""
        odd = CONTACTS.replace("Do Not Allow", "maybe").replace("TRUE", "perhaps")
        self.be_told({"contacts.csv": odd}, "Email Opt Out goes", "Emails goes")
        self.assertEqual(self.refused(), [])

    def test_an_entry_that_is_gone_is_missed_by_each_verification(self):
        """Removed in Odoo after the load: whoever asked not to be mailed would be mailed.

        Of other records that a later reading does not find that is a person's work.
        """
        self.arrive({"contacts.csv": CONTACTS})
        gone = self.env["mail.blacklist"].search([("email", "=", "ana@lope.test")])
        wanted = [(gone._name, gone.id, "open")]
        gone.unlink()
        for again in (False, True):
            self.patch(type(self.job), "_is_read_again", lambda job, a=again: a)
            run = self.run_kind("verify")
            self.assertEqual(run.state, "done")
            found = self.env["crm.migration.difference"].search(
                [("job_id", "=", self.job.id), ("field", "=", "id")]
            )
            rows = found.mapped(lambda d: (d.res_model, d.res_id, d.state))
            self.assertEqual(rows, wanted)
            lost = self.env["crm.migration.unaccounted"].search(
                [("job_id", "=", self.job.id), ("source_id", "=", "1")]
            )
            self.assertEqual(lost.mapped("field"), ["Email Opt Out"])
