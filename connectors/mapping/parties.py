"""The conversion of who wrote to whom: addresses with names and roles."""

import re

from .values import as_key, as_list, as_text, beside, is_blank, transform

# Outlook puts an address that it has no name for in quotation marks; no host ends in one.
_QUOTES = "'\"‘’‚‛“”„«»`´"
# A quoted name, an address in brackets, or what stands between separators.
_PIECE = re.compile(r'"[^"]*"|<[^<>]*>|[,;\r\n]+|[^",;<\r\n]+|["<]')


@transform
def addresses(value, roles, email_member="address", name_member="name"):
    """
    >>> addresses([{"address": "a@b.c", "name": "Ana"}, None], ["from", "to"])
    [{'email': 'a@b.c', 'name': 'Ana', 'role': 'from'}]
    """
    parties = []
    for items, role in beside(value, roles):
        for item in as_list(items):
            if is_blank(item):
                continue
            if isinstance(item, dict):
                pairs = [(item.get(name_member), item.get(email_member))]
            else:
                pairs = people_of(as_text(item))
            parties += [
                {
                    "email": as_key(address),
                    "name": "" if is_blank(name) else as_key(name),
                    "role": role,
                }
                for name, address in pairs
                if not is_blank(address)
            ]
    return parties


def bare_address(text):
    """Return an address without what stands around it.

    >>> bare_address("'ana@b.example'"), bare_address("<mailto:o'neil@b.example>")
    ('ana@b.example', "o'neil@b.example")
    >>> bare_address("‘ana@b.example’"), bare_address("'Ana'")
    ('ana@b.example', "'Ana'")
    """
    if "@" not in text:
        return text
    text = text.strip().strip(_QUOTES)
    if text[:1] == "<" and text[-1:] == ">":
        text = text[1:-1].strip()
    return re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).strip().strip(_QUOTES)


def people_of(text):
    """Return (name, address) of everybody in a header, commas in names or not.

    >>> people_of('Silva, Ana <a@b.c>; "B, C" <b@b.c>, d@b.c (Dora)')
    [('Silva, Ana', 'a@b.c'), ('B, C', 'b@b.c'), ('Dora', 'd@b.c')]
    >>> people_of("'Ana Silva' <'a@b.c'>; 'b@b.c'")
    [('Ana Silva', 'a@b.c'), ('', 'b@b.c')]
    """
    return [
        (_unquoted(name), bare_address(address)) for name, address in _read_people(text)
    ]


def _unquoted(name):
    is_quoted = len(name) > 2 and name[0] == name[-1] == "'"
    return name[1:-1].strip() if is_quoted else name


def _read_people(text):
    people, words, current, address = [], [], "", ""
    for piece in [*_PIECE.findall(text), ","]:
        if piece[0] in ",;\r\n":
            current = current.strip()
            if address:
                # Words before it that are no address belong to the name.
                name = ", ".join([*words, *filter(None, [current])])
                people.append((name, address))
                words = []
            elif "@" in current:
                people += [("", word) for word in words] + _bare(current)
                words = []
            elif current and not current.endswith(":"):
                words.append(current)
            current, address = "", ""
        elif len(piece) > 1 and piece[0] == "<" and not address:
            address = piece[1:-1].strip()
        elif len(piece) > 1 and piece[0] == '"':
            current += piece[1:-1].replace("\\", "")
        else:
            current += piece
    # Not an address, but who it was: kept as it is written.
    return people + [("", word) for word in words]


def _bare(text):
    """Return the pairs of an address without brackets: alone, commented, in a group."""
    text = re.sub(r"^[^@:]*:\s*", "", text)
    if commented := re.fullmatch(r"(\S+)\s+\(([^()]*)\)", text):
        return [(commented[2], commented[1])]
    words = text.split()
    return [("", word) for word in (words if all("@" in w for w in words) else [text])]
