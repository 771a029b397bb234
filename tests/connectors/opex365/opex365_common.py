"""A simulated Dataverse environment, and a source that is connected to it."""

from connectors.opex365.source import Opex365Source
from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

SMALL = {
    "contacts": 26,
    "companies": 16,
    "leads": 9,
    "deals": 16,
    "cases": 6,
    "emails": 24,
    "calls": 9,
    "tasks": 9,
    "meetings": 9,
    "notes": 16,
    "machines": 8,
    "products": 5,
}


def a_simulator(apps=("sales", "service", "marketing", "opex"), **options):
    sizes = {name: options.pop(name, size) for name, size in SMALL.items()}
    order = options.pop("name_order", 1)
    org = make_organization(apps=apps, name_order=order, **sizes)
    return Opex365Simulator(org, **options)


def config_of(simulator):
    return {
        "url": simulator.url,
        "authority": simulator.url,
        "tenant": simulator.tenant,
        "client_id": simulator.client_id,
        "client_secret": simulator.secret,
    }


def connect(simulator, *, deadline=None, **settings):
    return Opex365Source({**config_of(simulator), **settings}, deadline=deadline)
