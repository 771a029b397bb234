"""The simulated NextCRM is what the reference says: tables, types, door and store.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import psycopg2
import pytest
import requests

from simulators import nextcrm_database
from simulators.nextcrm import LOGIN, PASSWORD, NextCrmSimulator
from simulators.nextcrm_data import make_company
from simulators.nextcrm_versions import VERSIONS

pytestmark = pytest.mark.simulator


@pytest.fixture(scope="module")
def simulator():
    with NextCrmSimulator() as running:
        yield running


def knock(simulator, password=PASSWORD, **more):
    settings = simulator.settings
    return psycopg2.connect(
        host=settings["host"],
        port=settings["port"],
        dbname=settings["database"],
        user=LOGIN,
        password=password,
        **more,
    )


def columns(simulator, table):
    rows = simulator.execute(
        "SELECT column_name, data_type, is_nullable, numeric_precision, numeric_scale"
        "  FROM information_schema.columns"
        " WHERE table_schema = %s AND table_name = %s",
        (simulator.database.schema, table),
    )
    return {row[0]: row[1:] for row in rows}


def test_the_tables_have_the_types_of_the_reference(simulator):
    deals = columns(simulator, "crm_Opportunities")
    assert deals["budget"] == ("numeric", "NO", 18, 2)
    assert deals["close_date"][:2] == ("timestamp without time zone", "YES")
    assert deals["status"][:2] == ("USER-DEFINED", "YES")
    assert len(deals) == 33
    contacts = columns(simulator, "crm_Contacts")
    assert contacts["tags"][0] == "ARRAY"
    assert contacts["last_name"][:2] == ("text", "NO")
    assert columns(simulator, "Tasks")["tags"][0] == "jsonb"
    assert columns(simulator, "crm_Targets")["last_name"][1] == "NO"
    precision = simulator.execute(
        "SELECT DISTINCT datetime_precision FROM information_schema.columns"
        " WHERE table_schema = %s AND data_type LIKE 'timestamp%%without%%'",
        (simulator.database.schema,),
    )
    assert precision == [(3,)]


def test_older_releases_lack_what_came_later():
    shapes = {}
    for version in VERSIONS:
        with NextCrmSimulator(version) as running:
            shapes[version] = {
                table: columns(running, table)
                for table in (
                    *("Invoices", "Users", "crm_Leads", "crm_Opportunities"),
                    *("crm_Activities", "crm_FunnelSettings", "_prisma_migrations"),
                    *("crm_campaigns", "Currency"),
                )
            }
    new, middle, first, old = (shapes[version] for version in VERSIONS)
    assert "grandTotal" in new["Invoices"]
    assert "grandTotal" in middle["Invoices"]
    assert "invoice_amount" in old["Invoices"]
    assert new["Users"]["role"][0] == "USER-DEFINED"
    assert middle["Users"]["role"][0] == old["Users"]["role"][0] == "text"
    assert "lead_status_id" not in old["crm_Leads"]
    assert old["crm_Opportunities"]["budget"][0] == "integer"
    assert "deletedAt" not in old["crm_Opportunities"]
    assert "created_by" in middle["crm_Opportunities"]
    assert "deletedAt" in middle["crm_campaigns"]
    assert "deletedAt" in first["crm_Opportunities"]
    assert "deletedAt" not in first["crm_campaigns"]
    assert "deletedAt" not in first["crm_Activities"]
    assert first["Currency"] == {}
    assert first["crm_Opportunities"]["budget"][0] == "integer"
    assert old["crm_Activities"] == middle["crm_FunnelSettings"] == {}
    assert old["_prisma_migrations"] == {}


def test_the_same_seed_makes_the_same_company():
    assert make_company(3).rows == make_company(3).rows != make_company(4).rows


def test_the_door_asks_for_the_password(simulator):
    knock(simulator).close()
    with pytest.raises(psycopg2.OperationalError, match="password authentication"):
        knock(simulator, password="wrong")
    with pytest.raises(psycopg2.OperationalError, match="does not support SSL"):
        knock(simulator, sslmode="require")


def test_the_door_passes_on_what_the_server_says_and_keeps_a_log(simulator):
    connection = knock(simulator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT repeat('ž', 200000)")
        assert len(cursor.fetchone()[0]) == 200000
        with pytest.raises(psycopg2.errors.UndefinedTable):
            cursor.execute("SELECT * FROM nothing")
    connection.close()
    assert simulator.asked("SELECT repeat")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "cut"}, psycopg2.OperationalError),
        ({"kind": "drop"}, psycopg2.OperationalError),
        ({"kind": "error"}, psycopg2.OperationalError),
        ({"kind": "error", "code": "53200"}, psycopg2.errors.OutOfMemory),
    ],
)
def test_the_door_fails_on_request(simulator, fault, expected):
    struck = simulator.door.add_fault("SELECT 2", **fault)
    connection = knock(simulator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(expected):
            cursor.execute("SELECT 2, repeat('x', 100000)")
    connection.close()
    assert struck.fired == 1
    with knock(simulator) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 2")
    connection.close()


def test_the_store_serves_nobody_without_a_signature(simulator):
    key = next(iter(simulator.store.files))
    answer = requests.get(f"{simulator.store.url}/nextcrm/{key}", timeout=5)
    assert (answer.status_code, "AccessDenied" in answer.text) == (403, True)


def test_without_a_server_the_tests_say_what_they_need(monkeypatch):
    monkeypatch.setenv("PGHOST", "/nowhere")
    with pytest.raises(RuntimeError, match="start one with ./dev/setup"):
        nextcrm_database.connect()
