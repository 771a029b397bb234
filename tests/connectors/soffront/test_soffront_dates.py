"""Soffront's default profile: days and instants, in the zone and the style of the server."""

import pytest
from reading import own
from soffront_common import connect, endpoints
from soffront_mappings_common import converted, first, proposed

pytestmark = pytest.mark.simulator


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-02T00:00:00", "2021-03-03T00:00:00", (True, "2021-03-02", "2021-03-02")),
        ("2021-03-02T00:00:00", "2021-03-05T00:00:00", (True, "2021-03-02", "2021-03-04")),
        ("3/2/2021", None, (True, "2021-03-02", "2021-03-02")),
        ("2021-03-02T10:00:00", "2021-03-02T11:30:00", (False, "2021-03-02 15:00:00", "2021-03-02 16:30:00")),
        ("2021-03-02T10:00:00", None, (False, "2021-03-02 15:00:00", None)),
        ("2021-03-02T00:00:00", "2021-03-02T09:00:00", (False, "2021-03-02 05:00:00", "2021-03-02 14:00:00")),
    ],
)  # fmt: skip
def test_a_midnight_of_the_server_is_a_day(simulator, start, end, expected):
    key = next(r["FormID"] for r in simulator.customer.rows("Activity") if r["ActType"] == "Meeting")  # fmt: skip
    simulator.date_styles = {"StartDt": "raw", "EndDt": "raw"}
    simulator.customer.tables.update("Activity", key, StartDt=start, EndDt=end)
    source = connect(simulator)
    data = own(source, "activities")[str(key)]
    _model, values, _problems = converted(
        source, "activities", data, proposed(source, data)
    )
    allday = values["allday"]
    names = ("start_date", "stop_date") if allday else ("start", "stop")
    assert (allday, *(values.get(name) for name in names)) == expected


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("America/New_York", "2021-03-02 15:11:00"),
        ("Asia/Tokyo", "2021-03-02 01:11:00"),
        ("UTC", "2021-03-02 10:11:00"),
    ],
)
@pytest.mark.parametrize(
    "written", ["2021-03-02T10:11:00", "2021-03-02 10:11:00", "3/2/2021 10:11:00 AM"]
)
def test_the_zone_that_was_chosen_decides_what_is_stored(simulator, zone, utc, written):
    source = connect(simulator, timezone=zone)
    data = {**first(source, "tickets"), "CallTime": written}
    _model, values, problems = converted(source, "tickets", data)
    assert values["@created_at"] == utc
    assert not problems


def test_an_instant_that_names_itself_is_not_moved(simulator):
    for zone in ("America/New_York", "Asia/Tokyo"):
        source = connect(simulator, timezone=zone)
        data = {**first(source, "tickets"), "CallTime": "/Date(1614679860000)/"}
        _model, values, _problems = converted(source, "tickets", data)
        assert values["@created_at"] == "2021-03-02 10:11:00"


def test_the_hour_that_a_clock_change_leaves_out_is_still_an_instant(simulator):
    source = connect(simulator)
    data = {**first(source, "tickets"), "CallTime": "2021-03-14 02:30:00"}
    _model, values, problems = converted(source, "tickets", data)
    assert values["@created_at"] == "2021-03-14 07:30:00"
    assert not problems


def test_days_may_be_written_day_first(simulator):
    source = connect(simulator, endpoints=endpoints(dates={"order": "dmy"}))
    data = {**first(source, "tickets"), "CallTime": "2/3/2021 10:11"}
    _model, values, _problems = converted(source, "tickets", data)
    assert values["@created_at"] == "2021-03-02 15:11:00"


def test_all_date_styles_of_one_server_mean_the_same_moment(simulator):
    simulator.date_styles = {"CallTime": "us", "Closedat": "ms", "LastMod": "text"}
    same = "2021-07-04 21:05:06"
    key = simulator.customer.rows("Ticket")[0]["FormID"]
    simulator.customer.tables.update(
        "Ticket", key, CallTime=same, Closedat=same, LastMod=same
    )
    source = connect(simulator)
    _model, values, _problems = converted(
        source, "tickets", own(source, "tickets")[str(key)]
    )
    moments = {values[name] for name in ("@created_at", "@updated_at", "@done_at")}
    assert moments == {"2021-07-05 01:05:06"}
