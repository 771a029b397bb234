"""A system that was migrated before: its records are recognized, not loaded twice."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import FakeSource
from ..test_staging.reading_common import COMPANIES, DEALS, ReadingCase

OWNED = [{**row, "owner": "o1"} for row in COMPANIES]


@tagged("post_install", "-at_install")
class TestLineage(ReadingCase):
    def setUp(self):
        super().setUp()
        self.first = self.env["crm.migration.job"].create(
            {"name": "The First", "source": "fake", "duplicate_policy": "keep"}
        )
        self.first._set_settings({"url": "https://crm.example.test/"})
        self.migrate(self.first, OWNED)

    def migrate(self, job, companies=OWNED, deals=DEALS):
        type(self).job = job
        job.action_check_connection()
        self.load_all(companies, deals)
        return job

    def continue_it(self, companies=OWNED, deals=DEALS, url="http://CRM.example.test"):
        job = self.env["crm.migration.job"].create(
            {"name": "The Second", "source": "fake", "duplicate_policy": "review"}
        )
        job._set_settings({"url": url})
        return self.migrate(job, companies, deals)

    def count(self):
        self.env.flush_all()
        tables = ("res_partner", "crm_lead", "res_users", "crm_tag", "crm_stage")
        counts = {}
        for table in tables:
            self.env.cr.execute(f"SELECT count(*) FROM {table}")
            counts[table] = self.env.cr.fetchone()[0]
        return counts

    def get_lines(self):
        loads = self.job.run_ids.filtered(lambda run: run.kind == "load")
        return {row.stream_id.name: row for row in loads[:1].result_ids}

    def test_a_second_migration_of_the_same_system_duplicates_nothing(self):
        before = self.count()
        partner = self.migrated("companies", "1")
        second = self.continue_it([{**OWNED[0], "name": "Casa Um"}, *OWNED[1:]])
        self.assertEqual(second.predecessor_id, self.first)
        self.assertEqual(self.count(), before)
        self.assertEqual(self.migrated("companies", "1"), partner)
        self.assertEqual(partner.name, "Casa Um")
        row = self.get_lines()["companies"]
        self.assertEqual(
            (row.created_count, row.updated_count, row.unchanged_count), (0, 1, 4)
        )
        self.assertTrue(row.is_balanced)
        self.assertFalse(second.duplicate_open_count)
        self.assertFalse(second.difference_count)
        told = second.check_ids.filtered(lambda c: c.code == "odoo.lineage")
        self.assertIn("The First", told.text)

    def test_the_same_user_stands_for_the_same_owner(self):
        self.assertEqual(self.first.owner_ids.decision, "placeholder")
        user = self.first.owner_ids.user_id
        self.assertTrue(user)
        second = self.continue_it()
        self.assertEqual(second.owner_ids.user_id, user)
        self.assertFalse(second.owner_ids.is_created)

    def test_it_is_recognized_after_the_first_one_was_closed(self):
        self.first.phase = "done"
        self.first._close()
        before = self.count()
        second = self.continue_it([{**OWNED[0], "name": "Casa Um"}, *OWNED[1:]])
        self.assertEqual(second.predecessor_id, self.first)
        self.assertEqual(self.count(), before)
        self.assertEqual(self.migrated("companies", "1").name, "Casa Um")

    def test_what_a_person_changed_meanwhile_stays(self):
        partner = self.migrated("companies", "1")
        partner.name = "Minha Casa"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [partner.id],
        )
        partner.invalidate_recordset()
        changed = {**OWNED[0], "name": "Casa Um", "email": "um@casa1.test"}
        self.continue_it([changed, *OWNED[1:]])
        self.assertEqual((partner.name, partner.email), ("Minha Casa", "um@casa1.test"))
        self.assertEqual(self.get_messages("changed_by_both").field, "name")

    def test_the_rollback_of_the_second_leaves_what_the_first_created(self):
        partner = self.migrated("companies", "1")
        new = {"id": 9, "name": "Casa Nova"}
        deal = {"id": 3, "title": "Torre", "company_id": 1}
        self.continue_it(
            [{**OWNED[0], "name": "Casa Um"}, *OWNED[1:], new], [*DEALS, deal]
        )
        added, lead = self.migrated("companies", "9"), self.migrated("deals", "3")
        self.assertEqual(lead.partner_id, partner)
        run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertFalse(added.exists() or lead.exists())
        self.assertEqual(partner.exists().name, "Casa 1", "as the first had left it")
        left = self.env["crm.migration.id.map"]
        self.assertFalse(left.search([("job_id", "=", self.job.id)]))
        self.assertTrue(left.search([("job_id", "=", self.first.id)]))

    def test_the_rollback_of_the_first_lists_what_the_second_counts_on(self):
        partner = self.migrated("companies", "1")
        self.continue_it()
        type(self).job = self.first
        self.run_kind("rollback")
        self.assertTrue(partner.exists())
        told = self.get_messages("kept_by_migration")
        self.assertIn("The Second", told[0].text)

    def test_objects_that_are_not_read_again_are_still_referred_to(self):
        partner = self.migrated("companies", "1")
        job = self.env["crm.migration.job"].create(
            {"name": "Deals", "source": "fake", "predecessor_id": self.first.id}
        )
        type(self).job = job
        self.use_source(deals=[{"id": 7, "title": "Muro", "company_id": 1}])
        for kind in ("discover", "extract", "load"):
            self.run_kind(kind)
        self.assertEqual(self.migrated("deals", "7").partner_id, partner)

    def test_a_third_one_knows_what_both_loaded(self):
        self.continue_it([*OWNED, {"id": 9, "name": "Casa Nova"}])
        added = self.migrated("companies", "9")
        third = self.continue_it([*OWNED, {"id": 9, "name": "Casa Nona"}])
        self.assertEqual(third._get_lineage()[-1], self.first)
        self.assertEqual(self.migrated("companies", "9"), added)
        self.assertEqual(added.name, "Casa Nona")

    def test_a_third_one_decides_as_the_second_did(self):
        second = self.continue_it()
        user = self.env["res.users"].create({"name": "Nia", "login": "nia"})
        second.owner_ids.write({"decision": "assign", "user_id": user.id})
        stages = self.env["crm.stage"].create([{"name": "Old"}, {"name": "New"}])
        for job, stage in zip((self.first, second), stages, strict=True):
            self.decide(job, decision="map", target_ref=f"crm.stage,{stage.id}")
        third = self.continue_it()
        self.assertEqual(third.owner_ids.user_id, user)
        row = self.decide(third)
        row._propose()
        self.assertEqual(row.target_ref, stages[1])

    def decide(self, job, **decision):
        return self.env["crm.migration.value.map"].create(
            {
                "job_id": job.id,
                "list": "stages",
                "key": "obra",
                "label": "Obra",
                "model_name": "crm.stage",
                **decision,
            }
        )

    def test_another_system_of_the_same_kind_is_not_taken_for_it(self):
        before = self.count()
        job = self.env["crm.migration.job"].create(
            {"name": "Other", "source": "fake", "duplicate_policy": "keep"}
        )
        job._set_settings({"url": "https://other.example.test"})
        self.migrate(job)
        self.assertFalse(job.predecessor_id)
        self.assertGreater(self.count()["res_partner"], before["res_partner"])

    def test_what_is_continued_must_make_sense(self):
        second = self.continue_it()
        with self.assertRaises(ValidationError):
            second.predecessor_id = False
        job = self.env["crm.migration.job"].create({"name": "X", "source": "fake"})
        with self.assertRaises(ValidationError):
            job.predecessor_id = job
        with self.assertRaises(ValidationError):
            self.first.sudo().predecessor_id = second

    def test_an_address_is_compared_without_login_and_scheme(self):
        source = FakeSource({"url": "HTTPS://me:secret@CRM.example.com/api/"})
        self.assertEqual(source.identify(), "crm.example.com/api")
        self.assertIsNone(FakeSource({}).identify())
