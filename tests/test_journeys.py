"""Every other system, from the check to the rollback with its default profile."""

import json

from odoo.tests import tagged

from .common import MigrationCase
from .journey_common import Journey
from .simulators.net_results import NetResultsSimulator
from .simulators.net_results_data import make_account
from .simulators.nextcrm import NextCrmSimulator
from .simulators.opex365 import Opex365Simulator
from .simulators.opex365_data import make_organization
from .simulators.soffront import SoffrontSimulator
from .simulators.soffront_data import make_customer

FAST = {"throttle": {"max_per_second": 1000}}
"""The pace that the vendors ask for would take minutes on loopback."""


@tagged("post_install", "-at_install")
class TestNextCrm(Journey, MigrationCase):
    source = "nextcrm"

    @classmethod
    def open_simulator(cls):
        return NextCrmSimulator()

    @classmethod
    def get_settings(cls):
        return cls.simulator.settings


@tagged("post_install", "-at_install")
class TestNetResults(Journey, MigrationCase):
    source = "net_results"

    @classmethod
    def open_simulator(cls):
        return NetResultsSimulator(make_account(60, emails=6))

    @classmethod
    def get_settings(cls):
        return {
            "url": cls.simulator.url,
            "auth": "basic",
            "login": cls.simulator.login,
            "password": cls.simulator.password,
            "endpoints": json.dumps(FAST),
        }

    def test_nothing_was_written_in_the_source(self):
        self.assertFalse(self.simulator.writes)


@tagged("post_install", "-at_install")
class TestOpex365(Journey, MigrationCase):
    source = "opex365"

    @classmethod
    def open_simulator(cls):
        return Opex365Simulator(make_organization())

    @classmethod
    def get_settings(cls):
        return {
            "url": cls.simulator.url,
            "authority": cls.simulator.url,
            "tenant": cls.simulator.tenant,
            "client_id": cls.simulator.client_id,
            "client_secret": cls.simulator.secret,
        }


@tagged("post_install", "-at_install")
class TestSoffront(Journey, MigrationCase):
    source = "soffront"

    @classmethod
    def open_simulator(cls):
        return SoffrontSimulator(make_customer())

    @classmethod
    def get_settings(cls):
        return {
            "url": cls.simulator.address,
            "developer_key": cls.simulator.key,
            "user": cls.simulator.user,
            "password": cls.simulator.password,
            "timezone": "America/New_York",
            "allow_http": True,
            "endpoints": json.dumps(FAST),
        }

    def test_nothing_was_written_in_the_source(self):
        self.assertFalse(self.simulator.writes)
