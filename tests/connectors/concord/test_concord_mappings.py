"""What records of Concord CRM become: meetings, documents, custom fields."""

import datetime as dt
import fnmatch

import pytest
from concord_common import a_simulator, connect, plan_of, values_of
from reading import own, records

pytestmark = pytest.mark.simulator


@pytest.mark.parametrize("version", ["1.2.2", "1.6.0"])
@pytest.mark.parametrize(
    ("kind", "end", "model"),
    [
        # A call, a task, an e-mail to write or a deadline at ten o'clock.
        (1, None, "mail.activity"),
        (3, None, "mail.activity"),
        (4, None, "mail.activity"),
        (5, None, "mail.activity"),
        (6, None, "mail.activity"),
        (2, None, "calendar.event"),
        # What has a beginning and an end takes its time; a task is still to be done.
        (1, "10:45:00", "calendar.event"),
        (2, "10:45:00", "calendar.event"),
        (6, "10:45:00", "calendar.event"),
        (3, "10:45:00", "mail.activity"),
        (1, "10:00:00", "mail.activity"),
    ],
)
def test_what_takes_its_time_is_a_meeting(version, kind, end, model):
    with a_simulator(version) as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": kind, "end_time": end}
        got, values = plan_of(simulator, "timed_without_end")
    assert got == model
    if model == "mail.activity":
        assert "<p>Time: 2025-06-19" in values["note"]


ALL_DAY = {"start_date": "2025-06-19", "stop_date": "2025-06-19", "allday": True}


@pytest.mark.parametrize("version", ["1.2.2", "1.6.0"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"due_time": None}, ALL_DAY),
        ({"due_time": None, "end_date": None}, ALL_DAY),
        (
            {"due_time": None, "end_date": "2025-06-21"},
            {**ALL_DAY, "stop_date": "2025-06-21"},
        ),
        ({}, {"start": "2025-06-19 10:00:00", "allday": False}),
        ({"end_date": None}, {"start": "2025-06-19 10:00:00", "allday": False}),
        (
            {"end_time": "11:30:00"},
            {"start": "2025-06-19 10:00:00", "stop": "2025-06-19 11:30:00", "allday": False},
        ),
        # A day without a time is the owner's, here of New York; the last one counts.
        (
            {"end_date": "2025-06-21"},
            {"start": "2025-06-19 10:00:00", "stop": "2025-06-22 03:59:59", "allday": False},
        ),
        # Eight in the evening of the 18th, in New York: when it ends is not known.
        (
            {"due_time": "00:30:00", "end_date": "2025-06-18"},
            {"start": "2025-06-19 00:30:00", "allday": False},
        ),
        (
            {"due_time": None, "end_time": "16:00:00"},
            {"start": "2025-06-19 04:00:00", "stop": "2025-06-19 16:00:00", "allday": False},
        ),
    ],
)  # fmt: skip
def test_a_meeting_takes_the_time_of_which_parts_are_given(version, given, expected):
    with a_simulator(version) as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": 2, "end_time": None, "end_date": row["due_date"]}
        row |= given
        simulator.company["users"][row["user_id"]]["timezone"] = "America/New_York"
        got, values = plan_of(simulator, "timed_without_end")
    times = ("start", "stop", "start_date", "stop_date", "allday")
    assert got == "calendar.event"
    assert {name: values[name] for name in times if name in values} == expected


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Time: 2025-06-19 12:00 (Europe/Berlin)"),
        ({"end_time": "10:45:00"}, "Time: 2025-06-19 12:00 – 12:45 (Europe/Berlin)"),
        (
            {"end_date": "2025-06-20", "end_time": "10:45:00"},
            "Time: 2025-06-19 12:00 – 2025-06-20 12:45 (Europe/Berlin)",
        ),
        (
            {"end_date": "2025-06-21"},
            "Time: 2025-06-19 12:00 – 2025-06-21 (Europe/Berlin)",
        ),
        (
            {"due_time": None, "end_date": "2025-06-21"},
            "Time: 2025-06-19 – 2025-06-21</p>",
        ),
        (
            {"due_time": None, "end_time": "10:45:00"},
            "Time: 2025-06-19 – 2025-06-19 12:45 (Europe/Berlin)",
        ),
    ],
)
def test_what_is_to_be_done_tells_the_time_that_it_has_no_field_for(given, told):
    with a_simulator() as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": 3, "end_time": None, "end_date": row["due_date"]}
        row |= given
        simulator.company["users"][row["user_id"]]["timezone"] = "Europe/Berlin"
        _model, values = plan_of(simulator, "timed_without_end")
    assert told in values["note"]
    assert values["date_deadline"] == "2025-06-19"


def test_a_document_becomes_a_note_as_people_write_one():
    with a_simulator() as simulator:
        document = next(iter(simulator.company.rows("documents")))
        document |= {
            "content": "<h1>Offer</h1><p>Until <strong>May</strong></p>",
            "original_date_sent": "2025-06-19T10:00:00.000000Z",
            "accepted_at": "2025-06-20T00:00:00.000000Z",
        }
        source = connect(simulator)
        found = values_of(source, "documents", "mail.message")
    body = found[str(document["id"])].values["body"]
    assert "<h1>Offer</h1><p>Until <strong>May</strong></p>" in body
    assert "<p>First sent: 2025-06-19 11:00</p>" in body  # in Lisbon
    assert "<p>Accepted: 2025-06-20</p>" in body
    assert ".000000Z" not in body


def test_a_type_that_a_customer_made_is_named(simulator):
    simulator.company.find("timed_without_end")["activity_type_id"] = 7
    kinds = {data["_kind"] for data in own(connect(simulator), "activities").values()}
    assert "Besichtigung" in kinds
    assert not any(kind.isdecimal() for kind in kinds)
    _model, values = plan_of(simulator, "timed_without_end")
    assert "<p>Type: Besichtigung</p>" in values["note"]


@pytest.mark.parametrize("version", ["1.2.0", "1.6.0"])
def test_meetings_and_activities_share_the_plans_between_them(version):
    with a_simulator(version) as simulator:
        source = connect(simulator)
        meetings = values_of(source, "activities", "calendar.event")
        plans = values_of(source, "activities", "mail.activity")
        everything = own(source, "activities")
    assert meetings
    assert plans
    assert not set(meetings) & set(plans)
    assert set(meetings) | set(plans) == set(everything)
    for outcome in meetings.values():
        values = outcome.values
        assert ("start" in values) is not values["allday"]
        if values["allday"]:
            assert values["start_date"] <= values["stop_date"]
        for problem in outcome.problems:
            assert problem.level == "warning"
    for outcome in plans.values():
        dt.date.fromisoformat(outcome.values["date_deadline"])


def test_options_of_custom_fields_fit_the_data(source):
    values = values_of(source, "contacts", "res.partner")
    mapping = next(m for m in source.get_mappings() if m.stream == "contacts")
    options = {
        f"@custom.{item.key}": {key for key, _label in item.options}
        for item in mapping.custom_fields
        if item.kind in ("selection", "multi_selection")
    }
    assert options
    met = 0
    for outcome in values.values():
        for target in options.keys() & outcome.values.keys():
            chosen = outcome.values[target]
            assert (
                set(chosen if isinstance(chosen, list) else [chosen]) <= options[target]
            )
            met += 1
    assert met


def test_a_day_in_a_custom_field_never_shifts(source):
    mapping = next(m for m in source.get_mappings() if m.stream == "contacts")
    days = {
        f.source: f.target
        for f in mapping.fields
        if f.steps[-1:] and f.steps[-1].name == "date"
    }
    assert days
    values = values_of(source, "contacts", "res.partner")
    met = 0
    for key, data in own(source, "contacts").items():
        for path, target in days.items():
            if data.get(path):
                assert values[key].values[target] == data[path][:10]
                met += 1
    assert met


def test_guests_of_what_is_no_meeting_are_not_lost(simulator, source):
    row = simulator.company.find("meeting_with_guests")
    row |= {"activity_type_id": 3, "end_time": None}
    plans = values_of(source, "activities", "mail.activity")
    met = 0
    for key, data in own(source, "activities").items():
        if key in plans and data.get("guests"):
            for guest in data["guests"]:
                assert guest["guest_email"] in plans[key].values["note"]
                met += 1
    assert met


def test_whatever_a_record_has_is_mapped_or_left_out_with_a_reason(source):
    read = {}
    for stream in source.get_streams():
        for record in records(source, stream.name):
            filled = {k for k, v in record.data.items() if v not in (None, "", [], {})}
            read.setdefault(record.stream, set()).update(filled)
    for mapping in source.get_mappings():
        if mapping.part:
            continue  # a part of what the record itself says
        paths = {"id"}
        for item in (*mapping.fields, *(mapping.when)):
            several = isinstance(item.source, tuple)
            paths |= set(item.source if several else [item.source]) - {None}
        known = {path.split(".")[0] for path in paths}
        known |= {f"{name}_id" for name in known}
        known |= {name.removesuffix("_id") for name in known}
        patterns = [*source.ignored, *mapping.ignored]
        left = {
            name
            for name in read[mapping.stream] - known
            if not name.startswith("_")
            and not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
        }
        assert not left, (mapping.stream, mapping.model)
