"""How much of what runs by itself in each simulated system gets a working draft."""

import logging

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from ..simulators.opex365_classic import SECRET
from ..test_journeys.journey_common import Connected
from ..test_journeys.journey_systems import (
    ConcordSystem,
    NetResultsSystem,
    NextCrmSystem,
    Opex365System,
    SoffrontSystem,
)

_logger = logging.getLogger(__name__)
SHARE = 0.6
"""Of everything that runs by itself, whether the source tells what it does or not."""
SYSTEMS = (
    ConcordSystem,
    NetResultsSystem,
    NextCrmSystem,
    Opex365System,
    SoffrontSystem,
)


@tagged("post_install", "-at_install")
class TestSystemsRebuilt(MigrationCase):
    """Where Automation Rules is installed, the drafts are made; else they are possible."""

    def migrate(self, system):
        """Bring a system as far as loaded; return its migration."""
        case = type(system.__name__, (system, Connected), {"env": self.env})
        case.simulator = self.enterContext(case.open_simulator())
        type(self).job = case.create_job()
        self.assertTrue(self.job.action_check_connection())
        with mute_logger("odoo.sql_db"):
            self.run_kinds("discover", "extract", "load")
        return self.job

    def test_six_in_ten_get_a_draft(self):
        drafted = counted = 0
        lines = []
        for system in SYSTEMS:
            job = self.migrate(system)
            job._take_inventory()
            rows = job.automation_ids.filtered(lambda row: row.kind != "library")
            if "base.automation" in self.env:
                job.action_create_drafts()
                done = rows.filtered(lambda row: row.state == "drafted")
                for row in done:
                    self.assertTrue(row._get_drafts("base.automation"))
                    self.assertFalse(
                        any(row._get_drafts("base.automation").mapped("active"))
                    )
            else:
                done = rows.filtered(lambda row: row.state == "possible")
            lines.append(f"{system.source}: {len(done)} of {len(rows)}")
            drafted, counted = drafted + len(done), counted + len(rows)
            if system is Opex365System:
                self.check_classic(rows)
            for row in rows:
                self.assertTrue(row.recommendation)
                self.assertTrue(row.why_text)
                self.assertTrue(row.state != "manual" or row.obstacles_text, row.name)
        share = f"{drafted} of {counted} ({drafted / counted:.0%})"
        _logger.info("Drafts: %s; together %s", "; ".join(lines), share)
        self.assertGreaterEqual(drafted / counted, SHARE)

    def check_classic(self, rows):
        """A classic workflow is more than its name: what it does, and no secret of it."""
        classic = {row.name: row for row in rows if row.stream == "workflows"}
        big, again = classic["Große Chancen"], classic["Nachfassen"]
        self.assertIn("> 50000", big.conditions_text)
        self.assertIn('noch: "groß"', big.steps_text)
        self.assertIn("3 days", again.steps_text)
        for row in (big, again):
            self.assertIn(row.state, ("drafted", "possible"), row.obstacles_text)
        erp = classic["Abgleich mit dem ERP"]
        self.assertIn("Kunde.Workflows.ErpSync", erp.steps_text)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*) FROM crm_migration_record WHERE payload::text LIKE %s",
            [f"%{SECRET}%"],
        )
        self.assertFalse(self.env.cr.fetchone()[0])
        self.assertNotIn(SECRET, str([row.told for row in rows]))
