"""The contract between a source CRM and the engine. Read this first.

A ``Source`` lists ``Stream``s and reads them as ``Page``s of ``Record``s, each exactly
as the system gave it. After every page it says where it stands (``Checkpoint``); the
engine stores that with the page, so that reading can stop anywhere and go on there.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from .errors import ConfigurationError, RetryableError
from .moments import parse_iso
from .one_by_one import cannot_read_one, ensure_one_by_one
from .sentences import Finding, _lt

Checkpoint = Any
"""A JSON value, opaque to the engine. ``None`` before the first page and after the last.

Odoo stores an empty ``{}``, ``[]`` or ``0`` as NULL: never use one of them."""


_PLAIN = frozenset({"char", "url", "secret", "selection", "timezone"})
"""Kinds of settings whose value is one text."""


@dataclass(frozen=True)
class Setting:
    """One thing the user must say to connect; the wizard shows a field for each.

    :param kind: ``char``, ``url``, ``secret``, ``text``, ``integer``, ``boolean``,
        ``selection`` (with ``choices``), ``timezone``
    :param choices: pairs (value, label)
    :param help: where the user finds it, in plain words
    :param address: where secrets are sent to hangs on it; each ``url`` does
    :param minimum: of an ``integer``, with ``maximum``: what it may be
    """

    name: str
    label: str
    kind: str = "char"
    required: bool = True
    default: Any = None
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""
    address: bool = False
    minimum: int | None = None
    maximum: int | None = None

    def as_number(self, value):
        """Return the value of an ``integer``, its default where nothing was entered.

        >>> Setting("size", "Rows per call", "integer", minimum=1, maximum=9).as_number("7")
        7

        :raises ConfigurationError: it is out of bounds or no number
        """
        if value in (None, "", 0, False):
            return self.default
        number = int(value) if str(value).isdecimal() else None
        if number is None or not self.minimum <= number <= self.maximum:
            reason = _lt(
                "a number from %(least)s to %(most)s is needed",
                least=self.minimum,
                most=self.maximum,
            )
            raise ConfigurationError("bad_setting", setting=self.label, reason=reason)
        return number

    def ensure_plain(self, value):
        """Refuse a list or an object where one text is asked for: a plan may hold either.

        :raises ConfigurationError: ``bad_setting``
        """
        if self.kind in _PLAIN and isinstance(value, list | tuple | dict):
            reason = _lt("one text is needed, no list and no object")
            raise ConfigurationError("bad_setting", setting=self.label, reason=reason)

    @property
    def is_secret(self):
        return self.kind == "secret"

    def as_address(self, value):
        """Return what a value says about where secrets go, None for nothing.

        >>> Setting("url", "Address", "url").as_address("https://CRM.example:443/api/")
        ('https', 'crm.example', 443)
        """
        if self.kind == "url":
            text = str(value or "").strip()
            parts = urlsplit(text if "//" in text else f"//{text}")
            try:
                port = parts.port
            except ValueError:  # no number: an address of its own all the same
                port = parts.netloc
            standard = {"https": 443, "http": 80}.get(parts.scheme)
            return (parts.scheme, (parts.hostname or "").lower(), port or standard)
        return str(value or "").strip().lower() if self.address else None


@dataclass(frozen=True)
class Stream:
    """One kind of object that a source lists.

    :param name: snake case, plural; the key everywhere
    :param label: what a consultant calls it
    :param path: where the source finds it (URL path, table, sheet); its own business
    :param primary_key: member of the record that identifies it
    :param depends_on: streams whose records this one refers to
    :param derived_from: stream whose pages bring these records along; such a stream
        is never asked for by itself. Where several do (files hang on many kinds of
        record) it names the first; the others are in ``depends_on``
    :param brought_by: all streams whose pages bring these records along, where it is not
        those of ``derived_from`` and ``depends_on``
    :param optional: not selected unless the user asks for it
    :param by_content: nothing identifies a record but all that it says, so that one that
        was changed is another one
    """

    name: str
    label: str = ""
    path: str = ""
    primary_key: str = "id"
    depends_on: tuple[str, ...] = ()
    derived_from: str | None = None
    optional: bool = False
    by_content: bool = False
    brought_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """One object of a stream, exactly as given. ``source_id`` is never empty.

    A derived record (a comment, a file) may need what only its parent says: members
    that the connector adds for that begin with an underscore, ``_parent`` being
    ``{"stream", "id", …}``.
    """

    stream: str
    source_id: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """What one round trip brought, and where reading goes on after it.

    ``records`` may hold records of streams derived from the one asked for.
    ``checkpoint`` is None after the last page. ``errors`` are the records of this
    page that could not be used (``RecordError``); they count as read. ``warnings``
    (``Finding``) tell what was put right on the way without losing a record.
    """

    records: tuple[Record, ...]
    checkpoint: Checkpoint = None
    errors: tuple = ()
    warnings: tuple = ()


@dataclass(frozen=True)
class SourceField:
    """A member of a stream's records as the source itself describes it.

    :param path: dotted path in the record's data
    :param kind: ``char text html integer float monetary boolean date datetime
        selection multi_selection reference references json``
    :param options: pairs (value as in the data, label) of a selection
    :param custom: made by the customer, not part of the product
    """

    path: str
    label: str = ""
    kind: str = "char"
    options: tuple[tuple[str, str], ...] = ()
    custom: bool = False


@dataclass(frozen=True)
class CheckResult:
    """The answer of a source to *Check connection*."""

    login: str = ""
    version: str = ""
    timezone: str = ""
    findings: tuple[Finding, ...] = ()


def _without_scheme(text):
    """Return an address as it is compared: host and path, without login and scheme.

    >>> _without_scheme("HTTPS://me:secret@CRM.example.com/api/ ")
    'crm.example.com/api'
    """
    plain = text.strip().lower()
    _scheme, is_url, rest = plain.partition("://")
    if not is_url:
        return plain.rstrip("/")
    host, slash, path = rest.partition("/")
    return f"{host.rpartition('@')[2]}{slash}{path}".rstrip("/")


def _parse_since(text):
    """Return an ISO 8601 instant in UTC, which it is meant in where it names no zone.

    >>> str(_parse_since("2025-03-01T00:00:00+02:00")), _parse_since(None)
    ('2025-02-28 22:00:00+00:00', None)
    """
    if not text:
        return None
    try:
        moment = parse_iso(str(text))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.timezone.utc)
        return moment.astimezone(dt.timezone.utc)
    except (ValueError, OverflowError):
        reason = _lt("a date and time is needed")
        raise ConfigurationError(
            "bad_setting", setting="since", reason=reason
        ) from None


class Source:
    """A CRM we can read. Subclass, fill the class attributes, write ``read_pages``.

    :param config: values of ``settings`` by name, and what the engine adds:
        ``since`` (ISO 8601 instant or None: leave out what has not changed since; as
        an aware ``datetime`` it is ``self.since``),
        ``files`` (list of ``{"name", "path"}`` on disk, where ``takes_files``)
    :param deadline: ``time.monotonic()`` by which the batch must be over; a source
        that would wait longer raises ``RetryableError`` instead of sleeping
    """

    name: ClassVar[str]
    label: ClassVar[str]
    summary: ClassVar[str] = ""
    """What is needed to connect, in one sentence for the card in the wizard."""
    settings: ClassVar[tuple[Setting, ...]] = ()
    streams: ClassVar[tuple[Stream, ...]] = ()
    takes_files: ClassVar[bool] = False
    ignored: ClassVar[Mapping[str, str]] = {}
    """Members of any record that carry nothing to migrate: name or pattern → why."""
    left_out: ClassVar[tuple] = ()
    """``LeftOut``s: which records the profile is not meant for, and why."""
    automations: ClassVar[Mapping[str, Any]] = {}
    """Streams whose records say what runs by itself → function that tells one record as
    ``automations.Automation``s (of ``mapping``), none where it is none."""
    identified_by: ClassVar[tuple[str, ...]] = ("url",)
    """Settings that together tell an installation from all others of its kind. A login
    belongs to them where several customers share an address."""

    @staticmethod
    def is_made(name: str) -> bool:
        """Tell whether the connector put a member into a record, under its last name.

        What such a member says stands elsewhere in the record; one of the source's own
        must be accounted for, also where it begins with an underscore.
        """
        return name.startswith("_")

    def __init__(self, config: Mapping[str, Any], *, deadline: float | None = None):
        self.config = dict(config)
        self.deadline = deadline
        for setting in self.settings:
            value = self.config.get(setting.name)
            if value in (None, "") and setting.default is not None:
                self.config[setting.name] = setting.default
            elif value in (None, "") and setting.required:
                raise ConfigurationError("missing_setting", setting=setting.label)
            setting.ensure_plain(value)
            if setting.maximum is not None:
                self.config[setting.name] = setting.as_number(value)
        self.since = _parse_since(self.config.get("since"))

    def identify(self) -> str | None:
        """Return what tells this installation from all others of its kind.

        None where nothing does: files may come from anywhere. Never holds a secret.
        """
        values = [str(self.config.get(name) or "") for name in self.identified_by]
        if self.takes_files or not all(values):
            return None
        return "|".join(_without_scheme(value) for value in values)

    def get_streams(self) -> tuple[Stream, ...]:
        """Return the streams of this installation; a discovering source overrides it."""
        return self.streams

    def get_stream(self, name: str) -> Stream:
        return next(stream for stream in self.get_streams() if stream.name == name)

    def check(self) -> CheckResult:
        """Say who we are logged in as and what is missing, within seconds.

        :raises ConfigurationError: wrong address, credentials or settings
        :raises RetryableError: the system cannot answer now
        """
        raise NotImplementedError

    def count(self, stream: Stream) -> int | None:
        """Return how many records the stream has, or None if only reading tells."""
        return None

    def describe(self, stream: Stream) -> tuple[SourceField, ...]:
        """Return the fields that the source documents; sampling finds the others."""
        return ()

    def read_pages(self, stream: Stream, checkpoint: Checkpoint) -> Iterator[Page]:
        """Yield the pages after ``checkpoint``, in an order that does not shift.

        Resuming from any checkpoint brings exactly the rest. A page whose checkpoint
        is None is the last one.
        """
        raise NotImplementedError

    def read_one(self, stream: Stream, source_id: str) -> Page:
        """Return one record as ``read_pages`` gives it, and what derives from it.

        ``since`` does not matter. ``records`` is empty where the source does not have it
        any more; one that is there but cannot be used is in ``errors``.

        :raises ConfigurationError: ``not_one_by_one``
        """
        ensure_one_by_one(stream)
        self.ensure_time()
        return self.find_one(stream, source_id) if source_id else Page(())

    def find_one(self, stream: Stream, source_id: str) -> Page:
        """Return the ``Page`` of ``read_one``, of a stream that stands by itself."""
        reason = _lt("the source tells them together only. Read the changes instead")
        raise cannot_read_one(stream, reason)

    def read_file(self, reference: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the bytes of a file in chunks of at most 1 MiB.

        :param reference: the ``@file`` value of an attachment: what the mapping made
            of the record, for instance ``{"path": …, "name": …, "size": …}``
        :raises RecordError: the file is gone or incomplete
        """
        raise NotImplementedError

    def look_again(self, stream: Stream) -> tuple:
        """Return ``second_look.SecondLook``s at what ``read_pages`` read, if it can.

        A second, plainer way of reading, by which a verification sees what the first
        one lost. Empty where there is no other way to read.
        """
        return ()

    def get_mappings(self) -> tuple:
        """Return the default profile (``mapping.vocabulary``) of this installation."""
        return ()

    def get_value_lists(self) -> tuple:
        """Return the ``ValueList``s that the profile's ``value_map`` steps name."""
        return ()

    def get_ways(self, stream: str):
        """Return the ``mapping.ways.Ways`` of a stream's fields, None where it has none.

        By them a target that a person chooses is filled as a proposed one would be.
        """
        return None

    def close(self):
        """Give back connections and files."""

    def seconds_left(self) -> float:
        """Return how long this batch may still take, in seconds."""
        return (
            float("inf") if self.deadline is None else self.deadline - time.monotonic()
        )

    def ensure_time(self, needed=0.0):
        """Come back later when the batch has not ``needed`` seconds left."""
        if self.seconds_left() <= needed:
            raise RetryableError("time_budget", delay=0)
