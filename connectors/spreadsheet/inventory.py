"""Tables that are known, and become no records: what they say is kept with the migration."""

from ..core.sentences import _lt
from ..mapping.vocabulary import left_out
from .automations import LISTS
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


def rules_for_inventory(groups):
    """Return why rows of such tables become no records."""
    return tuple(
        left_out(group.name, why) for group in groups if (why := why_inventory(group))
    )
