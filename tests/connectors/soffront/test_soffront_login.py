"""Soffront's log-in and settings, and what no log shows."""

import logging

import pytest
from reading import own, records
from soffront_common import a_simulator, connect, endpoints, settings

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    ConnectorError,
)
from connectors.soffront.conditions import js_escape
from connectors.soffront.endpoint import read_endpoints
from connectors.soffront.operations import redact
from connectors.soffront.source import SoffrontSource

# -- the token -----------------------------------------------------------------------


@pytest.mark.simulator
@pytest.mark.parametrize("style", ["text", "object"])
def test_a_token_comes_as_text_or_in_an_object(style):
    with a_simulator(token_style=style) as simulator:
        assert len(own(connect(simulator), "leads")) == 6


@pytest.mark.simulator
@pytest.mark.parametrize("style", ["text", "object"])
@pytest.mark.parametrize("setting", ["developer_key", "user", "password"])
def test_a_wrong_log_in_is_tried_once_and_told(style, setting):
    with a_simulator(token_style=style) as simulator:
        source = connect(simulator, **{setting: "wrong"})
        with pytest.raises(AuthenticationError) as caught:
            source.check()
        assert caught.value.code == "bad_credentials"
        # Once more, and the account might be locked.
        assert len(simulator.requests) == 1


@pytest.mark.simulator
@pytest.mark.parametrize(
    "password",
    ["a+b c", "100%/x", "ünï→漢字", "a♣b", "..x", "&?#=;", "%2F%41", "back\\slash"],
)
def test_every_sign_of_a_password_arrives(simulator, password):
    simulator.users[simulator.user]["password"] = password
    plus = "+" in password
    source = connect(simulator, password=password, replace_plus=plus)
    if password != "a♣b":
        assert own(source, "leads")
        assert ("♣" in simulator.requests[0].path) is plus
    else:
        # The simulated server takes the sign for a plus, as Soffront's does.
        with pytest.raises(AuthenticationError):
            own(source, "leads")


@pytest.mark.simulator
def test_a_developer_key_may_be_asked_for(simulator):
    asked = {"developer_key": {"mode": "asked", "server": "sf000", "project": "Crm"}}
    source = connect(simulator, developer_key="", endpoints=endpoints(auth=asked))
    assert own(source, "leads")
    assert simulator.requests[0].path == "/WEBAPI2/developerkey/sf000/Crm/CRM"


@pytest.mark.simulator
def test_without_a_key_nothing_is_called(simulator):
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, developer_key="")
    assert caught.value.code == "missing_setting"
    assert simulator.requests == []


@pytest.mark.simulator
def test_a_service_that_is_not_enabled_is_told_as_such(simulator):
    simulator.prefix = "SFRestApi"
    simulator.users[simulator.user]["password"] = "Plain9"
    wrong = {"url": f"{simulator.url}/WEBAPI2", "password": "Plain9"}
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, **wrong).check()
    assert caught.value.code == "service_off"
    assert "/WEBAPI2" in str(caught.value)
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, **{**wrong, "password": "a/b+c"}).check()
    assert caught.value.code == "awkward_credentials"


@pytest.mark.simulator
def test_the_usual_path_is_tried_where_none_is_given(simulator):
    assert own(connect(simulator, url=simulator.url), "leads")
    simulator.prefix = "sf/SFRestApi"
    assert own(connect(simulator, url=simulator.address + "/"), "leads")


# -- settings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"url": "ftp://crm.example.com"}, "bad_setting"),
        ({"url": "https://ana:pw@crm.example.com"}, "bad_setting"),
        ({"url": "http://crm.example.com", "allow_http": False}, "plain_http"),
        ({"url": "https://crm.example.com/DeleteRecord"}, "bad_setting"),
        ({"timezone": ""}, "missing_setting"),
        ({"timezone": "Mars/Olympus"}, "bad_setting"),
        ({"timezone": "../../etc/passwd"}, "bad_setting"),
        ({"user": ""}, "missing_setting"),
        ({"password": None}, "missing_setting"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_named(wrong, code):
    config = {
        "url": "https://crm.example.com", "developer_key": "a", "user": "b",
        "password": "c", "timezone": "UTC", "allow_http": True,
    }  # fmt: skip
    with pytest.raises(ConfigurationError) as caught:
        SoffrontSource({**config, **wrong})
    assert caught.value.code == code


def test_secrets_are_settings_of_their_kind():
    kinds = {setting.name: setting.kind for setting in SoffrontSource.settings}
    assert {name for name, kind in kinds.items() if kind == "secret"} == {
        "developer_key", "password",
    }  # fmt: skip
    assert kinds["timezone"] == "timezone"
    assert all(setting.help for setting in SoffrontSource.settings)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "line 1"),
        ("[]", "an object"),
        ('{"pagign": {}}', "pagign"),
        ('{"paging": {"page_size": 0}}', "paging.page_size"),
        ('{"paging": {"page_size": "many"}}', "paging.page_size"),
        ('{"paging": {"style": "cursor"}}', "paging.style"),
        ('{"paging": {"key": "FormID; DROP"}}', "paging.key"),
        ('{"filters": {"active": "1 = 1 or IsDeleted = 0"}}', "filters.active"),
        ('{"filters": {"since": "{modified.__class__}"}}', "filters.since"),
        ('{"throttle": {"parallel": 0}}', "throttle.parallel"),
        ('{"throttle": {"parallel": 40}}', "throttle.parallel"),
        ('{"throttle": {"parallel": 1.5}}', "throttle.parallel"),
        ('{"objects": {"deal": {"name": "Deal where 1=1"}}}', "objects.deal.name"),
        ('{"objects": {"wizard": {"name": "X"}}}', "objects.wizard"),
        ('{"read_operations": {"erase": {"path": "x/{token}"}}}', "erase"),
        ('{"read_operations": {"find": {"path": "update/{token}"}}}', "find"),
        ('{"read_operations": {"find": {"path": "find/{token}/../update"}}}', "find"),
        ('{"read_operations": {"find": {"path": "find/{password}"}}}', "find"),
        ('{"read_operations": {"find": {"condition_escape": "rot13"}}}', "find"),
        ('{"auth": {"token_path": "DeleteRecord/{developer_key}"}}', "token_path"),
        ('{"auth": {"lifetime_s": true}}', "lifetime_s"),
        ('{"dates": {"order": "random"}}', "dates.order"),
    ],
)
def test_a_mistake_in_the_endpoint_profile_is_named(text, named):
    with pytest.raises(ConfigurationError) as caught:
        read_endpoints(text)
    assert caught.value.code == "bad_setting"
    assert named in caught.value.data["reason"]


def test_what_is_overridden_leaves_the_rest_as_it_was():
    changed = read_endpoints(
        '{"objects": {"deal": {"name": "SalesOpp", "fields": {"amount": ["Val"]}}},'
        ' "deny_fields": ["Pin"], "read_operations": {"audit": {"wrapper": "RECDATA"}}}'
    )
    usual = read_endpoints("")
    assert changed["objects"]["deal"]["name"] == "SalesOpp"
    assert changed["objects"]["deal"]["fields"]["amount"] == ["Val"]
    assert changed["objects"]["deal"]["try"] == usual["objects"]["deal"]["try"]
    assert changed["read_operations"]["audit"]["path"] == "AuditTrail/{token}"
    assert {"Pswd", "Password", "Pin"} <= set(changed["deny_fields"])
    assert read_endpoints(None) == usual


# -- nothing secret, nothing personal in the log -------------------------------------


@pytest.mark.simulator
def test_no_log_line_holds_a_secret_or_a_value(simulator, caplog):
    caplog.set_level(logging.DEBUG)
    simulator.faults.add(".", "drop", every=9, times=None)
    simulator.faults.add(".", "error", status=404, every=17, times=None)
    source, said = connect(simulator), []
    for name in ("companies", "contacts", "tickets", "leads", "custom_fields"):
        for _attempt in range(3):
            try:
                records(source, name)
            except ConnectorError as error:
                said.append(f"{error} {error.data}")
    said += [f"{r.getMessage()} {r.exc_info}" for r in caplog.records]
    text = "\n".join(said)
    assert "/find/***" in text
    assert "/token/***" in text
    customer = simulator.customer
    private = [row["email"] for row in customer.rows("Contact")]
    private += [row["Company"] for row in customer.rows("Account") if row["Company"]]
    config = settings(simulator)
    for secret in (*simulator.tokens, *private, config["developer_key"],
                   config["password"], config["user"], "S3cret9"):  # fmt: skip
        assert secret not in text


@pytest.mark.parametrize(
    "url",
    [
        "https://sf.example.com/WEBAPI2/token/KEY/ana/pw",
        "https://sf.example.com/WEBAPI2/find/KEY",
        "https://ana:pw@sf.example.com/api/v2/Downloadattach/KEY/TICKET/501/ana.pdf",
        "https://sf.example.com/KEY/ana/pw?x=pw",
    ],
)
def test_an_address_is_logged_without_what_follows_the_operation(url):
    shown = redact(url)
    assert shown.endswith("/***")
    assert not [word for word in ("KEY", "ana", "pw", "501") if word in shown]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a@*_+-./Z9", "a@*_+-./Z9"),
        ("Status in ('O''Dell')", "Status%20in%20%28%27O%27%27Dell%27%29"),
        ("é%", "%E9%25"),
        ("漢", "%u6F22"),
        ("🚀", "%uD83D%uDE80"),
    ],
)
def test_conditions_are_escaped_as_the_old_javascript_does(text, escaped):
    assert js_escape(text) == escaped


@pytest.mark.simulator
@pytest.mark.parametrize("escape", ["js_escape", "uri", "none"])
def test_the_escape_of_each_operation_can_be_set(simulator, escape):
    simulator.escapes = {"find": escape, "findrelated": "js_escape"}
    rules = {"find": {"condition_escape": escape}}
    source = connect(simulator, endpoints=endpoints(read_operations=rules))
    assert len(own(source, "companies")) == 18
    assert [r for r in records(source, "tickets") if r.stream == "notes"]
