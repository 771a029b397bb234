"""Default mapping of Concord CRM. Copied into the job, where the user reviews it."""

from ..mapping.blocks import COUNTRIES, LANGUAGES, STATES
from ..mapping.vocabulary import (
    ValueList,
)
from .mappings_deals import DEALS
from .mappings_history import HISTORY
from .mappings_people import PEOPLE

VALUE_LISTS = (
    LANGUAGES,
    COUNTRIES,
    STATES,
    ValueList("lost_reasons", "Lost reasons", model="crm.lost.reason", create=True),
    ValueList("units", "Units of products", model="uom.uom", create=True),
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
