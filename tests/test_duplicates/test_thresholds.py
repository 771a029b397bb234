"""Thresholds: how many pairs they would decide is told before, and people's word stays."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .duplicates_common import DuplicatesCase


@tagged("post_install", "-at_install")
class TestThresholds(DuplicatesCase):
    def find_three(self):
        """Scores of 100, 85 and 35: certain, likely, hardly."""
        self.there = self.env["res.partner"].create(
            [
                {"name": "Ana Silva", "email": "ana@x.test"},
                {"name": "Karl Weber", "phone": "+351 21 000 1234"},
                {"name": "Rui Costa", "email": "costa@x.test"},
            ]
        )
        self.stage(
            "people",
            "res.partner",
            {
                "1": {"name": "Ana Silva", "email": "ana@x.test"},
                "2": {"name": "Karol Weber", "phone": "021 000 1234"},
                "3": {"name": "Eva Costa", "email": "costa@x.test"},
            },
        )
        found = self.match().sorted(lambda pair: pair.record_id.id)
        self.assertEqual(found.mapped("score"), [100, 83, 35])
        return found

    def test_what_is_unlikely_is_kept_and_the_rest_asked_about(self):
        found = self.find_three()
        self.assertEqual(found.mapped("decision"), [False, False, "keep"])
        self.assertFalse(found.decided_by_id)
        self.assertEqual(self.job.duplicate_open_count, 2)

    def test_certain_ones_are_merged_where_that_is_wished(self):
        self.job.duplicate_policy = "merge"
        found = self.find_three()
        self.assertEqual(found.mapped("decision"), ["merge", False, "keep"])
        self.job.duplicate_merge_from = 80
        self.assertEqual(found.mapped("decision"), ["merge", "merge", "keep"])
        self.job.write({"duplicate_merge_from": 90, "duplicate_ask_from": 30})
        self.assertEqual(found.mapped("decision"), ["merge", False, False])
        self.job.duplicate_policy = "keep"
        self.assertEqual(set(found.mapped("decision")), {"keep"})

    def test_the_screen_counts_before_anything_is_decided(self):
        found = self.find_three()
        found[1].action_keep()
        with Form(self.job) as form:
            self.assertIn(
                "0 pairs are merged, 1 waits for you, 1 is kept",
                form.duplicate_forecast,
            )
            form.duplicate_policy = "merge"
            self.assertIn("1 pair is merged, 0 wait for you", form.duplicate_forecast)
            form.duplicate_ask_from = 31
            self.assertIn("1 waits for you, 0 are kept", form.duplicate_forecast)
            self.assertIn("1 was decided by a person", form.duplicate_forecast)
            self.env.invalidate_all()
            self.assertEqual(found.mapped("decision"), [False, "keep", "keep"])
        self.assertEqual(found.mapped("decision"), ["merge", "keep", False])

    def test_what_a_person_decided_stays(self):
        found = self.find_three()
        found[0].action_keep()
        found[2].action_merge()
        self.job.write({"duplicate_policy": "merge", "duplicate_merge_from": 50})
        self.assertEqual(found.mapped("decision"), ["keep", "merge", "merge"])
        again = self.match()
        self.assertEqual(
            {pair.record_id.source_id: pair.decision for pair in again},
            {"1": "keep", "2": "merge", "3": "merge"},
        )

    def test_the_contact_of_a_user_is_never_merged_by_itself(self):
        self.job.write({"duplicate_policy": "merge", "duplicate_merge_from": 50})
        self.stage(
            "people",
            "res.partner",
            {"1": {"name": "Anna Ågren", "email": "anna.agren@example.test"}},
        )
        found = self.match()
        self.assertEqual((found.res_id, found.score), (self.anna.partner_id.id, 100))
        self.assertTrue(found.is_held)
        self.assertFalse(found.decision)
        self.assertIn("a user of Odoo", found.evidence)
        self.job.duplicate_merge_from = 51
        self.assertFalse(found.decision)

    def test_two_in_odoo_are_asked_about(self):
        self.job.duplicate_policy = "merge"
        values = {"name": "Ana Silva", "email": "ana@x.test"}
        self.env["res.partner"].create([values, values])
        self.stage("people", "res.partner", {"1": values})
        found = self.match()
        self.assertEqual((found.is_held, found.decision), (True, False))

    def test_thresholds_have_an_order(self):
        with self.assertRaises(ValidationError):
            self.job.write({"duplicate_merge_from": 40})
        with self.assertRaises(ValidationError):
            self.job.write({"duplicate_merge_from": 101})
