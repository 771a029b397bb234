"""A source whose records say what runs by itself, and what they refer to."""

from ...connectors.core.source import Stream
from ...connectors.mapping.automations import (
    OWNER_OF_RECORD,
    Automation,
    Condition,
    Delay,
    Step,
    Trigger,
    Value,
)
from ...connectors.mapping.vocabulary import (
    boolean,
    constant,
    date,
    decimal,
    email,
    field,
    lookup,
    lookup_all,
    mapping,
    owner,
    replace_values,
    strip,
)
from ..common import FakeSource

DATA = {
    "stages": [{"id": 1, "name": "First look"}, {"id": 2, "name": "Offer <sent>"}],
    "tags": [{"id": 1, "name": "Grün & gut"}],
    "users": [{"id": 7, "name": "Ana Sá", "email": "ana.sa@firm.example"}],
    "companies": [{"id": 1, "name": "Søder & Søn", "email": "post@soder.example"}],
    "contacts": [{"id": 1, "name": "Åse Dahl", "email": "ase@soder.example"}],
    "deals": [{"id": 1, "title": "Old deal", "stage": 1, "amount": "10", "owner": 7}],
}


def _calling(summary, **more):
    data = {"summary": summary, "note": "<p>Ask <b>who</b> decides</p>", "kind": "call"}
    data |= {"days": 3, "user": OWNER_OF_RECORD}
    return Step("activity", data=data, **more)


_REACHED = Trigger("changed", ("stage",), Value("stage", 2))
_WON = Trigger("changed", ("status",), Value("status", "won"))
_LOST = Trigger("changed", ("status",), Value("status", "lost"))
_CALL = Step("webhook", data={"url": "https://hooks.example.com/in?key=invented"})

AUTOMATIONS = {
    "created": Automation(
        "Call new deals", "workflow", Trigger("created"), "deals", True,
        steps=(_calling("Call <them>"),),
    ),
    "stage": Automation(
        "Call at the offer", "workflow", _REACHED, "deals", True, steps=(_calling("Ring"),)
    ),
    "field": Automation(
        "Big deals", "flow", Trigger("changed", ("amount",)), "deals", True,
        conditions=(Condition("amount", ">", 1000), Condition("status", "=", "open")),
        steps=(
            Step("set", (Value("hot", True), Value("decides", "2030-05-06"))),
            Step("tag", (Value("tags", [1], label="Grün & gut"),)),
        ),
    ),
    "won": Automation(
        "Done when won", "workflow", _WON, "deals", True, steps=(Step("complete_activities"),)
    ),
    "lost": Automation(
        "Forget when lost", "workflow", _LOST, "deals", False, steps=(Step("delete_activities"),)
    ),
    "date": Automation(
        "Before they decide", "workflow",
        Trigger("date", ("decides",), delay=Delay(5, before=True)), "deals", True,
        steps=(_calling("Remind"),),
    ),
    "waits": Automation(
        "Twice behind the offer", "sequence", _REACHED, "deals", True,
        steps=(
            _calling("At once"),
            _calling("Later", delay=Delay(10)),
            Step("outcome", data={"outcome": "lost"}, delay=Delay(40)),
        ),
    ),
    "mail": Automation(
        "Welcome", "workflow", Trigger("created"), "contacts", True,
        steps=(
            Step("mail", data={
                "to": "self", "subject": "Welcome {{ first_name }}", "dialect": "braces",
                "body": "<p>Dear {{ first_name }} <script>x()</script> {{ object.env }}</p>",
            }),
        ),
    ),
    "mail_owner": Automation(
        "Tell the owner", "flow", _WON, "deals", True,
        steps=(
            Step("mail", data={
                "to": OWNER_OF_RECORD, "subject": "Won: [[title]]",
                "body": "<p>[[title]] of [[company_id]] is won, [[nothing]]</p>",
            }),
        ),
    ),
    "webhook": Automation(
        "Tell the ERP", "workflow", Trigger("created"), "companies", True, steps=(_CALL,)
    ),
    "user": Automation(
        "For Ana", "workflow", Trigger("created"), "companies", True,
        steps=(
            Step("activity", (Value("owner", 7, "deals"),), {"summary": "For Ana", "days": 0}),
        ),
    ),
    "partly": Automation(
        "Half of it", "flow", Trigger("created"), "deals", None,
        steps=(_calling("Half"), Step("other", text="Print a letter")),
        used_by=("It has run 3 times.",),
    ),
    "condition": Automation(
        "Only some", "flow", Trigger("created"), "deals", True,
        conditions=(Condition(text="(a or b)"),), steps=(_calling("Never"),),
    ),
    "missing": Automation(
        "Of a stage that is gone", "workflow",
        Trigger("changed", ("stage",), Value("stage", 99)), "deals", True,
        steps=(_calling("Never"),),
    ),
    "approval": Automation(
        "=2+3", "approval", Trigger("asked", text="Somebody asks"), "deals", True,
        steps=(Step("other", text="A manager approves"),),
    ),
    "library": Automation("Firm.Plugins", "library", Trigger("other"), is_managed=True),
}  # fmt: skip
DRAFTED = {
    *("created", "stage", "field", "won", "lost", "date", "waits", "mail"),
    *("mail_owner", "webhook", "user"),
}


class RebuildSource(FakeSource):
    """``AUTOMATIONS`` by the ids of the records of its stream ``workflows``."""

    streams = (
        *(Stream(name, name.capitalize()) for name in ("stages", "tags", "users")),
        *FakeSource.streams,
        Stream("workflows", "Workflows"),
    )
    automations = {"workflows": lambda row: (AUTOMATIONS[row["id"]],)}

    def get_mappings(self):
        return MAPPINGS


MAPPINGS = (
    mapping("stages", "crm.stage", field("name", "name", strip, required=True)),
    mapping("tags", "crm.tag", field("name", "name", strip, required=True)),
    mapping(
        "users",
        "res.users",
        field("name", "name", strip, required=True),
        field("login", "email", email, required=True),
        field("email", "email", email),
    ),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("email", "email", email),
        field("user_id", "owner", owner),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(False)),
        field("email", "email", email),
        field("user_id", "owner", owner),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("stage_id", "stage", lookup("stages")),
        field("expected_revenue", "amount", decimal),
        field("partner_id", "company_id", lookup("companies")),
        field("user_id", "owner", owner),
        field("tag_ids", "tags", lookup_all("tags")),
        field("date_deadline", "decides", date),
        field("priority", "hot", boolean, replace_values(true="2", false="0")),
        field("@state", "status", replace_values(open="open", won="won", lost="lost")),
        after=("stages", "tags", "users", "companies"),
    ),
)
