"""A small account of Net-Results for each test, and a source connected to it."""

import pytest
from net_results_common import a_simulator, connect


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)
