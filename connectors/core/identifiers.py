"""Ids that one system writes in two forms."""

import re
import string

# Three signs of the object, two of the instance, a reserved zero, nine of the record;
# behind them what makes the id of 15 signs safe where capitals are not told apart.
_SALESFORCE = re.compile(r"(?=.*[A-Za-z])[0-9A-Za-z]{5}0[0-9A-Za-z]{9}(?:[A-Z0-5]{3})?")
_CHECK = string.ascii_uppercase + "012345"


def is_salesforce_id(text):
    return len(text) in (15, 18) and _SALESFORCE.fullmatch(text) is not None


def as_long_salesforce_id(text):
    """Return the 18 signs of an id of Salesforce of 15 or 18 signs.

    Each of the last three says which of five signs are capitals (Salesforce, "What are
    the differences between 15-character and 18-character IDs").

    >>> as_long_salesforce_id("0015g00000XyZab"), as_long_salesforce_id("0015g00000XyZabAAF")
    ('0015g00000XyZabAAF', '0015g00000XyZabAAF')
    """
    short = text[:15]
    check = "".join(
        _CHECK[
            sum(1 << n for n, sign in enumerate(short[at : at + 5]) if sign.isupper())
        ]
        for at in (0, 5, 10)
    )
    return short + check


_GUID = re.compile(
    r"(\{)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?(1)\})", re.IGNORECASE
)


def as_plain_guid(text):
    """Return a GUID as most write it, any other text as it is.

    Windows and Dynamics put it in braces, SQL Server in capitals: it is the same one.

    >>> as_plain_guid("{A1B2C3D4-0000-4000-8000-000000000001}"), as_plain_guid("{a}")
    ('a1b2c3d4-0000-4000-8000-000000000001', '{a}')
    """
    if len(text) not in (36, 38):
        return text
    found = _GUID.fullmatch(text)
    return found[2].lower() if found else text


_RECORD_ID = re.compile(
    # Airtable ("IDs always start with rec", Web API), MongoDB's ObjectId, a GUID.
    r"rec[0-9A-Za-z]{14}|[0-9a-f]{24}|\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?"
)
_RECORD_IDS = re.compile(
    rf"(?:{_RECORD_ID.pattern})(?:\s*[;,|]\s*(?:{_RECORD_ID.pattern}))*"
)


def is_record_id(text):
    """Tell whether a value is an id by its very form, that no name has.

    >>> is_record_id("recPKTGm6EPiDoS6g"), is_record_id("reconsidered"), is_record_id(7)
    (True, False, False)
    """
    return isinstance(text, str) and _RECORD_ID.fullmatch(text.strip()) is not None


def are_record_ids(text):
    """Tell whether a text is one such id, or several of them.

    >>> are_record_ids("recPKTGm6EPiDoS6g, rec2FTSuyeCV042Pa"), are_record_ids("rec, b")
    (True, False)
    """
    return _RECORD_IDS.fullmatch(text) is not None
