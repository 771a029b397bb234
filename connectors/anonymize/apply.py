"""Replace what tells who somebody is: in a record, in a message, in any value."""

import datetime as dt
import json
import re

from .files import get_picture
from .keyed import Keyed
from .kinds import (
    BIRTHDAY,
    CODE,
    DIGEST,
    EMAIL,
    KEEP,
    LINK,
    NAME,
    PHONE,
    POSTAL,
    REFERENCE,
    TEXT,
)
from .looks import (
    is_blob,
    is_harmless,
    is_html,
    is_ip_address,
    is_key,
    is_opaque,
    is_prose,
    is_web,
)
from .numbers import is_iban
from .texts import Texts

STREAMS = """
    companies contacts deals leads notes calls emails meetings events tasks activities tickets
    comments documents products users files media messages accounts invoices quotes orders
    projects campaigns lists targets attachments members row company contact deal lead note
"""
"""Names of streams, of which connectors make the ids of what is derived."""
LONGEST_CHOICE = 60
"""Characters: what is longer is no choice of a list, whatever its column is called."""
_STREAM = re.compile(
    r"(?<![A-Za-z])(?:" + "|".join(STREAMS.split()) + r")(?![A-Za-z])", re.IGNORECASE
)
LONGEST_SEEN = 300
"""Characters of a value that is looked for in the texts of its record."""
_BIG, _LONG = 10**8, 10**9
"""Numbers that may be somebody's, and such among ids."""
_EPOCHS = ((10**9, 2 * 10**9), (10**12, 2 * 10**12))
"""Seconds and milliseconds from 2001 to 2033: numbers of that size are moments."""


class Anonymizer:
    """
    :param salt: bytes, the secret of the migration
    :param decisions: ``Decisions``, says what each member holds
    :param is_public: tells whether a domain is nobody's own
    :param is_valid_code: tells whether a tax number can be one
    """

    def __init__(self, salt, decisions, is_public=None, is_valid_code=None):
        self.keyed = Keyed(salt)
        self.texts = Texts(self.keyed, is_public)
        self.decisions = decisions
        self.is_valid_code = is_valid_code
        numbers, texts = self.texts.numbers, self.texts
        self._seen = {}
        self._by_kind = {
            NAME: texts.rename,
            EMAIL: texts.rename,
            TEXT: self._text,
            PHONE: self._phone,
            LINK: self._link,
            CODE: self._code,
            POSTAL: numbers.postal_code,
            BIRTHDAY: numbers.birthday,
            DIGEST: lambda _text: None,
            REFERENCE: self.reference,
            KEEP: self._choice,
            None: self._unknown,
        }

    def record(self, stream, data):
        """Return the data of a record of a stream with other people in it."""
        self._seen = {}
        made = self.value(stream, "", data)
        for name, text in data.items():
            if name.startswith("_") and isinstance(text, str) and ": " in text:
                made[name] = self._composed(text)
        return made

    def _composed(self, text):
        """Exchange a text that a connector has made of labels and values of the record.

        Each value becomes what it has become in its member, so that it is found there.
        """
        return "\n".join(map(self._line, text.split("\n")))

    def _line(self, line):
        label, _colon, value = line.partition(": ")
        if value in self._seen:
            return f"{label}: {self._seen[value]}"
        return self.texts.rename(line)

    def value(self, stream, path, value):
        """Return what takes the place of a value at a path, without places of lists."""
        if isinstance(value, dict):
            return {
                self._member(key): self.value(
                    stream, f"{path}.{key}" if path else key, v
                )
                for key, v in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(stream, path, item) for item in value]
        if value is None or isinstance(value, bool):
            return value
        kind, choices = self.decisions.get(stream, path)
        if isinstance(value, int | float):
            made = self._number(kind, value)
            self._seen[str(value)] = str(made)
            return made
        if isinstance(value, dt.date):
            moved = self.texts.numbers.birthday(value.isoformat())
            return moved if kind == BIRTHDAY else value
        if not isinstance(value, str):
            value = str(value)
        if value in choices and kind != EMAIL:
            return value
        made = self.text(kind, value)
        if len(value) <= LONGEST_SEEN:
            self._seen[value] = made
        return made

    def text(self, kind, text):
        """Return what takes the place of a text of a kind."""
        if not text or text.isspace():
            return text
        if is_blob(text):
            head = text.startswith("data:")
            return f"{'data:image/png;base64,' if head else ''}{get_picture()}"
        if (
            kind != REFERENCE
            and text[0] in "[{"
            and (made := self._json(kind, text)) is not None
        ):
            return made
        return self._by_kind[kind](text)

    def _member(self, key):
        return (
            self.texts.rename(key) if isinstance(key, str) and "@" in key[1:] else key
        )

    def _json(self, kind, text):
        """Return the text of an object or a list with other values, None of any other."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict | list):
            return None
        return json.dumps(self._inner(kind, "", value), ensure_ascii=False)

    def _inner(self, kind, name, value):
        """Go by the names of members that no stream describes."""
        if isinstance(value, dict):
            return {
                self._member(key): self._inner(kind, key, item)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self._inner(kind, name, item) for item in value]
        if value is None or isinstance(value, bool):
            return value
        own = self.decisions.get("", name)[0] if name else kind
        return (
            self.text(own, value)
            if isinstance(value, str)
            else self._number(own, value)
        )

    def _number(self, kind, value):
        """Return another number where it is somebody's; amounts and ids stay."""
        if not isinstance(value, int):
            return value
        is_moment = any(low <= abs(value) < high for low, high in _EPOCHS)
        if kind == BIRTHDAY:
            days = self.keyed.number(BIRTHDAY, value) % 1400 - 700
            return value + days * 86_400 * (1000 if abs(value) > 10**11 else 1)
        is_long = abs(value) >= (_LONG if kind == REFERENCE else _BIG)
        if (
            kind == PHONE
            or kind in (None, REFERENCE, NAME)
            and is_long
            and not is_moment
        ):
            return int(self.texts.numbers.phone(str(value)))
        if kind == POSTAL:
            return int(self.texts.numbers.postal_code(str(value)))
        if kind == CODE and abs(value) > 9999:
            return int(self._code(str(value)))
        return value

    # -- by kind -----------------------------------------------------------------

    def _text(self, text):
        if is_html(text):
            return self.texts.html(text)
        return text if is_harmless(text) else self.texts.prose(text)

    def _phone(self, text):
        if sum(sign.isdigit() for sign in text) < 4:
            return self._unknown(text)
        made = self.texts.numbers.phone(text)
        if not any(sign.isalpha() for sign in text):
            return made
        return self.texts.rename(text)

    def _link(self, text):
        return self.texts.link(text) if is_web(text) else self._unknown(text)

    def _code(self, text):
        if is_iban(text):
            return self.texts.numbers.iban(text)
        if " " in text.strip() and not any(sign.isdigit() for sign in text):
            return self.texts.rename(text)
        return self.texts.numbers.code(text, self.is_valid_code)

    def reference(self, text):
        """Return what stands for the id of a record: a name in it is no longer one.

        An id that is made of the name of a stream and others stays as it is.
        """
        if is_key(_STREAM.sub("x", text)) or len(text) <= 3:
            return text
        return self.texts.rename(text)

    def _choice(self, text):
        if len(text) > LONGEST_CHOICE or "@" in text or "\n" in text:
            return self._unknown(text)
        return text

    def _unknown(self, text):
        """Replace what nobody knows to be harmless, by its looks."""
        bare = text.strip()
        if is_harmless(text) or is_opaque(text):
            return text
        if is_html(text):
            return self.texts.html(text)
        if is_iban(text):
            return self.texts.numbers.iban(text)
        if is_ip_address(bare):
            return self.texts.addresses.ip(bare)
        if is_web(text):
            return self.texts.link(text)
        return self.texts.prose(text) if is_prose(text) else self.texts.rename(text)
