"""The three likeliest fields for a column, each with a score and the reason in words."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.mapping.likeness import get_similarities
from ...models.mapping.suggest import Suggester
from ..review_common import ReviewCase

ROWS = [
    {
        "id": 1,
        "name": "Casa",
        "correo": "ana@s.example",
        "Postal Cod": "4000-001",
        "Sector of Industry": "Metal Goods",
        "vat number": "PT501964843",
        "colour": "blue",
        "firm": "7",
        "zzz": None,
    },
    {
        "id": 2,
        "name": "Beta",
        "correo": "rui@s.example",
        "Postal Cod": "4000-002",
        "Sector of Industry": "Glass Goods",
        "vat number": "",
        "colour": "red",
        "firm": "9",
        "zzz": None,
    },
]


@tagged("post_install", "-at_install")
class TestSuggestions(ReviewCase):
    def setUp(self):
        super().setUp()
        industries = self.env["res.partner.industry"]
        for name in ("Metal Goods", "Glass Goods"):
            industries.create({"name": name})
        self.use_source(
            companies=[{"id": 7, "name": "A"}, {"id": 9, "name": "B"}], contacts=ROWS
        )
        self.run_kind("discover")
        self.run_kind("extract")

    def suggest(self, source, stream="contacts"):
        """Return the suggestions for a column, as a reviewer sees them."""
        line = self.as_reviewer(self.get_line(source, stream))
        self.assertEqual(len(line), 1, source)
        return line.suggestions

    def free(self, target):
        """Leave out what else of the contacts fills a target."""
        lines = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.mapping_id.stream == "contacts" and line.target == target
        )
        lines.write({"state": "ignored", "ignore_reason": "Not in the file"})

    def test_three_at_most_the_likeliest_first_each_with_its_reason(self):
        for line in self.job.mapping_ids.line_ids:
            found = line.suggestions or []
            self.assertLessEqual(len(found), 3)
            scores = [each["score"] for each in found]
            self.assertEqual(scores, sorted(scores, reverse=True))
            self.assertTrue(all(0 < score <= 100 for score in scores), scores)
            self.assertTrue(all(each["reason"] and each["label"] for each in found))
            targets = [each["target"] for each in found]
            self.assertEqual(len(set(targets)), len(targets))

    def test_what_the_values_look_like_counts_where_the_name_says_nothing(self):
        first = self.suggest("correo")[0]
        self.assertEqual((first["target"], first["label"]), ("email", "Email"))
        self.assertIn("e-mail", first["reason"])
        self.assertLessEqual(first["score"], 80)

    def test_a_similar_name_and_the_kind_of_values_find_a_field(self):
        first = self.suggest("Postal Cod")[0]
        self.assertEqual(first["target"], "zip")
        self.assertGreater(first["score"], 50)

    def test_values_that_odoo_has_lead_to_their_list(self):
        first = self.suggest("Sector of Industry")[0]
        self.assertEqual(first["target"], "industry_id")
        self.assertIn("2 of 2", first["reason"])

    def test_ids_of_another_table_lead_to_a_link(self):
        found = {each["target"]: each for each in self.suggest("firm")}
        self.assertIn("parent_id", found)
        self.assertIn("Companies", found["parent_id"]["reason"])
        line = self.as_reviewer(self.get_line("firm", "contacts"))
        self.free("parent_id")
        line.action_use_suggestion("parent_id")
        self.assertEqual((line.target, line.state), ("parent_id", "accepted"))
        self.assertEqual(line.steps, [["lookup", "companies"]])
        self.run_kinds("load")
        self.assertEqual(
            self.migrated("contacts", "1").parent_id, self.migrated("companies", "7")
        )

    def test_an_empty_column_is_never_sure(self):
        for each in self.suggest("zzz") or []:
            self.assertLess(each["score"], 40)

    def test_what_is_mapped_stands_first_with_its_own_confidence(self):
        first = self.suggest("name")[0]
        line = self.get_line("name", "contacts")
        self.assertEqual(first["target"], line.target)
        self.assertEqual(first["score"], line.confidence)

    def test_what_was_decided_before_comes_first(self):
        line = self.as_reviewer(self.get_line("colour", "contacts"))
        fields = self.env["ir.model.fields"]
        line.field_id = fields._get("res.partner", "barcode")
        self.assertTrue(self.get_line("colour", "contacts")._is_decided())
        earlier = self.job
        type(self).job = earlier.copy({"name": "Second"})
        self.addCleanup(setattr, type(self), "job", earlier)
        self.run_kind("discover")
        self.run_kind("extract")
        line = self.get_line("colour", "contacts")
        self.assertEqual((line.target, line.state), ("barcode", "open"))
        self.assertEqual(line.confidence, 95)
        self.assertIn(earlier.name, line.reason)
        self.assertEqual(self.suggest("colour")[0]["target"], "barcode")

    def test_a_decision_of_another_company_is_not_taken_over(self):
        line = self.as_reviewer(self.get_line("colour", "contacts"))
        line.field_id = self.env["ir.model.fields"]._get("res.partner", "barcode")
        earlier = self.job
        other = self.env["res.company"].create({"name": "Other"})
        type(self).job = earlier.copy({"name": "Second", "company_id": other.id})
        self.addCleanup(setattr, type(self), "job", earlier)
        self.run_kind("discover")
        self.assertFalse(self.get_line("colour", "contacts").target)

    def test_one_press_takes_a_suggestion(self):
        line = self.as_reviewer(self.get_line("correo", "contacts"))
        self.free("email")
        line.action_use_suggestion(line.suggestions[0]["target"])
        self.assertEqual((line.target, line.state), ("email", "accepted"))
        self.assertEqual(line.confidence, 100)
        line.action_use_suggestion("@created_at")
        self.assertEqual((line.target, line.field_id.id), ("@created_at", False))
        self.assertEqual(line.steps, [["datetime", None]])

    def test_only_what_is_a_target_of_the_object_can_be_taken(self):
        line = self.as_reviewer(self.get_line("colour", "contacts"))
        for target in ("spaceship", "@spaceship", "stage_id", "create_uid", "id"):
            with self.assertRaises(Exception, msg=target) as caught:
                line.action_use_suggestion(target)
            self.assertEqual(type(caught.exception).__name__, "UserError", target)
        self.assertFalse(line.target)

    def test_who_may_not_decide_may_not_take_one(self):
        line = self.get_line("correo", "contacts")
        demo = self.env["res.users"].create({"name": "Nobody", "login": "nobody@s"})
        with self.assertRaises(AccessError):
            line.with_user(demo).action_use_suggestion("email")

    def test_similarity_is_that_of_postgresql(self):
        words = ["email", "e mail", "postal cod", "zip", "telefon", "phone", "ä"]
        found = get_similarities(words, words, None)
        self.assertEqual(found["email", "email"], 1.0)
        self.assertNotIn(("zip", "phone"), found)
        if not self.registry.has_trigram:
            return
        for pair, known in get_similarities(words, words, self.env.cr).items():
            self.assertAlmostEqual(found[pair], known, 5, pair)

    def test_a_table_of_500_columns_takes_a_handful_of_queries(self):
        stream = self.get_line("colour", "contacts").mapping_id.stream_id
        figures = {
            f"Column {n} of {n * 7}": {
                "label": f"Column {n} of {n * 7}",
                "kind": "char",
                "custom": False,
                "records": 10,
                "filled": 10,
                "distinct": 10,
                "samples": [f'"value {n}"'],
                "position": n,
            }
            for n in range(500)
        }
        mapping = stream.mapping_ids
        self.env.flush_all()
        with self.assertQueryCount(80):
            Suggester(self.env, mapping).suggest(figures)
