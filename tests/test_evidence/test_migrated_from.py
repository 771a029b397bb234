"""The old id of a record: shown on it, and what its list is searched by."""

from odoo.tests import new_test_user, tagged

from ..common import CrmMigrationCase

REVIEWER = "crm_migration.crm_migration_group_reviewer"


@tagged("post_install", "-at_install")
class TestMigratedFrom(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": "C-1", "name": "Söderström"},
                {"id": "C-12", "name": "Ek"},
            ],
            contacts=[],
            deals=[{"id": "D-1", "title": "Roof", "company_id": "C-1"}],
        )
        self.run_kinds("discover", "extract", "load")

    def search(self, model, *term):
        return self.env[model].search([("migrated_id", *term)])

    def test_the_id_of_the_source_is_shown(self):
        partner, deal = self.migrated("companies", "C-1"), self.migrated("deals", "D-1")
        self.assertEqual((partner.migrated_id, deal.migrated_id), ("C-1", "D-1"))
        self.assertFalse(self.env.user.partner_id.migrated_id)

    def test_a_list_is_searched_by_it(self):
        one, two = self.migrated("companies", "C-1"), self.migrated("companies", "C-12")
        self.assertEqual(self.search("res.partner", "=", "C-1"), one)
        self.assertEqual(self.search("res.partner", "in", ["C-12", "D-1"]), two)
        self.assertEqual(self.search("res.partner", "ilike", "c-1"), one | two)
        self.assertEqual(self.search("res.partner", "!=", False), one | two)
        others = self.search("res.partner", "=", False)
        self.assertTrue(others)
        self.assertFalse(others & (one | two))
        self.assertEqual(
            self.search("crm.lead", "=", "D-1"), self.migrated("deals", "D-1")
        )
        self.assertNotIn(one, self.search("res.partner", "!=", "C-1"))

    def test_a_record_that_stands_for_two_names_both(self):
        link = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "C-12")]
        )
        one = self.migrated("companies", "C-1")
        link.res_id = one.id
        self.env.flush_all()
        one.invalidate_recordset()
        self.assertEqual(one.migrated_id, "C-12, C-1")
        self.assertEqual(self.search("res.partner", "=", "C-12"), one)

    def test_it_is_for_reviewers(self):
        groups = "base.group_user,sales_team.group_sale_salesman_all_leads"
        for model in ("res.partner", "crm.lead"):
            for more, is_offered in ((f",{REVIEWER}", True), ("", False)):
                user = new_test_user(self.env, f"{model}{more}", groups + more)
                fields = self.env[model].with_user(user).fields_get()
                self.assertEqual("migrated_id" in fields, is_offered)
                arch = self.env[model].with_user(user).get_view(False, "search")["arch"]
                self.assertEqual("migrated_id" in arch, is_offered, model)
