"""The screens in a real browser: the whole way with files, and a reviewer's day."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import CrmMigrationCase
from ..test_mapping.dialects_common import DialectCase


class AtOnce(HttpCase):
    def run_at_once(self):
        """Work through a pass as soon as it is started: a test has no scheduler."""
        jobs = type(self.env["crm.migration.job"])
        start = jobs._start_run

        def start_and_work(job, kind, parameters=None):
            run = start(job, kind, parameters)
            while run.state == "running":
                run._advance_safely()
            return run

        self.patch(jobs, "_start_run", start_and_work)


@tagged("post_install", "-at_install")
class TestTours(AtOnce):
    def test_files_are_brought_over_verified_and_taken_back(self):
        self.run_at_once()
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search_count([])
        self.start_tour("/odoo/crm-migration", "crm_migration_files", login="admin")
        job = self.env["crm.migration.job"].search(
            [("name", "=", "From the spreadsheets")]
        )
        kinds = job.run_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds, ["discover", "extract", "dry_run", "load", "verify", "rollback"]
        )
        self.assertEqual(set(job.run_ids.mapped("state")), {"done"})
        self.assertFalse(job.difference_count)
        load = job.run_ids.filtered(lambda run: run.kind == "load")
        self.assertEqual((load.created_count, load.failed_count), (6, 0))
        self.assertEqual(partners.search_count([]), before)

    def test_an_export_is_rehearsed_with_few_clicks_and_nothing_typed(self):
        self.run_at_once()
        deals = self.env["crm.lead"].with_context(active_test=False)
        before = deals.search_count([])
        self.start_tour(
            "/odoo/crm-migration", "crm_migration_few_clicks", login="admin"
        )
        job = self.env["crm.migration.job"].search([], order="id desc", limit=1)
        runs = job.run_ids.sorted("id")
        self.assertEqual(runs.mapped("kind"), ["discover", "extract", "dry_run"])
        self.assertEqual(set(runs.mapped("state")), {"done"})
        rehearsed = runs[-1]
        self.assertEqual((rehearsed.created_count, rehearsed.failed_count), (7, 0))
        self.assertEqual(deals.search_count([]), before)


COMPANIES = """\
id,name,email,city
1,Söderström & Co,info@soderstrom.example,Malmö
2,東京商事,hello@tokyo.example,東京
3,"O'Neill ""Dockside"" Ltd",,Cork
"""
CONTACTS = """\
id;name;email;company_id
10;Åsa Lindqvist;asa@soderstrom.example;1
11;佐藤 健一;kenichi@tokyo.example;2
"""


@tagged("post_install", "-at_install")
class TestHandoverTour(CrmMigrationCase, AtOnce):
    """Rehearsed and signed, loaded, changed on both sides, judged, printed, back, closed."""

    def test_a_migration_is_signed_changed_handed_over_taken_back_and_closed(self):
        self.run_at_once()
        self.addCleanup(setattr, type(self), "job", self.job)
        files = {"companies__csv": COMPANIES, "contacts__csv": CONTACTS}
        self.import_files(files, accept_above=0, options={"owner_policy": "empty"})
        self.run_kinds("discover")
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search_count([])
        place = f"/odoo/crm-migration/{self.job.id}"
        self.start_tour(place, "crm_migration_sign_and_load", login="admin")
        self.env.invalidate_all()
        chain = self.job.sign_off_ids.sorted("number")
        people = chain.filtered(lambda entry: not entry.is_automatic)
        self.assertEqual(people.mapped("kind"), ["mapping", "dry_run"])
        self.assertEqual(people.user_id.login, "admin")
        company = partners.search([("name", "=", "Söderström & Co")])
        self.assertEqual(company.city, "Malmö")
        # A person works on it, and later than the load did.
        company.city = "Helsingborg"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour', write_uid = %s"
            " WHERE commercial_partner_id = %s",
            [self.env.ref("base.user_admin").id, company.id],
        )
        self.env.invalidate_all()
        self.start_tour(place, "crm_migration_change_and_close", login="admin")
        self.env.invalidate_all()
        kinds = self.job.run_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds,
            ["discover", "extract", "dry_run", "load", "verify"]
            + ["extract", "load", "verify", "rollback"],
        )
        self.assertFalse(self.job.active)
        # With the company stays its contact, who moved along with it.
        self.assertEqual(partners.search_count([]), before + 2)
        self.assertEqual(company.city, "Helsingborg", "a person's work stays")
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(len(records), 6)
        self.assertFalse([record.payload for record in records if record.payload])
        self.assertTrue(self.job.spot_check_ids.signed_at)
        dialog = self.env["crm.migration.documents"].create({"job_id": self.job.id})
        self.assertTrue(dialog.action_html(), "they can be printed all the same")


@tagged("post_install", "-at_install")
class TestReviewerTour(CrmMigrationCase, HttpCase):
    def test_a_reviewer_decides_but_does_not_load(self):
        self.job.name = "Invented"
        twins = [
            {"id": n, "name": "Twin AG", "email": "a@twin.example"} for n in (1, 2)
        ]
        self.use_source(companies=twins)
        self.run_kind("discover")
        self.run_kind("extract")
        self.assertEqual(self.job.duplicate_open_count, 1)
        groups = "base.group_user,crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "reviewer", groups=groups)
        self.start_tour(
            "/odoo/crm-migration", "crm_migration_reviewer", login="reviewer"
        )
        self.env.invalidate_all()
        pair = self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual((pair.decision, pair.decided_by_id), ("keep", reviewer))
        self.assertIn("Test data", self.staged("companies").mapped("skip_reason"))


@tagged("post_install", "-at_install")
class TestTemplateTour(DialectCase, HttpCase):
    def test_decisions_are_saved_and_applied_to_the_next(self):
        self.read_dialect("german", accept_above=100)
        line = self.get_line("Provision", "crm.lead")
        field = self.env["ir.model.fields"]._get("crm.lead", "recurring_revenue")
        line.field_id = field
        groups = "base.group_user,crm_migration.crm_migration_group_reviewer"
        new_test_user(self.env, "decider", groups=groups)
        place = "/odoo/crm-migration/%s"
        self.start_tour(
            place % self.job.id, "crm_migration_template_save", login="decider"
        )
        self.read_dialect("german", accept_above=100)
        # What was decided before is proposed; the template decides it.
        self.assertNotEqual(self.get_line("Provision", "crm.lead").state, "accepted")
        self.start_tour(
            place % self.job.id, "crm_migration_template_apply", login="decider"
        )
        self.env.invalidate_all()
        again = self.get_line("Provision", "crm.lead")
        self.assertEqual((again.target, again.state), (field.name, "accepted"))
        self.assertEqual(again.steps, [["decimal_as", ","]])
