"""Default mapping of Concord CRM. Copied into the job, where the user reviews it."""

from ..mapping.blocks import COUNTRIES, LANGUAGES, STATES
from ..mapping.vocabulary import (
    ValueList,
)
from .profile_deals import DEALS
from .profile_history import HISTORY
from .profile_people import PEOPLE

VALUE_LISTS = (
    LANGUAGES,
    COUNTRIES,
    STATES,
    ValueList("lost_reasons", "Lost reasons", model="crm.lost.reason", create=True),
    ValueList(
        "activity_kinds",
        "Kinds of activities",
        choices=(
            ("meeting", "Meeting in the calendar"),
            ("activity", "Activity to be done"),
            ("task", "Task of a project"),
        ),
        proposals={"meeting": "meeting"},
        otherwise="activity",
    ),
)

MAPPINGS = (*PEOPLE, *DEALS, *HISTORY)
