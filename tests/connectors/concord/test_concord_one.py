"""One record of Concord again by its id, in the form of the list and not of the single call."""

import json

import pytest
from concord_common import a_simulator, connect
from reading import own, records

from connectors.core.errors import ConfigurationError, ForbiddenError

pytestmark = pytest.mark.simulator


def one(source, name, key):
    return source.read_one(source.get_stream(name), str(key))


def ensure_same(source, name):
    """Read each record of a stream again; return how many there are."""
    whole = records(source, name)
    for record in whole:
        if record.stream == name:
            again = one(source, name, record.source_id).records
            assert record in again
            assert [each for each in again if each not in whole] == []
    return len(whole)


@pytest.mark.parametrize("version", ["1.2.0", "1.2.2", "1.3.5", "1.5.1"])
def test_older_releases_give_the_same_again(version):
    with a_simulator(version) as simulator:
        source = connect(simulator, per_page=9)
        for name in ("deals", "companies", "notes", "activities", "pipelines"):
            assert ensure_same(source, name), name


def test_the_single_call_of_the_product_has_another_form(simulator, source):
    """Why it is not used: each fetch would show changes that nobody made."""
    deal = simulator.company.rows("deals")[0]
    asked = [("with", "contacts;companies;billable.products;media;changelog")]
    single = source.api.get(f"deals/{deal['id']}", asked).data
    listed = source.api.get("deals", [*asked, ("order", "id|asc")]).data["data"]
    (row,) = [row for row in listed if row["id"] == deal["id"]]
    assert "associations_count" in set(single) - set(row)
    assert "stages" in set(single["pipeline"]) - set(row["pipeline"])


def test_a_server_with_its_own_idea_of_a_page_is_followed(simulator, monkeypatch):
    from simulators import concord_api

    honest = concord_api.page_numbers

    def five(args, obeys_per_page=True):
        return honest(args, obeys_per_page)[0], 5

    monkeypatch.setattr(concord_api, "page_numbers", five)
    source = connect(simulator)
    assert ensure_same(source, "contacts") > 20
    assert one(source, "contacts", 10**6).records == ()


def test_a_record_of_thousands_costs_three_calls():
    with a_simulator(contacts=3000) as simulator:
        rows = simulator.company.rows("contacts")
        for row in rows[500:700]:
            row["deleted_at"] = "2025-01-01T00:00:00.000000Z"
        source = connect(simulator)
        for place in (0, 350, 900, 2999):
            key = rows[place]["id"]
            one(source, "contacts", key)  # who made it is told by the list of users
            before = len(simulator.requests)
            assert [r.source_id for r in one(source, "contacts", key).records][
                0
            ] == str(key)
            asked = simulator.requests[before:]
            assert len(asked) <= 7
            heavy = [entry for entry in asked if "with=" in entry.query]
            assert len(heavy) == 1
            assert "per_page=1&" in heavy[0].query
        assert one(source, "contacts", rows[600]["id"]).records == ()


def test_what_was_thrown_away_is_gone_and_in_the_bin(simulator, source):
    row = simulator.company.rows("deals")[3]
    row["deleted_at"] = "2025-06-01T10:00:00.000000Z"
    assert one(source, "deals", row["id"]).records == ()
    (binned,) = one(source, "trashed", f"deals-{row['id']}").records
    assert binned.data["_resource"] == "deals"
    assert set(own(source, "trashed")) >= {binned.source_id}
    for odd in (
        "deals",
        "deals-",
        f"users-{row['id']}",
        "../deals-1",
        "deals-1/x",
        "-1",
    ):
        assert one(source, "trashed", odd).records == ()


def test_an_id_that_is_none_is_never_sent(simulator, source):
    before = len(simulator.requests)
    for odd in ("../users", "1?with=emails", "1/emails", "01", "1e3", "٣", "9" * 400):
        assert one(source, "contacts", odd).records == ()
    assert len(simulator.requests) == before


def test_messages_are_refused_by_what_to_do_instead(source):
    with pytest.raises(ConfigurationError) as caught:
        one(source, "emails", 1)
    assert caught.value.code == "not_one_by_one"
    assert "Read the changes instead" in caught.value.sentence


def test_a_colleague_hears_what_is_not_for_them(simulator):
    partial = connect(simulator, token=simulator.user_token, allow_partial=True)
    with pytest.raises(ForbiddenError):
        one(partial, "workflows", 1)
    seen = {record.source_id for record in records(partial, "contacts") if record.stream == "contacts"}  # fmt: skip
    for row in simulator.company.rows("contacts"):
        found = one(partial, "contacts", row["id"]).records
        assert bool(found) == (str(row["id"]) in seen)


def test_a_change_shows_and_nothing_else(simulator, source):
    whole = own(source, "contacts")
    row = simulator.company.rows("contacts")[5]
    row["job_title"] = "Chief of saddles"
    for key, data in whole.items():
        (found,) = [r for r in one(source, "contacts", key).records if r.stream == "contacts"]  # fmt: skip
        expected = {**data, "job_title": "Chief of saddles"} if key == str(row["id"]) else data  # fmt: skip
        assert json.dumps(found.data) == json.dumps(expected)
