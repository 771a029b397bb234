"""Default mapping of NextCRM, put together; copied into the job, where the user reviews it."""

from ..mapping.vocabulary import ValueList
from .profile_history import HISTORY_MAPPINGS
from .profile_people import PEOPLE_MAPPINGS
from .profile_sales import SALES_MAPPINGS
from .profile_work import WORK_MAPPINGS

VERSION = 1

VALUE_LISTS = (
    ValueList("languages", "Languages", model="res.lang"),
    ValueList("countries", "Countries", model="res.country"),
    ValueList("states", "States and regions", model="res.country.state"),
    ValueList("sources", "Sources of leads", model="utm.source", create=True),
    ValueList("campaigns", "Campaigns of leads", model="utm.campaign", create=True),
    ValueList("deal_kinds", "Types of leads and deals", model="crm.tag", create=True),
    ValueList("activity_types", "Types of activities", model="mail.activity.type"),
    ValueList(
        "lead_states",
        "Statuses of leads",
        choices=(("open", "Open"), ("lost", "Lost")),
        proposals={"Lost": "lost", "LOST": "lost"},
        otherwise="open",
    ),
)

MAPPINGS = (*PEOPLE_MAPPINGS, *SALES_MAPPINGS, *HISTORY_MAPPINGS, *WORK_MAPPINGS)
