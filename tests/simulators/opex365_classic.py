"""Classic workflows of the invented organization, as ``xaml`` of their rows holds them.

The form is that of Microsoft's sample "Follow up with account" and of workflows in public
solutions; what a step needs besides (types of values, empty collections) is kept.
"""

from itertools import count
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = {
    "": "http://schemas.microsoft.com/netfx/2009/xaml/activities",
    "mxs": "clr-namespace:Microsoft.Xrm.Sdk;assembly=Microsoft.Xrm.Sdk, Version=9.0.0.0",
    "mxsw": "clr-namespace:Microsoft.Xrm.Sdk.Workflow;assembly=Microsoft.Xrm.Sdk.Workflow, Version=9.0.0.0",
    "mxswa": "clr-namespace:Microsoft.Xrm.Sdk.Workflow.Activities;assembly=Microsoft.Xrm.Sdk.Workflow, Version=9.0.0.0",
    "s": "clr-namespace:System;assembly=mscorlib, Version=4.0.0.0",
    "sco": "clr-namespace:System.Collections.ObjectModel;assembly=mscorlib, Version=4.0.0.0",
    "x": "http://schemas.microsoft.com/winfx/2006/xaml",
}
_TYPE = "Microsoft.Xrm.Sdk.Workflow.WorkflowPropertyType"
PRIMARY = '[InputEntities("primaryEntity")]'
OWN_TEMP = '[CreatedEntities("primaryEntity#Temp")]'


def definition(*activities):
    """Return the whole text; steps are numbered where they are made."""
    spaces = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}"
        for prefix, uri in _NAMESPACES.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-16"?>\n'
        f'<Activity x:Class="XrmWorkflow00000000000000000000000000000000"{spaces}>'
        '<x:Members><x:Property Name="InputEntities" Type="InArgument(scg:IDictionary(x:String, mxs:Entity))" /></x:Members>'
        f"<mxswa:Workflow>{''.join(activities)}</mxswa:Workflow></Activity>"
    )


_numbers = [count(1)]
"""Where steps are numbered from; each organization begins anew."""


def reference(name, arguments="", properties="", *, key="", label="", assembly="Microsoft.Crm.Workflow"):  # fmt: skip
    full = name if "." in name else f"Microsoft.Crm.Workflow.Activities.{name}"
    key = f' x:Key="{key}"' if key else ""
    return (
        f'<mxswa:ActivityReference{key} AssemblyQualifiedName="{full}, {assembly}, Version=9.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35" DisplayName={quoteattr(label or name)}>'
        f"<mxswa:ActivityReference.Arguments>{arguments}</mxswa:ActivityReference.Arguments>"
        f"<mxswa:ActivityReference.Properties>{properties}</mxswa:ActivityReference.Properties>"
        "</mxswa:ActivityReference>"
    )


def given(key, text, kind="x:String", tag="InArgument"):
    return f'<{tag} x:TypeArguments="{kind}" x:Key="{key}">{escape(text)}</{tag}>'


def expression(operator, parameters, result):
    return reference(
        "EvaluateExpression",
        given("ExpressionOperator", operator)
        + given("Parameters", f"[New Object() {{ {parameters} }}]", "s:Object[]")
        + given("Result", f"[{result}]", "x:Object", "OutArgument"),
    )


def constant(result, kind, value, marker):
    text = str(value).replace('"', '""').replace(",", "&#44;")
    return expression("CreateCrmType", f'{_TYPE}.{kind}, "{text}", "{marker}"', result)


def lookup(result, table, key, name):
    return constant(f"{result}_id", "Guid", key, "UniqueIdentifier") + expression(
        "CreateCrmType",
        f'{_TYPE}.EntityReference, "{table}", "{name}", {result}_id, "Lookup"',
        result,
    )


def column(result, name, table, entity=PRIMARY):
    return f"<mxswa:GetEntityProperty Attribute={quoteattr(name)} Entity={quoteattr(entity)} EntityName={quoteattr(table)} Value={quoteattr(f'[{result}]')} />"


def put(name, variable, table, entity):
    return f"<mxswa:SetEntityProperty Attribute={quoteattr(name)} Entity={quoteattr(entity)} EntityName={quoteattr(table)} Value={quoteattr(f'[{variable}]')} />"


def in_days(result, days):
    """Now and some days: a variable that holds the span, and what adds it."""
    span = f'<Variable x:TypeArguments="mxsw:XrmTimeSpan" Name="{result}_span"><Variable.Default><Literal x:TypeArguments="mxsw:XrmTimeSpan"><mxsw:XrmTimeSpan Days="{days}" Hours="0" Minutes="0" Months="0" Years="0" /></Literal></Variable.Default></Variable>'
    return (
        f"<Sequence.Variables>{span}</Sequence.Variables>"
        + expression("RetrieveCurrentTime", "", f"{result}_now")
        + expression("Add", f"{result}_now, {result}_span", result)
    )


def sequence(kind, label, body):
    number = next(_numbers[0])
    name = f"{kind}Step{number}"
    title = f"{name}: {label}" if label else name
    return f"<Sequence DisplayName={quoteattr(title)}>{body(name)}</Sequence>"


def update(table, **values):
    """Each value: (what makes a variable, given its name)."""

    def body(name):
        text = f'<Assign x:TypeArguments="mxs:Entity" To={quoteattr(OWN_TEMP)} Value={quoteattr(f"[New Entity({chr(34)}{table}{chr(34)})]")} />'
        for number, (attribute, make) in enumerate(values.items(), 1):
            variable = f"{name}_{number}"
            text += make(variable) + put(attribute, variable, table, OWN_TEMP)
        return f'{text}<mxswa:UpdateEntity DisplayName="{name}" Entity={quoteattr(OWN_TEMP)} EntityName="{table}" /><Persist />'

    return sequence("Update", "", body)


def create(table, label="", verb="CreateEntity", **values):
    def body(name):
        entity, text = f'[CreatedEntities("{name}_localParameter#Temp")]', ""
        for number, (attribute, make) in enumerate(values.items(), 1):
            variable = f"{name}_{number}"
            text += make(variable) + put(attribute, variable, table, entity)
        more = f' EntityName="{table}"' if verb == "CreateEntity" else ""
        return f'{text}<mxswa:{verb} EntityId="{{x:Null}}" DisplayName="{name}" Entity={quoteattr(entity)}{more} /><Persist />'

    return sequence("Create", label, body)


def text(value):
    return lambda variable: constant(variable, "String", value, "String")


def option(value):
    return lambda variable: constant(variable, "OptionSetValue", value, "Picklist")


def of(name, table):
    return lambda variable: column(f"{variable}_c", name, table) + expression("SelectFirstNonNull", f"{variable}_c", variable)  # fmt: skip


def joined(*makers):
    def make(variable):
        names = [f"{variable}_p{number}" for number in range(len(makers))]
        made = "".join(each(name) for each, name in zip(makers, names, strict=True))
        return made + expression("Add", ", ".join(names), variable)

    return make


def days(number):
    return lambda variable: in_days(variable, number)


def record(table, key, name):
    return lambda variable: lookup(variable, table, key, name)


def check(tests, then, otherwise=None, *, wait=False, label="", logic="And"):
    """A condition: ``tests`` as (column, table, operator, what makes the other side)."""
    step, branch = f"ConditionStep{next(_numbers[0])}", f"ConditionBranchStep{next(_numbers[0])}"  # fmt: skip
    body, results = "", []
    for number, (attribute, table, operator, make) in enumerate(tests, 1):
        left, right = f"{branch}_{number}l", f"{branch}_{number}r"
        result = f"{branch}_{number}" if len(tests) > 1 else f"{branch}_condition"
        body += column(left, attribute, table) + (make(right) if make else "")
        parameters = given("Parameters", f"[New Object() {{ {right} }}]", "s:Object[]") if make else '<x:Null x:Key="Parameters" />'  # fmt: skip
        body += reference("EvaluateCondition", given("ConditionOperator", operator, "mxsq:ConditionOperator") + parameters + given("Operand", f"[{left}]", "x:Object") + given("Result", f"[{result}]", "x:Boolean", "OutArgument"))  # fmt: skip
        results.append(result)
    while len(results) > 1:
        first, second, *rest = results
        result = f"{branch}_and{len(rest)}" if rest else f"{branch}_condition"
        body += reference("EvaluateLogicalCondition", given("LogicalOperator", logic, "mxsq:LogicalOperator") + given("LeftOperand", f"[{first}]", "x:Boolean") + given("RightOperand", f"[{second}]", "x:Boolean") + given("Result", f"[{result}]", "x:Boolean", "OutArgument"))  # fmt: skip
        results = [result, *rest]
    body += _branch(branch, f"[{branch}_condition]", then)
    if otherwise is not None:
        body += _branch(f"{branch}9", "True", otherwise)
    return reference("ConditionSequence", given("Wait", str(wait), "x:Boolean"), f'<sco:Collection x:TypeArguments="Activity" x:Key="Activities">{body}</sco:Collection><x:Boolean x:Key="ContainsElseBranch">{otherwise is not None}</x:Boolean>', label=f"{step}: {label}" if label else step)  # fmt: skip


def _branch(name, condition, steps):
    inner = f'<sco:Collection x:TypeArguments="Variable" x:Key="Variables" /><sco:Collection x:TypeArguments="Activity" x:Key="Activities">{"".join(steps)}</sco:Collection>'
    return reference("ConditionBranch", given("Condition", condition, "x:Boolean"), reference("Composite", "", inner, key="Then", label=name) + '<x:Null x:Key="Else" />', label=name)  # fmt: skip


def postpone(number):
    name = f"WaitStep{next(_numbers[0])}"
    return f'<Sequence DisplayName="{name}">{in_days(f"{name}_1", number)}<mxswa:Postpone BlockExecution="True" DisplayName="{name}" PostponeUntil="[{name}_1]" /></Sequence>'


def assign(table, owner, key):
    owner = f'[New EntityReference("{owner}", New Guid("{key}"))]'
    name = f"AssignStep{next(_numbers[0])}"
    return f'<Sequence DisplayName="{name}"><mxswa:AssignEntity Owner={quoteattr(owner)} DisplayName="{name}" Entity={quoteattr(PRIMARY)} EntityName="{table}" /><Persist /></Sequence>'


def stop():
    return '<TerminateWorkflow DisplayName="StopWorkflowStep99: Done" Exception="[New Exception()]" Reason="[x]" />'


def code(name, **told):
    """A step of somebody else's program, with what it is told."""
    made = "".join(constant(f"Custom_{key}", "String", value, "String") for key, value in told.items())  # fmt: skip
    arguments = "".join(given(key, f"[DirectCast(Custom_{key}, System.String)]") for key in told)  # fmt: skip
    inner = made + reference(name, arguments, assembly="Kunde.Workflows", label=f"CustomActivityStep7: {name}")  # fmt: skip
    return reference("Composite", "", f'<sco:Collection x:TypeArguments="Activity" x:Key="Activities">{inner}</sco:Collection>', label="CustomActivityStep7")  # fmt: skip


SECRET = "sk_live_51HxInventedInvented99"


def get_classic(users):
    """Return (name, columns of the row, definition); ``users`` are ids."""
    _numbers[0] = count(1)
    return (
        ("Grüße zum Geburtstag 🎂", {"primaryentity": "contact", "triggeroncreate": True, "triggeronupdateattributelist": "birthdate,emailaddress1"},
         definition(check([("birthdate", "contact", "NotNull", None)], [
            create("task", "Karte schreiben", subject=joined(text("Karte an "), of("fullname", "contact")), scheduledend=days(14), regardingobjectid=of("contactid", "contact"))]))),
        ("Große Chancen", {"primaryentity": "opportunity", "triggeroncreate": True},
         definition(
            check([("estimatedvalue", "opportunity", "GreaterThan", lambda v: constant(v, "Money", "50000", "Money"))],
                [update("opportunity", description=text("Bitte, heute noch: \"groß\""))]))),
        ("Nachfassen", {"primaryentity": "lead", "triggeroncreate": True},
         definition(
            postpone(3),
            create("phonecall", "Anrufen", subject=text("Nachfassen"), scheduledend=days(1), ownerid=record("systemuser", users[0], "Somebody"), regardingobjectid=of("leadid", "lead")))),
        ("Abgleich mit dem ERP", {"primaryentity": "account", "triggeroncreate": True},
         definition(code("Kunde.Workflows.ErpSync", ApiKey=SECRET, Url=f"https://me:{SECRET}@erp.example.com")))
    )  # fmt: skip
