"""Soffront's default profile: activities, and the conversation of a ticket."""

import pytest
from reading import own, records
from soffront_common import connect
from soffront_mappings_common import converted, first, mappings, proposed

pytestmark = pytest.mark.simulator


def test_a_ticket_keeps_its_conversation(simulator):
    source = connect(simulator)
    found = records(source, "tickets")
    ticket = next(r for r in found if r.stream == "tickets")
    model, values, problems = converted(source, "tickets", ticket.data)
    assert model == "project.task"
    assert values["user_ids"] == {"$owner": ticket.data["AssignTo"]}
    assert "It hums." in values["description"]
    assert not problems
    kinds = {}
    for record in found:
        if record.stream == "notes":
            model, values, problems = converted(source, "notes", record.data)
            assert (model, problems) == ("mail.message", ())
            assert values["body"].startswith("Please reset<br/>it")
            assert values["@thread"] == {
                "$ref": ["tickets", record.data["_parent"]["id"]]
            }
            kinds.setdefault(record.data["Status"], set()).add(values["@subtype"])
    assert kinds == {"public": {"comment"}, "private": {"note"}}


@pytest.mark.parametrize(
    ("kind", "status", "model"),
    [
        ("Call", "Open", "mail.activity"),
        ("Call", "Done", "mail.message"),
        ("E-mail", "Open", "mail.activity"),
        ("E-mail", "Done", "mail.message"),
        ("Meeting", "Open", "calendar.event"),
        ("Meeting", "Done", "calendar.event"),
        ("Task", "Open", "mail.activity"),
        ("Task", "Done", "mail.activity"),
        ("Visit", "Open", "mail.activity"),
    ],
)
def test_an_activity_becomes_what_its_kind_and_its_state_say(
    simulator, kind, status, model
):
    """A call that is still to be made is no history."""
    source = connect(simulator)
    data = {**first(source, "activities"), "ActType": kind, "Status": status}
    found, values, problems = converted(
        source, "activities", data, proposed(source, data)
    )
    assert found == model
    assert not problems
    if model == "mail.activity":
        assert ("@done_at" in values) is (kind == "Task" and status == "Done")
    told = values.get("note") or values.get("body") or values["description"]
    assert f"Status in Soffront: {status}" in told


def test_without_a_state_calls_are_history(simulator):
    form = simulator.customer.forms["Activity"]
    simulator.customer.forms["Activity"] = [
        r for r in form if r["FieldName"] != "Status"
    ]
    source = connect(simulator)
    data = {**first(source, "activities"), "ActType": "Call"}
    model, values, _problems = converted(
        source, "activities", data, {("activity_kinds", "Call"): "call"}
    )
    assert (model, values["@subtype"]) == ("mail.message", "call")


def test_activities_without_a_kind_are_things_to_do(simulator):
    form = simulator.customer.forms["Activity"]
    simulator.customer.forms["Activity"] = [
        r for r in form if r["FieldName"] != "ActType"
    ]
    items = mappings(connect(simulator), "activities")
    assert {item["model"] for item in items} == {"mail.activity"}
    assert [item["when"][0]["source"] for item in items] == ["Status"] * 2
    simulator.customer.forms["Activity"] = [
        r for r in form if r["FieldName"] not in ("ActType", "Status")
    ]
    [item] = mappings(connect(simulator), "activities")
    assert (item["model"], item["when"]) == ("mail.activity", [])


def test_what_was_done_is_nothing_to_do_any_more(simulator):
    source = connect(simulator)
    seen = {}
    for data in own(source, "activities").values():
        for status in ("Open", "Done"):
            data["Status"] = status
            model, values, problems = converted(
                source, "activities", data, proposed(source, data)
            )
            assert not problems
            if data["ActType"] == "Task":
                assert model == "mail.activity"
                seen.setdefault(status, set()).add("@done_at" in values)
                assert f"Status in Soffront: {status}" in values["note"]
    assert seen == {"Open": {False}, "Done": {True}}


def test_notes_that_do_not_tell_who_may_see_them_are_internal(simulator):
    form = simulator.customer.forms["Note"]
    simulator.customer.forms["Note"] = [r for r in form if r["FieldName"] != "Status"]
    [item] = mappings(connect(simulator), "notes")
    assert item["label"] == "Internal notes"
    assert item["when"] == []
