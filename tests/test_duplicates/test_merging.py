"""Merged by the score: leads into open leads, one into another that is merged itself."""

from odoo.tests import tagged

from .duplicates_common import DuplicatesCase

LEAD = {
    "name": "Roof of the school",
    "email_from": "ana@x.test",
    "contact_name": "Ana Silva",
}


@tagged("post_install", "-at_install")
class TestMerging(DuplicatesCase):
    def test_a_lead_meets_the_open_lead_of_the_same_contact(self):
        found = self.compare(LEAD, {**LEAD, "phone": "+351 21 000 1234"}, "crm.lead")
        self.assertEqual((found.res_model, found.score), ("crm.lead", 100))
        self.assertEqual(found.evidence, "Same e-mail address, same name, same contact")

    def test_another_deal_of_the_contact_is_another_deal(self):
        found = self.compare(LEAD, {**LEAD, "name": "Garage"}, "crm.lead")
        self.assertFalse(found)

    def test_two_leads_of_the_source_are_two(self):
        self.stage("people", "crm.lead", {"1": LEAD, "2": LEAD})
        self.assertFalse(self.match())

    def test_nothing_is_merged_into_the_past(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        past = self.env["crm.lead"].create(
            [{**LEAD, "stage_id": won.id}, {**LEAD, "active": False}]
        )
        self.assertEqual(len(past), 2)
        self.stage("people", "crm.lead", {"1": LEAD})
        self.assertFalse(self.match())

    def test_a_lead_that_is_over_is_not_merged(self):
        self.assertFalse(
            self.compare(LEAD, {**LEAD, "@closed_at": "2024-01-01"}, "crm.lead")
        )

    def test_a_merged_lead_is_as_before_after_a_rollback(self):
        there = self.env["crm.lead"].create(LEAD)
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM crm_lead WHERE id = %s", [there.id])
        before = self.env.cr.dictfetchone()
        staged = {**LEAD, "phone": "+351 21 000 1234", "name": "ROOF OF THE SCHOOL"}
        self.job.duplicate_policy = "merge"
        self.stage("people", "crm.lead", {"1": staged})
        self.assertEqual(self.match().decision, "merge")
        self.run_phases("load", "load")
        self.assertEqual(self.loaded("people", "1"), there)
        self.assertEqual(there.phone, "+351 21 000 1234")
        self.assertEqual(there.name, "Roof of the school")
        self.run_phases("rollback", "rollback")
        self.env.cr.execute("SELECT * FROM crm_lead WHERE id = %s", [there.id])
        self.assertEqual(self.env.cr.dictfetchone(), before)

    def test_three_of_one_become_one(self):
        """Each looks most like another one, and that one is merged itself."""
        self.job.duplicate_policy = "merge"
        rows = {
            "1": {"name": "Ana Maria Silva", "email": "ana@x.test"},
            "2": {"name": "Ana Silva", "email": "ana@x.test", "phone": "+351210001234"},
            "3": {"name": "Ana Silva", "phone": "+351210001234", "city": "Porto"},
        }
        self.stage("people", "res.partner", rows)
        found = self.match()
        self.assertEqual(
            {(p.record_id.source_id, p.other_record_id.source_id) for p in found},
            {("2", "1"), ("3", "2")},
        )
        self.assertEqual(set(found.mapped("decision")), {"merge"})
        self.run_phases("load", "load")
        one = self.loaded("people", "1")
        self.assertEqual(self.loaded("people", "2"), one)
        self.assertEqual(self.loaded("people", "3"), one)
        self.assertEqual((one.name, one.city), ("Ana Maria Silva", "Porto"))

    def run_phases(self, kind, phase):
        mapping = self.mappings["people", ""]
        staged = self.env["crm.migration.record"].search([("job_id", "=", self.job.id)])
        for record in staged:
            record.values = {"": {**record.values[""], "@mapping": mapping.id}}
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": kind})
        self.job.run_id = run
        run._enter(phase)
        while not run._work():
            pass
        self.env.flush_all()
        self.env.invalidate_all()
        return run
