"""The definition of a cloud flow, as ``clientdata`` of its row holds it.

A definition of Logic Apps: one trigger, actions by name, each with ``runAfter``. What the
Dataverse connector is told stands in ``inputs.parameters`` (recorded in public solutions):
``subscriptionRequest/message`` 1 create, 2 delete, 3 update, 4 create or update, 5 create
or delete, 6 update or delete, 7 all; ``item/<column>`` of a row that is written.
"""

import json
import re

from ..core.sentences import _lt
from ..mapping.automations import (
    OWNER_OF_RECORD,
    Condition,
    Delay,
    Step,
    Trigger,
    Value,
    as_whole,
)
from .streams import STREAM_OF

MESSAGES = {1: "created", 2: "deleted", 3: "changed", 4: "created_or_changed"}
_OPERATORS = {"eq": "=", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_COMPARISONS = {
    "equals": "=",
    "greater": ">",
    "greaterOrEquals": ">=",
    "less": "<",
    "lessOrEquals": "<=",
    "contains": "contains",
}
_UNITS = {"Minute": "minutes", "Hour": "hours", "Day": "days", "Month": "months"}
_CLAUSE = re.compile(r"\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+('(?:[^']|'')*'|[\w.:+-]+)\s*")
_COLUMN = r"trigger(?:Outputs|Body)\(\)\?\['(?:body/)?(\w+)'\]"
_OF_TRIGGER = re.compile(rf"^@\{{?{_COLUMN}\}}?$")
_WITHIN = re.compile(rf"@\{{{_COLUMN}\}}")
_ADD_DAYS = re.compile(r"^@\{?addDays\(utcNow\(\),\s*(\d+)")
_REGARDING = re.compile(r"^item/regardingobjectid_\w+@odata\.bind$")
_WRITES = ("UpdateRecord", "UpdateOnlyRecord")
_TASKS = {"tasks": "todo", "phonecalls": "call", "appointments": "meeting"}
MAX_STEPS = 200


def read_definition(text):
    """Return the definition within ``clientdata``, empty where there is none.

    >>> read_definition('{"properties": {"definition": {"actions": {}}}}')
    {'actions': {}}
    >>> read_definition("<xml>"), read_definition(None), read_definition("[1]")
    ({}, {}, {})
    """
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    for name in ("properties", "definition"):
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def tell_trigger(definition):
    """Return (stream, ``Trigger``, ``Condition``s) of a definition."""
    triggers = _dict(definition, "triggers")
    name, trigger = next(iter(triggers.items()), ("", {}))
    kind = trigger.get("type") if isinstance(trigger, dict) else None
    if kind == "Recurrence":
        each = _dict(trigger, "recurrence")
        text = _lt(
            "Every %(count)s × %(unit)s",
            count=as_whole(each.get("interval"), 1),
            unit=each.get("frequency") or "–",
        )
        return "", Trigger("schedule", text=text), ()
    if kind == "Request":
        by_hand = trigger.get("kind") in ("Button", "PowerApp", "PowerAppV2", "Skills")
        return "", Trigger("asked" if by_hand else "called"), ()
    said = _dict(_dict(trigger, "inputs"), "parameters")
    table = said.get("subscriptionRequest/entityname")
    if not table:
        word = str(name).replace("_", " ")
        return "", Trigger("other", text=_lt("Trigger “%(name)s”", name=word)), ()
    watched = str(said.get("subscriptionRequest/filteringattributes") or "")
    columns = tuple(filter(None, (each.strip() for each in watched.split(","))))
    message = as_whole(said.get("subscriptionRequest/message"))
    kind = MESSAGES.get(message)
    if not kind:
        text = _lt("A record is created, changed or deleted")
        return STREAM_OF.get(table, table), Trigger("other", text=text), ()
    trigger = Trigger(kind, columns if kind != "created" else ())
    conditions = read_filter(said.get("subscriptionRequest/filterexpression"))
    return STREAM_OF.get(table, table), trigger, conditions


def read_filter(text):
    """Return the ``Condition``s of an OData filter; what is no plain one stays text.

    >>> [(c.path, c.operator, c.value) for c in read_filter("estimatedvalue gt 1000 and a eq 'x''y'")]
    [('estimatedvalue', '>', 1000), ('a', '=', "x'y")]
    >>> read_filter("(a eq 1 or b eq null)")
    (Condition(path='', operator='', value=None, text='(a eq 1 or b eq null)'),)
    >>> [(c.path, c.operator) for c in read_filter("b ne null")], read_filter(None)
    ([('b', 'set')], ())
    """
    if not text:
        return ()
    found = []
    for clause in re.split(r"\s+and\s+", str(text)):
        match = _CLAUSE.fullmatch(clause)
        if not match:
            return (Condition(text=str(text)),)
        path, operator, literal = match.groups()
        found.append(_compare(path, _OPERATORS[operator], _literal(literal)))
    return tuple(found)


def _literal(text):
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    plain = {"null": None, "true": True, "false": False}
    if text in plain:
        return plain[text]
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def _compare(path, operator, value):
    if value is None:
        operator = "set" if operator == "!=" else "unset"
    return Condition(path, operator, value)


def tell_steps(definition):
    """Return (``Step``s, ``Condition``s) in the order in which they run.

    A condition around everything is one of the flow itself.
    """
    actions = _dict(definition, "actions")
    conditions = ()
    while len(actions) == 1:
        (action,) = actions.values()
        if not isinstance(action, dict) or action.get("type") != "If":
            break
        if _dict(_dict(action, "else"), "actions"):
            break
        conditions += _read_expression(action.get("expression"))
        actions = _dict(action, "actions")
    steps, waited = [], Delay()
    for name, action in _in_order(actions):
        wait = _wait_of(action)
        if wait is not None:
            try:
                waited = waited + wait
            except ValueError:
                steps.append(Step("other", text=_lt("Wait: %(name)s", name=name)))
            continue
        steps.append(_tell_action(name, action, waited))
    return tuple(steps), conditions


def _in_order(actions):
    """Yield (name, action), each behind those it waits for."""
    left = {name: each for name, each in actions.items() if isinstance(each, dict)}
    left = dict(list(left.items())[:MAX_STEPS])
    while left:
        ready = [
            name
            for name, each in left.items()
            if not set(_dict(each, "runAfter")) & set(left) - {name}
        ]
        for name in ready or list(left):
            yield name.replace("_", " "), left.pop(name)


def _wait_of(action):
    interval = _dict(_dict(action, "inputs"), "interval")
    if action.get("type") != "Wait" or interval.get("unit") not in _UNITS:
        return None
    return Delay(as_whole(interval.get("count")), _UNITS[interval["unit"]])


def _read_expression(expression):
    """Return the conditions of an ``If``; anything but plain ones joined by *and* is text."""
    parts = _dict({"x": expression}, "x").get("and")
    found = []
    for part in parts if isinstance(parts, list) else ():
        name, sides = next(iter(part.items()), ("", None)) if part else ("", None)
        path = _OF_TRIGGER.match(str(sides[0])) if _is_pair(sides) else None
        plain = path and not str(sides[1]).startswith("@")
        if name not in _COMPARISONS or not plain:
            break
        found.append(_compare(path[1], _COMPARISONS[name], sides[1]))
    else:
        if found:
            return tuple(found)
    return (Condition(text=json.dumps(expression, ensure_ascii=False)[:500]),)


def _is_pair(sides):
    return isinstance(sides, list) and len(sides) == 2


def _tell_action(name, action, delay):
    inputs = _dict(action, "inputs")
    operation = _dict(inputs, "host").get("operationId")
    said = _dict(inputs, "parameters")
    if action.get("type") == "Http" and inputs.get("method") == "POST":
        return _tell_call(inputs, delay)
    if operation in ("SendEmailV2", "SendEmail"):
        return _tell_mail(said, delay)
    if operation in _WRITES and _OF_TRIGGER.match(str(said.get("recordId"))):
        return _tell_update(said, delay)
    if operation == "CreateRecord" and said.get("entityName") in _TASKS:
        return _tell_task(said, delay)
    if action.get("type") in ("If", "Switch", "Foreach", "Until", "Scope"):
        text = _lt("%(kind)s “%(name)s”", kind=action["type"], name=name)
        gap = _lt("Odoo's rules have no branches and no loops.")
        return Step("other", delay=delay, text=text, gap=gap)
    where = str(_dict(inputs, "host").get("apiId") or "").rpartition("/")[2]
    text = _lt(
        "“%(name)s” (%(operation)s)",
        name=name,
        operation=" ".join(filter(None, (where, operation)))
        or action.get("type")
        or "–",
    )
    return Step("other", delay=delay, text=text)


def _tell_call(inputs, delay):
    gap = ""
    if inputs.get("headers") or inputs.get("authentication"):
        gap = _lt("It sends headers or a login, which Odoo's webhook action cannot.")
    return Step(
        "webhook", data={"url": str(inputs.get("uri") or "")}, delay=delay, gap=gap
    )


def _tell_mail(said, delay):
    to = str(said.get("emailMessage/To") or "")
    found = _OF_TRIGGER.match(to)
    if found and found[1] in ("_ownerid_value", "_owninguser_value"):
        to = OWNER_OF_RECORD
    elif found:
        to = "self"
    data = {
        "to": to,
        "subject": _WITHIN.sub(r"[[\1]]", str(said.get("emailMessage/Subject") or "")),
        "body": _WITHIN.sub(r"[[\1]]", str(said.get("emailMessage/Body") or "")),
    }
    return Step("mail", data=data, delay=delay)


def _tell_update(said, delay):
    values, computed = [], []
    for name, value in said.items():
        column = name.removeprefix("item/")
        if column == name:
            continue
        if isinstance(value, str) and value.startswith("@"):
            computed.append(column)
        else:
            values.append(Value(column.partition("@")[0], value))
    gap = ""
    if computed:
        gap = _lt("Worked out by the flow: %(columns)s", columns=", ".join(computed))
    if not values:
        return Step("other", delay=delay, text=_lt("Change the record"), gap=gap)
    return Step("set", tuple(values), delay=delay, gap=gap)


def _tell_task(said, delay):
    table = said["entityName"]
    due = _ADD_DAYS.match(str(said.get("item/scheduledend") or ""))
    data = {
        "summary": _WITHIN.sub("…", str(said.get("item/subject") or "")),
        "note": _WITHIN.sub("…", str(said.get("item/description") or "")),
        "days": int(due[1]) if due else 0,
        "user": OWNER_OF_RECORD,
        "kind": _TASKS[table],
    }
    note = ""
    if not any(map(_REGARDING.match, said)):
        note = _lt(
            "It belongs to no record in the source; in Odoo it belongs to that of the rule."
        )
    return Step("activity", data=data, delay=delay, note=note)


def _dict(data, name):
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
