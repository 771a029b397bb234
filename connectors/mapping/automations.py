"""What runs by itself in a source, in one shape for all of them.

A source names in ``Source.automations`` the streams whose records say such a thing, each
with a function that tells one record as ``Automation``s, mostly one. Fields and values are the
source's own: what they are in Odoo, the mapping of the migration says. Nothing here is
run; what has no word in these vocabularies is told as text.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

KINDS = frozenset(
    {
        *("workflow", "flow", "sequence", "follow_up", "rule", "approval"),
        *("schedule", "campaign", "code", "library", "robot", "action"),
    }
)
"""``code``: a program of the source's own kind; ``library``: what holds such programs and
runs nothing by itself; ``robot``: it works the screens of other programs; ``action``: it
runs when somebody asks for it; ``rule``: it acts in a form while somebody fills it in."""

TRIGGERS = frozenset(
    {
        *("created", "changed", "created_or_changed", "deleted", "date"),
        *("form", "schedule", "asked", "called", "list", "other"),
    }
)
"""``changed`` with a value: once a field gets it. ``date``: some time after, or before,
what a field says. ``list``: somebody is put on a list. ``called``: another program calls.
``other``: what ``Trigger.text`` says."""

STEPS = frozenset(
    {
        *("activity", "set", "tag", "mail", "webhook", "outcome"),
        *("complete_activities", "delete_activities", "other"),
    }
)
OPERATORS = frozenset(
    {"=", "!=", ">", ">=", "<", "<=", "set", "unset", "contains", "in"}
)
UNITS = ("minutes", "hours", "days", "months")
OWNER_OF_RECORD = "owner"
"""As the user of an activity, or who gets a mail: whoever the record belongs to."""


@dataclass(frozen=True)
class Value:
    """What a field of a stream says, as the source writes it.

    :param path: of the field in the records of the stream
    :param stream: empty: that of the automation
    :param label: how people know the value, where the source tells it
    """

    path: str
    value: Any
    stream: str = ""
    label: str = ""


@dataclass(frozen=True)
class Delay:
    """How long it waits. ``before`` is for dates only."""

    amount: int = 0
    unit: str = "days"
    before: bool = False

    def __add__(self, other):
        """
        >>> Delay(2) + Delay(), Delay() + Delay(3, "hours"), Delay(1) + Delay(2)
        (Delay(amount=2, unit='days', before=False), Delay(amount=3, unit='hours', before=False), Delay(amount=3, unit='days', before=False))
        >>> Delay(1) + Delay(2, "hours")
        Delay(amount=26, unit='hours', before=False)

        :raises ValueError: months and smaller units
        """
        if not other.amount or not self.amount:
            return other if other.amount else self
        if self.unit == other.unit and not (self.before or other.before):
            return Delay(self.amount + other.amount, self.unit)
        minutes = self._get_minutes() + other._get_minutes()
        if minutes % 60:
            return Delay(abs(minutes), "minutes", minutes < 0)
        return Delay(abs(minutes) // 60, "hours", minutes < 0)

    def _get_minutes(self):
        factor = {"minutes": 1, "hours": 60, "days": 1440}
        if self.unit not in factor:
            raise ValueError(self.unit)
        return self.amount * factor[self.unit] * (-1 if self.before else 1)


@dataclass(frozen=True)
class Trigger:
    """What starts it.

    :param paths: fields that are watched; of a ``date`` the one it is in
    :param value: what the field must become
    :param text: in words, where the kind does not say it all
    """

    kind: str
    paths: tuple[str, ...] = ()
    value: Value | None = None
    delay: Delay = Delay()
    text: str = ""


@dataclass(frozen=True)
class Condition:
    """What must hold of the record. Without an operator it is told as ``text`` only."""

    path: str = ""
    operator: str = ""
    value: Any = None
    text: str = ""


@dataclass(frozen=True)
class Step:
    """What it does.

    :param values: ``set``, ``tag``: what is written; ``activity``: its type and user
    :param data: ``activity``: ``summary``, ``note`` (HTML), ``days`` until it is due,
        ``user`` (``OWNER_OF_RECORD``); ``mail``: ``to`` (``OWNER_OF_RECORD``, a stream, an
        address), ``subject``, ``body`` (HTML; ``[[path]]`` stands for a field of the
        record), ``dialect`` of its merge tags; ``webhook``: ``url``; ``outcome``:
        ``outcome`` (``won`` or ``lost``)
    :param delay: after the trigger
    :param gap: what of it Odoo has no word for: the rest is but a part of the step
    :param note: in what Odoo differs, where that does no harm
    """

    kind: str
    values: tuple[Value, ...] = ()
    data: dict = field(default_factory=dict)
    delay: Delay = Delay()
    text: str = ""
    gap: str = ""
    note: str = ""


@dataclass(frozen=True)
class Automation:
    """Something that runs by itself in the source.

    :param kind: one of ``KINDS``
    :param about: stream whose records it is about, empty for none
    :param is_active: None where the source does not tell
    :param used_by: what shows that it is used, in words
    :param gaps: what the source does not tell, or Odoo cannot say, in words
    :param is_managed: part of a product somebody sells, not made by the customer
    """

    name: str
    kind: str
    trigger: Trigger
    about: str = ""
    is_active: bool | None = None
    conditions: tuple[Condition, ...] = ()
    steps: tuple[Step, ...] = ()
    used_by: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    description: str = ""
    is_managed: bool = False

    def __post_init__(self):
        """Refuse words that nobody else knows.

        :raises ValueError: of no vocabulary
        """
        kinds = {step.kind for step in self.steps}
        operators = {each.operator for each in self.conditions} - {""}
        if (
            self.kind not in KINDS
            or self.trigger.kind not in TRIGGERS
            or not kinds <= STEPS
            or not operators <= OPERATORS
        ):
            raise ValueError(self.kind, self.trigger.kind, kinds, operators)

    def as_json(self):
        """Return what may be kept and shown: addresses without their secrets."""
        told = encode(dataclasses.asdict(self))
        for step, item in zip(self.steps, told["steps"], strict=True):
            if step.data.get("url"):
                item["data"]["url"] = shorten_url(step.data["url"])
        return told


def shorten_url(url):
    """Return where a call goes, without what may be a secret.

    >>> shorten_url("https://me:pw@hooks.example.com:8443/in/abc?key=secret")
    'https://hooks.example.com:8443/…'
    >>> shorten_url("https://hooks.example.com")
    'https://hooks.example.com'

    What is no address is not shown at all, for nobody knows where its secret begins:

    >>> shorten_url("hooks.example.com/in?key=secret")
    '…'
    >>> shorten_url("https://hooks.example.com:{port}/in?key=secret")
    '…'
    >>> shorten_url("https://[hooks/in?key=secret")
    '…'
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    if not parts.hostname:
        return "…"
    rest = parts.path.strip("/") or parts.query
    return f"{parts.scheme}://{parts.hostname}{port}" + ("/…" if rest else "")


def encode(value):
    """Return a value as JSON; a text that can be translated keeps what it is made of.

    >>> from ..core.sentences import Text
    >>> encode({"a": (Text("%(n)s rows", {"n": 2}), "b")})
    {'a': [{'$text': ['%(n)s rows', {'n': 2}]}, 'b']}
    """
    if hasattr(value, "template"):
        data = value.data and {name: encode(each) for name, each in value.data.items()}
        return {"$text": [value.template, data]}
    if isinstance(value, dict):
        return {str(name): encode(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [encode(each) for each in value]
    return value


def as_whole(value, otherwise=0):
    """Return a whole number as sources write it, ``otherwise`` for anything else.

    >>> as_whole("3"), as_whole(None), as_whole(2.0), as_whole("soon", 1), as_whole(True)
    (3, 0, 2, 1, 0)
    """
    if isinstance(value, bool):
        return otherwise
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
