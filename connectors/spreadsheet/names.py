"""Which object a file holds and what its columns can be called, by their names."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import PurePosixPath

from ..mapping.currency_signs import split_header
from ..mapping.values import fold_words
from .composites import parts_of_composites
from .dated_names import without_date
from .headings import HEADERS, OBJECTS, UNTOUCHABLE
from .mappings import TEMPLATES
from .objects import MODELS, NOISE, OBJECT_NAMES

_SUFFIX = re.compile(r"\.(csv|tsv|tab|txt|json|ndjson|jsonl|xlsx|xlsm|xls)$", re.I)
_STAMP = re.compile(r"\d+|v\d+|part\d*|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{4,}")
"""A number, a part or a checksum in a file's name."""
_GENERIC = re.compile(r"(sheet|tabelle|feuil|hoja|planilha|blad|foglio|data|items?)\d*")
_PREFIX = re.compile(
    r"\s*([^-–—:|0-9]{2,40}?)\s*(?:\s[-–—]\s|\s:\s|:\s|\s\|\s|(?<=\w)\.(?=[^\W\d_]))\s*(\S.*)"
)
_CLOSE_ENOUGH = 0.5
"""Share of the best language's hits from which another one is listened to as well."""


HEADERS_KEPT = 4096
"""Headers of which the words are kept: they are asked for with every look at a table."""


def fold(text):
    """Return the words of a name in lower case, without accents.

    >>> fold("Société – E-Mail"), fold("accountsIDs"), fold("会社")
    ('societe e mail', 'accounts ids', '会社')
    """
    return fold_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(text)))


@lru_cache(HEADERS_KEPT)
def squeeze(text):
    """Return what names of columns are compared by.

    >>> squeeze("E-Mail Address"), squeeze("Téléphone (fixe)"), squeeze("電話")
    ('emailaddress', 'telephonefixe', '電話')
    """
    return fold_words(text).replace(" ", "")


def singular(word):
    """
    >>> singular("companies"), singular("deals"), singular("address")
    ('company', 'deal', 'address')
    """
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _singulars(text):
    return " ".join(map(singular, text.split()))


@cache
def _objects():
    """Return folded name → (object, whether the name is English)."""
    found = {}
    for name, text in OBJECTS.items():
        for word in text.split(";"):
            found.setdefault(_singulars(fold(word)), (name, False))
    for name, words in OBJECT_NAMES.items():
        for word in (*words, name):
            found[_singulars(fold(word))] = (name, True)
    return found


def object_of(name):
    """Return the object that a file, sheet or list of this name holds, None if unknown.

    >>> object_of("export-contacts-2024.csv"), object_of("Deal stages"), object_of("tblLeads")
    ('contacts', None, None)
    >>> object_of("Acme opportunities 2026-11-20.csv"), object_of("Deal products.csv")
    ('deals', None)
    >>> object_of("deals7.csv"), object_of("Contacts2.xlsx"), object_of("q3.csv")
    ('deals', 'contacts', None)
    >>> object_of("Lead_Opportunity (crm.lead).csv"), object_of("Kontakt (res.partner).xlsx")
    ('deals', 'contacts')
    >>> object_of("Verkaufschancen.csv"), object_of("My Open Opportunities 28-11-2026.xlsx")
    ('deals', 'deals')
    """
    return _look_up(name)[0]


def _look_up(name):
    stem = _SUFFIX.sub("", str(name))
    # Odoo: "Lead_Opportunity (crm.lead)".
    if (model := re.search(r"\(([a-z_]+(?:\.[a-z_]+)+)\)", stem)) and model[
        1
    ] in MODELS:
        return MODELS[model[1]], True
    # PhoneCalls is two words, HubSpot one.
    for text in (stem, stem.lower()):
        words = _telling(text).split()
        if found := _objects().get(" ".join(words)):
            return found
    # "Acme leads 2026-11-20": of which company, and then what.
    *others, last = words or [""]
    if last in _objects() and not any(word in _objects() for word in others):
        return _objects()[last]
    return None, False


def _telling(text):
    return " ".join(
        singular(word)
        # "Deals7", "contacts2": the second download of the same.
        for word in re.sub(r"(?<=[a-z]{3})\d{1,3}\b", "", fold(text)).split()
        if word not in NOISE and not _STAMP.fullmatch(word)
    )


def stream_base(table):
    """Return (object or None, name) for a table, before it is made unique.

    A file with a name in another language keeps it: people know their files by it.
    """
    known, english, combined, stem = _name(table)
    plain = _in_snake_case(without_date(combined)) or _in_snake_case(stem)
    name = known if known and (english or not plain) else plain
    return known, _begin_with_letter(name)


def written_name(table):
    """Return what the file or sheet of a table is called, with its accents."""
    *_known, combined, _stem = _name(table)
    return unicodedata.normalize("NFC", without_date(combined))


def _name(table):
    """Return (object or None, whether in English, name, name of the file) of a table."""
    wanted = table.options.get("stream")
    stem = PurePosixPath(_SUFFIX.sub("", table.item.key)).name
    part = table.part.rpartition(".")[2] if table.array else table.part
    if table.area and table.area.title:
        part = table.area.title
    generic = not part or _GENERIC.fullmatch(fold(part).replace(" ", ""))
    label = wanted or (stem if generic else part)
    known, english = _look_up(label)
    if not known and not wanted and table.array:
        # A list that is alone in its file has no part of it, and may bear a name.
        known, english = _look_up(table.array.path.rpartition(".")[2])
        label = known if known and english else label
    if not (known and english) and not wanted and not generic:
        combined = f"{stem} {part}"
    else:
        combined = label
    return known, english, combined, stem


def label_of(table):
    """Return what a person calls the records of a table, empty where nobody did."""
    return str(table.options.get("custom_object") or "").strip()


def name_of_label(label):
    """Return the name of the stream whose records are called so, empty without letters.

    >>> name_of_label("Maschinen & Geräte"), name_of_label("3D-Drucker"), name_of_label("設備")
    ('maschinen_gerate', 'table_3d_drucker', '')
    """
    plain = _in_snake_case(label)
    return plain and _begin_with_letter(plain)


def _in_snake_case(text):
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")


def _begin_with_letter(name):
    return name if name and not name[0].isdigit() else f"table_{name}".rstrip("_")


# -- columns ---------------------------------------------------------------------


def divide(name):
    """Return (object that a prefix names or None, the rest) of a column's name.

    >>> divide("Deal - Title"), divide("Contact : First name"), divide("E-mail 1 - Value")
    (('deals', 'Title'), ('contacts', 'First name'), (None, 'E-mail 1 - Value'))
    >>> divide("(Do Not Modify) Opportunity"), divide("Négocio - Título")
    ((None, 'Opportunity'), ('deals', 'Título'))
    >>> divide("Opportunity.Name"), divide("Contact: Email"), divide("E.Mail"), divide("v1.2")
    (('deals', 'Name'), ('contacts', 'Email'), (None, 'E.Mail'), (None, 'v1.2'))
    """
    if found := re.match(r"\s*\(([^()]+)\)\s*(\S.*)", name):
        if fold(found[1]) in _untouchable():
            return None, found[2].strip()
    if found := _PREFIX.fullmatch(name):
        if known := object_of(found[1]):
            return known, found[2].strip()
    return None, name.strip()


@cache
def _untouchable():
    return {fold(text) for text in UNTOUCHABLE.split(";")}


def id_of_untouchable(names):
    """Return (object, column) of the hidden first column of Dynamics, (None, None) without.

    >>> id_of_untouchable(["(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum"])
    ('deals', '(Do Not Modify) Opportunity')
    """
    for name in names:
        if _is_untouchable(name):
            return object_of(divide(name)[1]), name
    return None, None


def checksum_of_untouchable(names):
    """Return the second of the three hidden columns of Dynamics, None without them.

    >>> checksum_of_untouchable(["(Do Not Modify) Lead", "(Do Not Modify) Row Checksum",
    ...     "(Do Not Modify) Modified On", "Topic"])
    '(Do Not Modify) Row Checksum'
    """
    found = [name for name in names if _is_untouchable(name)]
    return found[1] if len(found) == 3 else None


def _is_untouchable(name):
    found = re.match(r"\s*\(([^()]+)\)", name)
    return bool(found) and fold(found[1]) in _untouchable()


@cache
def dictionary():
    """Return language → squeezed word → English names."""
    found = {}
    for language, names in HEADERS.items():
        words = found[language] = {}
        for name, text in names.items():
            for word in text.split(";"):
                words.setdefault(squeeze(word), []).append(name)
    return found


@cache
def english():
    """Return what templates know columns by, squeezed."""
    known = set()
    for template in TEMPLATES.values():
        for item in template.fields:
            for names in item.source or ():
                known.update(
                    map(squeeze, (names,) if isinstance(names, str) else names)
                )
    return known | set(dictionary()["en"])


def languages_of(labels):
    """Return the languages of the labels, the likeliest first; English is always one.

    >>> languages_of(["Vorname", "Nachname", "PLZ", "Ort", "Telefon"])[0]
    'de'
    """
    keys = [squeeze(label) for label in labels]
    hits = {
        language: sum(key in words for key in keys)
        for language, words in dictionary().items()
    }
    hits["en"] = sum(key in english() for key in keys)
    best = max(hits.values(), default=0)
    near = [n for n in hits if hits[n] and hits[n] >= _CLOSE_ENOUGH * best]
    ranked = sorted(near, key=lambda name: (-hits[name], name != "en"))
    return ranked if "en" in ranked else [*ranked, "en"]


def names_of_columns(names, known=None):
    """Return what the columns can be called: squeezed name → columns, the likeliest first.

    :param names: names of columns, or name → what it is headed by

    A column is called what its header says; without its prefix, brackets and suffix;
    what that is in English; and without the object's own name.

    >>> found = names_of_columns(["Person - Name", "Person - Organization"], "contacts")
    >>> found["name"], found["organization"]
    (['Person - Name'], ['Person - Organization'])
    >>> names_of_columns(["Straße", "PLZ", "Ort"])["city"]
    ['Ort']
    """
    headers = names if isinstance(names, dict) else dict(zip(names, names, strict=True))
    found = _names_of_columns(tuple(headers.items()), known)
    return {key: list(columns) for key, columns in found.items()}


@lru_cache(HEADERS_KEPT)
def _names_of_columns(headers, known):
    names = headers = dict(headers)
    labels = {name: _labels(text, known) for name, text in headers.items()}
    for name, part in parts_of_composites(headers).items():
        labels[name] = (*labels[name], part)
    languages = languages_of([rest for parts in labels.values() for rest in parts[-1:]])
    ranked = []
    for place, name in enumerate(names):
        exact, *others = labels[name]
        keys = [(0, squeeze(exact)), *((1, squeeze(text)) for text in others)]
        # A language that knows the word less well has no say in it.
        for order, language in enumerate(languages):
            words = dictionary()[language]
            meant = [(key, words.get(key, ())) for _rank, key in keys]
            for _key, meanings in meant:
                # A word of several meanings stands behind one that has just this.
                rank = 2 + order / 10 + len(meanings) / 100
                keys += [(rank, squeeze(meaning)) for meaning in meanings]
            if any(meanings for _key, meanings in meant) or (
                language == "en" and any(key in english() for key, _none in meant)
            ):
                break
        for text in (exact, *others):
            keys += [(3, squeeze(short)) for short in _without_object(text, known)]
        ranked += [(rank, place, key, name) for rank, key in keys if key]
    found = {}
    for _rank, _place, key, name in sorted(ranked):
        if name not in found.setdefault(key, []):
            found[key].append(name)
    return found


_IDS = ("id", "identifiant", "identificador", "identificativo", "kennung", "ид")
_OF = frozenset(
    "of the de del della dell dello du des d do da dos das di der den dem le la les l el"
    " los las lo il van het een".split()
)


def id_label(text):
    """Return what the id of an object is called in English, None for other headers.

    >>> id_label("ID dell'azienda"), id_label("Identifiant du contact"), id_label("Kontakt-ID")
    ('company id', 'contact id', 'contact id')
    >>> id_label("ID"), id_label("Tax ID"), id_label("Identifiant")
    (None, None, None)
    """
    words = fold_words(text).split()
    if len(words) > 1 and words[0] in _IDS:
        rest = [word for word in words[1:] if word not in _OF]
    elif len(words) > 1 and words[-1] in _IDS:
        rest = words[:-1]
    else:
        return None
    known = _objects().get(_singulars(" ".join(rest)), (None,))[0]
    return f"{OBJECT_NAMES[known][0]} id" if known in OBJECT_NAMES else None


@lru_cache(HEADERS_KEPT)
def _labels(name, known):
    """Return the texts that stand for a header: as it is, and without what is around it."""
    labels = [name]
    prefix, rest = divide(name)
    if label := id_label(name):
        labels.append(label)
    if prefix and prefix != known and known:
        rest = f"{singular(prefix)} {rest}"
    labels.append(rest)
    plain, currency = split_header(rest)
    if currency:
        # "€" alone, "Betrag in €", "amount_usd"
        labels.append(plain or "amount")
    bare = re.sub(r"\s*[\[(][^\])]*[\])]\s*$", "", rest).strip()
    labels.append(re.sub(r"(?:__c|[.:*#?]+)$", "", bare or rest).strip())
    return tuple(dict.fromkeys(filter(None, labels)))


def _without_object(text, known):
    """Yield a name without the object's own: ``Deal owner`` → ``owner``."""
    words = _words_of(text)
    if len(words) > 1 and singular(words[0]) in _own_names(known):
        yield " ".join(words[1:])


@lru_cache(HEADERS_KEPT)
def _words_of(header):
    return tuple(fold(header).split())


@cache
def _own_names(known):
    names = (*OBJECT_NAMES.get(known, ()), known or "")
    return frozenset(singular(fold(name)) for name in names)
