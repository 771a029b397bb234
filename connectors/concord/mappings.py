"""Default mapping of Concord CRM. Copied into the job, where the user reviews it."""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, LANGUAGES, STATES
from ..mapping.vocabulary import (
    ValueList,
)
from .mappings_deals import DEALS
from .mappings_history import HISTORY
from .mappings_left_out import LEFT_OUT  # noqa: F401  # a part of the profile
from .mappings_people import PEOPLE

VALUE_LISTS = (
    LANGUAGES,
    COUNTRIES,
    STATES,
    ValueList(
        "lost_reasons", _lt("Lost reasons"), model="crm.lost.reason", create=True
    ),
    ValueList("units", _lt("Units of products"), model="uom.uom", create=True),
    ValueList(
        "activity_kinds",
        _lt("Kinds of activities"),
        choices=(
            ("meeting", _lt("Meeting in the calendar")),
            ("activity", _lt("Activity to be done")),
            ("task", _lt("Task of a project")),
        ),
        proposals={"meeting": "meeting"},
        otherwise="activity",
    ),
)

MAPPINGS = (*PEOPLE, *DEALS, *HISTORY)
