"""Workflows that a file lists, for the rebuild guide: an export, or somebody's own list.

Systems without an export of their workflows (Soffront, for one) show them on screens only;
whoever writes them down has one row for each, in columns that bear what people call them.
"""

from ..core.sentences import _lt
from ..mapping.automations import Automation, Step, Trigger
from .names import squeeze
from .objects import OBJECT_NAMES

LISTS = (
    *("workflows", "workflow", "automations", "automation", "automation_rules"),
    *("workflow_rules", "business_rules", "sequences", "cadences", "approval_rules"),
)
"""What a file or sheet of such rows is called."""
_KINDS = {
    **dict.fromkeys(("sequences", "cadences"), "sequence"),
    "business_rules": "rule",
    "approval_rules": "approval",
}
_NAME = (
    "name",
    "workflow name",
    "rule name",
    "title",
    "workflow",
    "automation",
    "rule",
)
_ABOUT = ("object", "table", "module", "entity", "applies to", "record type", "area")
_START = ("trigger", "event", "when", "starts when", "runs when", "start", "type")
_CONDITION = ("condition", "conditions", "criteria", "if", "filter", "only if")
_STEPS = ("steps", "actions", "action", "then", "tasks", "what it does")
_ACTIVE = ("active", "is active", "enabled", "status", "state", "on")
_USED = ("used by", "group", "groups", "owner", "runs", "executions", "last run")
_TEXT = ("description", "notes", "comment", "purpose")
_ON = {"1", "true", "yes", "on", "active", "activated", "enabled", "published", "live"}
_OFF = {"0", "false", "no", "off", "inactive", "deactivated", "disabled", "draft"}
_OBJECTS = {
    squeeze(name): known
    for known, names in OBJECT_NAMES.items()
    for one in (known, *names)
    for name in (one, f"{one}s")
}


def tell_row(row, kind="workflow"):
    """Return the one ``Automation`` that a row is; none of a row without a name."""
    told = {squeeze(name): str(value).strip() for name, value in row.items() if value}
    name = _find(told, _NAME)
    if not name:
        return ()
    condition, steps = _find(told, _CONDITION), _find(told, _STEPS)
    active = _find(told, _ACTIVE).casefold()
    start = _find(told, _START) or _lt("The file does not say what starts it")
    if condition:
        start = _lt("%(start)s, if: %(condition)s", start=start, condition=condition)
    gaps = () if steps else (_lt("The file does not say what it does."),)
    return (
        Automation(
            name,
            kind,
            Trigger("other", text=start),
            about=_OBJECTS.get(squeeze(_find(told, _ABOUT)), ""),
            is_active=True if active in _ON else False if active in _OFF else None,
            steps=(Step("other", text=steps),) if steps else (),
            used_by=tuple(filter(None, (_find(told, (each,)) for each in _USED))),
            gaps=gaps,
            description=_find(told, _TEXT),
        ),
    )


def _find(told, names):
    return next((told[key] for key in map(squeeze, names) if key in told), "")


def _teller(kind):
    return lambda row: tell_row(row, kind)


AUTOMATIONS = {name: _teller(_KINDS.get(name, "workflow")) for name in LISTS}
