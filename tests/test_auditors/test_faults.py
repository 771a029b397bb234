"""Every fault that was seen, planted into a finished migration: verification finds it."""

from odoo.tests import tagged

from .fault_kinds import tell
from .fault_planting import FaultCase
from .fault_table import FAULTS, NOT_FOUND


@tagged("post_install", "-at_install")
class TestFaults(FaultCase):
    def test_without_a_fault_every_value_is_accounted_for(self):
        self.assert_nothing_is_found()

    def test_what_stands_under_its_own_label_is_accounted_for(self):
        """Short, a number, a list, of several lines; and a long text under none."""
        record = self.get_staged("companies", "c1")
        partner = self.get_target("companies", "c1")
        record.payload = {
            **record.payload,
            "branch": "Berlin",
            "founded": "2024-03",
            "seats": 12,
            "vetted": True,
            "lines": ["Tiles", "Grout"],
            "terms": "Net 30\nNo discount",
            "motto": "Every tile has its own place in the wall",
            "second_mail": "office@zeta.example",
        }
        self.put(
            partner,
            comment="<p>Visited in March.</p><p><b>branch</b>: Berlin</p>"
            "<p><b>founded</b>: 2024-03</p><p><b>seats</b>: 12</p>"
            "<p><b>vetted</b>: true</p><p><b>lines</b>: Tiles, Grout</p>"
            "<p><b>terms</b>: Net 30<br>No discount</p>"
            "<p>They say: every tile has its own place in the wall.</p>"
            "<p>office@zeta.example</p>",
        )
        self.cover()
        self.assertEqual(self.get_findings("companies", "c1"), set())

    def test_every_fault_is_found(self):
        """At least nine in ten; what is not found is named here, so that none is lost."""
        missed = self.plant_each(FAULTS)
        tell((*row, "") for row in NOT_FOUND)
        self.assertGreaterEqual(
            len(FAULTS) - len(missed), 0.9 * (len(FAULTS) + len(NOT_FOUND))
        )
        self.assertFalse(missed)
