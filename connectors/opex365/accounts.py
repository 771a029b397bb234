"""Accounts that are nobody: the platform's own, applications, service accounts."""

from ..core.errors import FatalError
from .api import query
from .labels import lower_id

NOBODY = frozenset({3, 4, 5})
"""``accessmode``: support of Microsoft, non-interactive, delegated administrator."""
PLATFORM = frozenset({"SYSTEM", "INTEGRATION"})
"""Names that the platform's own two have in every language; they have no address."""
STAMPS = {
    "_createdby_value": "_creator",
    "_modifiedby_value": "_editor",
    "_ownerid_value": "_owner",
}
_COLUMNS = (
    "systemuserid,fullname,applicationid,accessmode,domainname,internalemailaddress"
)
_WHERE = (
    "applicationid ne null or accessmode eq 3 or accessmode eq 4 or accessmode eq 5"
    " or domainname eq null or domainname eq ''"
)


def is_person(row):
    """Tell whether a user stands for somebody.

    >>> is_person({"fullname": "SYSTEM", "domainname": ""}), is_person({"fullname": "Ana"})
    (False, True)
    """
    if row.get("applicationid") or row.get("accessmode") in NOBODY:
        return False
    has_address = row.get("domainname") or row.get("internalemailaddress")
    return bool(has_address) or str(row.get("fullname") or "").strip() not in PLATFORM


def read_nobodies(api):
    """Return id → name of the accounts that are no person; a few hundred at most."""
    path = f"systemusers?{query(select=_COLUMNS, filter=_WHERE)}"
    try:
        rows = api.rows(path, stream="users")
    except FatalError:
        # Who may not read the users cannot tell; then everybody counts as a person.
        return {}
    return {
        lower_id(row.get("systemuserid")): row.get("fullname") or ""
        for row in rows
        if isinstance(row, dict) and not is_person(row)
    }


def complete_stamps(data, nobodies):
    """Add ``_creator``, ``_editor``, ``_owner``: ids of people and teams.

    What an account did that is nobody is nobody's: ``_written_by`` names it.
    """
    for column, member in STAMPS.items():
        key = lower_id(data.get(column))
        if key and key not in nobodies:
            data[member] = key
    made_by = lower_id(data.get("_createdby_value"))
    if nobodies.get(made_by):
        data["_written_by"] = nobodies[made_by]
