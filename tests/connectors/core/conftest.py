"""A client of HTTP, and the server that it calls; nobody waits between two tries."""

import time
from types import SimpleNamespace

import pytest
from http_router import TOKEN, Router

from connectors.core.auth import BearerAuth
from connectors.core.http import HttpClient
from connectors.core.throttle import (
    Throttle,
)


@pytest.fixture
def router(slept):
    running = Router()
    yield running
    running.close()


@pytest.fixture
def client(router):
    running = HttpClient(
        router.url,
        auth=BearerAuth(TOKEN),
        headers={"Accept": "application/json"},
        throttle=Throttle(sleep=lambda _seconds: None),
    )
    yield running
    running.close()


@pytest.fixture
def slept(monkeypatch):
    """Return the seconds that would have been waited between two tries."""
    seconds = []
    monkeypatch.setattr(
        "urllib3.util.retry.time", SimpleNamespace(time=time.time, sleep=seconds.append)
    )
    return seconds
