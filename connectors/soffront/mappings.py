"""Default mapping of Soffront CRM. Copied into the job, where the user reviews it.

Sources are the parts that a field plays (``fields`` of an object in ``defaults.py``), not
its name: that differs from one installation to the next, and ``proposal.py`` finds it.
"""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, STATES
from ..mapping.vocabulary import (
    ValueList,
    boolean,
    decimal_as,
    field,
    html,
    integer,
    join,
    plain_text,
    split,
)
from .mappings_activities import ACTIVITIES
from .mappings_common import DAY, INSTANT
from .mappings_left_out import LEFT_OUT  # noqa: F401  # a part of the profile
from .mappings_people import PEOPLE_AND_DEALS
from .mappings_service import SERVICE

VALUE_LISTS = (
    COUNTRIES,
    STATES,
    ValueList(
        "industries", _lt("Industries"), model="res.partner.industry", create=True
    ),
    ValueList("campaigns", _lt("Campaigns"), model="utm.campaign", create=True),
    ValueList("stages", _lt("Stages of deals"), model="crm.stage", create=True),
    ValueList(
        "deal_states",
        _lt("Outcome of a deal, by its stage"),
        choices=(("open", _lt("Open")), ("won", _lt("Won")), ("lost", _lt("Lost"))),
        words="STAGE_OUTCOMES",
    ),
    ValueList(
        "activity_kinds",
        _lt("Kinds of activities"),
        choices=(
            ("meeting", _lt("Meeting in the calendar")),
            ("call", _lt("Call: in the history once it was made, else to be made")),
            (
                "email",
                _lt("E-mail: in the history once it was sent, else to be written"),
            ),
            ("activity", _lt("Activity to be done")),
        ),
        proposals={
            "Meeting": "meeting",
            "Appointment": "meeting",
            "Call": "call",
            "Phone Call": "call",
            "E-mail": "email",
            "Email": "email",
        },
        otherwise="activity",
    ),
    ValueList(
        "activity_states",
        _lt("States of activities"),
        choices=(("open", _lt("Still to be done")), ("done", _lt("Done"))),
        words="PROGRESS",
    ),
    ValueList(
        "task_states",
        _lt("States of projects' tasks, defects and issues"),
        choices=(
            ("open", _lt("Open")),
            ("done", _lt("Done")),
            ("cancelled", _lt("Cancelled")),
        ),
        proposals={"Fixed": "done", "Certified": "done"},
        words="PROGRESS",
    ),
    ValueList(
        "ticket_stages",
        _lt("Statuses of tickets"),
        model="helpdesk.ticket.stage",
        create=True,
    ),
    ValueList(
        "ticket_categories",
        _lt("Categories of tickets"),
        model="helpdesk.ticket.category",
        create=True,
    ),
    ValueList(
        "ticket_teams",
        _lt("Queues of tickets"),
        model="helpdesk.ticket.team",
        create=True,
    ),
    ValueList(
        "task_priorities",
        _lt("Priorities of tickets and tasks"),
        choices=(
            ("0", _lt("Low")),
            ("1", _lt("Medium")),
            ("2", _lt("High")),
            ("3", _lt("Urgent")),
        ),
        proposals={"1": "2", "High": "2", "1-High": "2", "Urgent": "3"},
        otherwise="0",
    ),
)

MAPPINGS = (*PEOPLE_AND_DEALS, *ACTIVITIES, *SERVICE)

IGNORED = {
    "FormID": _lt("the number of the row: it identifies the record in Soffront"),
    "IsDeleted": _lt("deleted records are not read"),
}
"""Members that every record has."""

OF_STREAM = {
    "notes": {
        "Record": _lt("the number of the record that the note hangs on"),
        "ShowP": _lt(
            "whether Soffront's portal shows it: public notes can be seen there"
        ),
    },
}
"""Stock fields of one object that carry nothing more."""

INSTEAD = {
    ("contacts", "name"): field(
        "name", ("first_name", "last_name"), join(" "), plain_text, required=True
    ),
}
"""What fills a target where the installation has no field for its usual source."""

CUSTOM_STEPS = {
    "char": (plain_text,),
    "text": (plain_text,),
    "html": (html,),
    "integer": (integer,),
    "float": (decimal_as("."),),
    "boolean": (boolean,),
    "date": (DAY,),
    "datetime": (INSTANT,),
    "selection": (plain_text,),
    "multi_selection": (split(","),),
}
"""Steps of a field of the customer's own, by its kind."""
