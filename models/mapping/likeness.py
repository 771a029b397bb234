"""How alike two names are, and what the values of a column look like."""

import json
import re
import unicodedata

from odoo.tools import SQL

LEAST = 0.3
"""Likeness from which on two names are worth a look; the usual one of ``pg_trgm``."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.I
)
_PHONE = re.compile(r"[+(]?(?:\d[\s().\-/]{0,3}){8,15}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


def plain(text):
    """Return the words of a name, in lower case and without accents.

    >>> plain("Postal_Code (Büro)"), plain("createdAt")
    ('postal code buro', 'created at')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text or "")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def get_trigrams(text):
    """Return the trigrams of a text as ``pg_trgm`` makes them.

    >>> sorted(get_trigrams("ab"))
    ['  a', ' ab', 'ab ']
    """
    words = (f"  {word} " for word in text.split())
    return {word[n : n + 3] for word in words for n in range(len(word) - 2)}


def get_similarities(names, others, cr):
    """Return (name, other) → likeness, of those pairs that are alike at all.

    :param cr: cursor of a database with ``pg_trgm``, None without it
    """
    names, others = sorted({*names} - {""}), sorted({*others} - {""})
    if cr:
        cr.execute(
            SQL(
                """SELECT a, b, similarity(a, b) FROM unnest(%s::text[]) AS a,
                          unnest(%s::text[]) AS b WHERE similarity(a, b) >= %s""",
                names,
                others,
                LEAST,
            )
        )
        return {(name, other): likeness for name, other, likeness in cr.fetchall()}
    return _compare(names, others)


def _compare(names, others):
    """Compare only what has a trigram in common."""
    known = {other: get_trigrams(other) for other in others}
    by_trigram = {}
    for other, trigrams in known.items():
        for trigram in trigrams:
            by_trigram.setdefault(trigram, []).append(other)
    found = {}
    for name in names:
        own, shared = get_trigrams(name), {}
        for trigram in own:
            for other in by_trigram.get(trigram, ()):
                shared[other] = shared.get(other, 0) + 1
        for other, count in shared.items():
            likeness = count / (len(own) + len(known[other]) - count)
            if likeness >= LEAST:
                found[name, other] = likeness
    return found


def as_texts(samples):
    """Return sample values, JSON texts that may be cut, as people read them."""
    texts = []
    for sample in samples or ():
        try:
            value = json.loads(sample)
        except ValueError:
            value = sample.strip('"')
        if value not in (None, "", [], {}) and not isinstance(value, list | dict):
            texts.append(str(value).strip())
    return texts


def look(texts):
    """Return what all values look like, None where they differ or are none.

    >>> look(["ana@s.example"]), look(["+351 210 000 001"]), look(["acor.example"])
    ('email', 'phone', 'address')
    >>> look(["12.5"]), look(["2024-01-05"]), look(["red", "7"]), look([])
    ('number', 'day', None, None)
    """
    tests = (
        ("email", _EMAIL.fullmatch),
        ("day", _DAY.match),
        ("number", re.compile(r"-?\d+(?:[.,]\d+)?").fullmatch),
        ("phone", _PHONE.fullmatch),
        ("address", _ADDRESS.fullmatch),
    )
    for kind, test in tests:
        if texts and all(test(text) for text in texts):
            return kind
    return None


def fold(text):
    return " ".join(text.casefold().split())
