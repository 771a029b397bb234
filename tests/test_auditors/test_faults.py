"""Every fault that was seen, planted into a finished migration: verification finds it."""

import os
from pathlib import Path

from odoo.tests import tagged

from .fault_planting import FaultCase
from .fault_table import FAULTS, NOT_FOUND


def tell(table):
    """Add rows (case, sentence, found by) to the file that ``dev/faults`` asks for."""
    if path := os.environ.get("CRM_MIGRATION_FAULTS"):
        with Path(path).open("a", encoding="utf-8") as file:
            for case, text, by in table:
                file.write(f"{case:9} {text:58} {by or 'NOT FOUND'}\n")


@tagged("post_install", "-at_install")
class TestFaults(FaultCase):
    def test_without_a_fault_every_value_is_accounted_for(self):
        self.cover()
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            lost.mapped(lambda u: (u.stream, u.source_id, u.field, u.value))
        )
        differences = self.job.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            differences.mapped(
                lambda d: (d.kind, d.stream, d.source_id, d.field, d.found)
            )
        )
        self.assertEqual(self.job._get_coverage_share(), 100.0)

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
        missed, table = [], []
        for fault in FAULTS:
            savepoint = self.env.cr.savepoint(flush=True)
            self.plant(fault)
            self.cover()
            found = self.get_findings(fault.stream, fault.source_id)
            with self.subTest(fault.case, sentence=fault.sentence, found=found):
                there = found & set(fault.found_by)
                table.append((fault.case, fault.sentence, ", ".join(sorted(there))))
                if not there:
                    missed.append(f"{fault.case} {fault.sentence}: {sorted(found)}")
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        tell(table + [(*row, "") for row in NOT_FOUND])
        self.assertGreaterEqual(
            len(FAULTS) - len(missed), 0.9 * (len(FAULTS) + len(NOT_FOUND))
        )
        self.assertFalse(missed)
