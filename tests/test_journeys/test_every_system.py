"""Every other system, from the check to the rollback with its default profile."""

from odoo.tests import tagged

from ..common import MigrationCase
from .journey_common import Journey
from .journey_systems import (
    NetResultsSystem,
    NextCrmSystem,
    SoffrontSystem,
)


@tagged("post_install", "-at_install")
class TestNextCrm(NextCrmSystem, Journey, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestNetResults(NetResultsSystem, Journey, MigrationCase):
    def test_nothing_was_written_in_the_source(self):
        self.assertFalse(self.simulator.writes)


@tagged("post_install", "-at_install")
class TestSoffront(SoffrontSystem, Journey, MigrationCase):
    def test_nothing_was_written_in_the_source(self):
        self.assertFalse(self.simulator.writes)
