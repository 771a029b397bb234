"""What the variables of a classic workflow stand for: columns, constants, comparisons."""

import re

from lxml import etree

from ..core.secrets import find_secrets

_KEY = "{http://schemas.microsoft.com/winfx/2006/xaml}Key"
_VARIABLE = re.compile(r"\[?(?:DirectCast\()?(\w+)(?:,[^)]*\))?\]?")
ENTITY = re.compile(r'\[?(?:Input|Created)Entities\("([^"]+)"\)')
_RELATED = re.compile(r"related_(\w+)#")
_CREATED = re.compile(r"(\w+)_localParameter")
_PART = re.compile(r'"((?:[^"]|"")*)"|([^\s,{}"][^,{}"]*)')
_SPAN = ("Years", "Months", "Days", "Hours", "Minutes")


def local(element):
    return etree.QName(element).localname


def name_of(element):
    """Return what an activity is, of a reference the last part of its class.

    >>> element = etree.fromstring('<ActivityReference AssemblyQualifiedName="A.B.Composite, C"/>')
    >>> name_of(element)
    'Composite'
    """
    if local(element) != "ActivityReference":
        return local(element)
    return class_of(element).rpartition(".")[2]


def class_of(element):
    return (element.get("AssemblyQualifiedName") or "").partition(",")[0].strip()


def variable_of(text):
    """
    >>> variable_of("[UpdateStep3_4]"), variable_of("[DirectCast(Step1_1, System.String)]")
    ('UpdateStep3_4', 'Step1_1')
    >>> variable_of("True"), variable_of('[New EntityReference("team", 1)]')
    ('True', '')
    """
    match = _VARIABLE.fullmatch((text or "").strip())
    return match[1] if match else ""


def arguments_of(element):
    """Return name → text of what a referenced activity is told."""
    found = {}
    for block in element:
        if local(block) == "ActivityReference.Arguments":
            for each in block:
                literal = next((e for e in each.iter() if e.get("Value")), None)
                value = literal.get("Value") if literal is not None else each.text
                found[each.get(_KEY)] = (value or "").strip()
    return found


def _parts(text):
    """Return what an array holds: texts, and names of variables after a colon.

    >>> _parts('[New Object() { A.B.Guid, "a ""b""&#44; c", Step_1 }]')
    [':A.B.Guid', 'a "b", c', ':Step_1']
    """
    inner = (text or "").partition("{")[2].rpartition("}")[0]
    return [
        quoted.replace('""', '"').replace("&#44;", ",")
        if not name
        else f":{name}".rstrip()
        for quoted, name in _PART.findall(inner)
    ]


class Variables:
    """Knows what each variable stands for.

    A value is a dictionary: ``is`` what is written there, ``of`` the column of a record
    (``via`` another than the workflow's own), ``text`` parts that are joined, ``now``,
    ``after`` a span of time, ``ref`` a record of ``table``, ``unknown`` how it is made.
    """

    def __init__(self, root):
        self.values, self.tests = {}, {}
        for element in root.iter(etree.Element):
            self._learn(element)

    # -- variables -----------------------------------------------------------------

    def _learn(self, element):
        name = name_of(element)
        if name == "Variable":
            self._learn_default(element)
        elif name == "GetEntityProperty":
            target = variable_of(element.get("Value"))
            self.values[target] = self._column(element)
        elif name == "EvaluateExpression":
            said = arguments_of(element)
            self.values[variable_of(said.get("Result"))] = self._express(said)
        elif name == "ConvertCrmXrmTypes":
            said = arguments_of(element)
            value = self.values.get(variable_of(said.get("Value")), {"is": None})
            self.values[variable_of(said.get("Result"))] = value
        elif name in ("EvaluateCondition", "EvaluateLogicalCondition"):
            said = arguments_of(element)
            self.tests[variable_of(said.get("Result"))] = said

    def _learn_default(self, element):
        span = next((e for e in element.iter("{*}XrmTimeSpan")), None)
        if span is not None:
            amounts = {n.lower(): whole(span.get(n)) for n in _SPAN}
            self.values[element.get("Name")] = {
                "after": {name: count for name, count in amounts.items() if count}
            }

    def _column(self, element):
        found = {"of": element.get("Attribute") or ""}
        entity = ENTITY.match(element.get("Entity") or "")
        if not entity or entity[1] != "primaryEntity":
            via = entity and (_RELATED.match(entity[1]) or _CREATED.match(entity[1]))
            found["via"] = via[1] if via else element.get("EntityName") or "?"
        return found

    def _express(self, said):
        operator = said.get("ExpressionOperator")
        parts = _parts(said.get("Parameters"))
        if operator == "CreateCrmType":
            return self._constant(parts)
        if operator == "RetrieveCurrentTime":
            return {"now": True}
        values = [self.values.get(part[1:], {"is": None}) for part in parts]
        if operator == "SelectFirstNonNull" and values:
            return values[0]
        if operator == "Add" and len(values) == 2 and "after" in values[1]:
            return {**values[0], **values[1]}
        if operator == "Add":
            return {"text": values}
        return {"unknown": operator or "?"}

    def _constant(self, parts):
        kind = parts[0].rpartition(".")[2] if parts else ""
        if kind == "EntityReference" and len(parts) > 3:
            key = self.values.get(parts[3][1:], {}).get("is")
            return {"ref": key, "table": parts[1], "label": without_secrets(parts[2])}
        if len(parts) < 2 or parts[1].startswith(":"):
            return {"unknown": kind or "?"}
        if kind == "Boolean":
            return {"is": parts[1].lower() in ("1", "true")}
        if kind in ("Integer", "OptionSetValue", "BigInt"):
            return {"is": whole(parts[1], parts[1])}
        if kind in ("Money", "Decimal", "Double"):
            return {"is": _decimal(parts[1])}
        return {"is": without_secrets(parts[1])}

    # -- conditions ---------------------------------------------------------------

    def get_test(self, name, depth=0):
        """Return a condition: a comparison, or two of them with what joins them."""
        said = self.tests.get(name)
        if said is None or depth > 50:
            return {"unknown": True}
        if "LogicalOperator" in said:
            sides = (said.get("LeftOperand"), said.get("RightOperand"))
            return {
                "join": said["LogicalOperator"].lower(),
                "sides": [
                    self.get_test(variable_of(each), depth + 1) for each in sides
                ],
            }
        values = [
            self.values.get(part[1:], {"is": None})
            for part in _parts(said.get("Parameters"))
        ]
        return {
            "what": self.values.get(variable_of(said.get("Operand")), {"unknown": "?"}),
            "operator": said.get("ConditionOperator") or "?",
            "values": values,
        }


def owner_of(text):
    """Return the record that is named right where it is used."""
    found = re.search(
        r'EntityReference\("(\w+)",\s*New Guid\("([0-9a-fA-F-]+)"\)', text or ""
    )
    if not found:
        return {"unknown": "?"}
    return {"table": found[1], "ref": found[2].lower(), "label": ""}


def without_secrets(text):
    return "…" if find_secrets(text) else text


def whole(text, otherwise=0):
    try:
        return int(text)
    except (TypeError, ValueError):
        return otherwise


def _decimal(text):
    try:
        return float(text)
    except ValueError:
        return text
