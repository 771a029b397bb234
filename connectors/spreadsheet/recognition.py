"""Which object a table holds by its columns, where the file's name does not say it."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from .columns_links import COMPANY, CONTACT, DEAL
from .columns_people import EMAIL, MOBILE, PERSON, PHONE, WEBSITE
from .columns_work import ALL_DAY, AMOUNT, BODY, END_DAY, STAGE, START_DAY, SUBJECT
from .names import (
    dictionary,
    divide,
    english,
    fold,
    id_label,
    id_of_untouchable,
    names_of_columns,
    object_of,
    squeeze,
)
from .numbered import head_numbers

_MOST = 0.6
"""Share of the columns whose prefix names the object."""
_DUE = ("due date", "due", "deadline")
_FROM = ("from", "sender", "from address", "from email", "sender email")
_TO = ("to", "recipient", "recipients", "to address", "to email")
_NAMES = (*PERSON[0], *PERSON[1], *PERSON[3])
_START = (*START_DAY, "start", "start time", "start date time")
_END = (*END_DAY, "end", "end time", "end date time")
_NOTE = ("note body", "note content", "note text", "note", "notes", "comment")
_RECORDS = (*CONTACT, *COMPANY, *DEAL, "contact id", "company id", "deal id")

# Object: groups of names that it must have, then those of which it should have two more.
_SIGNATURES = (
    (
        "deals",
        (AMOUNT,),
        (
            *(STAGE, DEAL, ("probability",), ("lost reason",), ("pipeline",)),
            *(("expected close date", "close date"), (*COMPANY, *CONTACT), ("status",)),
        ),
    ),
    ("meetings", (_START, _END), (SUBJECT, ("location",), ALL_DAY, ("attendees",))),
    ("emails", (_FROM, _TO), (SUBJECT, BODY, ("cc",), ("date", "sent at"))),
    (
        "activities",
        (_DUE, SUBJECT),
        (("done",), ("status",), ("activity type", "type"), ("owner",), ("priority",)),
    ),
    (
        "contacts",
        ((*_NAMES, *CONTACT),),
        (
            *(
                (*EMAIL,),
                (*PHONE, *MOBILE),
                ("job title",),
                COMPANY,
                PERSON[3],
                ("city",),
            ),
            PERSON[1],
        ),
    ),
    # Of people only the names and how to reach them: many a list has no more.
    ("contacts", (PERSON[1],), (PERSON[3], EMAIL, (*PHONE, *MOBILE))),
    (
        "companies",
        (COMPANY,),
        (
            *(("industry",), WEBSITE, ("vat", "vat number"), ("city",), PHONE, EMAIL),
            *(("number of employees", "employees"), ("annual revenue",), ("country",)),
        ),
    ),
    ("notes", (_NOTE,), (_RECORDS, ("date", "created", "created at"), ("author",))),
)
_WANTED = 2


def object_by_columns(names):
    """Return the object whose columns these are, None where that is not certain.

    >>> object_by_columns(["Deal - ID", "Deal - Title", "Deal - Value"])
    'deals'
    >>> object_by_columns(["Vorname", "Nachname", "E-Mail", "Telefon"])
    'contacts'
    >>> object_by_columns(["(Nicht ändern) Firma", "(Nicht ändern) Zeilenprüfsumme", "X"])
    'companies'
    >>> object_by_columns(["id", "name", "position"])
    """
    if known := object_for_certain(names):
        return known
    found = names_of_columns(names)

    def columns_of(group):
        return {column for name in group for column in found.get(squeeze(name), ())}

    for known, needed, likely in _SIGNATURES:
        used = [columns_of(group) for group in needed]
        if not all(used):
            continue
        more = [columns_of(group) for group in likely]
        if sum(bool(columns - used[0]) for columns in more) >= _WANTED:
            return known
    return None


def object_for_certain(names):
    """Return the object that the columns name themselves, None where they name none.

    >>> object_for_certain(["Deal - ID", "Deal - Title"]), object_for_certain(["Name"])
    ('deals', None)
    """
    known, _column = id_of_untouchable(names)
    if known:
        return known
    prefixes = Counter(prefix for name in names if (prefix := divide(name)[0]))
    for prefix, count in prefixes.most_common(1):
        if count >= _MOST * len(names):
            return prefix
    for name in names:
        if found := re.match(r"record id - (.+)", fold_id(name)):
            return object_of(found[1])
    return _own_object(names)


def _own_object(names):
    """Return the object after which its id and other columns are called, None of none.

    HubSpot names a file after a view: ``Ticket ID``, ``Ticket name``, ``Ticket status``.

    >>> _own_object(["Ticket ID", "Ticket name", "Ticket status", "Source"])
    'tickets'
    >>> _own_object(["Deal ID", "Contact", "Product"])
    """
    label = id_label(names[0]) if names else None
    known = label and object_of(label.removesuffix(" id"))
    word = fold(names[0]).replace("id", "").strip() if known else ""
    own = [name for name in names[1:] if word and fold(name).startswith(f"{word} ")]
    return known if len(own) > 1 else None


def is_heading(text):
    """Tell whether a text is what some column is called in one of the languages.

    >>> is_heading("E-Mail"), is_heading("Straße"), is_heading("Rui Example")
    (True, True, False)
    """
    return squeeze(text) in _headings()


@cache
def _headings():
    """Return all that is known of columns in any language: every cell is looked up in it."""
    return english().union(*dictionary().values())


class Known:
    """What finding several tables in one sheet must know of a CRM."""

    @staticmethod
    def headings(texts):
        """Tell whether at least half of some texts, and two, are names of columns."""
        known = sum(map(is_heading, texts))
        return known >= 2 and known * 2 >= len(texts)

    @staticmethod
    def columns(texts):
        return bool(object_by_columns(texts))

    @staticmethod
    def title(text):
        return bool(object_of(text))


def fold_id(name):
    return " - ".join(fold(part) for part in name.split(" - "))


def key_columns(columns, known):
    """Return the columns under names by which a key is known, in every language.

    ``(Nicht ändern) Firma`` holds the id of the row, ``Kundennummer`` the customer's.
    """
    names = [column.name for column in columns]
    _object, hidden = id_of_untouchable(names)
    numbers = names_of_columns(names, known).get("customerid", ())
    keys = {name: "customer id" for name in numbers}
    for name in names:
        found = re.match(r"record id - (.+)", fold_id(name))
        if found and object_of(found[1]) == known:
            keys[name] = "record id"
    if hidden:
        keys[hidden] = "record id"
    keys |= head_numbers({column.name: column for column in columns}, known)
    return {
        replace(column, name=keys.get(column.name, column.name)): column.name
        for column in columns
    }
