"""OPEX 365's default profile: tasks, mails, calls, meetings, posts and their pictures."""

import pytest
from reading import records

from connectors.core.errors import RecordError
from connectors.mapping.apply import applies, apply, as_json
from connectors.opex365.pictures import find_places
from simulators.opex365_activities import PNG

pytestmark = pytest.mark.simulator


def test_every_activity_becomes_something(reading):
    for name, models in (
        ("emails", ("mail.message",)),
        ("calls", ("mail.message", "mail.activity")),
        ("tasks", ("mail.message", "mail.activity")),
        ("meetings", ("mail.message", "calendar.event")),
        ("letters", ("mail.message",)),
    ):
        found = [key for model in models for key in reading.values(name, model)]
        assert sorted(found) == sorted(reading.own(name)), name


def test_tasks_may_be_those_of_a_project(reading):
    """Where the consultant says so: the open, the done and the canceled ones alike."""
    chosen = {("task_kinds", "task"): "task"}
    states = set()
    for data in reading.own("tasks").values():
        (item,) = [
            mapping
            for mapping in map(as_json, reading.source.get_mappings())
            if mapping["stream"] == "tasks" and applies(mapping, data, chosen)
        ]
        assert item["model"] == "project.task"
        values = apply(item["fields"], data, zone="Europe/Paris").values
        states.add(values["@done"])
        assert values["@thread"] if data.get("_thread") else True
    assert states == {"open", "done", "cancelled"}


def test_unsent_mails_keep_who_they_were_for(reading):
    mails = reading.own("emails")
    values = reading.values("emails", "mail.message")
    unsent = [k for k, mail in mails.items() if mail["statecode"] == 0]
    assert {mails[key]["statuscode"] for key in unsent} == {1, 8}
    for key in unsent:
        got = values[key].values
        roles = {party["role"] for party in got["@addresses"]}
        assert {"from", "to", "cc"} <= roles
        assert got["@author"]
        assert got["@subtype"] == "note"
        for word in ("From: ", "To: ", "Cc: ", "achats@valmont-outils.example"):
            assert word in got["body"]
        assert "<b>" not in got["body"].partition("<html>")[0], "a name is no markup"


def test_what_nobody_wrote_names_the_account_and_asks_for_no_user(reading):
    known = reading.simulator.org.known
    values = reading.values("notes", "mail.message")
    notes = reading.own("notes")
    [key] = [
        k for k, n in notes.items() if n["_createdby_value"] == known["integration"]
    ]
    got = values[key].values
    assert got["email_from"] == "INTEGRATION"
    assert not {"@author", "@created_by", "@updated_by"} & set(got)
    nobodies = {
        known[n] for n in ("app", "system", "integration", "import", "service0")
    }
    asked = str([v.values for m in reading.mappings for v in reading.values(m.stream, m.model, m.part).values()])  # fmt: skip
    assert not any(f"'$owner': '{key}'" in asked for key in nobodies)


def test_pictures_within_texts_come_along_with_the_place_where_they_stand(reading):
    known, org = reading.simulator.org.known, reading.simulator.org
    found = {
        r.data["_parent"]["id"]: r.data
        for name in ("notes", "meetings", "companies")
        for r in records(reading.source, name)
        if r.stream == "media" and r.data.get("_inline")
    }
    assert set(found) == {
        known[n] for n in ("pictured_note", "pictured_meeting", "valmont", "lost_picture")
    }  # fmt: skip
    note = found[known["pictured_note"]]
    assert (
        note["_inline"][0]
        in org.tables["annotation"][known["pictured_note"]]["notetext"]
    )
    for key in ("pictured_note", "pictured_meeting", "valmont"):
        reference = {"path": found[known[key]]["_path"], "name": "a"}
        assert b"".join(reading.source.read_file(reference)) == PNG
    with pytest.raises(RecordError):
        list(reading.source.read_file({"path": found[known["lost_picture"]]["_path"]}))


def test_a_picture_of_another_host_is_nobody_elses_business():
    key = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    path = f"/api/data/v9.0/msdyn_richtextfiles({key})/msdyn_imageblob/$value?size=full"
    for host, seen in (
        ("", 1),
        ("https://ours.example", 1),
        ("https://evil.example", 0),
    ):
        text = f"<img src='{host}{path}'>"
        assert len(find_places(text, "ours.example")) == seen


def test_a_call_that_was_made_names_who_was_called(reading):
    values = reading.values("calls", "mail.message")
    rows = reading.own("calls")
    leads = {
        key: rows[key]["_named"]["to"]
        for key in values
        if any(each["stream"] == "leads" for each in rows[key].get("_recipients", ()))
    }
    assert leads
    for key, names in leads.items():
        assert f"<p>To: {', '.join(names)}</p>" in values[key].values["body"]


def test_posts_of_people_come_and_those_of_the_platform_do_not(reading):
    posts = reading.own("posts")
    assert not any("<pi" in row["text"] for row in posts.values())
    values = reading.values("posts", "mail.message")
    known = reading.simulator.org.known
    assert values[known["post"]].values["body"] == "Ruft lieber nachmittags an"
    comments = reading.values("post_comments", "mail.message")
    [got] = comments.values()
    assert got.values["@thread"] == [{"$ref": ["posts", known["post"]]}]


def test_whole_days_stay_whole_days(reading):
    meetings = reading.own("meetings")
    values = reading.values("meetings", "calendar.event")
    days = [v.values for k, v in values.items() if meetings[k]["isalldayevent"]]
    assert days
    for got in days:
        assert got["allday"] is True
        assert got["start_date"] == got["stop_date"] == "2025-03-07"
        assert "start" not in got
    others = [
        v.values for k, v in values.items()
        if not meetings[k]["isalldayevent"] and "Vorführung" not in str(meetings[k])
        and not meetings[k]["seriesid"]
    ]  # fmt: skip
    assert {(got["start"], got["stop"]) for got in others} == {
        ("2025-03-07 09:30:00", "2025-03-07 10:15:00")
    }


def test_a_series_is_a_rule_and_its_meetings_stand_in_it(reading):
    rules = reading.values("recurring_meetings", "calendar.recurrence")
    meetings = reading.values("meetings", "calendar.event")
    told = {}
    for key, rule in rules.items():
        ref = {"$ref": ["recurring_meetings", key]}
        told[rule.values["@rule"]] = sorted(
            (m.values["start"], m.values["follow_recurrence"])
            for m in meetings.values()
            if m.values.get("recurrence_id") == ref
        )
    assert told == {
        # At ten in Lisbon, before and after the change of the clock; one was moved.
        "FREQ=WEEKLY;BYDAY=MO": [
            ("2025-03-10 10:00:00", True),
            ("2025-03-17 10:00:00", True),
            ("2025-03-25 15:00:00", False),
            ("2025-04-07 09:00:00", True),
        ],
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2": [
            ("2025-03-31 13:00:00", True),
            ("2025-04-30 13:00:00", True),
        ],
    }
    alone = [m for m in meetings.values() if not m.values.get("recurrence_id")]
    assert len(alone) == len(meetings) - 6
