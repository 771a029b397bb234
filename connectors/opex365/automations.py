"""Workflows, flows, business rules and plug-ins of a Dataverse environment.

The columns are those of ``workflow`` and ``sdkmessageprocessingstep`` in Microsoft's table
reference.
"""

from ..core.sentences import _lt
from ..mapping.automations import Automation, Condition, Step, Trigger
from .classic import tell_logic
from .flows import read_definition, tell_steps, tell_trigger
from .streams import STREAM_OF

_OFF, _ON = 0, 1
_ACTION, _DIALOG, _ROBOT = 3, 1, 6
_STAGES = {
    10: _lt("before it is checked"),
    20: _lt("before it is saved"),
    40: _lt("after it is saved"),
}
_STEP_EVENTS = {"Create": "created", "Update": "changed", "Delete": "deleted"}


def tell_process(row):
    """Return the one ``Automation`` of a classic workflow, an action or a dialog."""
    about = STREAM_OF.get(row.get("primaryentity"), row.get("primaryentity") or "")
    columns = row.get("triggeronupdateattributelist") or ""
    paths = tuple(filter(None, (each.strip() for each in columns.split(","))))
    created, changed = bool(row.get("triggeroncreate")), bool(paths)
    kind = "workflow"
    if row.get("category") in (_ACTION, _DIALOG):
        kind, trigger = "action", Trigger("asked")
    elif created or changed:
        both = "created_or_changed" if created and changed else ""
        trigger = Trigger(both or ("created" if created else "changed"), paths)
    elif row.get("triggerondelete"):
        trigger = Trigger("deleted")
    else:
        trigger = Trigger("asked")
    gaps, logic = (), row.get("_logic")
    if logic is None:
        gaps = (
            _lt(
                "Its steps stand in the designer only: open the process and read them."
            ),
        )
    steps, conditions = tell_logic(logic or (), row.get("primaryentity"))
    return (
        _automation(
            row,
            kind,
            about=about if about != "none" else "",
            trigger=trigger,
            conditions=conditions,
            steps=steps,
            gaps=gaps,
        ),
    )


def tell_flow(row):
    """Return the one ``Automation`` of a cloud flow or a flow of a desktop."""
    if row.get("category") == _ROBOT:
        trigger = Trigger("other", text=_lt("A robot works other programs"))
        return (_automation(row, "robot", trigger=trigger),)
    definition = read_definition(row.get("clientdata"))
    about, trigger, filters = tell_trigger(definition)
    steps, conditions = tell_steps(definition)
    gaps = ()
    if not definition:
        gaps = (_lt("Its definition cannot be read by this account."),)
    return (
        _automation(
            row,
            "flow",
            about=about,
            trigger=trigger,
            conditions=(*filters, *conditions),
            steps=steps,
            gaps=gaps,
        ),
    )


def tell_rule(row):
    """Return the one ``Automation`` of a business rule."""
    table = row.get("primaryentity")
    return (
        _automation(
            row,
            "rule",
            about=STREAM_OF.get(table, table or ""),
            trigger=Trigger("form"),
            gaps=(
                _lt(
                    "What it does stands in the designer only: open the rule and read it."
                ),
            ),
        ),
    )


def tell_plugin_step(row):
    """Return the one ``Automation`` of a step by which a plug-in is called."""
    message = (row.get("sdkmessageid") or {}).get("name") or "–"
    target = (row.get("sdkmessagefilterid") or {}).get("primaryobjecttypecode") or ""
    program = (row.get("eventhandler_plugintype") or {}).get("typename") or "–"
    columns = row.get("filteringattributes") or ""
    paths = tuple(filter(None, (each.strip() for each in columns.split(","))))
    event = _STEP_EVENTS.get(message)
    when = _STAGES.get(row.get("stage"))
    conditions = ()
    if when and row.get("stage") != 40:
        conditions = (Condition(text=_lt("It runs %(when)s", when=when)),)
    trigger = (
        Trigger(event, paths if event == "changed" else ())
        if event
        else Trigger("other", text=_lt("Message %(name)s", name=message))
    )
    return (
        _automation(
            row,
            "code",
            about=STREAM_OF.get(target, target),
            trigger=trigger,
            conditions=conditions,
            steps=(Step("other", text=_lt("Run the program %(name)s", name=program)),),
        ),
    )


def tell_assembly(row):
    """Return the one ``Automation`` of a library of plug-ins: it runs nothing by itself."""
    text = _lt("Its steps call it")
    version = row.get("version")
    return (
        _automation(
            row,
            "library",
            trigger=Trigger("other", text=text),
            used_by=(_lt("Version %(version)s", version=version),) if version else (),
        ),
    )


def _automation(row, kind, **more):
    state = row.get("statecode")
    is_active = None
    if state is not None:
        # Steps of plug-ins count the other way round.
        is_active = state == (_OFF if kind == "code" else _ON)
    return Automation(
        name=str(row.get("name") or ""),
        kind=kind,
        is_active=is_active,
        description=str(row.get("description") or ""),
        is_managed=bool(row.get("ismanaged")),
        **more,
    )


AUTOMATIONS = {
    "workflows": tell_process,
    "flows": tell_flow,
    "business_rules": tell_rule,
    "plugin_steps": tell_plugin_step,
    "plugin_assemblies": tell_assembly,
}
