"""A simulated installation of Soffront CRM, and a source that is connected to it."""

import json

from connectors.soffront.source import SoffrontSource
from simulators.soffront import SoffrontSimulator
from simulators.soffront_data import make_customer

SMALL = {
    "accounts": 18, "contacts": 16, "tickets": 14, "leads": 6, "deals": 7,
    "activities": 8, "defects": 3,
}  # fmt: skip


ZONE = "America/New_York"


FAST = {"throttle": {"max_per_second": 1000}}


def a_simulator(**options):
    sizes = {name: options.pop(name) for name in list(options) if name in SMALL}
    return SoffrontSimulator(make_customer(**{**SMALL, **sizes}), **options)


def endpoints(**own):
    return json.dumps({**FAST, **own})


def settings(simulator, **own):
    return {
        "url": simulator.address,
        "developer_key": simulator.key,
        "user": simulator.user,
        "password": simulator.password,
        "timezone": ZONE,
        "allow_http": True,
        "endpoints": endpoints(),
        **own,
    }


def connect(simulator, **own):
    return SoffrontSource(settings(simulator, **own))


class Budgeted(SoffrontSource):
    """A source whose time goes by with what the simulator is asked, and not otherwise.

    ``budget``: (simulator, seconds of a batch, of a call, of one count)
    """

    budget = None

    def seconds_left(self):
        simulator, seconds, per_call, per_count = self.budget
        counts = sum(len(b) for n, b in simulator.calls if n == "multiplerecordcount")
        spent = per_call * len(simulator.requests) + per_count * counts
        self._begun = getattr(self, "_begun", spent)
        return seconds - (spent - self._begun)


def reference(data):
    return {
        "object": data["_object"],
        "record": data["_record"],
        "name": data["DOCNAME"],
        "size": data["DOCSIZE"],
    }
