"""Default mapping of Concord CRM. Copied into the job, where the user reviews it."""

from ..mapping.vocabulary import (
    ValueList,
)
from .profile_deals import DEALS
from .profile_history import HISTORY
from .profile_people import PEOPLE

VERSION = 1

VALUE_LISTS = (
    ValueList("languages", "Languages", model="res.lang"),
    ValueList("countries", "Countries", model="res.country"),
    ValueList("states", "States and regions", model="res.country.state"),
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
