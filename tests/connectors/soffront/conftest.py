"""A small installation of Soffront CRM for each test, and a source connected to it."""

import pytest
from soffront_common import a_simulator, connect


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)
