"""What a connector says: in English here, in the user's language on the screens.

A text is marked with ``_lt``, by which Odoo's exporter finds it, and remembers what it was
made of: whoever shows it looks the translation up and fills it anew. A package keeps its
sentences in one table, ``SENTENCES`` in its ``sentences.py``, by the codes that it raises::

    SENTENCES = Sentences({"logged_in": _lt("Logged in as %(login)s.")})
    SENTENCES.finding("passed", "logged_in", login="ana@example.com")
    raise ConfigurationError("s3_no_bucket", host=…, bucket=…)    # finds its table itself
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .plural import agree


class Text(str):
    """A text in English that can be said in another language.

    :ivar template: the text before it was filled, the key of its translations
    :ivar data: what it was filled with; None where it names nothing
    """

    template: str
    data: Mapping[str, Any] | None

    def __new__(cls, template, data=None):
        text = template if data is None else fill(template, data)
        self = super().__new__(cls, text)
        self.template, self.data = str(template), data
        return self


class Listing(str):
    """Several texts in one, each of which can be said in another language.

    >>> Listing(["Deals", "Calls"])
    'Deals, Calls'
    """

    parts: tuple

    def __new__(cls, parts):
        parts = tuple(parts)
        self = super().__new__(cls, ", ".join(parts))
        self.parts = parts
        return self


class Blank(dict):
    """Names missing in the data show as a blank instead of hiding the error itself."""

    def __missing__(self, key):
        return "…"


def fill(template, data):
    """Return a template with its names filled in, in English.

    >>> fill("%(count)s [[count|row|rows]] of %(name)s.", {"count": 1})
    '1 row of ….'
    """
    return agree(template % Blank(data), data)


def _lt(template, **data):
    """Mark a text for translation; with ``data`` it is filled as well.

    >>> text = _lt("%(low)s to %(high)s", low=1, high=5)
    >>> text, text.template, _lt("100 %").data
    ('1 to 5', '%(low)s to %(high)s', None)
    """
    return Text(template, data or None)


@dataclass(frozen=True)
class Finding:
    """One line of a check: ``level`` is ``passed``, ``warning`` or ``blocking``.

    ``code`` and ``data`` as in ``ConnectorError``; ``text`` is the English wording.
    """

    level: str
    code: str
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        if not isinstance(self.text, Text):
            object.__setattr__(self, "text", agree(self.text, self.data))


class Sentences(dict):
    """The sentences of one package by code; those of ``core`` are everybody's.

    Packages may word a finding of the same code differently, an error not: whoever
    catches it does not know who raised it.
    """

    def __init__(self, sentences):
        super().__init__(sentences)
        for code, template in self.items():
            _LOADED.setdefault(code, template)

    def say(self, code, **data):
        """Return the ``Text`` of a code.

        :raises KeyError: no table has such a code
        """
        return Text(self.get(code) or _LOADED[code], data)

    def finding(self, level, code, **data):
        """Return the ``Finding`` of a code, in the words of this table."""
        return Finding(level, code, self.say(code, **data), data)


_LOADED: dict[str, str] = {}


def find_sentence(code):
    """Return the template of an error's code, None where no table has it."""
    return _LOADED.get(code)
