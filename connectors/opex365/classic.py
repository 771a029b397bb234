"""The logic of a classic workflow, as ``xaml.read_logic`` keeps it, in the words of all sources."""

from ..core.sentences import _lt
from ..mapping.automations import OWNER_OF_RECORD, Condition, Delay, Step, Value
from .streams import STREAM_OF

_OPERATORS = {
    "Equal": "=",
    "NotEqual": "!=",
    "GreaterThan": ">",
    "GreaterEqual": ">=",
    "LessThan": "<",
    "LessEqual": "<=",
    "Null": "unset",
    "NotNull": "set",
    "Contains": "contains",
    "In": "in",
}
_TASKS = {"task": "todo", "phonecall": "call", "appointment": "meeting"}
_DUE = ("scheduledend", "scheduledstart")
_AT_ONCE = Delay()
_NO_BRANCHES = _lt("Odoo's rules have no branches and no loops.")


def tell_logic(logic, table):
    """Return (``Step``s, ``Condition``s): a condition around everything is the workflow's.

    Behind what Odoo cannot wait for, and behind an end that only some cases come to, steps
    are told in words: a rule that did them at once would do more than the source did.

    :param table: whose records the workflow is about
    """
    steps, conditions = list(logic), ()
    while len(steps) == 1 and steps[0]["do"] == "if" and len(steps[0]["branches"]) == 1:
        branch = steps[0]["branches"][0]
        if steps[0].get("else"):
            break
        conditions += tuple(_tell_test(branch["when"]))
        steps = branch["steps"]
    found, waited, is_sure = [], Delay(), True
    for step in steps:
        wait = _wait_of(step)
        if wait and is_sure and (together := _add(waited, wait)):
            waited = together
            continue
        if is_sure:
            found += _tell_step(step, table, waited)
        else:
            found += _tell_in_words(step)
        is_sure = is_sure and not _ends_certainty(step)
    return tuple(found), conditions


def _add(one, other):
    """Return two waits in one, None of months and smaller units."""
    try:
        return one + other
    except ValueError:
        return None


def _wait_of(step):
    """Return the ``Delay`` of a wait that counts from now on, None of anything else."""
    until = step.get("until") if step["do"] == "wait" else None
    if not until or not until.get("now") or len(until.get("after", ())) != 1:
        return None
    ((unit, amount),) = until["after"].items()
    return Delay(amount * 12, "months") if unit == "years" else Delay(amount, unit)


def _ends_certainty(step):
    if step["do"] in ("wait", "until", "stop"):
        return True
    inner = [s for branch in step.get("branches", ()) for s in branch["steps"]]
    return any(_ends_certainty(each) for each in inner + (step.get("else") or []))


def _tell_step(step, table, delay):
    do = step["do"]
    if do == "update" and step["own"] and (told := _tell_update(step, delay)):
        return [told]
    if do == "create" and step.get("table") in _TASKS:
        return [_tell_task(step, delay)]
    if do == "mail":
        return [_tell_mail(step, table, delay)]
    if do == "assign" and step["to"].get("ref") and step.get("table") in (None, table):
        return [Step("set", (_value("ownerid", step["to"]),), delay=delay)]
    return _tell_in_words(step, delay)


def _tell_update(step, delay):
    values, computed = [], []
    for column, value in step["values"].items():
        if "is" in value or value.get("ref"):
            values.append(_value(column, value))
        else:
            computed.append(column)
    gap = ""
    if computed:
        gap = _lt(
            "Worked out by the workflow: %(columns)s", columns=", ".join(computed)
        )
    return Step("set", tuple(values), delay=delay, gap=gap) if values else None


def _value(column, value):
    if value.get("ref"):
        return Value(f"_{column}_value", value["ref"], label=value.get("label") or "")
    return Value(column, value["is"])


def _tell_task(step, delay):
    values = step["values"]
    due = next((values[c]["after"] for c in _DUE if "after" in values.get(c, ())), {})
    owner = values.get("ownerid", {})
    data = {
        "summary": _fill(values.get("subject")) or step.get("label") or "",
        "note": _fill(values.get("description")),
        "days": due.get("days", 0) + 30 * due.get("months", 0),
        "user": OWNER_OF_RECORD,
        "kind": _TASKS[step["table"]],
    }
    note = ""
    if "regardingobjectid" not in values:
        note = _lt(
            "It belongs to no record in the source; in Odoo it belongs to that of the rule."
        )
    whose = ()
    if owner.get("ref"):
        stream = STREAM_OF.get(step["table"], "")
        label = owner.get("label") or ""
        whose = (Value("_ownerid_value", owner["ref"], stream, label),)
    return Step("activity", whose, data, delay, note=note)


def _tell_mail(step, table, delay):
    values = step["values"]
    to = values.get("to", {})
    whom = to.get("label") or ""
    if to.get("of") in ("ownerid", "owninguser") and not to.get("via"):
        whom = OWNER_OF_RECORD
    elif "of" in to:
        whom = "self"
    data = {
        "to": whom or "self",
        "subject": _fill(values.get("subject"), "[[%s]]"),
        "body": _fill(values.get("description"), "[[%s]]"),
    }
    gap = _lt("Whom it is sent to stands in the designer only.") if not whom else ""
    return Step("mail", data=data, delay=delay, gap=gap)


# -- in words ------------------------------------------------------------------------


def _tell_in_words(step, delay=_AT_ONCE, case=""):
    """Return a step as text, its branches one by one; what it is called stands before."""
    if step["do"] in ("if", "until"):
        return _tell_branches(step, delay, case)
    text = _describe(step)
    if step.get("label"):
        text = _lt("%(step)s (“%(label)s”)", step=text, label=step["label"])
    if not case:
        return [Step("other", delay=delay, text=text)]
    return [
        Step("other", delay=delay, text=_lt("%(case)s: %(step)s", case=case, step=text))
    ]


def _tell_branches(step, delay, case):
    found = []
    for branch in step["branches"]:
        word = _say_test(branch["when"])
        if step["do"] == "until":
            text = _lt("Wait until %(conditions)s", conditions=word)
            text = _lt("%(case)s: %(step)s", case=case, step=text) if case else text
            found.append(Step("other", delay=delay, text=text))
            inner = case
        else:
            inner = f"{case} & {word}" if case else word
        for each in branch["steps"]:
            found += _tell_in_words(each, delay, inner)
    other = _lt("Otherwise")
    for each in step.get("else") or ():
        found += _tell_in_words(each, delay, case or other)
    if found and step["do"] == "if":
        found[0] = Step("other", delay=delay, text=found[0].text, gap=_NO_BRANCHES)
    return found


def _describe(step):
    """Return what a step does, by the names of the source; of others only what it is."""
    do, table = step["do"], step.get("table") or "–"
    values = "; ".join(f"{c} = {_say(v)}" for c, v in step.get("values", {}).items())
    if do == "update":
        return _lt("Change %(table)s: %(values)s", table=table, values=values or "–")
    if do == "create":
        return _lt("Create %(table)s: %(values)s", table=table, values=values or "–")
    if do == "mail":
        subject = _fill(step["values"].get("subject")) or "–"
        return _lt("Send an e-mail: %(subject)s", subject=subject)
    if do == "template":
        return _lt("Send an e-mail from a template")
    if do == "assign":
        return _lt("Assign it to %(owner)s", owner=_say(step["to"]))
    if do == "state":
        state = " / ".join(map(str, step["state"])) or "–"
        return _lt("Set the status of %(table)s to %(state)s", table=table, state=state)
    if do == "wait":
        return _lt("Wait until %(conditions)s", conditions=_say(step["until"]))
    if do == "stop":
        return _lt("Stop here")
    if do == "child":
        return _lt("Start another workflow")
    told = ", ".join(step.get("told", ())) or "–"
    if do == "code":
        text = _lt(
            "Run the program %(name)s with %(told)s", name=step["name"], told=told
        )
        return text
    return _lt("A step that is not understood: %(name)s", name=step["name"])


def _say(value):
    """Return a value as a short text, columns in brackets.

    >>> _say({"text": [{"is": "Hello "}, {"of": "name"}]}), _say({"of": "name", "via": "account"})
    ('Hello {name}', '{account.name}')
    >>> _say({"now": True, "after": {"days": 3}}), _say({"is": None}), _say({"unknown": "Max"})
    ('now + 3 days', '–', '? (Max)')
    """
    after = "".join(f" + {n} {unit}" for unit, n in value.get("after", {}).items())
    if "text" in value:
        text = _fill(value)
    elif "of" in value:
        via = f"{value['via']}." if value.get("via") else ""
        text = f"{{{via}{value['of']}}}"
    elif value.get("now"):
        text = "now"
    elif "ref" in value:
        text = value.get("label") or str(value["ref"] or "–")
    elif "unknown" in value:
        text = f"? ({value['unknown']})"
    else:
        text = "–" if value.get("is") in (None, "") else str(value["is"])
    return text + after


def _fill(value, column="{%s}"):
    """Return a text with its columns in it; what is of another record stays in brackets."""
    if not value:
        return ""
    parts = value.get("text", [value])
    return "".join(
        column % part["of"]
        if "of" in part and not part.get("via")
        else ("" if part.get("is", "") is None else _say(part))
        for part in parts
    )


# -- conditions ----------------------------------------------------------------------


def _tell_test(test):
    """Yield ``Condition``s that must all hold; what cannot be said so stays text."""
    if test.get("join") == "and":
        for side in test["sides"]:
            yield from _tell_test(side)
        return
    operator, what = _OPERATORS.get(test.get("operator")), test.get("what", {})
    values = test.get("values", ())
    plain = all(set(each) <= {"is", "ref", "table", "label"} for each in values)
    if not operator or "of" not in what or what.get("via") or not plain:
        yield Condition(text=_say_test(test))
        return
    path, value = what["of"], [each.get("ref", each.get("is")) for each in values]
    if any(each.get("ref") for each in values):
        path = f"_{path}_value"
    if operator in ("set", "unset"):
        value = None
    elif operator != "in":
        value = value[0] if value else None
    if value is None and operator in ("=", "!="):
        operator = "set" if operator == "!=" else "unset"
    yield Condition(path, operator, value)


def _say_test(test):
    """
    >>> _say_test({"what": {"of": "revenue"}, "operator": "GreaterThan", "values": [{"is": 5}]})
    '{revenue} > 5'
    """
    if "join" in test:
        joined = f" {test['join']} ".join(map(_say_test, test["sides"]))
        return f"({joined})"
    if "what" not in test:
        return "?"
    sign = _OPERATORS.get(test["operator"], test["operator"])
    sign = {"set": "≠ –", "unset": "= –"}.get(sign, sign)
    values = ", ".join(map(_say, test["values"]))
    return f"{_say(test['what'])} {sign} {values}".strip()
