"""What the name of a file says of its day, and of being the newer one, left aside."""

import re

_DAY = r"(?:19|20)\d\d([-_. ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])"
_DAY_FIRST = r"\d\d([-_.])\d\d\2(?:19|20)\d\d"
_TIME = r"(?:[T_ -]*[0-2]\d[-_.:h]?[0-5]\d(?:[-_.:m]?[0-5]\d)?(?:[.,]\d+)?Z?)?"
_DATED = re.compile(rf"(?<!\d)(?:{_DAY}|{_DAY_FIRST}){_TIME}(?!\d)|\s*\(\d{{1,2}}\)$")
_NEWER = re.compile(
    r"(?<=[^\W\d_])[\s_.-]+(?:newer|newest|latest|updated?|delta|neu(?:er|e|este)?|aktuell"
    r"|nouveaux?|nouvelles?|nuevos?|nuevas?|nuov[aio]|nieuwe?)$",
    re.I,
)
"""What people call the next export of the same."""


def without_date(text, otherwise=None):
    """Return a name without the day and time of an export, and a browser's ``(2)``.

    Neither does it say that it is a newer one: the newer export of the same is called
    the same. A name that is nothing else stays.

    :param otherwise: what to return for a name that is nothing else instead

    >>> without_date("Kontakte_2026-11-28"), without_date("export 20261128_093000 (1)")
    ('Kontakte', 'export')
    >>> without_date("Umsatz 2025"), without_date("2026-11-28"), without_date("tbl 12345678")
    ('Umsatz 2025', '2026-11-28', 'tbl 12345678')
    >>> without_date("kunden neu"), without_date("Firmen_aktuell_2026-11-28"), without_date("Neu")
    ('kunden', 'Firmen', 'Neu')
    """
    bare = _NEWER.sub("", _DATED.sub("", _DATED.sub("", text)).rstrip(" _-."))
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", bare) if bare != text else text
    return bare or (text if otherwise is None else otherwise)
