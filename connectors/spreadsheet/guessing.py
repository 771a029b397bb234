"""Which object a table holds, how sure that is, and what else it may be.

Columns and values come first; what the file and its sheet are called tells objects apart
that have the same columns. A person's choice, the option ``object``, stands above all.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from ..core.tabular import LEAVE_OUT
from .columns_links import CONTACT
from .columns_people import PERSON
from .evidence import share, texts_of
from .mappings import TEMPLATES
from .names import id_label, names_of_columns, object_of, squeeze
from .objects import EITHER, OBJECT_NAMES
from .recognition import object_by_columns, object_for_certain

CUSTOM = "custom"
CHOICES = (*OBJECT_NAMES, CUSTOM, LEAVE_OUT)
"""Values of the option ``object``."""

_CHOSEN, _BOTH, _CERTAIN, _ALIKE, _COLUMNS, _AGAINST, _LIKELY = (
    100,
    96,
    94,
    88,
    85,
    80,
    65,
)
_HINTED = 70
"""A name alone; what is known of the columns adds to it."""
_BARE = 50
"""A name that no column bears out."""
_ENOUGH = 2.0
"""Columns, weighed by how few objects have them, from which on they tell an object."""
_CLEARLY = 1.5
"""How many times as much the first must have as the second."""
_ALONE = 5
_SHOWN = 4
_MOSTLY = 0.6

# Object by its columns: those that a name may make of it.
_KIN = {
    "contacts": {"leads", "users", "list_members", "suppressions"},
    "companies": {"leads"},
    "deals": {"leads", "quotations", "projects"},
    "meetings": {"calls", "activities", "campaigns", "project_tasks"},
    "emails": {"messages", "notes", "activities", "templates"},
    "activities": {
        *("calls", "meetings", "tickets", "project_tasks", "milestones", "projects"),
        *("emails", "notes", "messages"),
    },
    "notes": {"messages", "emails", "calls", "articles", "attachments", "activities"},
}
_LEGAL_FORM = re.compile(
    r"(?:^|[\s,(])(?:gmbh|mbh|ag|kg|kgaa|ohg|ug|se|e\.?\s?k|e\.?\s?v|ltd|limited|llc|llp|inc|corp|corporation"
    r"|company|plc|sa|s\.a|sas|sarl|s\.?a\.?r\.?l|eurl|s\.?l|s\.?l\.?u|lda|ltda|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v"
    r"|ab|aps|a/s|oy|oyj|asa|sp\.?\s?z\s?o\.?\s?o|s\.?r\.?o|d\.?o\.?o|kft|zrt|nyrt|tbk|pty|pte|sdn bhd|k\.?k)"
    r"\.?(?:$|[\s,)])|(?:^|\s)(?:ооо|оао|зао|пао|тов|ао)(?:$|\s)|株式会社|有限会社|公司|주식회사",
    re.IGNORECASE,
)
_OF_PEOPLE = (
    *("salutation", "birthday", "date of birth", "gender", "job title", "function"),
    *(*PERSON[1], *PERSON[3], *(name for name in CONTACT if name != "person")),
)
_OF_COMPANIES = (
    *("company name", "industry", "sector", "vat", "vat number", "number of employees"),
    *("employees", "annual revenue", "legal form", "registration number"),
)


class Guess(NamedTuple):
    """What a table holds.

    :param known: the object, None for none
    :param confidence: percent
    :param others: ((object, confidence), …): what it may be besides, the likeliest first
    :param is_asked: a person must say, for neither columns nor values do
    """

    known: str | None
    confidence: int = 0
    others: tuple = ()
    is_asked: bool = False


def guess(table, hint):
    """Return the ``Guess`` of a table.

    :param hint: the object of which its name speaks, None for none
    """
    if choice := table.options.get("object"):
        known = choice if choice in OBJECT_NAMES else None
        return Guess(known, _CHOSEN, is_asked=choice == CUSTOM)
    if hint and hint not in TEMPLATES:
        # What it says of other records, whoever reads those makes of it.
        return Guess(hint, _ALIKE)
    columns = {c.name: c for c in table.columns if not c.nested}
    scores = rate(table.layout.columns)
    found = _decide(table.layout.columns, scores, hint)
    if table.options.get("stream") and hint:
        return found._replace(known=hint, confidence=_CHOSEN, is_asked=False)
    if found.known in ("companies", "contacts") and _is_either(table):
        found = _choose_party(found, columns)
    return found._replace(others=_list_others(found, scores))


def guess_of_dialect(table, known):
    """Return the ``Guess`` of a table of which its dialect says what it holds."""
    found = Guess(known, _BOTH)
    return found._replace(others=_list_others(found, rate(table.layout.columns)))


def _decide(names, scores, hint):
    certain, signed = object_for_certain(names), object_by_columns(names)
    if certain:
        return Guess(certain, _BOTH if hint == certain else _CERTAIN)
    own = signed or _by_rate(scores, hint)
    if not own:
        return _by_name(scores, hint)
    if not hint:
        return Guess(own, _COLUMNS if signed else _LIKELY)
    if hint == own:
        return Guess(own, _BOTH)
    if hint in _KIN.get(own, ()):
        return Guess(hint, _ALIKE)
    of_hint, of_own = _differ(names, hint, own)
    if not of_hint and not of_own and not _has(names_of_columns(names), _OF_PEOPLE):
        # A deal may have the columns of a contact, and no others.
        return Guess(hint, _HINTED)
    if of_own >= _CLEARLY * of_hint:
        return Guess(own, _AGAINST)
    return Guess(hint, _HINTED)


def _by_rate(scores, hint):
    """Return the object that has clearly more of the columns than any other, else None.

    Beside a name that says another one it must have them nearly alone.
    """
    (best, most), (_next, less) = [*scores.most_common(2), (None, 0), (None, 0)][:2]
    if most < _ENOUGH or most < _CLEARLY * less or most < _ALONE * scores[hint]:
        return None
    return best


def _by_name(scores, hint):
    if not hint:
        return Guess(None, is_asked=True)
    if not scores[hint]:
        return Guess(hint, _BARE)
    return Guess(hint, min(_COLUMNS, _HINTED + round(5 * scores[hint])))


def _list_others(found, scores):
    listed = {
        name: confidence for name, confidence in found.others if name != found.known
    }
    most = max(scores.values(), default=0)
    for name, score in scores.most_common(_SHOWN):
        if name != found.known and name in OBJECT_NAMES and score * 3 > most:
            room = min(_LIKELY, found.confidence - 5 if found.known else _LIKELY)
            listed.setdefault(name, round(room * score / max(most, _ENOUGH)))
    ranked = sorted(listed.items(), key=lambda pair: -pair[1])
    return tuple(ranked[: 1 if found.is_asked and found.known else _SHOWN - 1])


# -- columns -----------------------------------------------------------------------


@cache
def _claims():
    """Return squeezed name of a column → objects whose records have it."""
    claims = {}
    for known, template in TEMPLATES.items():
        for item in template.fields:
            for names in item.source or ():
                for name in (names,) if isinstance(names, str) else names:
                    claims.setdefault(squeeze(name), set()).add(known)
    return claims


def rate(names):
    """Return object → how many of the columns it has, the more the fewer others have them.

    >>> rate(["SKU", "Barcode", "Unit price"]).most_common(1)[0][0]
    'products'
    """
    weights = {}
    for key, columns in names_of_columns(names).items():
        claimed = _claims().get(key, ())
        for known in claimed:
            own = weights.setdefault(known, {})
            for column in columns:
                own[column] = max(own.get(column, 0), 1 / len(claimed))
    return Counter({known: sum(own.values()) for known, own in weights.items()})


def _differ(names, hint, own):
    """Return how much each of two objects has that the other does not have.

    A file of companies has the id of a company for its own, one of people as a link.
    """
    named = names_of_columns([name for name in names if not _is_id_of(name, hint)])
    columns = {
        known: {
            column
            for key, found in named.items()
            if known in _claims().get(key, ())
            for column in found
        }
        for known in (hint, own)
    }
    return len(columns[hint] - columns[own]), len(columns[own] - columns[hint])


def _is_id_of(name, known):
    """Tell whether a column is called the id of an object.

    >>> _is_id_of("Firmen-ID", "companies"), _is_id_of("Firmen-ID", "contacts")
    (True, False)
    """
    label = id_label(name)
    return bool(label) and object_of(label.removesuffix(" id")) == known


def _has(named, wanted, but=("name", "full name", "company", "customer", "client")):
    """Tell whether a column has one of the names, and none of those that say less."""
    plain = {column for name in but for column in named.get(squeeze(name), ())}
    return any(set(named.get(squeeze(name), ())) - plain for name in wanted)


# -- company or person -------------------------------------------------------------


def _is_either(table):
    """Tell whether a table's name says customers, who may be companies or people."""
    words = re.split(r"[\W_\d]+", f"{table.item.key} {table.part}".casefold())
    return any(word in EITHER for word in words) or any(
        name in f"{table.item.key} {table.part}"
        for name in EITHER
        if not name.isascii()
    )


def _choose_party(found, columns):
    named = names_of_columns(list(columns))
    people, firms = _has(named, _OF_PEOPLE), _has(named, _OF_COMPANIES)
    if people or firms:
        known = "contacts" if people else "companies"
        return found._replace(known=known, confidence=max(found.confidence, _COLUMNS))
    texts = [
        column
        for name in (*PERSON[0], "company", "customer", "client")
        for each in named.get(squeeze(name), ())
        if texts_of(column := columns[each])
    ]
    legal = share(texts[0], _LEGAL_FORM.search) if texts else 0
    if legal >= _MOSTLY:
        return found._replace(known="companies", confidence=_COLUMNS)
    other = "companies" if found.known == "contacts" else "contacts"
    return found._replace(
        confidence=_BARE, others=((other, 100 - _BARE),), is_asked=True
    )
