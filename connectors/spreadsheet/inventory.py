"""Tables that are known, and become no records: what they say is kept with the migration."""

from ..core.sentences import _lt
from ..mapping.vocabulary import left_out
from .automations import LISTS
from .conditions import rules_for_deleted
from .names import squeeze
from .stage_history import HISTORY, TOLD

USER_GROUPS = ("groups", "user_groups", "teams", "user_teams", "roles", "user_roles")
"""What lists of groups of users are called."""
_MEMBERS = ("members", "member", "users", "group members", "team members")


def why_inventory(group):
    """Return why the rows of a table become nothing, None where they may become something.

    :param group: ``Group``; a person may have called it an object of its own
    """
    if group.label:
        return None
    if group.name in LISTS:
        return _lt(
            "told in the rebuild guide: nothing runs by itself after a migration"
        )
    if group.known == HISTORY:
        return TOLD
    names = {squeeze(name) for name in group.columns}
    if group.name in USER_GROUPS and names & set(map(squeeze, _MEMBERS)):
        return _lt("says who belongs together; rights are never granted by a migration")
    return None


def rules_for(groups):
    """Return why rows of such tables, those deleted, and those unwanted become none."""
    rules = []
    for group in groups:
        if why := why_inventory(group):
            rules.append(left_out(group.name, why))
        elif group.is_left_out:
            why = _lt("left out: nothing of this table was wanted")
            rules.append(left_out(group.name, why))
        rules += rules_for_deleted(group.name, group.columns)
    return tuple(rules)
