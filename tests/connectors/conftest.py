"""Let pytest explain what fails inside the shared contract; keep the properties quick."""

import gc
import itertools
import re
import socket

import psycopg2
import pytest
from hypothesis import HealthCheck, settings

from connectors.core.http_sessions import ShortRetry
from connectors.core.network import Policy, set_policy
from connectors.core.unreachable import HOSTS
from connectors.spreadsheet import SOURCE

pytest.register_assert_rewrite("conformance", "http_conformance", "one_by_one")

# Thousands of tests and the trees of every source stay until the end: looking at all of
# them again and again for what may go took a third of the time.
gc.set_threshold(100_000, 20, 100)


def pytest_sessionfinish():
    """Spare the last look at them, too."""
    gc.freeze()


settings.register_profile("quick", max_examples=40, deadline=None)
# With --hypothesis-profile=thorough, after work on the conversions.
settings.register_profile(
    "thorough",
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("quick")


WITH_SIMULATORS = re.compile(r"^pytestmark = pytest\.mark\.simulator$", re.MULTILINE)


def pytest_ignore_collect(collection_path, config):
    """Spare the import of files of which no test would run."""
    if config.option.markexpr.startswith("not simulator"):
        if collection_path.suffix == ".py":
            return bool(WITH_SIMULATORS.search(collection_path.read_text())) or None
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a class on one worker: they share a system."""
    if config.getvalue("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    return LoadScopeScheduling(config, log)


@pytest.fixture(autouse=True, scope="session")
def no_pauses():
    """Try what failed as often as ever, without the pause that a server deserves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ShortRetry, "_sleep_backoff", lambda _retry: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def simulators_may_be_called():
    """They run on this machine, which is called nowhere else without being asked."""
    before = set_policy(Policy(loopback=True))
    yield
    set_policy(before)


@pytest.fixture(autouse=True)
def others_are_called_by_those_that_say_so(request, monkeypatch):
    """Keep the quick lane quick: a test without the mark ``simulator`` is by itself."""
    if request.node.get_closest_marker("simulator"):
        return

    def refuse(*_arguments, **_options):
        pytest.fail("A test that calls another system is marked with “simulator”.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(psycopg2, "connect", refuse)


@pytest.fixture(autouse=True)
def every_host_is_asked():
    """What one test found out about a host says nothing to the next."""
    HOSTS.forget()


@pytest.fixture
def write_files(tmp_path):
    """Return a function: name → bytes or text → the files as a source wants them."""
    written = itertools.count()

    def write_them(contents):
        files = []
        for name, data in contents.items():
            path = tmp_path / f"{next(written)}-{name}"
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            files.append({"name": name, "path": str(path)})
        return files

    return write_them


@pytest.fixture
def open_files(write_files):
    """Return a function: name → bytes or text, options → the source."""
    opened = []

    def open_them(contents, options=None):
        config = {"files": write_files(contents), "file_options": options}
        opened.append(SOURCE(config))
        return opened[-1]

    yield open_them
    for one in opened:
        one.close()
