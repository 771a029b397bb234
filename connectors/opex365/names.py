"""Names of people, in the order that the organization writes them."""

ORDERS = {
    0: "{last}, {first}",
    1: "{first} {last}",
    2: "{last}, {first} {middle}",
    3: "{first} {middle} {last}",
    4: "{last}, {first} {middle}",
    5: "{first} {middle} {last}",
    6: "{last} {first}",
    7: "{last}{first}",
}
"""``fullnameconventioncode`` of the organization (UserSettingsFullNameConventionCode)."""
FIRST_LAST = 1


def complete_names(data, order):
    """Add ``_name``, and ``_middle`` and ``_reading`` where that does not hold them.

    The server composes ``fullname`` when a record is saved; it may be absent, and most
    orders leave the middle name out. A reading of the name (yomi) that is no copy says
    how it is pronounced.

    :param order: callable, key of ``ORDERS``; only who has no full name asks
    """
    first, middle, last = (
        str(data.get(part) or "").strip()
        for part in ("firstname", "middlename", "lastname")
    )
    full = str(data.get("fullname") or "").strip()
    name = full or ((first or last) and composed(order(), first, middle, last))
    if name:
        data["_name"] = name
    if middle and middle not in name:
        data["_middle"] = middle
    reading = str(data.get("yomifullname") or "").strip()
    if reading and reading not in (full, name):
        data["_reading"] = reading


def composed(order, first, middle, last):
    """Return a name in an order, without what is missing.

    >>> composed(0, "Mireille", "", "Astruc"), composed(0, "", "", "Plume")
    ('Astruc, Mireille', 'Plume')
    >>> composed(6, "太郎", "", "山田"), composed(None, "Ana", "Lu", "Sousa")
    ('山田 太郎', 'Ana Sousa')
    """
    pattern = ORDERS.get(order, ORDERS[FIRST_LAST])
    text = pattern.format(first=first, middle=middle, last=last)
    return " ".join(text.split()).strip(", ")
