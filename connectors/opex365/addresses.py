"""Further addresses of accounts and contacts: rows of a table of their own.

The same table also repeats the addresses that stand on the record itself: it names those
rows in ``address1_addressid`` and the like (reference of ``customeraddress``).
"""

from .labels import lower_id

_CUSTOMERS = ("parentid_account", "parentid_contact")
_ON_RECORD = (1, 2, 3)
"""``addressnumber`` of the addresses on the record; only contacts have a third."""


def complete_address(data):
    """Add ``_customer``, and ``_embedded`` where the customer itself says the address."""
    parents = [data.pop(navigation, None) for navigation in _CUSTOMERS]
    embedded = {
        lower_id(key)
        for parent in filter(None, parents)
        for name, key in parent.items()
        if name.endswith("_addressid")
    }
    # Whose customer may not be seen is told by its place: others have none, or a later one.
    unseen = not any(parents) and data.get("addressnumber") in _ON_RECORD
    if unseen or lower_id(data.get("customeraddressid")) in embedded:
        data["_embedded"] = True
    found = data.get("_links", {}).get("parentid") or {}
    if found.get("stream"):
        data["_customer"] = {"stream": found["stream"], "id": found["id"]}
