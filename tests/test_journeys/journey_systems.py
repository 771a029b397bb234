"""The simulated systems as a test connects to them: how each starts, what it asks for."""

import json

from ..simulators.concord import ConcordSimulator
from ..simulators.concord_data import make_company
from ..simulators.net_results import NetResultsSimulator
from ..simulators.net_results_data import make_account
from ..simulators.nextcrm import NextCrmSimulator
from ..simulators.opex365 import Opex365Simulator
from ..simulators.opex365_data import make_organization
from ..simulators.soffront import SoffrontSimulator
from ..simulators.soffront_data import make_customer
from .journey_files import ExportFolder

COMPANY = {
    "contacts": 60,
    "companies": 30,
    "deals": 40,
    "activities": 80,
    "notes": 40,
    "calls": 30,
    "emails": 60,
}


def at_pace(**paging):
    """Return an endpoint profile: the pace vendors ask for would take minutes here."""
    parts = {"throttle": {"max_per_second": 1000}}
    return json.dumps({**parts, "paging": paging} if paging else parts)


class ConcordSystem:
    source = "concord"
    has_opt_outs = False

    @classmethod
    def open_simulator(cls):
        return ConcordSimulator(make_company(**COMPANY), rate_limit=None)

    @classmethod
    def get_settings(cls):
        return {"url": cls.simulator.url, "token": cls.simulator.token}


class NextCrmSystem:
    source = "nextcrm"

    @classmethod
    def open_simulator(cls):
        return NextCrmSimulator()

    @classmethod
    def get_settings(cls):
        return cls.simulator.settings


class NetResultsSystem:
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
            "endpoints": at_pace(),
        }


class Opex365System:
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


class SoffrontSystem:
    source = "soffront"
    has_opt_outs = False

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
            "endpoints": at_pace(),
        }


class FilesSystem:
    source = "spreadsheet"

    @classmethod
    def open_simulator(cls):
        return ExportFolder()

    @classmethod
    def get_settings(cls):
        return {}

    @classmethod
    def make_files(cls):
        """Return what lies in the folder now, uploaded."""
        return cls.env["ir.attachment"].create(
            [{"name": name, "raw": raw} for name, raw in cls.simulator.as_files()]
        )
