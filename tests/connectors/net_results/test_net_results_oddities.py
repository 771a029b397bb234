"""Net-Results says it otherwise: other names and dates, one record that always fails."""

import pytest
from net_results_common import a_simulator, connect
from reading import own, pages_of, records

from connectors.core.errors import ConfigurationError, FatalError
from connectors.mapping.apply import applies, apply, as_json
from connectors.net_results.listing import Seen
from simulators.net_results_rpc import Refused

pytestmark = pytest.mark.simulator

DENVER = {"dates": {"formats": ["iso8601", "%d.%m.%Y %H:%M"], "default_tz": "America/Denver"}}  # fmt: skip


@pytest.fixture
def simulator():
    with a_simulator(14) as running:
        yield running


def values_of(source, name, decisions=None, zone="Europe/Prague"):
    """Return the values of every record, for a job of people in Prague."""
    mappings = [as_json(m) for m in source.get_mappings() if m.stream == name]
    return {
        key: apply(mapping["fields"], row, zone=zone).values
        for key, row in own(source, name).items()
        for mapping in mappings
        if applies(mapping, row, decisions)
    }


# -- names and dates -------------------------------------------------------------------


def test_an_event_is_told_under_whatever_names_its_members_have(simulator):
    key = next(iter(simulator.account.contacts))
    simulator.account.history = {
        key: [{"activity_id": 1, "kind": "Email Sent", "when": "01.07.2020 10:00",
               "details": "Opened at noon", "mail": "October news"},
              {"id": 2, "type": "Form Submitted", "date": "2020-07-01 10:00",
               "activity": "Contact us"}]
    }  # fmt: skip
    fields = {"type": ["kind", "type"], "date": ["when", "date"], "email_name": ["mail"],
              "text": ["details", "activity"]}  # fmt: skip
    endpoints = {"objects": {"activity": {"fields": fields}}, **DENVER}
    decisions = {("history_kinds", "Email Sent"): "email", ("history_kinds", "Form Submitted"): "note"}  # fmt: skip
    source = connect(simulator, endpoints=endpoints)
    sent, submitted = values_of(source, "activities", decisions).values()
    assert (sent["date"], submitted["date"]) == ("2020-07-01 16:00:00",) * 2
    assert "Opened at noon" in sent["body"]
    assert sent["subject"] == "October news"
    assert "Contact us" in submitted["body"]


def test_dates_without_a_zone_are_in_that_of_the_endpoint_profile(simulator):
    for row in simulator.account.contacts.values():
        row["contact_create_date"] = "2019-07-01 10:00:00"
        row["contact_modified_date"] = "02.07.2019 10:00"
    people = values_of(connect(simulator, endpoints=DENVER), "contacts").values()
    assert {p["@created_at"] for p in people} == {"2019-07-01 16:00:00"}
    assert {p["@updated_at"] for p in people} == {"2019-07-02 16:00:00"}


def test_members_that_the_first_rows_lack_are_found_in_later_ones(simulator):
    for number, row in enumerate(simulator.account.contacts.values()):
        fax = row.pop("contact_fax")
        if number > 3:
            row["fax"] = fax or "555-1"
    source = connect(simulator)
    notes = [
        values.get("@note", "") for values in values_of(source, "contacts").values()
    ]
    assert sum("<p>Fax: 555-" in note for note in notes) == 10
    findings = {f.code for f in source.check().findings}
    assert "names_unresolved" not in findings


def test_several_values_of_one_field_are_all_kept(simulator):
    key = next(iter(simulator.account.contacts))
    simulator.account.values[key] = [
        {"custom_attribute_id": 503, "custom_attribute": "Colours", "value": value}
        for value in ("red", "", "blue")
    ]
    source = connect(simulator)
    stored = own(source, "custom_values", parent="contacts")
    mine = [row["value"] for row in stored.values() if row["_parent"]["id"] == str(key)]
    assert sorted(mine) == ["", "blue", "red"]
    assert own(source, "contacts")[str(key)]["_custom"]["503"] == "red;blue"


def test_an_answer_that_is_one_object_stays_one_whatever_lists_it_has(simulator):
    plain = simulator.rpc._CampaignStatistics_getOne
    simulator.rpc._CampaignStatistics_getOne = lambda asked: (
        {**plain(asked)[0], "links": [{"url": "a"}, {"url": "b"}]}, None
    )  # fmt: skip
    found = own(connect(simulator), "campaign_statistics")
    assert len(found) == 3
    assert all(
        row["sent"] is not None and len(row["links"]) == 2 for row in found.values()
    )


def test_a_folder_without_an_id_is_named_and_hides_nothing_below_it(simulator):
    below = {"folder_id": 3, "folder_name": "below"}
    simulator.account.folders[0]["children"].append({"folder_name": "x", "children": [below]})  # fmt: skip
    (page,) = pages_of(connect(simulator), "folders")
    parents = {r.source_id: r.data.get("_parent", {}).get("id") for r in page.records}
    assert parents == {"1": None, "2": "1", "3": "1"}
    assert [error.code for error in page.errors] == ["missing_key"]


# -- records that fail, and a service that does ----------------------------------------


def stumble(simulator, call, parameter, key):
    """Make the server fail at every call for this record."""
    plain = simulator.respond

    def respond(request):
        body = request.get_json() if request.method == "POST" else {}
        hit = body.get("method") == call and body["params"].get(parameter) == key
        return simulator.error(500) if hit else plain(request)

    simulator.respond = respond


@pytest.mark.parametrize(
    ("stream", "child", "call", "parameter"),
    [
        ("activities", "activities", "getContactActivity", "contact_id"),
        ("contacts", "custom_values", "getByContact", "contact_id"),
        ("email_templates", "email_templates", "getOne", "email_id"),
    ],
)
def test_a_record_at_which_the_server_stumbles_costs_itself_only(
    simulator, stream, child, call, parameter
):
    whole = {r.source_id for r in records(connect(simulator), stream)}
    table = {"contact_id": simulator.account.contacts, "email_id": simulator.account.emails}  # fmt: skip
    key = list(table[parameter])[4]
    stumble(simulator, call, parameter, key)
    pages = pages_of(connect(simulator), stream)
    errors = [error for page in pages for error in page.errors]
    assert [(e.stream, e.source_id, e.data["reason"]) for e in errors] == [
        (child, str(key), "server_error")
    ]
    found = {r.source_id for page in pages for r in page.records}
    lost = {k for k in whole - found if not k.startswith(str(key))}
    # Without an id of their own, events are told apart by what they say.
    assert all(len(k) > 40 for k in lost) if stream == "activities" else not lost
    if stream == "contacts":
        assert str(key) in found


def test_a_server_that_stumbles_over_everything_costs_no_record(simulator):
    source = connect(simulator)
    assert source.get_stream("activities")
    simulator.faults.add("", "error", status=500, times=None)
    with pytest.raises(FatalError) as caught:
        records(source, "activities")
    assert caught.value.code == "server_error"


def test_a_text_that_only_sounds_like_access_does_not_end_the_session(simulator):
    key = list(simulator.account.contacts)[2]
    plain = simulator.rpc._CustomAttribute_getByContact

    def refuse(asked):
        if asked["contact_id"] == key:
            raise Refused(-32000, "Authentic Foods Ltd. is locked")
        return plain(asked)

    simulator.rpc._CustomAttribute_getByContact = refuse
    pages = pages_of(connect(simulator), "contacts")
    assert [e.source_id for page in pages for e in page.errors] == [str(key)]


@pytest.mark.parametrize("missing", ["404", "error", "html", "500"])
@pytest.mark.parametrize("smd", [True, False])
def test_what_an_account_lacks_does_not_stop_the_rest(missing, smd):
    lacking = ("ContactSegment", "CustomAttribute", "Form")
    with a_simulator(4, missing=missing, without=lacking) as simulator:
        source = connect(simulator, endpoints={"discovery": {"smd": smd}})
        assert source.get_mappings()
        assert len(own(source, "contacts")) == 4
        with pytest.raises((ConfigurationError, FatalError)):
            records(source, "segments")


def test_a_stumble_over_the_description_does_not_turn_accounts_into_guesses():
    with a_simulator(6, accounts=True) as simulator:
        plain = simulator.respond
        simulator.respond = lambda request: (
            simulator.error(500)
            if request.method == "GET" and request.args["Controller"] == "Account"
            else plain(request)
        )
        source = connect(simulator)
        assert source.get_stream("companies").derived_from is None
        assert len(own(source, "companies")) == len(simulator.account.accounts)


# -- lists -----------------------------------------------------------------------------


def test_a_server_that_cuts_pages_at_any_number_is_read_to_the_end():
    with a_simulator(150, most=64, total=None) as simulator:
        no_values = {"objects": {"custom_value": {"enabled": False}}}
        source = connect(
            simulator, endpoints={"paging": {"page_size": 100}, **no_values}
        )
        assert len(own(source, "contacts")) == 150


def test_the_position_in_a_long_list_stays_short(simulator, monkeypatch):
    monkeypatch.setattr(Seen, "most", 6)
    source = connect(
        simulator, endpoints={"paging": {"page_size": 4, "min_page_size": 2}}
    )
    found, longest = [], 0
    for page in pages_of(source, "segment_members"):
        found += [r.source_id for r in page.records]
        inner = (page.checkpoint or {}).get("inner") or {}
        longest = max(longest, len((inner.get("rows") or {}).get("seen", ())))
    assert len(found) == len(set(found)) == sum(map(len, simulator.account.members.values()))  # fmt: skip
    assert longest <= 6


def test_an_id_that_is_no_number_on_a_later_page_is_told(simulator):
    keys = list(simulator.account.contacts)
    simulator.account.contacts[keys[7]]["contact_id"] = "c-8"
    simulator.rpc._page = lambda rows, asked: (
        list(rows)[asked["offset"] : asked["offset"] + asked["limit"]], None
    )  # fmt: skip
    source = connect(
        simulator, endpoints={"objects": {"custom_value": {"enabled": False}}}
    )
    rest = source.read_pages(
        source.get_stream("contacts"), {"offset": 8, "last": keys[6]}
    )
    pages = list(rest)
    found = {r.source_id for p in pages for r in p.records if r.stream == "contacts"}
    assert found == {
        str(row["contact_id"]) for row in simulator.account.contacts.values()
    }
    told = [warning.code for page in pages for warning in page.warnings]
    assert "order_not_kept" in told


@pytest.mark.parametrize("params", ["named", "positional"])
def test_who_is_in_which_stage_of_life_is_read(simulator, params):
    source = connect(simulator, endpoints={"transport": {"params": params}})
    assert set(own(source, "lead_status_members")) == {
        f"{status}-{contact}"
        for status, contacts in simulator.account.in_status.items()
        for contact in contacts
    }
    assert any(simulator.account.in_status.values())


def test_the_lead_status_of_a_contact_is_a_tag_on_it(simulator):
    """It is the only stage that the product has: read and left behind, it was lost."""
    source = connect(simulator)
    mapped = {m.stream: as_json(m) for m in source.get_mappings() if "lead_status" in m.stream}  # fmt: skip
    names = {
        key: apply(mapped["lead_statuses"]["fields"], row).values["name"]
        for key, row in own(source, "lead_statuses").items()
    }
    assert set(names.values()) == {row["lead_status"] for row in simulator.account.statuses.values()}  # fmt: skip
    for key, row in own(source, "lead_status_members").items():
        status, contact = key.split("-")
        assert apply(mapped["lead_status_members"]["fields"], row).values == {
            "category_id": {"$ref": ["lead_statuses", status]},
            "@onto": {"$ref": ["contacts", contact]},
        }
