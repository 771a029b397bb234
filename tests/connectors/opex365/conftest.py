"""Small environments of OPEX 365, sources connected to them, and what was read of one."""

import pytest
from opex365_common import a_simulator, connect
from opex365_mappings_common import Reading


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)


@pytest.fixture(scope="session")
def reading():
    with a_simulator() as simulator:
        yield Reading(simulator)
