"""NextCRM, read from a simulated database behind a front door that can misbehave.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import datetime as dt
import json
import logging

import pytest
from conformance import SourceConformance, key_of
from nextcrm_common import codes, connect, read_stepwise
from reading import own, pages_of, records

from connectors.core.errors import (
    FatalError,
    RetryableError,
)
from connectors.core.moments import parse_iso
from connectors.nextcrm.source import NextCrmSource
from simulators.nextcrm import PASSWORD, NextCrmSimulator

pytestmark = pytest.mark.simulator


LARGE = ("companies", "contacts", "deals", "activities", "emails", "tasks", "documents")


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
