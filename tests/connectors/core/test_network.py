"""Who may be called: a CRM wherever it stands, this machine and its platform never."""

import itertools
import socket
import threading
from contextlib import closing, contextmanager
from functools import partial

import pytest

from connectors.core import network
from connectors.core.errors import ConfigurationError, RetryableError
from connectors.core.http import HttpClient
from connectors.core.network import Policy, is_inside
from connectors.core.sql import Database
from simulators.nextcrm import NextCrmSimulator


@contextmanager
def policy(**values):
    before = network.set_policy(Policy(**values))
    try:
        yield network.get_policy()
    finally:
        network.set_policy(before)


class Listener:
    """Counts who comes in, and answers nobody."""

    def __init__(self):
        self.visits = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                visitor, _address = self._socket.accept()
            except OSError:
                return
            with visitor:
                self.visits.append(visitor.recv(1000))

    def close(self):
        self._socket.close()


@pytest.fixture
def listener():
    one = Listener()
    yield one
    one.close()


def refusal(call):
    with pytest.raises(ConfigurationError) as caught:
        call()
    return caught.value.code


@pytest.mark.simulator
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1"],
)
def test_this_machine_is_not_called_by_any_spelling(listener, host):
    with policy():
        client = HttpClient(f"http://{host}:{listener.port}")
        assert refusal(lambda: client.get("api")) == "own_machine"
    assert listener.visits == []


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]",
     "100.100.100.200", "0.0.0.0", "[::]", "224.0.0.1", "[64:ff9b::a9fe:a9fe]",
     "[2002:a9fe:a9fe::1]", "255.255.255.255", "168.63.129.16", "192.0.0.192",
     "[fd20:ce::254]", "[fd00:c1::a9fe:a9fe]", "[fd00:42::42]", "[::a9fe:a9fe]",
     "[::ffff:0:a9fe:a9fe]", "[64:ff9b:1::a9fe:a9fe]", "2852039166", "0xa9.0xfe.43518"],
)  # fmt: skip
def test_the_platform_is_not_called_not_even_where_loopback_is(host):
    with policy(loopback=True):
        client = HttpClient(f"http://{host}")
        assert refusal(lambda: client.get("latest/meta-data")) == "own_platform"


def test_a_private_network_is_where_a_crm_stands():
    with policy() as current:
        for address in ("10.1.2.3", "192.168.0.10", "172.16.5.4", "fd12::5"):
            current.ensure_allowed(address, 443, "crm.internal")


def test_a_name_of_several_addresses_is_refused_for_one_of_them(monkeypatch):
    addresses = ["203.0.113.5", "169.254.169.254"]
    monkeypatch.setattr(network, "_look_up", lambda *_about: addresses)
    with policy():
        client = HttpClient("http://crm.example")
        assert refusal(lambda: client.get("api")) == "own_platform"


@pytest.mark.simulator
def test_a_name_that_changes_its_mind_is_found_out_before_anything_is_sent(
    listener, monkeypatch
):
    monkeypatch.setattr(network, "_look_up", lambda *_about: ["203.0.113.5"])
    with policy():
        client = HttpClient(f"http://localhost:{listener.port}")
        assert refusal(lambda: client.post("login", {"password": "s"})) == "own_machine"
    assert all(visit == b"" for visit in listener.visits)


def test_a_name_without_an_address_gets_no_answer(monkeypatch):
    def fail(*_about):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(network, "_look_up", fail)
    with policy(), pytest.raises(RetryableError) as caught:
        network.resolve("crm.invalid", 443)
    assert caught.value.code == "unreachable"


def test_odoo_s_own_database_server_is_refused_by_address():
    with policy(own_database=("10.0.0.5", 5432)) as current:
        current.ensure_allowed("10.0.0.5", 5433, "h")
        current.ensure_allowed("10.0.0.6", 5432, "h")
        with pytest.raises(ConfigurationError) as caught:
            current.ensure_allowed("10.0.0.5", 5432, "h")
    assert caught.value.code == "own_database"


def make_database(**settings):
    given = {"host": "127.0.0.1", "port": 5432, "database": "x", "login": "odoo"}
    return Database(**given | {"password": "p"} | settings)


@pytest.mark.parametrize(
    "host", ["/var/run/postgresql", "@socket", "", "a.example,b.example", "/tmp"]
)
def test_a_database_is_reached_at_one_address_never_by_a_socket(host):
    with policy(loopback=True):
        assert refusal(lambda: make_database(host=host).fetch("SELECT 1")) == (
            "bad_setting"
        )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_database_on_this_machine_needs_the_option(host):
    with policy():
        database = make_database(host=host)
        assert refusal(lambda: database.fetch("SELECT 1")) == "own_machine"


@pytest.mark.simulator
def test_odoo_s_own_role_does_not_read_odoo_s_own_server_by_a_detour():
    with NextCrmSimulator() as simulator:
        settings = simulator.settings
        names = ("host", "port", "database", "login", "password")
        given = {name: settings[name] for name in names}
        with closing(make_database(**given)) as free:
            system = free.fetch("SELECT system_identifier FROM pg_control_system()")
        system = system[0][0]
        for role, other in itertools.product((given["login"], "odoo"), (0, 1)):
            with policy(loopback=True, own_role=role, own_system=system + other):
                read = make_database(**given)
                if role == given["login"] and not other:
                    assert refusal(partial(read.fetch, "SELECT 1")) == "own_database"
                else:
                    assert read.fetch("SELECT 1") == [(1,)]
                read.close()


def test_inside_and_outside_are_told_apart():
    for host in ("10.0.0.5:8080", "[fd12::1]:80", "127.0.0.1", "crm.invalid"):
        assert is_inside(host), host
    for host in ("9.9.9.9", "9.9.9.9:443"):
        assert not is_inside(host), host
