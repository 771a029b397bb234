"""Turn an e-mail with merge tags into a template of Odoo that can do no harm.

What Odoo's template engine would act on (``t-`` attributes, ``{{``, scripts) is taken
out first; then the merge tags that have a counterpart are put in its words.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

from .values import as_text, beside, is_blank, transform

FIELDS = {
    "name": "object.name",
    "fullname": "object.name",
    "firstname": "object.name",
    "email": "object.email",
    "emailaddress": "object.email",
    "company": "object.commercial_company_name",
    "companyname": "object.commercial_company_name",
    "accountname": "object.commercial_company_name",
    "title": "object.function",
    "jobtitle": "object.function",
    "position": "object.function",
    "address1": "object.street",
    "street": "object.street",
    "address2": "object.street2",
    "city": "object.city",
    "cityname": "object.city",
    "state": "object.state_id.name",
    "statename": "object.state_id.name",
    "country": "object.country_id.name",
    "countryname": "object.country_id.name",
    "postalcode": "object.zip",
    "zip": "object.zip",
    "phone": "object.phone",
    "workphone": "object.phone",
    "website": "object.website",
}
"""Letters and digits of a tag → field of the contact that gets the mail.

A contact of Odoo has one name: who was greeted by the first is greeted by the whole."""
FIRST, LAST = "firstname", "lastname"

DIALECTS = {
    # {FIRST NAME|Valued Customer}, in capitals, with a default behind the bar
    "capitals": (
        re.compile(r"\{([A-Z][A-Z0-9_ ]*(?::\w+)?)(?:\|([^{}|]*))?\}"),
        re.compile(r"\{([A-Z][A-Z0-9_ ]+(?::\w+)?)\|"),
    ),
    # {{first_name}}, {{ contact.first_name | default: "you" }}
    "braces": (
        re.compile(r"\{\{\s*([A-Za-z][\w. ]*?)\s*(?:\|\s*([^{}|]*?)\s*)?\}\}"),
        re.compile(r"\{\{\s*([A-Za-z][\w. ]*?)\s*\|"),
    ),
}
"""Name → what a tag looks like (label, default), and one that something cuts in two: such
a one stays, and is told."""
_DEFAULT = re.compile(r"^default\s*:?\s*")
_OBJECT = re.compile(r"^(?:contact|recipient|lead|subscriber|person|target)\.", re.I)
_CODE = re.compile(r"\{(?=\{)|\}(?=\})|[#$%](?=\{)|\{(?=%)|%(?=\})")
"""The signs by which template engines begin or end what they act on."""
_DROPPED = frozenset({"script", "t", "iframe", "object", "embed", "base"})
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "background"})
_HARMFUL = re.compile(r"^[\s\x00-\x1f]*(javascript|vbscript)\s*:", re.IGNORECASE)


def convert_text(text, dialect="capitals"):
    """Return (subject in Odoo's words, tags that have no counterpart).

    >>> convert_text("News for {FIRST NAME|you} {CODE}")
    ("News for {{ object.name or 'you' }} {CODE}", ['CODE'])
    >>> convert_text("{{first_name}} {{last_name}}: {{ shoe_size }}", "braces")
    ("{{ object.name or '' }}: { { shoe_size } }", ['shoe_size'])
    """
    pieces, unknown = _split(text, dialect)
    return "".join(
        f"{{{{ {piece} }}}}" if is_code else inert(piece) for is_code, piece in pieces
    ), unknown


def convert_html(source, dialect="capitals"):
    """Return (body in Odoo's words, tags without counterpart, addresses of pictures)."""
    writer = _Writer(dialect)
    writer.feed(source)
    writer.close()
    return "".join(writer.out), writer.unknown, writer.pictures


def inert(text):
    """Return text in which no template engine finds anything to do.

    >>> inert("{{ object.env }} ${x} {% if %}")
    '{ { object.env } } $ {x} { % if % }'
    """
    return _CODE.sub(lambda found: found[0] + " ", text)


def _split(text, dialect, plain=str):
    """Return ([(is code, piece)], unknown tags).

    :param plain: makes the default of a tag plain text
    """
    tag, broken = DIALECTS[dialect]
    pieces, unknown, end, previous = [], [], 0, None
    for found in tag.finditer(text):
        label, between = _label_of(found[1]), text[end : found.start()]
        if (label, previous) == (LAST, FIRST) and not between.strip():
            end, previous = found.end(), label  # the whole name stands there already
            continue
        field, previous = FIELDS.get(label), label
        if not field:
            unknown.append(found[1])
            continue
        otherwise = _DEFAULT.sub("", plain(found[2] or "")).strip("\"'")
        pieces += [(False, between), (True, _code(field, otherwise))]
        end = found.end()
    pieces.append((False, text[end:]))
    for is_code, piece in pieces:
        if not is_code:
            unknown += [found[1] for found in broken.finditer(tag.sub("", piece))]
    return pieces, unknown


def _label_of(tag):
    """
    >>> _label_of("contact.first_name"), _label_of("FIRST NAME")
    ('firstname', 'firstname')
    """
    return re.sub(r"[\W_]", "", _OBJECT.sub("", tag.strip())).lower()


def _code(field, otherwise):
    # A brace or a line end in the default would end the expression early.
    plain = re.sub(r"[\\{}\r\n]", " ", otherwise)
    return f"{field} or {_literal(plain)}"


def _literal(text):
    return "'" + text.replace("'", "\\'") + "'"


class _Writer(HTMLParser):
    """Writes what it parses, without what could act; tags of text become ``t-out``."""

    def __init__(self, dialect):
        super().__init__(convert_charrefs=False)
        self.dialect = dialect
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
        self.unknown += [
            found[1] for found in DIALECTS[self.dialect][0].finditer(value)
        ]
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
        pieces, unknown = _split(text, self.dialect, unescape)
        self.unknown += unknown
        for is_code, piece in pieces:
            written = f'<t t-out="{escape(piece)}"></t>' if is_code else inert(piece)
            self.out.append(written)


# -- as steps of a mapping ----------------------------------------------------------


@transform
def template_subject(value, dialect):
    """
    >>> template_subject("Hello {{first_name}}", "braces")
    "Hello {{ object.name or '' }}"
    """
    return convert_text(as_text(value), dialect)[0]


@transform
def template_body(value, dialect):
    """
    >>> template_body("<p onclick='x()'>{{company|you}}</p>", "braces")
    '<p><t t-out="object.commercial_company_name or &#x27;you&#x27;"></t></p>'
    """
    return convert_html(as_html(as_text(value)), dialect)[0]


@transform
def template_tags(value, dialect):
    """Of subject and body, the tags that have no counterpart.

    >>> template_tags(["{{first_name}}", "<p>{{ shoe_size }}</p>"], "braces")
    ['shoe size']
    """
    subject, body = beside(value, ("subject", "body"))
    unknown = set()
    if not is_blank(subject[0]):
        unknown |= set(convert_text(as_text(subject[0]), dialect)[1])
    if not is_blank(body[0]):
        unknown |= set(convert_html(as_html(as_text(body[0])), dialect)[1])
    return word_tags(unknown)


def word_tags(tags):
    """Return merge tags as people read them.

    >>> word_tags({"shoe_size", "CODE"})
    ['CODE', 'shoe size']
    """
    return sorted(tag.replace("_", " ") for tag in tags)


def as_html(text):
    """Return a text as paragraphs; what is HTML already stays as it is.

    >>> as_html("Dear you,\\n1 < 2")
    '<p>Dear you,</p><p>1 &lt; 2</p>'
    """
    if re.search(r"<\w+[^<>]*>", text):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{line}</p>" for line in escaped.splitlines())
