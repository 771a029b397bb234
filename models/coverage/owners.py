"""Which owner a cell names, and whether it was decided that nobody stands for one."""

from .alike import fold
from .verdicts import FIELD, LEFT_OUT


def find_owner(declared, value, look):
    """Return the key of the owner that a value names, None for none.

    A cell may hold the name and the address of one person: ``Ana;ana@example.com;``.
    """
    if not declared.owner:
        return None
    for key in declared.keys(value):
        if key in look.owners:
            return key
    pieces = {piece.strip() for piece in str(value).split(";")} - {""}
    known = [piece for piece in pieces if piece in look.owners]
    if len(known) != 1:
        return None
    [key] = known
    names = {fold(piece) for piece in pieces if piece != key}
    return key if names <= {look.owner_names.get(key)} else None


def look_for_owner(declared, value, look, model, ids):
    """Return FIELD or (LEFT_OUT, reason), None where no such user is among the records."""
    key = find_owner(declared, value, look)
    if key is None:
        return None
    user_id = look.owners[key]
    if not user_id:
        return LEFT_OUT, look.words("owner_empty")
    # Who made something had it before somebody took over.
    for each in filter(None, (user_id, look.former.get(key))):
        if look.stands_for(("res.users", each), model, ids):
            return FIELD
    return None


def why_empty(declared, value, look):
    """Return the code of the decision that a value stands for nothing, None for none."""
    for key in declared.keys(value):
        if any(look.decisions.get((name, key)) is False for name in declared.lists):
            return "decided_empty"
    owner = find_owner(declared, value, look)
    if owner is not None and look.owners[owner] is False:
        return "owner_empty"
    return None
