"""Invented addresses of mail and web, all of them below names that lead nowhere."""

import ipaddress
import re
from urllib.parse import unquote, urlsplit

from .files import ENDINGS

NOWHERE = ".example"
"""A name that nobody can have (RFC 2606): nothing can be sent there."""
SECOND_LEVEL = frozenset("ac co com edu gob gov gv ne net or org nom".split())
"""What stands before a country, where names are registered below it: ``co.uk``."""
PLACES = frozenset(
    """
    www www2 m mobile mail webmail smtp mx imap pop crm app api shop store blog news info
    docs help support portal my en de fr es it nl pt us uk eu static cdn img
    """.split()
)
"""Names of machines below a domain that say nothing of whose it is."""
ROLES = frozenset(
    """
    info office mail post kontakt contact contacto contato sales vertrieb ventas vendas
    support service hello hallo admin administrator webmaster postmaster hostmaster abuse
    noreply no-reply donotreply newsletter marketing billing invoice rechnung buchhaltung
    accounting finance hr jobs bewerbung team welcome reception sekretariat zentrale
    einkauf purchasing order orders bestellung shop press presse help
    """.split()
)
"""Mailboxes of nobody."""
_WORD = re.compile(r"[^\W\d_]+")
_HEX = re.compile(r"[0-9a-f]{12,}", re.IGNORECASE)
_FILE = re.compile(rf"\.({'|'.join(sorted(ENDINGS))})$", re.IGNORECASE)


def invent_public(name):
    """Return what a name becomes at which anybody may have an address.

    >>> invent_public("gmail.com")
    'gmail-com.example'
    """
    return name.replace(".", "-") + NOWHERE


class Addresses:
    """
    :param public: tells whether a domain is nobody's own: of a mail provider, a network
    """

    def __init__(self, keyed, names, numbers, public=None):
        self.keyed, self.names, self.numbers = keyed, names, numbers
        self.is_public = public or (lambda _name: False)

    def email(self, text):
        """Return an address that is as valid as the one given.

        Whose letters differ in case alone gets one that differs in case alone.
        """
        local, _at, domain = text.rpartition("@")
        if local.lower() not in ROLES:
            local = self._words(local)
        return f"{local}@{self.domain(domain)}"

    def domain(self, text):
        """Return the invented domain; the same for all addresses of a company."""
        name = text.lower().rstrip(".")
        if not name:
            return text
        if is_ip(name):
            return self.ip(name)
        labels = name.split(".")
        if len(labels) == 1:
            return self._words(name)
        count = 2
        if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2:
            count = 3
        below = [
            each if each in PLACES else self._words(each) for each in labels[:-count]
        ]
        own = ".".join(labels[-count:])
        if self.is_public(own):
            own = invent_public(own)
        else:
            ending = "-".join(labels[-count + 1 :])
            own = f"{self._words(labels[-count])}-{ending}{NOWHERE}"
        return ".".join([*below, own]) + ("." if text.endswith(".") else "")

    def url(self, text):
        """Return an address of the same shape, without a login in it."""
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:  # of no such shape
            return self._words(text)
        if not parts.netloc:
            if parts.scheme:
                return f"{text[: len(parts.scheme) + 1]}{self._rest(text, parts)}"
            return self._bare(text)
        host = self.domain(parts.hostname or "")
        made = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
        made += self._path(parts.path)
        if parts.query:
            made += "?" + "&".join(map(self._parameter, parts.query.split("&")))
        return made + (f"#{self._words(parts.fragment)}" if parts.fragment else "")

    def _bare(self, text):
        """Return ``acme.example/people`` with another name and other people."""
        host, slash, path = text.partition("/")
        return self.domain(host) + (self._path(slash + path) if slash else "")

    def _rest(self, text, parts):
        """Return what stands behind ``mailto:``, ``cid:`` or ``tel:``."""
        rest = text[len(parts.scheme) + 1 :]
        if parts.scheme == "tel":
            return self.numbers.phone(rest)
        address, mark, more = rest.partition("?")
        made = self.email(address) if "@" in address else self._words(address)
        return made + mark + "&".join(map(self._parameter, more.split("&")))

    def _parameter(self, text):
        name, sign, value = text.partition("=")
        return f"{name}{sign}{self._words(value)}" if sign else self._words(text)

    def _path(self, path):
        ending = _FILE.search(path)
        stem = path[: ending.start()] if ending else path
        return self._words(stem) + (ending[0] if ending else "")

    def _words(self, text):
        """Exchange the words, the long numbers and what looks like a key."""
        text = unquote(text) if "%" in text else text
        text = _HEX.sub(self._hex, text)
        text = _WORD.sub(lambda found: self.names.word(found[0], True), text)
        return self.numbers.digits(text)

    def _hex(self, found):
        if found[0].isalpha():
            return found[0]
        return "".join(map(str, self.keyed.permute([0] * 12, 10, found[0].lower())))

    def ip(self, text):
        """Return an address of a private network."""
        number = self.keyed.number("ip", text)
        if ":" in text:
            return f"2001:db8::{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}"
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def is_ip(text):
    """
    >>> is_ip("192.0.2.7"), is_ip("acme.example")
    (True, False)
    """
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True
