"""Turn an e-mail of Net-Results into a template of Odoo that can do no harm.

What Odoo's template engine would act on (``t-`` attributes, ``{{``, scripts) is taken
out first; then the merge tags that have a counterpart are put in its words.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

FIELDS = {
    "FIRST NAME": "object.name",
    "FULL NAME": "object.name",
    "NAME": "object.name",
    "EMAIL": "object.email",
    "EMAIL ADDRESS": "object.email",
    "COMPANY": "object.commercial_company_name",
    "COMPANY NAME": "object.commercial_company_name",
    "ACCOUNT NAME": "object.commercial_company_name",
    "TITLE": "object.function",
    "ADDRESS 1": "object.street",
    "ADDRESS 2": "object.street2",
    "CITY": "object.city",
    "CITY NAME": "object.city",
    "STATE": "object.state_id.name",
    "STATE NAME": "object.state_id.name",
    "COUNTRY": "object.country_id.name",
    "COUNTRY NAME": "object.country_id.name",
    "POSTALCODE": "object.zip",
    "POSTAL CODE": "object.zip",
    "WORK PHONE": "object.phone",
}
"""Label of a tag → field of the partner that gets the mail."""

TAG = re.compile(r"\{([A-Z][A-Z0-9_ ]*(?::\w+)?)(?:\|([^{}|]*))?\}")
_BROKEN = re.compile(r"\{([A-Z][A-Z0-9_ ]+(?::\w+)?)\|")
"""A tag that something else cuts in two: it stays, and is told."""
_CODE = re.compile(r"\{(?=\{)|\}(?=\})|[#$%](?=\{)|\{(?=%)|%(?=\})")
"""The signs by which template engines begin or end what they act on."""
_DROPPED = frozenset({"script", "t", "iframe", "object", "embed", "base"})
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "background"})
_HARMFUL = re.compile(r"^[\s\x00-\x1f]*(javascript|vbscript)\s*:", re.IGNORECASE)


def convert_text(text):
    """Return (subject in Odoo's words, tags that have no counterpart).

    >>> convert_text("News for {FIRST NAME|you} {CODE}")
    ("News for {{ object.name or 'you' }} {CODE}", ['CODE'])
    """
    pieces, unknown = _split(text)
    return "".join(
        f"{{{{ {piece} }}}}" if is_code else inert(piece) for is_code, piece in pieces
    ), unknown


def convert_html(source):
    """Return (body in Odoo's words, tags without counterpart, addresses of pictures)."""
    writer = _Writer()
    writer.feed(source)
    writer.close()
    return "".join(writer.out), writer.unknown, writer.pictures


def inert(text):
    """Return text in which no template engine finds anything to do.

    >>> inert("{{ object.env }} ${x} {% if %}")
    '{ { object.env } } $ {x} { % if % }'
    """
    return _CODE.sub(lambda found: found[0] + " ", text)


def _split(text, plain=str):
    """Return ([(is code, piece)], unknown tags).

    :param plain: makes the default of a tag plain text
    """
    pieces, unknown, end = [], [], 0
    for found in TAG.finditer(text):
        field = FIELDS.get(found[1].strip())
        if not field:
            unknown.append(found[1])
            continue
        pieces += [
            (False, text[end : found.start()]),
            (True, _code(field, plain(found[2] or ""))),
        ]
        end = found.end()
    pieces.append((False, text[end:]))
    for is_code, piece in pieces:
        if not is_code:
            unknown += [found[1] for found in _BROKEN.finditer(TAG.sub("", piece))]
    return pieces, unknown


def _code(field, otherwise):
    # A brace or a line end in the default would end the expression early.
    plain = re.sub(r"[\\{}\r\n]", " ", otherwise)
    return f"{field} or {_literal(plain)}"


def _literal(text):
    return "'" + text.replace("'", "\\'") + "'"


class _Writer(HTMLParser):
    """Writes what it parses, without what could act; tags of text become ``t-out``."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out, self.unknown, self.pictures = [], [], []
        self._inside, self._style, self._text = 0, False, []

    def handle_starttag(self, tag, attrs):
        self._open(tag, attrs, "")

    def handle_startendtag(self, tag, attrs):
        self._open(tag, attrs, "/")

    def _open(self, tag, attrs, closing):
        if tag in _DROPPED:
            self._inside += tag == "script" and not closing
            return
        if self._inside:
            return
        self._flush()
        self._style = tag == "style" and not closing
        written = "".join(self._attribute(tag, n, v) for n, v in attrs)
        self.out.append(f"<{tag}{written}{closing}>")

    def _attribute(self, tag, name, value):
        if name.startswith(("t-", "on")) or not re.fullmatch(r"[\w:.\-]+", name):
            return ""
        if value is None:
            return f" {name}"
        if name in _ADDRESSES and _HARMFUL.match(value):
            return ""
        if tag == "img" and name == "src" and value not in self.pictures:
            self.pictures.append(value)
        # Odoo has no tag within an attribute: it stays to be seen in the review.
        self.unknown += [found[1] for found in TAG.finditer(value)]
        return f' {name}="{escape(inert(value))}"'

    def handle_endtag(self, tag):
        if tag == "script":
            self._inside = max(0, self._inside - 1)
        elif tag not in _DROPPED and not self._inside:
            self._flush()
            self._style = False
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        if not self._inside:
            self._text.append(escape(data, quote=False) if not self._style else data)

    def handle_entityref(self, name):
        self._reference(f"&{name};")

    def handle_charref(self, name):
        self._reference(f"&#{name};")

    def _reference(self, written):
        if self._inside:
            return
        # A brace is a brace, however it is written.
        sign = unescape(written)
        self._text.append(sign if sign in "{}" else written)

    def handle_comment(self, data):
        if not self._inside:
            self._flush()
            self.out.append(f"<!--{inert(data)}-->")

    def handle_decl(self, decl):
        self._flush()
        self.out.append(f"<!{decl}>")

    def close(self):
        super().close()
        self._flush()

    def _flush(self):
        """Write the text between two tags, in which references may have been."""
        text, self._text = "".join(self._text), []
        if self._style:
            self.out.append(text.replace("{{", "{ {"))
            return
        pieces, unknown = _split(text, unescape)
        self.unknown += unknown
        for is_code, piece in pieces:
            written = f'<t t-out="{escape(piece)}"></t>' if is_code else inert(piece)
            self.out.append(written)
