"""NextCRM: the check, settings that cannot work, and what is said of them.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import socket
import threading
import time

import pytest
from nextcrm_common import codes, connect
from reading import own, records

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    ForbiddenError,
    RetryableError,
)
from connectors.nextcrm.source import NextCrmSource
from simulators.nextcrm import PASSWORD

pytestmark = pytest.mark.simulator


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
