"""OPEX 365 CRM: what a classic workflow does, read from its definition."""

import json

import pytest

from connectors.mapping.automations import OWNER_OF_RECORD, Delay
from connectors.opex365.automations import tell_process
from connectors.opex365.xaml import read_logic
from simulators import opex365_classic as made

USER = "0f8fad5b-d9cb-469f-a165-70867728950e"


def tell(*activities, table="opportunity"):
    row = {"name": "W", "category": 0, "primaryentity": table, "triggeroncreate": True}
    (found,) = tell_process({**row, "_logic": kept(*activities)})
    return found


def kept(*activities):
    """What is staged: as JSON and back."""
    return json.loads(json.dumps(read_logic(made.definition(*activities))))


def words(automation):
    return [str(step.text) for step in automation.steps]


def test_a_value_that_is_written_is_told_with_its_column():
    found = tell(
        made.update(
            "opportunity",
            description=made.text('Say "yes", today'),
            opportunityratingcode=made.option(1),
            name=made.joined(made.text("X "), made.of("name", "opportunity")),
        )
    )
    (step,) = found.steps
    values = {value.path: value.value for value in step.values}
    assert step.kind == "set"
    assert values == {"description": 'Say "yes", today', "opportunityratingcode": 1}
    assert "name" in str(step.gap), "what is worked out is named"
    assert not found.gaps


def test_a_condition_around_everything_is_one_of_the_workflow():
    tests = [
        ("estimatedvalue", "opportunity", "GreaterThan", lambda v: made.constant(v, "Money", "50000.5", "Money")),
        ("customerid", "opportunity", "NotNull", None),
        ("ownerid", "opportunity", "Equal", made.record("systemuser", USER, "Ana")),
    ]  # fmt: skip
    found = tell(
        made.check(tests, [made.update("opportunity", description=made.text("a"))])
    )
    assert [(c.path, c.operator, c.value) for c in found.conditions] == [
        ("estimatedvalue", ">", 50000.5),
        ("customerid", "set", None),
        ("_ownerid_value", "=", USER),
    ]
    assert [step.kind for step in found.steps] == ["set"]


def test_one_or_the_other_stays_text():
    tests = [("name", "opportunity", "Contains", made.text("a")), ("name", "opportunity", "Contains", made.text("b"))]  # fmt: skip
    found = tell(
        made.check(tests, [made.update("opportunity", name=made.text("c"))], logic="Or")
    )
    (condition,) = found.conditions
    assert (condition.operator, condition.text) == (
        "",
        "({name} contains a or {name} contains b)",
    )


def test_a_wait_counts_for_what_follows():
    found = tell(
        made.postpone(3),
        made.create("phonecall", "Call them", subject=made.text("Call"), scheduledend=made.days(2), ownerid=made.record("systemuser", USER, "Ana")),
        made.assign("opportunity", "systemuser", USER),
    )  # fmt: skip
    call, owner = found.steps
    assert (call.kind, call.delay) == ("activity", Delay(3))
    assert (call.data["kind"], call.data["summary"], call.data["days"]) == (
        "call",
        "Call",
        2,
    )
    assert call.values[0].value == USER
    assert "belongs to no record" in str(call.note)
    assert (owner.kind, owner.values[0].path, owner.values[0].value) == (
        "set",
        "_ownerid_value",
        USER,
    )


def test_a_mail_is_told_with_whom_it_goes_to():
    body = made.joined(made.text("<p>Dear "), made.of("fullname", "contact"))
    mail = made.create("email", "Welcome", "SendEmail", to=made.of("ownerid", "contact"), subject=made.text("Welcome"), description=body)  # fmt: skip
    (step,) = tell(mail, table="contact").steps
    assert step.kind == "mail"
    assert step.data == {
        "to": OWNER_OF_RECORD,
        "subject": "Welcome",
        "body": "<p>Dear [[fullname]]",
    }


def test_branches_are_told_in_words_and_draft_nothing():
    then = [made.update("opportunity", name=made.text("Big"))]
    otherwise = [made.create("account", name=made.text("Other"))]
    test = [("estimatedvalue", "opportunity", "LessThan", lambda v: made.constant(v, "Integer", "5", "Integer"))]  # fmt: skip
    found = tell(made.check(test, then, otherwise))
    assert {step.kind for step in found.steps} == {"other"}
    assert words(found) == [
        "{estimatedvalue} < 5: Change opportunity: name = Big",
        "Otherwise: Create account: name = Other",
    ]


@pytest.mark.parametrize("before", ["until", "stop"])
def test_what_comes_behind_an_uncertain_step_is_told_in_words_only(before):
    """A rule would do it at once, or for records that the workflow left alone."""
    test = [("statecode", "opportunity", "Equal", made.option(1))]
    first = made.check(test, [made.stop()] if before == "stop" else [], wait=before == "until")  # fmt: skip
    found = tell(first, made.update("opportunity", name=made.text("Later")))
    assert {step.kind for step in found.steps} == {"other"}
    assert words(found)[-1] == "Change opportunity: name = Later"


def test_a_program_of_somebody_else_is_named_and_its_secrets_are_not_kept():
    logic = kept(
        made.code(
            "Kunde.Workflows.ErpSync",
            ApiKey=made.SECRET,
            Url=f"https://me:{made.SECRET}@erp.example.com",
        ),
        made.update(
            "opportunity",
            new_password=made.text("hunter2"),
            name=made.text(made.SECRET),
        ),
    )
    assert made.SECRET not in json.dumps(logic)
    assert "hunter2" not in json.dumps(logic)
    (found,) = tell_process({"category": 0, "triggeroncreate": True, "_logic": logic})
    assert (
        words(found)[0]
        .partition(" (")[0]
        .endswith("Kunde.Workflows.ErpSync with ApiKey, Url")
    )


def test_a_step_that_is_not_understood_is_named():
    strange = '<mxswa:Telepathy DisplayName="TelepathyStep1: Think of them" />'
    found = tell(strange, made.update("opportunity", name=made.text("x")))
    assert (
        words(found)[0] == "A step that is not understood: Telepathy (“Think of them”)"
    )
    assert found.steps[1].kind == "set"


def test_a_definition_is_parsed_without_entities_and_without_fear():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    deep = "<a>" * 5000 + "</a>" * 5000
    for text in (bomb, deep, "<a", "", 7, None):
        assert read_logic(text) is None
    (found,) = tell_process({"name": "Unread", "category": 0, "_logic": None})
    assert "designer only" in str(found.gaps[0])
