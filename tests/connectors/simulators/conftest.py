"""A simulated Concord CRM for each test; those of the other systems start their own."""

import pytest
from simulator_concord_common import SMALL

from simulators.concord import ConcordSimulator
from simulators.concord_data import make_company


@pytest.fixture(scope="module")
def company():
    return make_company(**SMALL)


@pytest.fixture
def sim(company):
    with ConcordSimulator(company, rate_limit=None) as simulator:
        yield simulator
