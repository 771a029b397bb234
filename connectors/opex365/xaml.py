"""The logic of a classic workflow, as ``xaml`` of its row holds it.

A program of Windows Workflow Foundation in Dataverse's own activities. Their names are those
of Microsoft's sample "Follow up with account" and of workflows in public solutions: a value
is first made in a variable (``GetEntityProperty``, ``EvaluateExpression``), then compared
(``EvaluateCondition``) or written (``SetEntityProperty``) by that variable's name.

What is kept is what it does. What a program of somebody else's is told (an address, a
password) is not: only the names of what it is told.
"""

import re

from lxml import etree

from ..core.secrets import is_secret_name
from .streams import is_wanted
from .xaml_values import (
    ENTITY,
    Variables,
    arguments_of,
    class_of,
    local,
    name_of,
    owner_of,
    variable_of,
    whole,
    without_secrets,
)

MAX_STEPS = 500
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMESPACE = re.compile(
    r"""\bxmlns:\w+\s*=\s*(?:"clr-namespace:[^"]*"|'clr-namespace:[^']*')"""
)
_PLATFORM = "Microsoft.Crm.Workflow."
_STEP = re.compile(r"[A-Za-z]+Step\d+:?\s*")
_VERBS = {
    "UpdateEntity": "update",
    "CreateEntity": "create",
    "SendEmail": "mail",
    "AssignEntity": "assign",
    "SetState": "state",
    "Postpone": "wait",
    "TerminateWorkflow": "stop",
    "StartChildWorkflow": "child",
    "SendEmailFromTemplate": "template",
}
_PLUMBING = frozenset(
    {"Assign", "GetEntityProperty", "SetEntityProperty", "Persist", "Null"}
    | {"EvaluateExpression", "EvaluateCondition", "EvaluateLogicalCondition"}
    | {"ConvertCrmXrmTypes", "Variable", "Sequence.Variables", "Workflow.Variables"}
)
_WRAPPERS = frozenset({"Workflow", "Sequence", "Composite", "Collection"})


def read_logic(text):
    """Return the steps of a definition, None where it cannot be read.

    >>> read_logic("<Activity/>"), read_logic("<Act"), read_logic(None)
    ([], None, None)
    """
    try:
        data = _NAMESPACE.sub(
            _without_spaces, _DECLARATION.sub("", text or "")
        ).encode()
        root = etree.fromstring(data, _make_parser())
    except (ValueError, TypeError, etree.XMLSyntaxError):
        return None
    if root.getroottree().docinfo.doctype:
        return None
    return _Reader(root).read_steps(root)


def _without_spaces(found):
    """Assemblies are named with spaces, which a parser of XML takes for no address."""
    return found[0].replace(", ", ",")


def _make_parser():
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Reader:
    """Reads the steps, their values by the variables that they name."""

    def __init__(self, root):
        self.variables = Variables(root)
        self.values = self.variables.values

    # -- steps ---------------------------------------------------------------------

    def read_steps(self, element):
        """Return the steps within an element, in their order."""
        steps = []
        for child in element:
            name = name_of(child)
            if name in _PLUMBING:
                continue
            if name == "Sequence" or (name == "Composite" and _said(child)):
                inner = self.read_steps(child)
                if inner and (label := _said(child)):
                    inner[0].setdefault("label", label)
                steps += inner
            elif name in _WRAPPERS or "." in local(child):
                steps += self.read_steps(child)
            elif name == "ConditionSequence":
                steps.append(self._read_conditions(child))
            else:
                steps += self._read_step(child, name)
        return steps[:MAX_STEPS]

    def _read_step(self, element, name):
        """Return one step, none for what is no activity at all."""
        is_activity = element.get("DisplayName") or element.get("AssemblyQualifiedName")
        if name not in _VERBS and not is_activity:
            return []
        step = {"do": _VERBS.get(name, "other"), "name": name}
        if label := _said(element):
            step["label"] = label
        if table := element.get("EntityName"):
            step["table"] = table
        if local(element) == "ActivityReference" and not class_of(element).startswith(
            _PLATFORM
        ):
            step.update({"do": "code", "name": class_of(element)})
            step["told"] = sorted(filter(None, arguments_of(element)))
        if step["do"] in ("update", "create", "mail"):
            step["values"] = self._written_before(element)
            entity = ENTITY.match(element.get("Entity") or "")
            step["own"] = bool(entity) and entity[1].startswith("primaryEntity")
        elif step["do"] == "assign":
            step["to"] = self.values.get(variable_of(element.get("Owner"))) or owner_of(
                element.get("Owner")
            )
        elif step["do"] == "state":
            step["state"] = [
                whole(each.get("Value")) for each in element.iter("{*}OptionSetValue")
            ]
        elif step["do"] == "wait":
            until = variable_of(element.get("PostponeUntil"))
            step["until"] = self.values.get(until, {"unknown": "?"})
        return [step]

    def _written_before(self, element):
        """Return column → value of what is written into the record of a step."""
        found = {}
        for before in element.itersiblings(preceding=True):
            if local(before) != "SetEntityProperty":
                continue
            column, name = before.get("Attribute"), variable_of(before.get("Value"))
            # A variable that nobody fills empties the column.
            value = self.values.get(name, {"is": None} if name else {"unknown": "?"})
            if _is_secret(column or "") and value.get("is"):
                value = {"is": "…"}
            found.setdefault(column, value)
        return dict(reversed(found.items()))

    def _read_conditions(self, element):
        branches, default = [], None
        for branch in element.iter("{*}ActivityReference"):
            within = next(
                (
                    e
                    for e in branch.iterancestors()
                    if name_of(e) == "ConditionSequence"
                ),
                None,
            )
            if name_of(branch) != "ConditionBranch" or within is not element:
                continue
            when = variable_of(arguments_of(branch).get("Condition"))
            steps = []
            for each in branch:
                if local(each) == "ActivityReference.Properties":
                    steps += self.read_steps(each)
            if when == "True":
                default = steps
            else:
                branches.append({"when": self.variables.get_test(when), "steps": steps})
        found = {"do": "if", "branches": branches}
        if arguments_of(element).get("Wait") == "True":
            found["do"] = "until"
        if default is not None:
            found["else"] = default
        if label := _said(element):
            found["label"] = label
        return found


def _said(element):
    """Return how people called a step, empty where they did not.

    >>> _said(etree.fromstring('<Sequence DisplayName="CreateStep3: Call them"/>'))
    'Call them'
    """
    text = element.get("DisplayName") or ""
    if not _STEP.match(text):
        return ""
    return without_secrets(_STEP.sub("", text, count=1))


def _is_secret(column):
    """
    >>> _is_secret("new_password"), _is_secret("opex_apikey"), _is_secret("name")
    (True, True, False)
    """
    own = column.partition("_")[2] or column
    return is_secret_name(own) or not is_wanted("", column)
