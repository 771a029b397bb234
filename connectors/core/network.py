"""Which addresses may be called: where CRMs stand, never this machine or its platform.

Whoever may enter an address could have this server look around where they cannot
(server-side request forgery). Names are resolved here, every address of a name is
looked at, and the one that was connected to once more: a name may change its mind.
"""

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .errors import ConfigurationError, RetryableError

PLATFORM = tuple(
    ipaddress.ip_network(each)
    for each in (
        "169.254.0.0/16",  # RFC 3927: also where clouds tell a machine its keys
        "fe80::/10",  # RFC 4291, 2.5.6
        # Where the others do so, outside of what is link-local:
        "fd00:ec2::/32",  # Amazon EC2 user guide
        "fd20:ce::254/128",  # Google Compute Engine, metadata server by IPv6
        "168.63.129.16/32",  # Azure, "What is IP address 168.63.129.16?"
        "100.100.100.200/32",  # Alibaba Cloud, ECS user guide
        "192.0.0.192/32",  # Oracle Cloud Classic
        "fd00:c1::a9fe:a9fe/128",  # Oracle Cloud, instance metadata by IPv6
        "fd00:42::42/128",  # Scaleway, instance metadata by IPv6
        "0.0.0.0/8",  # RFC 1122, 3.2.1.3: this machine, by another name
        "::/128",
    )
)
WRAPPERS = tuple(
    ipaddress.ip_network(each)
    for each in (
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # the same within a network, RFC 8215
        "::ffff:0:0:0/96",  # IPv4-translated, RFC 2765
        "::/96",  # IPv4-compatible, RFC 4291, 2.5.5.1
    )
)
"""IPv6 networks whose addresses are IPv4 addresses in their last 32 bits."""
NO_ANSWER_DELAY = 30


@dataclass(frozen=True)
class Policy:
    """What may be called from here.

    :param loopback: whether this machine itself may be called, as for a CRM that runs
        beside Odoo
    :param own_database: (host, port) of the server that keeps Odoo's own data; an empty
        host or a folder is a socket of this machine
    :param own_role: the role in which Odoo works there
    :param own_system: what tells that server from all others
        (``pg_control_system().system_identifier``), None where it does not say
    """

    loopback: bool = False
    own_database: tuple = ("", 5432)
    own_role: str = ""
    own_system: int | None = None

    def ensure_allowed(self, address, port, host):
        """Return for an address that may be called.

        :param address: IPv4 or IPv6, as text
        :raises ConfigurationError: ``own_machine``, ``own_platform``, ``own_database``
        """
        found = _plain(address)
        odd = found.is_multicast or (found.version == 4 and found.is_reserved)
        if odd or any(found in network for network in PLATFORM):
            raise ConfigurationError("own_platform", host=host)
        if found.is_loopback and not self.loopback:
            raise ConfigurationError("own_machine", host=host)
        if port and self._is_own_database(found, int(port)):
            raise ConfigurationError("own_database", host=host)

    def _is_own_database(self, found, port):
        host, own = self.own_database
        if port != int(own or 5432):
            return False
        if not host or host.startswith("/"):
            return found.is_loopback
        try:
            return str(found) in {str(_plain(each)) for each in _look_up(host, port)}
        except OSError:
            return False


_policy = Policy()


def get_policy():
    return _policy


def set_policy(policy):
    """Say what may be called from this process from now on; return what held before."""
    global _policy
    before, _policy = _policy, policy
    return before


def resolve(host, port, *, shown=None):
    """Return the addresses of a host, all of which may be called.

    :param shown: how the user knows the host
    :raises ConfigurationError: one may not
    :raises RetryableError: the name has no address now
    """
    shown = shown or host
    try:
        addresses = _look_up(host, port)
    except (OSError, UnicodeError):
        raise RetryableError("unreachable", delay=NO_ANSWER_DELAY, host=shown) from None
    for address in addresses:
        _policy.ensure_allowed(address, port, shown)
    return addresses


def is_inside(host):
    """Tell whether a host stands in a private network or on this machine.

    :param host: name or address, with or without a port
    """
    name = host.strip().lower()
    if name.count(":") == 1:
        name = name.partition(":")[0]
    elif name.startswith("["):
        name = name[1:].partition("]")[0]
    try:
        return any(not _plain(each).is_global for each in _look_up(name, None))
    except (OSError, UnicodeError):
        # What has no address in public may still have one in here.
        return True


def _look_up(host, port):
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(each[4][0] for each in found))


def _plain(address):
    """Return the address that is meant by one, written in whatever way.

    >>> str(_plain("::ffff:127.0.0.1")), str(_plain("fe80::1%eth0"))
    ('127.0.0.1', 'fe80::1')
    >>> str(_plain("64:ff9b::a9fe:a9fe")), str(_plain("::169.254.169.254"))
    ('169.254.169.254', '169.254.169.254')
    >>> str(_plain("::1")), str(_plain("::"))
    ('::1', '::')
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 6:
        if inner := found.ipv4_mapped or found.sixtofour:
            return inner
        # The first of them are addresses of their own: nobody, and this machine.
        if int(found) > 1 and any(found in network for network in WRAPPERS):
            return ipaddress.ip_address(int(found) & 0xFFFFFFFF)
    return found


class _Guarded:
    """A connection that looks at its address before and after it is made."""

    def _new_conn(self):
        # A proxy is the administrator's choice, and decides for itself.
        if getattr(self, "proxy", None) is not None:
            return super()._new_conn()
        with suppress(RetryableError):  # urllib3 says it again, in its own way
            resolve(self.host, self.port)
        return self._checked(super()._new_conn())

    def _checked(self, connection):
        peer = connection.getpeername()
        try:
            _policy.ensure_allowed(peer[0], peer[1], self.host)
        except ConfigurationError:
            connection.close()
            raise
        return connection


class _GuardedConnection(_Guarded, HTTPConnection):
    pass


class _GuardedSecureConnection(_Guarded, HTTPSConnection):
    pass


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedSecurePool(HTTPSConnectionPool):
    ConnectionCls = _GuardedSecureConnection


class GuardedAdapter(HTTPAdapter):
    """Calls only what the policy allows."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _GuardedPool,
            "https": _GuardedSecurePool,
        }
