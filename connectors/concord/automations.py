"""Workflows of Concord CRM: one trigger and one action each (source, 1.6.0).

Triggers are ``Modules/*/Workflow/Triggers``, actions ``Modules/*/Workflow/Actions``. What
was entered for both is in ``data``: ``stage_id``, ``status`` or ``document_status`` of a
trigger that watches a field, and the fields of the action.
"""

import re

from ..core.sentences import _lt
from ..mapping.automations import (
    OWNER_OF_RECORD,
    Automation,
    Step,
    Trigger,
    Value,
    as_whole,
)

_ON_CREATE = {
    "ContactCreated": "contacts",
    "CompanyCreated": "companies",
    "DealCreated": "deals",
}
_DAYS = {
    **{f"in_{days}_day{'s' * (days > 1)}": days for days in range(1, 6)},
    "in_1_week": 7,
    "in_2_week": 14,
    "in_1_month": 30,
}
"""``due_date`` of an activity → days (``CreateActivityAction::getDueDate``)."""
_WEEKENDS = ("in_1_week", "in_2_week", "in_1_month")
_RECIPIENTS = {
    "user": OWNER_OF_RECORD,
    **dict.fromkeys(("self", "contacts", "companies"), "self"),
}
"""``to`` of an e-mail: a relation of the record, of which the first counts."""
_TAG = re.compile(
    r"<(input|textarea)\b[^>]*\bdata-tag=\"([\w.]+)\"[^>]*>(</textarea>)?"
)
"""A placeholder of the editor (``Placeholders::parseWhenViaInputFields``)."""


def tell_workflow(row):
    """Return the one ``Automation`` that a row of ``/workflows`` is."""
    data = row.get("data") if isinstance(row.get("data"), dict) else {}
    name = _base_name(row.get("trigger_type"))
    about, trigger = _tell_trigger(name, data)
    step = _tell_action(_base_name(row.get("action_type")), data)
    runs = as_whole(row.get("total_executions"))
    return (
        Automation(
            name=str(row.get("title") or ""),
            kind="workflow",
            about=about,
            trigger=trigger,
            is_active=bool(row.get("is_active")),
            steps=(step,),
            used_by=(_lt("It has run %(count)s times.", count=runs),) if runs else (),
            description=str(row.get("description") or ""),
        ),
    )


def _base_name(kind):
    return str(kind or "").rpartition("\\")[2]


def _tell_trigger(name, data):
    """Return (stream, ``Trigger``)."""
    if name in _ON_CREATE:
        return _ON_CREATE[name], Trigger("created")
    if name == "DealStageChanged":
        return "deals", _becomes("stage_id", data.get("stage_id"))
    if name == "DealStatusChanged":
        return "deals", _becomes("status", data.get("status"))
    if name == "DocumentStatusChanged":
        status = data.get("document_status") or data.get("status")
        return "documents", _becomes("status", status)
    if name == "MissedIncomingCall":
        return "", Trigger("other", text=_lt("An incoming call is missed"))
    return "", Trigger("other", text=_lt("Trigger %(name)s", name=name))


def _becomes(path, value):
    wanted = None if value in (None, "") else Value(path, value)
    return Trigger("changed", (path,), wanted)


def _tell_action(name, data):
    if name == "CreateActivityAction":
        return _tell_activity(data)
    if name == "SendEmailAction":
        return _tell_mail(data)
    if name == "WebhookAction":
        return _tell_webhook(data)
    if name == "MarkAssociatedActivitiesAsComplete":
        return Step("complete_activities")
    if name == "DeleteAssociatedActivities":
        return Step("delete_activities")
    if name == "MarkAssociatedDealsAsWon":
        return Step("other", text=_lt("Mark the deals of the record as won"))
    if name == "MarkAssociatedDealsAsLost":
        text = _lt(
            "Mark the deals of the record as lost, reason: %(reason)s",
            reason=data.get("lost_reason") or "–",
        )
        return Step("other", text=text)
    return Step("other", text=_lt("Action %(name)s", name=name))


def _tell_activity(data):
    due, user = data.get("due_date"), data.get("user_id")
    values = []
    if kind := data.get("activity_type_id"):
        values.append(Value("activity_type_id", kind, "activities"))
    if user and user != "owner":
        values.append(Value("user_id", user, "activities"))
    notes = []
    if due in _WEEKENDS:
        notes.append(_lt("An activity due on a weekend is moved to Monday."))
    if data.get("auto_associate"):
        notes.append(_lt("The activity is shown on all related records as well."))
    return Step(
        "activity",
        tuple(values),
        {
            "summary": str(data.get("activity_title") or ""),
            "note": str(data.get("note") or ""),
            "days": _DAYS.get(due, 0),
            "user": OWNER_OF_RECORD if user == "owner" else "",
        },
        note=_together(notes),
    )


def _together(texts):
    if len(texts) > 1:
        return _lt("%(one)s %(other)s", one=texts[0], other=texts[1])
    return texts[0] if texts else ""


def _tell_mail(data):
    to = str(data.get("to") or "")
    if not data.get("subject") and not data.get("message"):
        return Step("other", text=_lt("Send an e-mail of which nothing is known"))
    return Step(
        "mail",
        data={
            "to": _RECIPIENTS.get(to, to),
            "subject": str(data.get("subject") or ""),
            "body": _TAG.sub(r"{{ \2 }}", str(data.get("message") or "")),
            "dialect": "braces",
        },
        note=_lt("It is sent from the mailbox of the person in charge.")
        if data.get("email_account_id") == "owner_account"
        else "",
    )


def _tell_webhook(data):
    url = str(data.get("url") or "")
    # The screen takes it without the scheme, and calls https.
    url = url if "://" in url or not url else f"https://{url}"
    gap = ""
    if data.get("header_name"):
        gap = _lt(
            "It sends the header %(name)s, which Odoo's webhook action cannot.",
            name=data["header_name"],
        )
    return Step("webhook", data={"url": url}, gap=gap)
