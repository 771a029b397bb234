"""NextCRM, read from a simulated database behind a front door that can misbehave.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import datetime as dt
import json
import logging
import socket
import threading
import time

import pytest
from conformance import SourceConformance, key_of, through_json
from reading import own, pages_of, records

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from connectors.core.moments import parse_iso
from connectors.mapping.apply import applies, apply, as_json
from connectors.nextcrm.source import NextCrmSource
from simulators.nextcrm import PASSWORD, NextCrmSimulator

pytestmark = pytest.mark.simulator

SMALL_PAGES = {"per_page": 7}
LARGE = ("companies", "contacts", "deals", "activities", "emails", "tasks", "documents")


@pytest.fixture
def simulator():
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture(scope="module")
def untouched():
    """One for the tests that change nothing in it."""
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture
def faulty(untouched):
    """The same one, for tests that make it misbehave, or need the rows themselves."""
    yield untouched
    untouched.calm()


@pytest.fixture
def source(untouched):
    opened = connect(untouched)
    yield opened
    opened.close()


def connect(simulator, **settings):
    return NextCrmSource({**simulator.settings, **SMALL_PAGES, **settings})


def rows(simulator, table):
    return {row["id"]: row for row in simulator.company.rows[table]}


def values_of(source, name, model, zone=None):
    """Return ``{source id: Outcome}`` of a stream for the model that it goes to."""
    mapping = next(
        as_json(m)
        for m in source.get_mappings()
        if (m.stream, m.model) == (name, model) and not m.part
    )
    return {
        key: apply(mapping["fields"], row, zone=zone)
        for key, row in own(source, name).items()
        if applies(mapping, row)
    }


def read_stepwise(simulator, name, between=None, **settings):
    """Read one page per connection, as the engine does at worst; come back after errors.

    :return: the records in the order in which they came, and how often reading failed
    """
    found, checkpoint, failures, turn = [], None, 0, 0
    while True:
        source = connect(simulator, **settings)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except RetryableError:
            failures += 1
            assert failures < 60, f"{name} never gets on"
            continue
        finally:
            source.close()
        found += page.records
        turn += 1
        if between:
            between(turn)
        checkpoint = through_json(page.checkpoint)
        if checkpoint is None:
            return found, failures


class TestNextCrm(SourceConformance):
    source = NextCrmSource
    paged_stream = "contacts"

    def system(self):
        return NextCrmSimulator()

    catalogs = {}

    def config(self, system):
        return {**system.settings, "per_page": 13}

    def connect(self, system, **settings):
        source = super().connect(system, **settings)
        # Hundreds of times the same answer; the other tests ask for it each time.
        if system.url not in self.catalogs:
            self.catalogs[system.url] = source.catalog
        source.catalog = self.catalogs[system.url]
        return source


class TestNextCrmOfMay(TestNextCrm):
    def system(self):
        return NextCrmSimulator("0.11.0")


class TestNextCrmOfApril(TestNextCrm):
    def system(self):
        return NextCrmSimulator("0.1.0")


class TestNextCrmOfDecember(TestNextCrm):
    def system(self):
        return NextCrmSimulator("2025-12")


# -- check ---------------------------------------------------------------------------


def codes(source):
    return {finding.code: finding for finding in source.check().findings}


def test_the_check_says_who_where_and_what_is_left_out(untouched):
    started = time.monotonic()
    result = connect(untouched).check()
    assert time.monotonic() - started < 5
    assert (result.login, result.version) == ("odoo", "20260714120000_calendar_events")
    assert result.timezone == ""  # that of the people; the instants are told in UTC
    texts = [finding.text for finding in result.findings]
    assert "Companies: 4 deleted records are left out." in texts
    assert "…" not in " ".join(texts)


@pytest.mark.parametrize("settings", [{"password": "no"}, {"login": "nobody"}])
def test_wrong_credentials_are_told_as_such(untouched, settings):
    with pytest.raises(AuthenticationError) as caught:
        connect(untouched, **settings).check()
    assert caught.value.code == "bad_credentials"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"database": "no_such_database"}, "no_database"),
        ({"schema": "no_such_schema"}, "no_nextcrm_tables"),
        ({"sslmode": "require"}, "no_encryption"),
        ({"port": 70000}, "bad_setting"),
        ({"port": "x"}, "bad_setting"),
        ({"per_page": "many"}, "bad_setting"),
        ({"since": "yesterday"}, "bad_setting"),
        ({"s3_secret_key": ""}, "missing_setting"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_the_reason(
    untouched, settings, code
):
    with pytest.raises(ConfigurationError) as caught:
        connect(untouched, **settings).check()
    assert caught.value.code == code
    assert PASSWORD not in str(caught.value.data)


@pytest.mark.parametrize(
    ("state", "message", "code"),
    [
        ("28000", 'no pg_hba.conf entry for host "10.0.0.9"', "not_admitted"),
        ("28000", "kein pg_hba.conf-Eintrag für Host", "not_admitted"),
        ("28P01", "Passwort-Authentifizierung fehlgeschlagen", "bad_credentials"),
        ("28P01", "autentizace heslem selhala", "bad_credentials"),
        ("53300", "sorry, too many clients already", "busy"),
        ("53300", "remaining connection slots are reserved", "busy"),
        ("57P03", "the database system is starting up", "busy"),
        ("58000", "something quite new", "database_refused"),
    ],
)
def test_what_the_server_says_at_the_door_has_a_meaning(faulty, state, message, code):
    faulty.door.add_fault("connect", "refuse", code=state, message=message)
    with pytest.raises((ConfigurationError, RetryableError)) as caught:
        connect(faulty).check()
    assert caught.value.code == code
    assert isinstance(caught.value, RetryableError) == (code == "busy")


def test_a_place_where_nobody_answers_is_named():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(RetryableError) as caught:
        connect_to(port).check()
    assert caught.value.code == "unreachable"


def connect_to(port, host="127.0.0.1"):
    settings = {"database": "x", "login": "y", "password": "z"}
    return NextCrmSource({**settings, "host": host, "port": port})


def test_another_kind_of_server_is_not_taken_for_a_database():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet():
            visitor, _address = listener.accept()
            with visitor:
                visitor.sendall(b"220 mail.example ESMTP\r\n")
                visitor.recv(64)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        with pytest.raises(ConfigurationError) as caught:
            connect_to(listener.getsockname()[1]).check()
        thread.join()
    assert caught.value.code == "wrong_system"


def test_a_host_that_does_not_exist_is_named():
    with pytest.raises(RetryableError) as caught:
        connect_to(5432, "no-such-host.invalid").check()
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"s3_secret_key": "wrong"}, "s3_refused"),
        ({"s3_access_key": "wrong"}, "s3_refused"),
        ({"s3_bucket": "other"}, "s3_no_bucket"),
        ({"s3_endpoint": ""}, "no_files"),
    ],
)
def test_an_object_store_that_does_not_open_is_a_warning(untouched, settings, code):
    findings = codes(connect(untouched, **settings))
    assert findings[code].level == "warning"


def test_a_table_that_is_closed_to_us_is_named_and_stops_its_stream_alone(simulator):
    simulator.execute('REVOKE SELECT ON "crm_Contracts" FROM CURRENT_USER')
    simulator.execute('REVOKE SELECT ON "Users" FROM CURRENT_USER')
    simulator.execute('GRANT SELECT (id, name, email) ON "Users" TO CURRENT_USER')
    source = connect(simulator)
    findings = codes(source)
    assert findings["may_not_read"].data["table"] == "crm_Contracts"
    assert "role" in findings["columns_closed"].data["columns"]
    with pytest.raises(ForbiddenError):
        records(source, "contracts")
    users = own(connect(simulator), "users").values()
    assert len(users) == 7
    assert {"id", "name", "email"} == set().union(*users)


def test_a_policy_that_hides_rows_is_an_error_and_not_a_short_list(simulator):
    simulator.execute('ALTER TABLE "crm_Leads" ENABLE ROW LEVEL SECURITY')
    simulator.execute('ALTER TABLE "crm_Leads" FORCE ROW LEVEL SECURITY')
    with pytest.raises(ForbiddenError):
        records(connect(simulator), "leads")


# -- secrets -------------------------------------------------------------------------


def test_no_secret_is_read_stored_or_logged(simulator, caplog):
    caplog.set_level(logging.DEBUG)
    simulator.execute('ALTER TABLE "crm_Contacts" ADD "portal_password" text')
    simulator.execute("UPDATE \"crm_Contacts\" SET portal_password = 'portal-secret'")
    source = connect(simulator)
    staged = json.dumps(
        [r.data for s in source.get_streams() for r in records(source, s.name)]
    )
    assert codes(source)["columns_unread"].data["columns"] == "portal_password"
    media = [r.data for r in records(source, "documents") if r.stream == "media"]
    stored = [m for m in media if m["_key"] in simulator.company.files]
    for data in stored[:2]:
        list(source.read_file({"path": data["_key"], "name": data["name"]}))
    simulator.door.add_fault("crm_Contacts", "error", times=1)
    simulator.door.add_fault("crm_Leads", "cut", times=1)
    for name in ("contacts", "leads"):
        with pytest.raises(RetryableError) as caught:
            records(source, name)
        logging.getLogger("test").debug("%s %s", caught.value, caught.value.data)
    said = "\n".join(r.getMessage() + str(r.exc_info or "") for r in caplog.records)
    assert "SELECT contacts" in said, "nothing was logged: nothing is proven"
    assert "secret" not in staged
    for secret in (PASSWORD, simulator.store.secret, "Kovalenko", "Firm.example"):
        assert secret not in said
    for words in ("password", "tokenHash", "unsubscribe_token", "bccRecipients"):
        asked = [sql for sql in simulator.asked(words) if "pg_catalog" not in sql]
        assert asked == [], words


def test_nothing_is_ever_written(simulator):
    before = simulator.execute("SELECT pg_current_wal_lsn()")
    source = connect(simulator)
    with pytest.raises(FatalError):
        source.database.fetch('DELETE FROM "crm_Leads" RETURNING 1')
    for stream in source.get_streams():
        records(source, stream.name)
    assert before
    assert len(simulator.database.ids("crm_Leads")) == 18
    allowed = ("BEGIN", "SET LOCAL", "SELECT", "DECLARE", "FETCH", "CLOSE", "DELETE")
    for sql in simulator.door.statements:
        assert sql.lstrip().upper().startswith(allowed), sql[:60]


# -- reading -------------------------------------------------------------------------


def test_a_stream_costs_one_query_and_what_its_relations_cost_per_page(untouched):
    source = connect(untouched, per_page=1000)
    source.database.fetch("SELECT 1")
    own(source, "contacts")  # catalog, small tables
    log = untouched.door.statements
    for name, most in (("contacts", 5), ("deals", 12), ("list_members", 4)):
        begun = len(log)
        count = len(own(source, name))
        spent = [sql for sql in log[begun:] if not sql.startswith(("CLOSE", "SHOW"))]
        # The listing, one page, how many are in the bin, and the relations.
        assert len(spent) <= 3 + most, spent
        assert count > 20
    begun = len(log)
    pages = pages_of(connect(untouched, per_page=7), "contacts")
    fetched = [sql for sql in log[begun:] if sql.startswith("FETCH")]
    assert len(fetched) == len(pages) - 1 == 6


def test_everything_comes_from_one_snapshot(simulator):
    source = connect(simulator)
    deals = iter(source.read_pages(source.get_stream("deals"), None))
    seen = [r.source_id for r in next(deals).records]
    simulator.execute('DELETE FROM "ContactsToOpportunities"')
    simulator.execute('UPDATE "crm_Opportunities" SET "deletedAt" = now()')
    rest = [r for page in deals for r in page.records]
    assert len(seen) + len(rest) == 24
    assert any(len(r.data["_contacts"]) > 1 for r in rest)
    assert source.count(source.get_stream("deals")) == 24
    assert connect(simulator).count(source.get_stream("deals")) == 0


@pytest.mark.parametrize("name", LARGE)
def test_a_run_broken_off_after_every_page_brings_the_same(untouched, name):
    whole = records(connect(untouched), name)
    found, _failures = read_stepwise(untouched, name)
    assert [key_of(r) for r in found] == [key_of(r) for r in whole]
    assert found == whole


def test_rows_added_while_we_read_are_not_lost(simulator):
    added = []

    def somebody_works(turn):
        if turn in (2, 4):
            for place in ("0", "8", "f"):
                key = f"{place}{turn}000000-0000-4000-8000-000000000001"
                sql = 'INSERT INTO "crm_Contacts" (id, last_name) VALUES (%s, %s)'
                simulator.execute(sql, (key, "Nováček"))
                added.append(key)

    before = set(own(connect(simulator), "contacts"))
    found, _failures = read_stepwise(simulator, "contacts", somebody_works)
    staged = {r.source_id: r.data for r in found}
    assert set(staged) == before | set(added)
    assert len(added) == 6
    source = connect(simulator)
    assert len(staged) == source.count(source.get_stream("contacts"))


def test_what_is_changed_while_we_read_comes_in_its_newest_form(simulator):
    keys = sorted(own(connect(simulator), "leads"))

    def somebody_works(turn):
        if turn == 3:
            sql = 'UPDATE "crm_Leads" SET company = %s WHERE id = ANY(%s::uuid[])'
            simulator.execute(sql, ("Změněno", [keys[0], keys[-1]]))

    found, _failures = read_stepwise(simulator, "leads", somebody_works)
    staged = {r.source_id: r.data["company"] for r in found}
    assert staged[keys[0]] == staged[keys[-1]] == "Změněno"
    assert sorted(staged) == keys
    # Only what had been read before it was changed came a second time, but for the rows
    # that lay ahead: that they came already in the new form is not known.
    assert len(found) <= len(keys) + 2


def test_rows_deleted_while_we_read_do_no_harm(simulator):
    keys = sorted(own(connect(simulator), "contacts"))

    def somebody_works(turn):
        if turn == 2:
            sql = 'UPDATE "crm_Contacts" SET "deletedAt" = now() WHERE id = ANY(%s::uuid[])'
            simulator.execute(sql, ([*keys[:5], *keys[-5:]],))

    found, _failures = read_stepwise(simulator, "contacts", somebody_works)
    ids = [r.source_id for r in found]
    assert len(ids) == len(set(ids))
    assert set(keys[5:-5]) <= set(ids) <= set(keys)


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


# -- what has changed since ----------------------------------------------------------


@pytest.mark.parametrize("name", ["companies", "contacts", "leads", "tasks", "targets"])
def test_a_delta_brings_what_has_changed_and_what_has_no_stamp(untouched, name):
    everything = own(connect(untouched), name)
    stamps = ("updatedAt", "cratedAt", "created_on", "createdAt")
    latest = max if name == "tasks" else lambda stamps: stamps[0]
    stamps = ("lastEditedAt", *stamps) if name == "tasks" else stamps

    def changed(row):
        known = [row[s] for s in stamps if row.get(s)]
        return latest(known) if known else None

    known = sorted(filter(None, map(changed, everything.values())))
    since = known[len(known) // 2]
    edge = (parse_iso(since) - dt.timedelta(minutes=5)).isoformat()
    delta = own(connect(untouched, since=f"{since}Z"), name)
    expected = {
        key
        for key, row in everything.items()
        if changed(row) is None or changed(row) >= edge[:19]
    }
    assert set(delta) == expected
    assert 0 < len(delta) < len(everything)
