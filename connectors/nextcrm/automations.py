"""What runs by itself in NextCRM, told from the rows of ``inventory.workflows``.

The timers of the follow-up are those of the product (source, v0.14:
``lib/crm/funnel-timers.ts``): five touches from the day on which a deal enters a stage of
the kind ``qualified``; lost after some days of silence there; visits of care in a stage of
the kind ``care``; contracts that are to be renewed; targets that are taken up again.
"""

from ..core.sentences import _lt
from ..mapping.automations import (
    OWNER_OF_RECORD,
    Automation,
    Condition,
    Delay,
    Step,
    Trigger,
    Value,
    as_whole,
)

_TOUCHES = (
    ("cadence_touch1_business_days", 3, "call", _lt("Confirm that the quote arrived")),
    ("cadence_touch2_offset_days", 7, "email", _lt("Check in by e-mail")),
    ("cadence_touch3_offset_days", 10, "email", _lt("E-mail or call")),
    ("cadence_touch4_offset_days", 15, "call", _lt("Call about time and obstacles")),
    ("cadence_touch5_offset_days", 45, "email", _lt("Last reminder: offer more time")),
)
"""Setting, its default, kind of activity and title of each touch. The fifth counts from
the third, as the fourth does."""
_MAX_VISITS = 20
NAMELESS_REPORT = _lt("Report")
"""What a report is called whose settings are gone."""


def tell_workflow(row):
    """Return the ``Automation``s of a row of the stream ``workflows``."""
    return {
        "email_sequence": _tell_sequence,
        "follow_up": _tell_follow_up,
        "approval": _tell_approval,
        "report": _tell_report,
    }.get(row.get("kind"), _tell_other)(row)


def _tell_other(row):
    trigger = Trigger("other", text=str(row.get("trigger") or ""))
    return (Automation(str(row.get("title") or ""), "workflow", trigger),)


def _tell_sequence(row):
    steps, waited = [], 0
    for each in row.get("steps") or ():
        waited += as_whole(each.get("delay_days"))
        late = each.get("send_to") == "non_openers"
        steps.append(
            Step(
                "other",
                delay=Delay(waited),
                text=_lt("Send the e-mail “%(name)s”", name=each.get("subject") or "–"),
                gap=_lt("Only to those who have not opened the one before.")
                if late
                else "",
            )
        )
    status = (row.get("data") or {}).get("status")
    return (
        Automation(
            str(row.get("title") or ""),
            "sequence",
            Trigger("list", text=_lt("The campaign is sent to its lists")),
            about="campaigns",
            is_active=bool(row.get("is_active")),
            steps=tuple(steps),
            used_by=(_lt("State of the campaign: %(state)s", state=status),)
            if status
            else (),
        ),
    )


def _tell_follow_up(row):
    data = row.get("data") or {}
    settings = data.get("settings") or {}
    kinds = {}
    for stage in data.get("stages") or ():
        kinds.setdefault(stage.get("stage_kind"), []).append(stage)
    silent = as_whole(settings.get("kill_after_days"), 45)
    found = [
        *(_tell_cadence(stage, settings) for stage in kinds.get("qualified", ())),
        *(_tell_care(stage, settings) for stage in kinds.get("care", ())),
        _tell_renewal(as_whole(settings.get("renewal_window_days"), 30)),
        _tell_recycling(as_whole(settings.get("recycle_after_days"), 90)),
    ]
    if kinds.get("qualified"):
        found.insert(0, _tell_closing(kinds["qualified"], silent))
    return tuple(found)


def _tell_closing(stages, days):
    return Automation(
        _lt("Close silent deals as lost"),
        "follow_up",
        Trigger("date", ("updatedAt",), delay=Delay(days)),
        about="deals",
        is_active=True,
        conditions=(
            Condition("sales_stage", "in", [stage["id"] for stage in stages]),
            Condition("_state", "=", "open"),
        ),
        steps=(Step("outcome", data={"outcome": "lost"}),),
        gaps=(
            _lt(
                "NextCRM counts from the last mail or activity of the customer, Odoo from "
                "the last change of the deal."
            ),
        ),
    )


def _entered(stage):
    value = Value("sales_stage", stage["id"], label=str(stage.get("name") or ""))
    return Trigger("changed", ("sales_stage",), value)


def _remind(summary, days, kind="todo"):
    data = {"summary": summary, "user": OWNER_OF_RECORD, "kind": kind, "days": 0}
    return Step("activity", data=data, delay=Delay(days))


def _tell_cadence(stage, settings):
    steps, at = [], []
    for number, (name, default, kind, title) in enumerate(_TOUCHES):
        begin = at[min(number, 3) - 1] if number else 0
        at.append(begin + as_whole(settings.get(name), default))
        steps.append(_remind(title, at[-1], kind))
    return Automation(
        _lt("Follow-up of quotes: %(stage)s", stage=stage.get("name") or ""),
        "follow_up",
        _entered(stage),
        about="deals",
        is_active=True,
        steps=tuple(steps),
        gaps=(_lt("The days until the first touch are working days in NextCRM."),),
    )


def _tell_care(stage, settings):
    first = as_whole(settings.get("care_checkin_days"), 30)
    second = as_whole(settings.get("care_referral_days"), 90)
    every = as_whole(settings.get("care_quarter_interval_days"), 90)
    count = min(as_whole(settings.get("care_quarter_count"), 8), _MAX_VISITS)
    steps = [
        _remind(_lt("Check in with the customer"), first),
        _remind(_lt("Ask for a referral"), second),
    ]
    for number in range(1, count + 1):
        title = _lt("Quarterly visit %(number)s", number=number)
        steps.append(_remind(title, second + number * every))
    return Automation(
        _lt("Customer care: %(stage)s", stage=stage.get("name") or ""),
        "follow_up",
        _entered(stage),
        about="deals",
        is_active=True,
        steps=tuple(steps),
    )


def _tell_renewal(days):
    return Automation(
        _lt("Contracts to be renewed"),
        "follow_up",
        Trigger("date", ("renewalReminderDate",), delay=Delay(days, before=True)),
        about="contracts",
        is_active=True,
        steps=(_remind(_lt("Renew the contract"), 0),),
    )


def _tell_recycling(days):
    text = _lt(
        "A target has had the last mail of a sequence %(days)s [[days|day|days]] ago and was not "
        "converted",
        days=days,
    )
    return Automation(
        _lt("Take up targets again"),
        "follow_up",
        Trigger("other", text=text),
        about="targets",
        is_active=True,
        steps=(Step("other", text=_lt("Put the target on the list “Recycled”")),),
    )


def _tell_approval(row):
    counts = (row.get("data") or {}).get("deals") or {}
    used = ", ".join(f"{state}: {count}" for state, count in sorted(counts.items()))
    return (
        Automation(
            _lt("Approval of quotes"),
            "approval",
            Trigger("asked", text=_lt("Somebody asks for the approval of a deal")),
            about="deals",
            is_active=True,
            steps=(
                Step("other", text=_lt("A manager approves or refuses, with a note")),
            ),
            used_by=(_lt("Deals by state: %(states)s", states=used),) if used else (),
        ),
    )


def _tell_report(row):
    data = row.get("data") or {}
    to = ", ".join(map(str, data.get("recipients") or ()))
    schedule = str(row.get("trigger") or "").removeprefix("schedule ")
    title = str(row.get("title") or NAMELESS_REPORT)
    return (
        Automation(
            NAMELESS_REPORT if title == NAMELESS_REPORT else title,
            "schedule",
            Trigger("schedule", text=_lt("Schedule %(cron)s", cron=schedule)),
            is_active=bool(row.get("is_active")),
            steps=(
                Step("other", text=_lt("Send the report by e-mail to %(to)s", to=to)),
            ),
        ),
    )
