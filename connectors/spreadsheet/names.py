"""Which object a file holds and which column means what, by their names."""

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import PurePosixPath

from .profile import NOISE, OBJECT_NAMES

_SUFFIX = re.compile(r"\.(csv|tsv|tab|txt|json|ndjson|jsonl|xlsx|xlsm|xls)$", re.I)
_GENERIC = re.compile(r"(sheet|tabelle|feuil|hoja|planilha|blad|foglio|data|items?)\d*")


def fold(text):
    """Return the words of a name in plain ASCII, lower case.

    >>> fold("Société – E-Mail"), fold("accountsIDs"), fold("会社")
    ('societe e mail', 'accounts ids', '')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def squeeze(text):
    """Return what names of columns are compared by; a script beyond ASCII stays.

    >>> squeeze("E-Mail Address"), squeeze("電話")
    ('emailaddress', '電話')
    """
    return re.sub(r"[\W_]+", "", str(text)).casefold()


def singular(word):
    """
    >>> singular("companies"), singular("deals"), singular("address")
    ('company', 'deal', 'address')
    """
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _objects():
    return {
        " ".join(map(singular, name.split())): stream
        for stream, names in OBJECT_NAMES.items()
        for name in (*names, stream)
    }


def object_of(name):
    """Return the object that a file, sheet or list of this name holds, None if unknown.

    >>> object_of("export-contacts-2024.csv"), object_of("Deal stages"), object_of("tblLeads")
    ('contacts', None, None)
    """
    stem = _SUFFIX.sub("", str(name))
    # PhoneCalls is two words, HubSpot one.
    found = (_objects().get(_telling(text)) for text in (stem, stem.lower()))
    return next(filter(None, found), None)


def _telling(text):
    return " ".join(
        singular(word)
        for word in fold(text).split()
        if word not in NOISE and not re.fullmatch(r"\d+|v\d+|part\d*", word)
    )


def stream_base(table):
    """Return (object or None, name) for a table, before it is made unique."""
    wanted = table.options.get("stream")
    stem = PurePosixPath(_SUFFIX.sub("", table.item.key)).name
    part = table.part.rpartition(".")[2] if table.array else table.part
    generic = not part or _GENERIC.fullmatch(fold(part).replace(" ", ""))
    label = wanted or (stem if generic else part)
    known = object_of(label)
    if not known and not wanted and not generic:
        combined = f"{stem} {part}"
    else:
        combined = label
    name = known or fold(combined).replace(" ", "_") or fold(stem).replace(" ", "_")
    if not name or name[0].isdigit():
        name = f"table_{name}".rstrip("_")
    return known, name


def unique_names(names):
    """Return the names with ``_2``, ``_3`` behind those that came before."""
    seen, used, result = Counter(), set(), []
    for name in names:
        candidate = name
        while candidate in used:
            seen[name] += 1
            candidate = f"{name}_{seen[name] + 1}"
        used.add(candidate)
        result.append(candidate)
    return result
