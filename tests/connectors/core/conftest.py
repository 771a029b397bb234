"""What tests of HTTP and of tables begin with: a client and its server, tables of a file."""

import time
from types import SimpleNamespace

import pytest
from http_router import TOKEN, Router

from connectors.core.archive import Files
from connectors.core.auth import BearerAuth
from connectors.core.http import HttpClient
from connectors.core.listing import list_tables
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


@pytest.fixture
def tables(tmp_path):
    """Return a function: name, bytes, options → (tables, findings)."""
    opened = []

    def open_tables(name, data, **options):
        path = tmp_path / f"{len(opened)}"
        path.write_bytes(data)
        files = Files([{"name": name, "path": str(path)}])
        opened.append(files)
        return list_tables(files, {name: options})

    yield open_tables
    for files in opened:
        files.close()


@pytest.fixture
def table(tables):
    def open_table(name, data, **options):
        (found,), findings = tables(name, data, **options)
        assert not findings
        return found

    return open_table


@pytest.fixture
def refusal(tables):
    """Return a function: the code with which a file is refused."""

    def refuse(name, data):
        found, findings = tables(name, data)
        assert not found
        assert all(finding.text and "…" not in finding.text for finding in findings)
        return findings[0].code

    return refuse
