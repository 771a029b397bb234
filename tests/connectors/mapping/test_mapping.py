"""What holds for every conversion, whatever a source may send."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.source import Stream
from connectors.mapping import vocabulary as v
from connectors.mapping.apply import apply, as_json
from connectors.mapping.lint import SPECIAL_TARGETS, lint_profile
from connectors.mapping.transforms import TRANSFORMS, BadValue, is_blank

# Text as JSON brings it, lone surrogates and all.
texts = st.text(max_size=30) | st.sampled_from(
    ["", " ", "\x00", "0000-00-00", "20260-01-01", "9999-12-31T23:59:59-12:00",
     "0001-01-01T00:00:00+14:00", "1,234", "1.234,50", "1e400", "NaN", "-0", "a@b",
     "Ana <ana@example.com>", "<b>x", "https://[", "[", "//[::", "ﬁrst.example", "\u2100.example", "+351 21", "שלום", "👩‍👩‍👧", "१२",
     "2025-06-30T23:30:00Z", "2025-02-30", "2025-06-30 10:00", "--1"]
)  # fmt: skip
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.sampled_from([10**400, 1751278200, 1751278200123])
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
objects = st.fixed_dictionaries(
    {},
    optional={
        "id": scalars, "name": scalars, "type": scalars, "stream": scalars,
        "address": scalars, "date": scalars, "time": scalars, "number": scalars,
    },
)  # fmt: skip
single = scalars | objects
anything = single | st.lists(
    single | st.lists(single | st.lists(single, max_size=3), max_size=3), max_size=3
)
three = st.lists(anything, min_size=3, max_size=3)

ONE_VALUE = {
    name: step
    for name, step in {
        "strip": v.strip, "plain_text": v.plain_text, "lower": v.lower, "join": v.join(), "split": v.split(),
        "part": v.part(",", 2, 2),
        "html": v.html, "text_from_html": v.text_from_html, "json_text": v.json_text,
        "html_table": v.html_table(("name", "Name")), "email": v.email,
        "phone": v.phone, "url": v.url, "domain_name": v.domain_name,
        "decimal": v.decimal, "integer": v.integer, "boolean": v.boolean,
        "invert": v.invert, "date": v.date, "datetime": v.datetime_in("Asia/Kathmandu"),
        "local_date": v.Step("local_date", ("America/St_Johns",)),
        "date_and_time": v.date_and_time, "constant": v.constant(1),
        "default": v.default(1), "coalesce": v.coalesce,
        "pick": v.pick("type", "work", "number"), "each": v.each("id"),
        "replace_values": v.replace_values(a="b"), "lookup": v.lookup("deals"),
        "lookup_all": v.lookup_all("deals"), "value_map": v.value_map("stages"),
        "owner": v.owner, "lookup_parent": v.lookup_parent, "one_link": v.one_link, "period": v.period("start"),
        "lookup_by": v.lookup_by("contacts", "email"),
        "date_as": v.date_as("dmy"), "datetime_as": v.datetime_as("mdy"),
        "decimal_as": v.decimal_as(","),
        "stage_steps": v.stage_steps("stages"),
        "stage_moves": v.stage_moves("stages", "dmy"),
        "stages_entered": v.stages_entered("stages", ("New", "Won")),
        "duration": v.duration("minutes"), "percent": v.percent(100),
        "currency_of": v.currency_of, "first_email": v.first_email,
        "name_of_email": v.Step("name_of_email"),
        "name_alone": v.Step("name_alone"),
        "first_phone": v.first_phone,
        "template_subject": v.template_subject("capitals"),
        "template_body": v.template_body("braces"),
        "in_period": v.Step("in_period", ("again",)),
        "span": v.Step("span", ("start",)),
        "rows": v.Step("rows", ([],)),
        "sum_of_lines": v.Step("sum_of_lines", ("number", "id", "name")),
    }.items()
}  # fmt: skip
THREE_VALUES = {
    "template": v.template("{0} {1} {2}"),
    "template_tags": v.template_tags("braces"),
    "labelled": v.labelled("A", ("B", "{name} {id}", 1), ""),
    "as_object": v.as_object("a", "b", "c"),
    "addresses": v.addresses("from", "to", "cc"),
    "lookup_first": v.lookup_first("deals", "contacts", "companies"),
    "lookup_several": v.lookup_several("deals", "contacts", "companies"),
    "lookup_several_by": v.lookup_several_by(
        ("deals", ""), ("contacts", "email"), ("companies", "name")
    ),
    "lookup_typed": v.lookup_typed("type", "contacts", users="users"),
    "duration_of": v.duration_of("days", "hours", "minutes"),
    "other_numbers": v.other_numbers(("email", "A"), ("phone", "B"), ("phone", "C")),
    "outcome": v.outcome("won", "closed", "lost"),
    "progress": v.progress("done", "states", "more"),
    "moment": v.moment("dmy"),
    "moment_of_end": v.moment_of_end("mdy"),
    "full_name": v.full_name("whole", "company", "part"),
    "is_organization": v.is_organization("whole", "company", "part"),
}


def outcome_of(step, value):
    """Apply one step; return its value, or None where it is refused with a reason."""
    fields = [{"target": "t", "source": "s", "steps": [step.as_json()]}]
    outcome = apply(fields, {"s": value}, zone="Europe/Lisbon")
    json.dumps([outcome.values, [p.data for p in outcome.problems]], allow_nan=False)
    for problem in outcome.problems:
        assert problem.level == "warning"
        assert problem.code
    return outcome.values.get("t")


def test_every_step_of_the_vocabulary_is_tried_here():
    assert set(TRANSFORMS) == set(ONE_VALUE) | set(THREE_VALUES)


@pytest.mark.parametrize("name", sorted(ONE_VALUE))
@given(value=anything)
def test_a_value_is_converted_or_refused_with_a_reason(name, value):
    outcome_of(ONE_VALUE[name], value)


@pytest.mark.parametrize("name", sorted(THREE_VALUES))
@given(values=three)
def test_several_values_are_converted_or_refused_with_a_reason(name, values):
    fields = [
        {
            "target": "t",
            "source": ["a", "b", "c"],
            "steps": [THREE_VALUES[name].as_json()],
        }
    ]
    data = dict(zip("abc", values, strict=True))
    outcome = apply(fields, data, zone="Europe/Lisbon")
    json.dumps(outcome.values, allow_nan=False)


@pytest.mark.parametrize(
    "name",
    ["strip", "plain_text", "lower", "split", "email", "phone", "url", "domain_name", "decimal",
     "integer", "boolean", "date", "date_and_time", "local_date", "date_as", "decimal_as",
     "html", "replace_values", "default"],
)  # fmt: skip
@given(value=anything)
def test_what_is_converted_stays_when_converted_again(name, value):
    once = outcome_of(ONE_VALUE[name], value)
    if once is not None:
        assert outcome_of(ONE_VALUE[name], once) == once


moments = st.datetimes(timezones=st.sampled_from([dt.timezone.utc]) | st.timezones())


@given(moment=moments, zone=st.sampled_from(["Asia/Kathmandu", "UTC", "Pacific/Apia"]))
def test_an_instant_stays_the_same_instant(moment, zone):
    written = moment.isoformat()
    try:
        text = TRANSFORMS["datetime"](written, zone)
    except BadValue:
        # Only what is of a year that nobody means may be refused.
        near_the_ends = not 1753 <= moment.year <= 2200
    else:
        parsed = dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
        truth = dt.datetime.fromisoformat(written).astimezone(dt.timezone.utc)
        assert parsed == truth.replace(tzinfo=None, microsecond=0)
        return
    assert near_the_ends


@given(value=anything)
def test_days_stay_within_the_calendar(value):
    for step in (v.date, v.local_date, v.datetime):
        converted = outcome_of(step, value)
        if converted is not None:
            assert dt.date(1, 1, 1) <= dt.date.fromisoformat(converted[:10])


@given(
    begin=moments.map(lambda m: m.isoformat()) | st.dates().map(str) | texts,
    end=st.none() | moments.map(lambda m: m.isoformat()) | st.dates().map(str) | texts,
)
def test_a_meeting_never_ends_before_it_begins(begin, end):
    fields = [
        as_json(
            v.mapping(
                "a",
                "m",
                v.field("start", ("b", "e"), v.period("start"), v.datetime),
                v.field("stop", ("b", "e"), v.period("stop"), v.datetime),
                v.field("start_date", ("b", "e"), v.period("start_date")),
                v.field("stop_date", ("b", "e"), v.period("stop_date")),
            )
        )["fields"]
    ][0]
    values = apply(fields, {"b": begin, "e": end}, zone="UTC").values
    for first, last in (("start", "stop"), ("start_date", "stop_date")):
        if first in values and last in values:
            assert values[first] <= values[last]
    assert not {"start", "start_date"} <= set(values)


@given(value=anything)
def test_what_is_required_arrives_or_is_an_error(value):
    fields = [{"target": "t", "source": "s", "steps": [["strip"]], "required": True}]
    outcome = apply(fields, {"s": value})
    assert bool(outcome.values) is not bool(outcome.problems)
    assert all(problem.level == "error" for problem in outcome.problems)
    assert not any(is_blank(found) for found in outcome.values.values())


# -- the checks of a profile ---------------------------------------------------------

STREAMS = (Stream("deals"), Stream("notes", depends_on=("deals",)))
LISTS = (v.ValueList("kinds", "Kinds"),)


def faults(*mappings, lists=LISTS):
    return lint_profile(mappings, lists, STREAMS)


def test_a_second_value_of_a_target_is_told_and_takes_no_place():
    fields = [
        {"target": "name", "source": source, "steps": [["strip"]], "required": False}
        for source in ("a", "b", "c")
    ]
    outcome = apply(fields, {"a": "Vera", "b": "Max", "c": "Vera"})
    assert outcome.values == {"name": "Vera"}
    (problem,) = outcome.problems
    assert (problem.code, problem.source, problem.value) == ("filled_twice", "b", "Max")


def test_a_sound_profile_has_no_faults():
    assert not faults(
        v.mapping("deals", "crm.lead", v.field("name", "name", v.strip)),
        v.mapping(
            "notes",
            "mail.message",
            v.field("@thread", "deal_id", v.lookup("deals")),
            after=("deals",),
            when=v.is_one_of("kind", "a", value_list="kinds"),
        ),
        v.mapping(
            "notes",
            "mail.activity",
            v.field("summary", "kind", v.value_map("kinds")),
            when=v.is_one_of("kind", "b", value_list="kinds"),
        ),
    )


@pytest.mark.parametrize(
    ("mappings", "word"),
    [
        ([v.mapping("dealz", "crm.lead")], "dealz"),
        ([v.mapping("deals", "m", after=("dealz",))], "dealz"),
        (
            [v.mapping("deals", "m", v.field("a", "b", v.Step("frobnicate")))],
            "frobnicate",
        ),
        ([v.mapping("deals", "m", v.field("a", "b", v.lookup("dealz")))], "dealz"),
        (
            [v.mapping("deals", "m", v.field("a", ("b",), v.lookup_first("x")))],
            "looks up x",
        ),
        ([v.mapping("deals", "m", v.field("@thred", "b"))], "@thred"),
        ([v.mapping("deals", "m", v.field("@custom.a", "b"))], "@custom.a"),
        ([v.mapping("deals", "m", v.field("a"))], "nothing fills"),
        ([v.mapping("deals", "m", v.field("a", "b"), v.field("a", "c"))], "twice"),
        ([v.mapping("deals", "m", v.field("a", "b", v.value_map("tiers")))], "tiers"),
        ([v.mapping("deals", "m", when=v.is_one_of("a", 1, value_list="t"))], "list t"),
        ([v.mapping("deals", "m"), v.mapping("deals", "n")], "both apply"),
        (
            [
                v.mapping("deals", "m", when=v.is_one_of("a", 1, 2)),
                v.mapping("deals", "n", when=v.is_one_of("a", 2, 3)),
            ],
            "both apply",
        ),
        (
            [
                v.mapping("deals", "m", after=("notes",)),
                v.mapping("notes", "n", after=("deals",)),
            ],
            "no start",
        ),
    ],
)
def test_each_fault_is_named(mappings, word):
    found = faults(*mappings)
    assert any(word in sentence for sentence in found), found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (v.is_set("a"), v.is_unset("a")),
        (v.is_one_of("a", 1), v.is_none_of("a", 1, 2)),
        (v.is_one_of("a", 1), v.is_one_of("a", 2)),
        (v.is_one_of("a", 1), v.is_unset("a")),
    ],
)
def test_conditions_that_exclude_each_other_are_seen(one, other):
    for first, second in ((one, other), (other, one)):
        assert not faults(
            v.mapping("deals", "m", when=first), v.mapping("deals", "n", when=second)
        )


def test_the_special_targets_are_those_of_the_table():
    assert {"@thread", "@file", "@inline", "@subtype", "@note"} <= SPECIAL_TARGETS


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Clocks in Lisbon go from 01:00 to 02:00 on that day.
        ("2024-03-31 01:15", "2024-03-31 02:00", ("01:15", "02:00")),
        ("2024-03-31 01:10", "2024-03-31 02:10", ("01:10", "02:10")),
        ("2024-03-31 01:10", "2024-03-31 01:50", ("01:10", "01:50")),
        ("2024-03-31 00:30", "2024-03-31 01:30", ("00:30", "01:30")),
        ("2024-03-31 00:30", "2024-03-31 02:30", ("00:30", "01:30")),
        ("2024-03-31 02:10", "2024-03-31 03:10", ("01:10", "02:10")),
        ("2024-03-31T01:10:00Z", "2024-03-31T01:40:00Z", ("01:10", "01:40")),
        ("2024-03-31 01:10", "2024-03-31 00:50", ("01:10", "00:50")),
    ],
)
def test_a_meeting_in_a_skipped_hour_takes_as_long_as_is_written(start, end, expected):
    fields = [
        {"target": "start", "source": "a", "steps": [["datetime", None]]},
        {"target": "stop", "source": "b", "steps": [["datetime", None]]},
    ]
    values = apply(fields, {"a": start, "b": end}, zone="Europe/Lisbon").values
    assert (values["start"][11:16], values["stop"][11:16]) == expected


def test_days_and_times_apart_in_a_skipped_hour():
    fields = [
        {"target": "start", "source": ["d", "t"], "steps": [["moment", "dmy", None]]},
        {
            "target": "stop",
            "source": ["d", "u", "", "d", "t"],
            "steps": [["moment_of_end", "dmy", None]],
        },
    ]
    data = {"d": "31.03.2024", "t": "02:30", "u": "03:30"}
    values = apply(fields, data, zone="Europe/Berlin").values
    assert values["start"] == "2024-03-31 01:30:00"
    assert values["stop"] == "2024-03-31 02:30:00"
