"""NextCRM: networks, refusals and locks that get in the way of reading.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import time

import pytest
from nextcrm_common import connect, read_stepwise
from reading import own, pages_of, records

from connectors.core.errors import (
    AuthenticationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from connectors.nextcrm.source import NextCrmSource
from simulators.nextcrm import PASSWORD

pytestmark = pytest.mark.simulator


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("cut", {"every": 3, "times": 5}),
        ("drop", {"every": 20, "times": 9}),  # one statement in twenty
        ("error", {"every": 4, "times": 6, "code": "57P01"}),
        ("error", {"after": 2, "times": 3, "code": "53200"}),
        ("error", {"after": 1, "times": 3, "code": "40001"}),
        ("hang", {"every": 5, "times": 2, "delay": 0.2}),
    ],
)
@pytest.mark.parametrize("name", ["contacts", "activities"])
def test_a_bad_network_loses_nothing_and_doubles_nothing(faulty, name, kind, options):
    whole = records(connect(faulty), name)
    match = "^(?!CLOSE)" if kind == "drop" else "FETCH|DECLARE|row_to_json"
    fault = faulty.door.add_fault(match, kind, **options)
    found, failures = read_stepwise(faulty, name)
    assert fault.fired
    assert failures or kind == "hang"
    assert found == whole


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("40001", RetryableError, "busy"),  # a standby that must catch up
        ("53200", RetryableError, "busy"),
        ("55P03", RetryableError, "busy"),
        ("57P01", RetryableError, "cut_off"),
        ("25P03", RetryableError, "cut_off"),
        ("42501", ForbiddenError, "forbidden"),
        ("57014", FatalError, "statement_timeout"),
        ("42703", FatalError, "server_error"),
        ("XX001", FatalError, "server_error"),
    ],
)
def test_every_refusal_of_a_statement_has_a_meaning(faulty, state, kind, code):
    words = {"code": state, "message": 'row (Ana, "geheim") of relation'}
    faulty.door.add_fault("FROM .crm_Leads", "error", **words)
    with pytest.raises(kind) as caught:
        records(connect(faulty), "leads")
    assert caught.value.code == code
    assert "geheim" not in f"{caught.value} {caught.value.data}"


def test_a_server_without_room_is_come_back_to(faulty):
    whole = records(connect(faulty), "contacts")
    full = {"code": "53300", "message": "sorry, too many clients already"}
    fault = faulty.door.add_fault("connect", "refuse", every=2, times=8, **full)
    found, failures = read_stepwise(faulty, "contacts")
    assert found == whole
    assert failures == fault.fired >= 5


def test_a_password_that_is_changed_in_mid_run_stops_the_run(faulty):
    source = connect(faulty)
    pages = iter(source.read_pages(source.get_stream("contacts"), None))
    page = next(pages)
    source.close()
    faulty.door.password = "another"
    with pytest.raises(AuthenticationError):
        pages_of(connect(faulty), "contacts", page.checkpoint)
    faulty.door.password = PASSWORD
    rest = records(connect(faulty), "contacts", page.checkpoint)
    assert len(rest) + len(page.records) == 36


def test_a_connection_that_dies_between_two_pages_is_told_as_such(faulty, source):
    pages = iter(source.read_pages(source.get_stream("contacts"), None))
    next(pages)
    faulty.door.cut_all()
    with pytest.raises(RetryableError) as caught:
        list(pages)
    assert caught.value.code == "cut_off"


def test_a_table_that_is_being_rebuilt_is_waited_for(faulty, monkeypatch):
    monkeypatch.setattr("connectors.core.sql.LOCK_TIMEOUT", 0.2)
    source = connect(faulty)
    assert source.tables
    faulty.execute('BEGIN; LOCK TABLE "crm_Leads" IN ACCESS EXCLUSIVE MODE')
    try:
        with pytest.raises(RetryableError) as caught:
            records(source, "leads")
    finally:
        faulty.execute("ROLLBACK")
    assert caught.value.code == "busy"


def test_a_statement_that_takes_for_ever_stops_its_stream(untouched, monkeypatch):
    monkeypatch.setattr("connectors.core.sql.STATEMENT_TIMEOUT", 0.2)
    source = connect(untouched)
    with pytest.raises(FatalError) as caught:
        source.database.fetch("SELECT pg_sleep(5)", stream="leads")
    assert caught.value.code == "statement_timeout"
    assert len(own(source, "leads")) == 16


def test_a_batch_without_time_is_put_off(untouched):
    source = NextCrmSource(untouched.settings, deadline=time.monotonic() + 0.5)
    with pytest.raises(RetryableError) as caught:
        records(source, "contacts")
    assert (caught.value.code, caught.value.delay) == ("time_budget", 0)
