"""Net-Results: settings, the endpoint profile, errors, and the check."""

import json
import time

import pytest
from net_results_common import a_simulator, connect
from reading import own, records

from connectors.core.errors import (
    SENTENCES,
    AuthenticationError,
    ConfigurationError,
    FatalError,
    RetryableError,
)
from connectors.net_results.endpoint_config import is_read_method, load_endpoints
from connectors.net_results.endpoints import DEFAULT
from connectors.net_results.source import NetResultsSource

ADDRESS = "https://crm.example.com"


# -- settings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({}, "E-mail"),
        ({"login": "a@b.example"}, "Password"),
        ({"auth": "session", "login": "a@b.example"}, "Password"),
        ({"auth": "oauth", "login": "a", "password": "b"}, "OAuth token"),
    ],
    ids=str,
)
def test_each_way_to_log_in_asks_for_what_it_needs(settings, missing):
    with pytest.raises(ConfigurationError) as caught:
        NetResultsSource({"url": ADDRESS, **settings})
    assert caught.value.code == "missing_setting"
    assert caught.value.data["setting"] == missing


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "http://crm.example.com"},
        {"url": "ftp://crm.example.com"},
        {"url": "https://ana:pw@crm.example.com"},
        {"login": "ana:x@b.example"},
        {"auth": "oauth", "token": "a b"},
        {"auth": "oauth", "token": "a\r\nX-Evil: b"},
        {"since": "last week"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_named(settings):
    base = {"url": ADDRESS, "login": "a@b.example", "password": "p"}
    with pytest.raises(ConfigurationError) as caught:
        NetResultsSource({**base, **settings})
    assert caught.value.code == "bad_setting"
    assert "Evil" not in str(caught.value)


@pytest.mark.simulator
@pytest.mark.parametrize("auth", ["basic", "session", "oauth"])
def test_each_way_to_log_in_reads_the_same(simulator, auth):
    source = connect(simulator, auth=auth)
    assert source.check().findings[0].level == "passed"
    assert len(own(source, "contacts")) == 30


@pytest.mark.simulator
def test_a_token_travels_where_the_profile_says(simulator):
    header = {"auth": {"oauth2": {"header": "X-Token", "prefix": ""}}}
    with pytest.raises(AuthenticationError):
        connect(simulator, auth="oauth", endpoints=header).check()
    assert simulator.requests[-1].headers["X-Token"] == simulator.token
    query = {"auth": {"oauth2": {"token_in": "query"}}}
    with pytest.raises(AuthenticationError):
        connect(simulator, auth="oauth", endpoints=query).check()
    assert f"access_token={simulator.token}" in simulator.requests[-1].query


# -- the endpoint profile ------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("{", "line 1"),
        ("[]", "the document"),
        ({"paths": 1}, "paths"),
        ({"paging": {"page": 5}}, "paging.page"),
        ({"paging": {"page_size": 0}}, "paging.page_size"),
        ({"paging": {"page_size": True}}, "paging.page_size"),
        ({"paging": {"style": "page_number"}}, "paging.style"),
        ({"profile": "net_results/9"}, "profile"),
        ({"transport": {"params": "xml"}}, "transport.params"),
        ({"throttle": {"parallel": 0}}, "throttle.parallel"),
        ({"throttle": {"parallel": 40}}, "throttle.parallel"),
        ({"throttle": {"parallel": 1.5}}, "throttle.parallel"),
        ({"throttle": {"backoff_s": [9]}}, "throttle.backoff_s"),
        ({"dates": {"default_tz": "Mars/Base"}}, "dates.default_tz"),
        ({"objects": {"planet": {}}}, "objects.planet"),
        ({"objects": {"contact": {"lst": "x"}}}, "objects.contact.lst"),
        ({"objects": {"contact": {"id": []}}}, "objects.contact.id"),
        ({"objects": {"contact": {"id": "contact_id"}}}, "objects.contact.id"),
        ({"objects": {"contact": {"list": "setOne"}}}, "objects.contact.list"),
        ({"objects": {"email": {"one": "sendEmail"}}}, "objects.email.one"),
        ({"objects": {"activity": {"method": "deleteOne"}}}, "objects.activity.method"),
        ({"objects": {"form": {"list": "getResultsPerPage"}}}, "objects.form.list"),
        ({"auth": {"session": {"method": "logIn"}}}, "auth.session.method"),
        ({"auth": {"session": {"query_param": "sid"}}}, "auth.session.query_param"),
        ({"objects": {"deal": {"controller": "CustomObject"}}}, "objects.deal"),
        ({"objects": {"deal": {"source": "thin air"}}}, "objects.deal.source"),
        (
            {"objects": {"contact": {"delta": {"mode": "filters", "filters_template": []}}}},
            "objects.contact.delta.filters_template",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_a_profile_that_cannot_work_is_refused_at_its_place(document, place):
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(ConfigurationError) as caught:
        load_endpoints(text)
    assert caught.value.code == "bad_setting"
    assert caught.value.data["reason"].startswith(f"{place}:")


def test_the_whole_profile_and_a_part_of_it_will_do():
    assert load_endpoints("") == load_endpoints(json.dumps(DEFAULT))
    part = load_endpoints('{"auth": {"type": "basic"}, "paging": {"page_size": 20}}')
    assert part["paging"] == {**DEFAULT["paging"], "page_size": 20}


@pytest.mark.simulator
@pytest.mark.parametrize(
    "name",
    ["setOne", "deleteOne", "enableOne", "disableOne", "submitContactImport", "sendEmail",
     "getResultsPerPage", "get", "getaway", "GetMultiple", "", "getOne()"],
)  # fmt: skip
def test_what_writes_is_never_called(simulator, source, name):
    assert not is_read_method(name)
    before = len(simulator.requests)
    with pytest.raises(ConfigurationError) as caught:
        source.rpc.call("Contact", name, {}, stream="contacts")
    assert caught.value.code == "bad_setting"
    assert len(simulator.requests) == before


@pytest.mark.simulator
def test_reading_everything_calls_nothing_that_writes(simulator, source):
    source.check()
    for stream in source.get_streams():
        records(source, stream.name)
    assert simulator.writes == []
    assert all(method.startswith("get") for _c, method, _p in simulator.calls)


@pytest.mark.simulator
def test_calls_go_by_name_or_by_position(simulator):
    by_position = {"transport": {"params": "positional"}}
    whole = own(connect(simulator), "activities")
    assert own(connect(simulator, endpoints=by_position), "activities") == whole
    assert isinstance(simulator.calls[-1][2], list)
    more = {"transport": {"extra_params": {"options": ""}}}
    assert len(own(connect(simulator, endpoints=more), "contacts")) == 30


@pytest.mark.simulator
def test_what_the_product_lacks_can_be_named_by_the_administrator(simulator):
    simulator.controllers["Opportunity"] = {"getMultiple": ()}
    simulator.rpc.account.deals = {}
    deal = {"controller": "Form", "list": "getMultiple", "order_by": "form_name", "id": ["form_id"]}  # fmt: skip
    source = connect(simulator, endpoints={"objects": {"deal": deal}})
    assert "deals" in {stream.name for stream in source.get_streams()}
    assert list(own(source, "deals")) == ["61"]
    plain = {stream.name for stream in connect(simulator).get_streams()}
    assert not {"deals", "calls", "notes"} & plain


# -- errors --------------------------------------------------------------------------


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ({"kind": "error", "status": 401}, AuthenticationError, "bad_credentials"),
        ({"kind": "error", "status": 403}, AuthenticationError, "no_api_access"),
        ({"kind": "error", "status": 404}, ConfigurationError, "wrong_system"),
        ({"kind": "html"}, ConfigurationError, "not_json"),
        ({"kind": "garbled"}, ConfigurationError, "wrong_system"),
        ({"kind": "error", "status": 500}, ConfigurationError, "wrong_system"),
        ({"kind": "rate_limit", "retry_after": 9}, RetryableError, "rate_limited"),
        ({"kind": "error", "status": 502}, RetryableError, "busy"),
        ({"kind": "error", "status": 503, "retry_after": 40}, RetryableError, "busy"),
        ({"kind": "error", "status": 504}, RetryableError, "busy"),
        ({"kind": "drop"}, RetryableError, "unreachable"),
        ({"kind": "cut"}, RetryableError, "cut_off"),
    ],
    ids=str,
)
def test_every_failure_has_one_code(simulator, fault, kind, code):
    simulator.faults.add("", times=None, **fault)
    quick = {"throttle": {"max_per_second": 1000, "backoff_s": [0.01, 1], "retries": 1}}
    with pytest.raises(kind) as caught:
        connect(simulator, endpoints=quick).check()
    assert caught.value.code == code
    assert code in SENTENCES
    assert "…" not in caught.value.sentence


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        ({"code": -32601, "message": "Method not found"}, ConfigurationError, "no_method"),
        ({"code": -32602, "message": "Invalid params", "data": "limit is required"}, ConfigurationError, "bad_parameter"),
        ({"data": "Not logged in"}, AuthenticationError, "bad_credentials"),
        ({"code": 5, "message": "Session expired"}, AuthenticationError, "bad_credentials"),
        ({"code": -32000, "message": "Mara Holt is gone"}, FatalError, "call_refused"),
        ("just a text about Mara Holt", FatalError, "call_refused"),
    ],
    ids=str,
)  # fmt: skip
def test_an_error_within_an_answer_has_one_code(simulator, error, kind, code):
    from simulators.net_results_rpc import Refused

    def refuse(params):
        refusal = Refused(0, "")
        refusal.error = error
        raise refusal

    source = connect(simulator)
    simulator.rpc._Contact_getMultiple = refuse
    with pytest.raises(kind) as caught:
        records(source, "contacts")
    assert caught.value.code == code
    assert "Mara" not in f"{caught.value} {caught.value.data}"
    if code == "bad_parameter":
        assert caught.value.data["parameter"] == "limit"
        assert caught.value.data["method"] == "getMultiple"


@pytest.mark.simulator
def test_another_system_at_the_address_is_told(simulator):
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, endpoints={"path": "/elsewhere.php"}).check()
    assert caught.value.code in ("wrong_system", "not_json")


@pytest.mark.simulator
def test_a_busy_server_is_asked_again_after_growing_pauses(simulator):
    fault = simulator.faults.add(r"Contact\.getMultiple", "rate_limit", times=3)
    assert len(own(connect(simulator), "contacts")) == 30
    assert fault.fired == 3


@pytest.mark.simulator
def test_no_more_calls_a_second_than_the_profile_says(simulator):
    slow = {"throttle": {"max_per_second": 10}}
    source = connect(simulator, endpoints=slow)
    started = time.monotonic()
    records(source, "lists")
    records(source, "segments")
    records(source, "campaigns")
    calls = len(simulator.requests)
    assert calls > 2
    assert time.monotonic() - started >= (calls - 1) / 10


@pytest.mark.simulator
def test_a_batch_without_time_is_put_off(simulator):
    base = connect(simulator).config
    source = NetResultsSource(base, deadline=time.monotonic() + 0.5)
    with pytest.raises(RetryableError) as caught:
        records(source, "forms")
    assert caught.value.delay == 0


# -- check ---------------------------------------------------------------------------


def findings(source):
    found = {}
    for finding in source.check().findings:
        found.setdefault(finding.code, []).append(finding.data)
    return found


@pytest.mark.simulator
def test_the_check_shows_what_was_resolved(simulator, source):
    found = findings(source)
    assert found["logged_in"] == [{"login": simulator.login}]
    counts = {d["stream"]: d["count"] for d in found["object_found"]}
    assert counts["contacts"] == 30
    assert counts["lists"] == 4
    # What is called as in every account is nothing that anybody must look at.
    assert "names_resolved" not in found
    assert found["companies_derived"]
    assert found["by_file"] == [{"streams": "Deals, Calls, Meetings, Notes, Tasks"}]
    missing = {d["stream"] for d in found["object_missing"]}
    assert missing == {"imports", "conversations"}
    assert len(simulator.requests) < 40


@pytest.mark.simulator
def test_the_check_says_what_is_called_otherwise_in_this_account(simulator):
    odd = {"objects": {"contact": {"fields": {"title": ["rank", "contact_title"]}}}}
    source = connect(simulator, endpoints=odd)
    told = [f for f in source.check().findings if f.code == "names_resolved"]
    assert [(f.level, f.text) for f in told] == [
        (
            "passed",
            "contacts: this account has names of its own (contact_title = title).",
        )
    ]


@pytest.mark.simulator
def test_the_check_names_members_that_nothing_fits(simulator):
    odd = {"objects": {"contact": {"fields": {"title": ["rank"], "city": ["town"]}}}}
    (data,) = findings(connect(simulator, endpoints=odd))["names_unresolved"]
    assert data["missing"] == "title, city"
    assert "contact_title" in data["found"]


@pytest.mark.simulator
def test_without_a_description_calls_alone_tell(simulator):
    silent = {"discovery": {"smd": False}}
    found = findings(connect(simulator, endpoints=silent))
    assert found["no_description"]
    assert found["companies_derived"]
    assert len(own(connect(simulator, endpoints=silent), "contacts")) == 30


@pytest.mark.simulator
@pytest.mark.parametrize("how", ["404", "error", "html", "500"])
def test_accounts_are_used_where_there_are_any_whatever_says_that_there_are_none(how):
    with a_simulator(missing=how) as without, a_simulator(accounts=True) as having:
        derived = connect(without)
        assert derived.get_stream("companies").derived_from == "contacts"
        listed = connect(having)
        assert listed.get_stream("companies").derived_from is None
        companies = own(derived, "companies", parent="contacts")
        assert companies == own(derived, "companies")
        everything = own(listed, "companies")
        assert set(companies) == {
            key
            for key, row in everything.items()
            if row["account_name"].strip() not in ("-", "")
        }
        assert not [r for r in records(listed, "contacts") if r.stream == "companies"]
