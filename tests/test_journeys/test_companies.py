"""Two companies in one database, each with a migration of its own out of one system."""

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import MigrationCase, give_chart
from ..companies import Since, get_owned
from ..digests import get_digest
from .journey_common import Connected
from .journey_systems import (
    ConcordSystem,
    FilesSystem,
    NetResultsSystem,
    NextCrmSystem,
    Opex365System,
    SoffrontSystem,
)

KINDS = ("discover", "extract", "load", "verify")
MANAGER = "crm_migration.crm_migration_group_manager"


class CompaniesJourney(Connected):
    """A has what the source knows as its own already; then B takes in the same source."""

    allow_inherited_tests_method = True  # else Odoo runs none of the tests below
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prepare_companies()
        cls.job_a = cls.job = cls.create_for(cls.company_a)
        cls.run_all("discover", "extract", "load")
        cls.close_in_a()
        cls.owned = get_owned(cls.env, cls.company_a)
        cls.before = get_digest(cls.env)
        cls.since = Since(cls.env)
        cls.job = cls.create_for(cls.company_b)
        cls.run_all(*KINDS)

    @classmethod
    def prepare_companies(cls):
        env = cls.env
        cls.company_a = env.company
        euro, dollar = env.ref("base.EUR"), env.ref("base.USD")
        (euro | dollar).active = True
        cls.company_a.write(
            {"currency_id": euro.id, "country_id": env.ref("base.pt").id}
        )
        cls.company_b = env["res.company"].create(
            {
                "name": "Bermuda Boats Inc.",
                "currency_id": dollar.id,
                "country_id": env.ref("base.us").id,
            }
        )
        if "account.move" in env:
            for company in (cls.company_a, cls.company_b):
                give_chart(company)
            cls.company_a.currency_id = euro
        env["res.currency.rate"].create(
            [
                {
                    "currency_id": c.id,
                    "company_id": o.id,
                    "name": "2000-01-01",
                    "rate": r,
                }
                for o, c, r in (
                    (cls.company_a, dollar, 1.25),
                    (cls.company_b, euro, 0.8),
                )
            ]
        )
        cls.manager_a, cls.manager_b = (
            new_test_user(
                env,
                f"manager {company.id}",
                groups=f"{MANAGER},base.group_user,sales_team.group_sale_manager",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for company in (cls.company_a, cls.company_b)
        )

    @classmethod
    def create_for(cls, company):
        return cls.create_job(company_id=company.name, duplicate_policy="merge")

    @classmethod
    def run_all(cls, *kinds):
        with mute_logger("odoo.sql_db"):
            for kind in kinds:
                run = cls.run_kind(kind)
                assert run.state == "done", (kind, run.state, run.blocked_reason)
                waiting = cls.job.duplicate_ids.filtered(lambda pair: not pair.decision)
                waiting.decision = "keep"

    @classmethod
    def close_in_a(cls):
        """Let A keep every second contact to itself, and its people work there alone."""
        maps = cls.get_maps(cls.job_a)
        partners = maps.filtered(lambda m: m.res_model == "res.partner")
        partners = cls.env["res.partner"].browse(partners.mapped("res_id"))
        tops = partners.filtered(lambda p: not p.parent_id and not p.user_ids)[::2]
        tops.with_context(tracking_disable=True).company_id = cls.company_a
        for number, owner in enumerate(cls.job_a.owner_ids.filtered("email")[:2]):
            company = (cls.company_a, cls.company_b)[number]
            new_test_user(
                cls.env,
                owner.email,
                name=owner.name or owner.email,
                email=owner.email,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.invalidate_all()

    @classmethod
    def get_maps(cls, job):
        return cls.env["crm.migration.id.map"].search([("job_id", "=", job.id)])

    # -- what must hold ----------------------------------------------------------

    def test_every_row_is_of_the_company_and_refers_to_none_of_another(self):
        self.assertEqual(self.since.find_strays(self.company_b), {})

    def test_odoo_itself_finds_no_company_mixed_with_another(self):
        self.assertIn("crm.migration.job", self.since.check_companies())

    def test_a_product_is_seen_in_its_company_alone(self):
        """Else its price would be in the currency of the first company."""
        if "product.template" not in self.env:
            return
        sides = (
            (self.job_a, self.manager_a, self.manager_b),
            (self.job, self.manager_b, self.manager_a),
        )
        for job, own, other in sides:
            maps = self.get_maps(job).filtered(
                lambda m: m.res_model == "product.template" and m.outcome == "created"
            )
            products = self.env["product.template"].with_context(active_test=False)
            ids = [("id", "in", maps.mapped("res_id"))]
            seen = products.with_user(own).search(ids)
            self.assertEqual(len(seen), len(maps))
            self.assertFalse(products.with_user(other).search(ids))
            self.assertLessEqual(seen.currency_id, job.company_id.currency_id)

    def test_what_is_the_other_companys_stays_as_it_was(self):
        now = get_owned(self.env, self.company_a)
        changed = {name for name in now if now[name] != self.owned.get(name)}
        self.assertEqual(changed, set())

    def test_as_much_is_loaded_as_without_another_company(self):
        failed = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("state", "=", "failed")]
        )
        earlier = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job_a.id), ("state", "=", "failed")]
        )
        self.assertEqual(
            {(r.stream, r.source_id): r.message for r in failed},
            {(r.stream, r.source_id): r.message for r in earlier},
        )
        leads = self.get_maps(self.job).filtered(lambda m: m.res_model == "crm.lead")
        leads = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .browse(leads.mapped("res_id"))
        )
        self.assertEqual(
            leads.company_id, self.company_b if leads else self.env["res.company"]
        )
        self.assertLessEqual(leads.team_id.company_id, self.company_b)

    def test_nothing_differs_from_what_it_should_be(self):
        """Totals are told of where Odoo rounds otherwise than the source."""
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("field", "not like", "amount_%")]
        )
        self.assertFalse(
            differences.mapped(lambda d: (d.stream, d.field, d.expected, d.found))
        )

    def test_no_contact_of_the_other_company_is_proposed(self):
        proposed = self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id), ("kind", "=", "odoo")]
        )
        partners = self.env["res.partner"].browse(proposed.mapped("res_id"))
        self.assertTrue(partners, "there are contacts for all")
        self.assertFalse(partners.company_id)

    def test_the_people_of_the_other_company_own_nothing(self):
        users = self.job.owner_ids.user_id
        self.assertEqual(
            users.filtered(lambda u: self.company_b not in u.company_ids),
            users.browse(),
        )

    def test_a_manager_of_the_company_reads_it_all_and_nobody_else_any(self):
        for name in self.env:
            model = self.env[name]
            if (
                not name.startswith("crm.migration.")
                or model._abstract
                or model._transient
            ):
                continue
            theirs = model.with_user(self.manager_b).search([])
            with self.subTest(model=name):
                theirs.invalidate_recordset()
                theirs[:200].read()
                theirs[:200].mapped("display_name")
                if "job_id" in model._fields:
                    self.assertLessEqual(theirs.sudo().job_id, self.job)
                    others = model.with_user(self.manager_a).search([])
                    self.assertFalse(others.sudo().job_id & self.job)
        jobs = self.env["crm.migration.job"]
        self.assertEqual(jobs.with_user(self.manager_b).search([]), self.job)
        self.assertNotIn(self.job, jobs.with_user(self.manager_a).search([]))

    def test_rolling_back_leaves_the_other_company_and_all_else_as_before(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.env.invalidate_all()
        self.assertFalse(
            self.get_maps(self.job).mapped(
                lambda m: (m.stream, m.source_id, m.res_model)
            )
        )
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != self.before.get(n)}, set())


@tagged("post_install", "-at_install")
class TestConcordCompanies(ConcordSystem, CompaniesJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestNextCrmCompanies(NextCrmSystem, CompaniesJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestFilesCompanies(FilesSystem, CompaniesJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestNetResultsCompanies(NetResultsSystem, CompaniesJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestOpex365Companies(Opex365System, CompaniesJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestSoffrontCompanies(SoffrontSystem, CompaniesJourney, MigrationCase):
    pass
