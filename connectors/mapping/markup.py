"""Conversions between plain text and HTML."""

import html as html_module
import re

from .dates import instant_in_words
from .values import (
    BadValue,
    as_objects,
    as_text,
    beside,
    is_blank,
    transform,
)

_ELEMENTS = frozenset(
    """
    a abbr acronym address area article aside audio b base basefont bdi bdo bgsound big
    blink blockquote body br button canvas caption center cite code col colgroup data
    datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure
    font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img
    input ins kbd label legend li link main map mark marquee menu meta meter nav nobr
    noscript object ol optgroup option output p param picture pre progress q rp rt ruby s
    samp script section select small source span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul var video
    wbr xml
    """.split()
)
_BLOCKS = frozenset(
    """
    address article aside blockquote caption center dd div dl dt fieldset figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead
    tr ul
    """.split()
)
_HIDDEN = frozenset(["head", "script", "style", "template", "title"])

# A comment, a declaration, or the start of a tag; office programs bring prefixes.
_OPENING = re.compile(
    r"<(?:(!--|!doctype|!\[|\?)|/?((?:(?:o|v|w|x|m|p|st1|svg):)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?=[\s/>])(?![^\s>]*@))?",
    re.IGNORECASE | re.ASCII,
)
# The same where nothing is in doubt, as in nearly every message.
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s>]|/>)", re.ASCII)

# Quotation marks may hold a ">"; where they do not pair up, the first one ends the tag.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][\w:-]*)(?=[\s/>])"
    r"((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*(?=>)|[^<>]*)>",
    re.ASCII,
)
_LINE_OF_ITS_OWN = re.compile(
    r"\s*<(?:!doctype|html|body|address|article|blockquote|div|dl|figure|h[1-6]|hr|ol|p"
    r"|pre|section|table|ul)\b",
    re.IGNORECASE,
)
"""How a text begins that stands in a line of its own."""
# Words where a tag has its attributes, and no value for any: ``a <b and c> d``.
_WORDS_ONLY = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9]*)\s+([^<>=\"'/]*[^\s<>=\"'/])\s*/?>", re.ASCII
)
_FLAGS = frozenset(
    """
    allowfullscreen async autofocus autoplay checked compact controls default defer
    disabled download hidden inert ismap loop multiple muted nohref noresize noshade
    novalidate nowrap open readonly required reversed selected
    """.split()
)
"""Attributes of HTML that need no value."""
_INTERRUPTED = re.compile(r"[^<>=\"'/]*<")
_COMMENT = re.compile(r"<!--|<[!?][^<>]*>")
EVERYTHING = "*"
"""A pattern for an object of which nobody knows the members."""
_LINE_END = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_ENTITY = r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"


@transform
def html(value):
    """Return HTML; plain text is escaped and keeps its line ends.

    What only looks like a tag is text: ``<ana@example.com>``. What is escaped already
    is not escaped twice.

    >>> html("a < b\\nc")
    'a &lt; b<br/>c'
    >>> html("<p>Ana <ana@example.com></p>")
    '<p>Ana &lt;ana@example.com></p>'
    >>> html("a<b and c>d")
    'a&lt;b and c&gt;d'
    """
    return _as_markup(as_text(value))[0]


def _as_markup(text):
    """Return HTML, and whether the text had any."""
    names = _NAME.findall(text) if "<" in text else ()
    sure = names and len(names) == text.count("<") and ">" in text
    sure = sure and not any(
        _compares(text, each) for each in _WORDS_ONLY.finditer(text)
    )
    if sure and _ELEMENTS.issuperset(name.lower() for name in set(names)):
        return text, True
    tags = 0

    def check(found):
        nonlocal tags
        name = (found[2] or "").lower()
        words = _WORDS_ONLY.match(text, found.start()) if name in _ELEMENTS else None
        if words and _compares(text, words):
            return f"&lt;{found[0][1:]}"
        if name in _ELEMENTS and _INTERRUPTED.match(text, found.end()):
            # "<b <x y>": what is no tag within it would make it a comparison.
            return f"&lt;{found[0][1:]}"
        if name in _ELEMENTS:
            tags += 1
            return found[0]
        if found[1] or ":" in name or "-" in name:
            return found[0]
        return f"&lt;{found[0][1:]}"

    markup = _OPENING.sub(check, text)
    if tags and ">" in text:
        return markup, True
    return _LINE_END.sub("<br/>", _escape(text)), False


def _compares(text, found):
    """Tell whether what looks like a tag compares: ``a<b and c>d``.

    It has words where attributes are, none of which is one, and nothing ends it.
    """
    if _FLAGS.issuperset(found[2].lower().split()):
        return False
    return f"</{found[1]}".lower() not in text[found.end() :].lower()


def _escape(text):
    text = re.sub(rf"&(?!{_ENTITY[1:]})", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


@transform
def text_from_html(value):
    """Return plain text: a line for each block, the address behind each link.

    >>> text_from_html("<p>a<br>b</p><p>c &amp; d</p>"), text_from_html("1 < 2")
    ('a\\nb\\nc & d', '1 < 2')
    """
    text = as_text(value)
    markup, is_markup = _as_markup(text)
    if not is_markup:
        return re.sub(_ENTITY, lambda found: html_module.unescape(found[0]), text)
    markup = re.sub(r"[ \t\r\n\f]+", " ", _without_comments(markup))
    pieces, hidden, links, start = [], "", [], 0
    for tag in _TAG.finditer(markup):
        closing, name = bool(tag[1]), tag[2].lower()
        if not hidden:
            pieces.append(html_module.unescape(markup[start : tag.start()]))
            pieces.append(_in_place_of(closing, name, tag[3], links))
        if name in _HIDDEN:
            if closing:
                hidden = "" if name == hidden else hidden
            else:
                hidden = hidden or name
        start = tag.end()
    pieces.append("" if hidden else html_module.unescape(markup[start:]))
    return _tidy("".join(pieces)) or None


_BLOCK = "\x00"


def _in_place_of(closing, name, attributes, links):
    if name == "br":
        return "\n"
    if name in ("td", "th"):
        return " "
    if name == "a" and not closing:
        found = re.search(
            r"href\s*=\s*[\"']?((?:https?|mailto):[^\s\"'>]+)", attributes
        )
        links.append(html_module.unescape(found[1]) if found else "")
    elif name == "a" and links:
        address = links.pop()
        return f" ({address})" if address else ""
    return _BLOCK if name in _BLOCKS else ""


def _without_comments(markup):
    pieces, start = [], 0
    while found := _COMMENT.search(markup, start):
        pieces.append(markup[start : found.start()])
        start = found.end()
        if found[0] == "<!--":
            end = markup.find("-->", start)
            if end < 0:
                # Never closed: better shown than lost.
                break
            start = end + 3
    return "".join(pieces) + markup[start:]


def _tidy(text):
    text = re.sub(rf" *{_BLOCK}[{_BLOCK} ]*", _BLOCK, text)
    text = re.sub(rf"{_BLOCK}?\n{_BLOCK}?", "\n", text).replace(_BLOCK, "\n")
    lines = [re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@transform
def html_table(value, columns, zone=None):
    """
    :param zone: IANA name; in which instants are written

    >>> html_table([{"a": 1}], [["a", "A"]])
    '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """

    def cell(row, member):
        content = row.get(member)
        return "" if is_blank(content) else html_module.escape(_as_words(content, zone))

    head = "".join(
        f"<th>{html_module.escape(heading)}</th>" for _member, heading in columns
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td>{cell(row, member)}</td>" for member, _heading in columns)
        + "</tr>"
        for row in as_objects(value)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@transform
def labelled(value, labels, zone=None):
    """
    :param zone: IANA name; in which instants are written

    >>> labelled([[{"n": 1}, {"n": 2}], "", "<i>b</i>"], [["Ext", "{n}", 1], ["X"], [""]])
    '<p>Ext: 2</p><p><i>b</i></p>'
    >>> labelled([[{"n": 1}]], [["Lines", [["n", "No."]]]])[:29]
    '<p>Lines:</p><table><thead><t'
    >>> labelled([{"to": "a@b.c", "n": [1, 2]}], [["Details", "*"]])
    '<p>Details: to: a@b.c; n: 1, 2</p>'
    """
    paragraphs = []
    for content, (label, *pattern) in beside(value, labels):
        if not is_blank(content) and pattern and isinstance(pattern[0], list):
            heading = f"<p>{html_module.escape(label)}:</p>" if label else ""
            paragraphs.append(heading + html_table(content, pattern[0], zone))
            continue
        if isinstance(content, dict):
            content = _as_one_text([content], *pattern[:1], zone=zone)
        elif isinstance(content, list):
            content = _as_one_text(content, *pattern, zone=zone)
        elif not is_blank(content):
            content = html(_as_words(content, zone))
        if not is_blank(content):
            label = html_module.escape(label)
            paragraphs.append(f"<p>{label}: {content}</p>" if label else content)
    if len(paragraphs) > 1:
        # Two texts are never glued together.
        paragraphs = [_as_block(paragraph) for paragraph in paragraphs]
    return "".join(paragraphs) or None


def _as_block(content):
    return content if _LINE_OF_ITS_OWN.match(content) else f"<p>{content}</p>"


def _as_words(value, zone):
    return instant_in_words(as_text(value), zone)


def _as_one_text(items, pattern="", skipped=0, zone=None):
    """
    >>> _as_one_text(["<p>see <b>file</b></p>", "a < b"])
    'see file; a &lt; b'
    """
    texts = [_filled(pattern, item, zone).strip() for item in items[skipped:]]
    if not pattern:  # texts as people wrote them, with markup where an editor did
        texts = [text_from_html(text).strip() for text in texts]
    return html_module.escape("; ".join(filter(None, texts)), quote=False)


def _filled(pattern, item, zone):
    if is_blank(item):
        return ""
    if pattern == EVERYTHING:
        return _in_words(item, zone)
    if not isinstance(item, dict):
        return _as_words(item, zone)
    if not pattern:
        # Nobody said what of the object is wanted.
        raise BadValue("not_text")

    def member(found):
        content = item.get(found[1])
        return "" if is_blank(content) else _as_words(content, zone)

    # Not str.format, which would reach into Python's own attributes.
    return re.sub(r"\{(\w+)\}", member, pattern)


def _in_words(value, zone):
    """Return all that a value of JSON says, whatever its members are.

    >>> _in_words({"to": "a@b.c", "cc": [], "lines": [{"n": 1}, {"n": 2}]}, None)
    'to: a@b.c; lines: n: 1, n: 2'
    """
    if isinstance(value, dict):
        said = {key: _in_words(item, zone) for key, item in value.items()}
        return "; ".join(f"{key}: {words}" for key, words in said.items() if words)
    if isinstance(value, list):
        return ", ".join(filter(None, (_in_words(item, zone) for item in value)))
    return "" if is_blank(value) else _as_words(value, zone)
