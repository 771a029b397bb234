"""Invented names and texts in the places of others, word by word."""

import html
import re
import unicodedata

from .addresses import Addresses
from .files import ENDINGS, get_picture
from .looks import TOKEN, is_amount
from .names import Names
from .numbers import Numbers

_ENDING = re.compile(rf"(.+)\.({'|'.join(sorted(ENDINGS))})", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_NAME_OF_TAG = re.compile(r"</?\s*([a-z][a-z0-9]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\b(href|src|colspan|rowspan|width|height|align|dir)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))",
    re.IGNORECASE,
)
_ADDRESSES = ("href", "src")


class Texts:
    """Everything that is invented for texts, out of one secret.

    :param keyed: ``Keyed``
    :param is_public: see ``Addresses``
    """

    def __init__(self, keyed, is_public=None):
        self.names, self.numbers = Names(keyed), Numbers(keyed)
        self.addresses = Addresses(keyed, self.names, self.numbers, is_public)

    def rename(self, text):
        """Exchange the words of a name, a title, a label or an address.

        The same word becomes the same one in every text; what is no letter stays, but for
        mail and web addresses, phones and long numbers.
        """
        text = unicodedata.normalize("NFC", text)
        if found := _ENDING.fullmatch(text):
            if "@" not in text and "://" not in text:
                return f"{self.rename(found[1])}.{found[2]}"
        return TOKEN.sub(self._rename, text)

    def _rename(self, found):
        if found.lastgroup == "word":
            return self.names.word(found[0])
        return self._exchange(found)

    def _exchange(self, found):
        """Return what takes the place of anything but a word."""
        kind, text = found.lastgroup, found[0]
        if kind == "email":
            return self.addresses.email(text)
        if kind == "url":
            return self.addresses.url(text)
        if kind == "phone":
            return text if is_amount(text) else self.numbers.phone(text)
        return self.numbers.digits(text) if kind == "digits" else text

    def prose(self, text):
        """Exchange the words of a text by others that nobody could read it from."""
        before = ""

        def exchange(found):
            nonlocal before
            if found.lastgroup != "word":
                return self._exchange(found)
            made = self.names.prose(before, found[0])
            before = found[0]
            return made

        return TOKEN.sub(exchange, unicodedata.normalize("NFC", text))

    def html(self, text):
        """Exchange what a page shows; its tags stay, of their attributes the plain ones."""
        text = _UNSEEN.sub("", text)
        parts, end = [], 0
        for tag in _TAG.finditer(text):
            parts += [self._shown(text[end : tag.start()]), self._tag(tag[0])]
            end = tag.end()
        return "".join([*parts, self._shown(text[end:])])

    def _shown(self, text):
        if not text.strip():
            return text
        return html.escape(self.prose(html.unescape(text)), quote=False)

    def _tag(self, tag):
        name = _NAME_OF_TAG.match(tag)
        if not name:  # a comment, a declaration, or no tag at all
            return "" if tag.startswith(("<!", "<?")) else "<>"
        if tag.startswith("</"):
            return f"</{name[1]}>"
        attributes = "".join(map(self._attribute, _ATTRIBUTE.finditer(tag)))
        return f"<{name[1]}{attributes}{'/' if tag.endswith('/>') else ''}>"

    def _attribute(self, found):
        name = found[1].lower()
        value = html.unescape(next(filter(None, found.groups()[1:]), ""))
        if name in _ADDRESSES:
            value = self.link(value)
        elif not re.fullmatch(r"[\d.%a-z]{1,8}", value, re.IGNORECASE):
            return ""
        return f' {name}="{html.escape(value)}"'

    def link(self, text):
        """Return an invented address of a page, a picture or a mailbox."""
        bare = text.strip()
        if bare.startswith("data:"):
            return f"data:image/png;base64,{get_picture()}"
        return self.addresses.url(bare)
