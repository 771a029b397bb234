"""Simulated NextCRMs, and a source connected to one."""

import pytest
from nextcrm_common import connect, opened

from simulators.nextcrm import NextCrmSimulator


@pytest.fixture(autouse=True)
def closing():
    """Close what a test has opened: a database has but so many connections."""
    yield
    while opened:
        opened.pop().close()


@pytest.fixture
def simulator():
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture(scope="module")
def untouched():
    """One for the tests that change nothing in it."""
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture
def faulty(untouched):
    """The same one, for tests that make it misbehave, or need the rows themselves."""
    yield untouched
    untouched.calm()


@pytest.fixture
def source(untouched):
    opened = connect(untouched)
    yield opened
    opened.close()
