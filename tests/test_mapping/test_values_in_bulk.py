"""Many values are decided on at once."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestValuesInBulk(ReviewCase):
    def setUp(self):
        super().setUp()
        self.stage = self.env["crm.stage"].create({"name": "Angebot Élan"})
        self.values = self.env["crm.migration.value.map"].create(
            [
                {"job_id": self.job.id, "list": "stages", "key": key, "label": key}
                | {"model_name": "crm.stage"}
                for key in ("ANGEBOT elan", "Parked", "Frozen")
            ]
        )
        self.country = self.values.create(
            {"job_id": self.job.id, "list": "countries", "key": "Nowhere"}
            | {"model_name": "res.country", "label": "Nowhere"}
        )
        self.choice = self.values.create(
            {"job_id": self.job.id, "list": "outcomes", "key": "WÓN", "label": "WÓN"}
            | {"choices": [["won", "Won"], ["lost", "Lost"]]}
        )

    def of_list(self, *domain):
        empty = self.env["crm.migration.value.map"].with_user(self.reviewer)
        shown = [("job_id", "=", self.job.id), *domain]
        return empty.with_context(active_domain=shown)

    def test_what_has_the_same_name_in_odoo_is_used(self):
        told = self.as_reviewer(self.values | self.choice).action_match()
        self.assertEqual(self.values[0].target_ref, self.stage)
        self.assertEqual(self.values.mapped("decision"), ["map", False, False])
        self.assertEqual((self.choice.choice, self.choice.decision), ("won", "map"))
        self.assertIn("2 values are decided", told["params"]["message"])

    def test_without_a_selection_all_of_the_list_is_created(self):
        self.values[1].decision = "empty"
        self.of_list(("list", "in", ("stages", "countries"))).action_create_all()
        self.assertEqual(self.values.mapped("decision"), ["create", "empty", "create"])
        self.assertFalse(self.country.decision)

    def test_without_a_selection_what_would_be_created_is_matched(self):
        self.values.write({"decision": "create"})
        self.values[1].decision = "empty"
        self.of_list().action_match()
        self.assertEqual(self.values.mapped("decision"), ["map", "empty", "create"])
        self.values.write({"decision": "empty"})
        told = self.of_list(("list", "=", "stages")).action_match()
        self.assertIn("Nothing", told["params"]["message"])

    def test_what_cannot_be_created_is_refused(self):
        with self.assertRaises(UserError):
            self.as_reviewer(self.country).action_create_all()
        with self.assertRaises(ValidationError):
            self.as_reviewer(self.country).decision = "create"

    def test_a_kind_of_activity_is_created_where_a_person_says_so(self):
        fax = self.values.create(
            {"job_id": self.job.id, "list": "kinds", "key": "Fax", "label": "Fax"}
            | {"model_name": "mail.activity.type"}
        )
        self.as_reviewer(fax).action_create_all()
        self.assertEqual(fax.decision, "create")

    def test_all_of_the_list_is_left_empty(self):
        self.of_list(("list", "=", "stages")).action_leave_all_empty()
        self.assertEqual(set(self.values.mapped("decision")), {"empty"})
        self.assertFalse(self.choice.decision)

    def test_a_list_of_two_migrations_is_refused(self):
        other = self.job.create({"name": "Other", "source": "fake"})
        self.values.create({"job_id": other.id, "list": "stages", "key": "X"})
        empty = self.env["crm.migration.value.map"].with_user(self.reviewer)
        for context in ({"active_domain": [("list", "=", "stages")]}, {}):
            with self.assertRaises(UserError):
                empty.with_context(**context).action_leave_all_empty()
        self.assertFalse(any(self.values.mapped("decision")))
