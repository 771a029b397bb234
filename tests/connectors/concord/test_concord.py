"""Concord CRM, read over HTTP from a simulated installation."""

import pytest
from concord_common import a_simulator, connect
from http_conformance import HttpSourceConformance
from reading import own, records

from connectors.concord.source import ConcordSource
from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    ForbiddenError,
)

pytestmark = pytest.mark.simulator


class TestConcord(HttpSourceConformance):
    source = ConcordSource
    paged_stream = "contacts"
    page_call = r"/api/contacts\?"
    not_one_by_one = frozenset({"emails"})

    def system(self):
        return a_simulator()

    def config(self, system):
        return {"url": system.url, "token": system.token, "per_page": 7}

    def secrets(self, system):
        tokens = [row["token"] for row in system.company.rows("media")]
        return [system.token, system.token.split("|")[1], *tokens]

    def bad_settings(self, system):
        return {"token": "1|" + "wrong" * 8}

    def read_a_file(self, source, system):
        files = [r for r in records(source, "notes") if r.stream == "media"]
        reference = {"path": files[0].data["_path"], "name": "a picture"}
        assert b"".join(source.read_file(reference))


@pytest.mark.parametrize("version", ["1.2.0", "1.2.2", "1.3.5", "1.5.1"])
def test_older_releases_give_the_same_people_and_deals(version):
    with a_simulator(version) as simulator:
        source = connect(simulator)
        assert source.check().version == (version if version >= "1.3" else "")
        for name in ("contacts", "companies", "deals", "activities", "notes", "calls"):
            stream = source.get_stream(name)
            assert len(own(source, name)) == source.count(stream) > 0
        for deal in own(source, "deals").values():
            assert isinstance(deal["contacts"], list)


def test_a_colleague_who_sees_only_own_records_is_refused(simulator):
    partial = connect(simulator, token=simulator.user_token)
    blocking = [f for f in partial.check().findings if f.level == "blocking"]
    assert [finding.code for finding in blocking] == ["not_super_admin"]
    allowed = connect(simulator, token=simulator.user_token, allow_partial=True)
    findings = allowed.check().findings
    assert "blocking" not in {finding.level for finding in findings}
    unread = {f.data["stream"] for f in findings if f.code == "may_not_read"}
    assert {"custom_fields", "workflows", "roles"} <= unread
    with pytest.raises(ForbiddenError):
        records(allowed, "workflows")


def test_a_user_without_the_api_is_told_so(simulator):
    with pytest.raises(AuthenticationError) as caught:
        connect(simulator, token=simulator.token_without_api).check()
    assert caught.value.code == "no_api_access"


@pytest.mark.parametrize("tail", ["", "/", "/api", "/api/"])
def test_whichever_address_was_pasted_will_do(simulator, tail):
    assert connect(simulator, url=simulator.url + tail).check().login


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "ftp://crm.example.com"},
        {"url": "https://"},
        {"url": "https://ana:pw@crm.example.com"},
        {"url": "http://crm .example.com"},
        {"url": "http://crm.example.com:99999"},
        {"token": "1|ключ"},
        {"token": "1|a\r\nX-Evil: b"},
        {"per_page": 1000},
        {"per_page": "many"},
        {"since": "last week"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_named(settings):
    with pytest.raises(ConfigurationError) as caught:
        ConcordSource({"url": "https://crm.example.com", "token": "1|a", **settings})
    assert caught.value.code == "bad_setting"
    assert "Evil" not in str(caught.value)


def test_every_row_of_the_simulator_arrives(simulator, source):
    for name in ("contacts", "companies", "deals", "activities", "documents"):
        expected = {str(row["id"]) for row in simulator.company.rows(name)}
        assert set(own(source, name)) == expected, name


def test_reading_marks_nothing_as_read_and_writes_nothing(simulator, source):
    for stream in source.get_streams():
        records(source, stream.name)
    assert simulator.marked_read == []
    assert simulator.writes == []
    assert simulator.leaks == []
