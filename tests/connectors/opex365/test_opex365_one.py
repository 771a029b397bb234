"""One row of a Dataverse environment again, with the columns and collections of its list."""

from urllib.parse import unquote_plus

import pytest
from opex365_common import SMALL, connect
from reading import own, records

from connectors.core.errors import ForbiddenError

pytestmark = pytest.mark.simulator


def one(source, name, key):
    return source.read_one(source.get_stream(name), key)


def test_one_call_asks_as_the_list_does(simulator, source):
    whole = records(source, "deals")
    listed = [e for e in simulator.requests if "/opportunities?" in e.target and "filter" not in e.query][-1]  # fmt: skip
    before = len(simulator.requests)
    assert one(source, "deals", whole[0].source_id).records == (whole[0],)
    (asked,) = simulator.requests[before:]
    key = whole[0].source_id
    assert unquote_plus(asked.query).replace(f"&$filter=opportunityid eq {key}", "") == unquote_plus(listed.query)  # fmt: skip
    assert asked.headers["Prefer"] == listed.headers["Prefer"]


def test_a_party_of_an_activity_has_no_call_of_its_own_and_is_read_again(source):
    parties = own(source, "activity_parties")
    for key in list(parties)[:10]:
        (party,) = one(source, "activity_parties", key).records
        assert party.data == parties[key]


def test_what_the_conditions_of_a_stream_leave_out_stays_out(simulator, source):
    mirrored = [r["connectionid"] for r in simulator.org.rows("connection") if not r["ismaster"]]  # fmt: skip
    reported = [r["postid"] for r in simulator.org.rows("post") if r["source"] == 1]
    assert mirrored
    for name, keys in (("connections", mirrored), ("posts", reported)):
        for key in keys:
            assert key not in own(source, name)
            assert one(source, name, key).records == ()


def test_a_row_that_was_deleted_is_gone(simulator, source):
    key = next(iter(simulator.org.tables["contact"]))
    assert one(source, "contacts", key).records
    del simulator.org.tables["contact"][key]
    assert one(source, "contacts", key).records == ()


def test_only_what_can_be_an_id_is_asked_for(simulator, source):
    stream = source.get_stream("contacts")
    key = next(iter(simulator.org.tables["contact"]))
    before = len(simulator.requests)
    for odd in (f"{key} or 1 eq 1", key.upper(), key[:-1], f"{{{key}}}", f"{key}\n", "../contacts"):  # fmt: skip
        assert source.read_one(stream, odd).records == ()
    assert len(simulator.requests) == before


def test_a_column_that_is_refused_is_left_out_as_from_the_list(simulator, source):
    simulator.secured_columns = {("contact", "jobtitle")}
    whole = own(source, "contacts")
    again = connect(simulator)
    for key in list(whole)[:3]:
        (contact,) = [r for r in one(again, "contacts", key).records if r.stream == "contacts"]  # fmt: skip
        assert contact.data == whole[key]
        assert "jobtitle" not in contact.data


def test_a_table_that_may_not_be_read_says_so(simulator, source):
    key = next(iter(simulator.org.tables["contact"]))
    simulator.unreadable.add("contact")
    with pytest.raises(ForbiddenError) as caught:
        one(source, "contacts", key)
    assert caught.value.code == "privilege_missing"


def test_a_column_of_the_customers_is_described_alone(simulator, source):
    fields = own(source, "custom_fields")
    assert fields
    fresh = connect(simulator)
    key = next(iter(fields))
    (field,) = one(fresh, "custom_fields", key).records
    assert field.data == fields[key]
    for odd in ("contact.../../x", "nothing.x", "contact", "systemuser.password"):
        assert one(fresh, "custom_fields", odd).records == ()


def test_tracked_changes_do_not_matter(simulator, source):
    key = next(iter(simulator.org.tables["contact"]))
    tracking = connect(simulator, track_changes=True, since="2099-01-01T00:00:00Z")
    assert one(tracking, "contacts", key) == one(source, "contacts", key)
    assert tracking.delta_links == {}
    assert len(own(source, "contacts")) == SMALL["contacts"]
