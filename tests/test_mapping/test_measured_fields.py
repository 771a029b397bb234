"""What a profile says of a field: how often it is filled, with what, with how much else."""

from odoo.tests import tagged

from ..loader_common import LoaderCase

PAYLOADS = (
    {"name": None, "tags": [], "size": 5, "note": "a"},
    {"name": "", "tags": {}, "size": "5", "note": "a"},
    {"name": "Ærø", "tags": "[]", "size": 5.0, "note": "a"},
    {"name": "Bo", "tags": ["x"], "size": 5, "note": "b"},
    {"name": "Ærø", "tags": ["x"], "size": False, "note": "a"},
    {"name": "Cy", "tags": {"y": None}, "size": None, "note": "b"},
    {"name": "Di", "more": "x" * 400},
)


@tagged("post_install", "-at_install")
class TestMeasuredFields(LoaderCase):
    def measure(self, payloads):
        given = {str(number): payload for number, payload in enumerate(payloads)}
        rows = {number: {"name": "x"} for number in given}
        mapping = self.stage("people", "res.partner", rows, payload=given)
        stats = self.env["crm.migration.phase.profile"]._get_stats(mapping.stream_id)
        return {row.pop("key"): row for row in stats}

    def test_what_is_empty_does_not_count_and_the_first_three_values_are_shown(self):
        found = self.measure(PAYLOADS)
        self.assertEqual({row["records"] for row in found.values()}, {len(PAYLOADS)})
        told = {
            key: (row["filled"], row["distinct_values"], row["samples"])
            for key, row in found.items()
        }
        self.assertEqual(
            told,
            {
                "name": (5, 4, ['"Ærø"', '"Bo"', '"Cy"']),
                "tags": (4, 3, ['"[]"', '["x"]', '{"y": null}']),
                "size": (5, 4, ["5", '"5"', "5.0"]),
                "note": (6, 2, ['"a"', '"b"']),
                "more": (1, 1, [('"' + "x" * 400)[:300]]),
            },
        )

    def test_a_field_that_is_empty_everywhere_has_no_values_to_show(self):
        found = self.measure([{"name": ""}, {"name": None}])
        self.assertEqual(found["name"]["filled"], 0)
        self.assertFalse(found["name"]["samples"])
