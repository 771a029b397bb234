"""Soffront's log-in, settings and endpoint profile, and what may be called at all."""

import ast
import logging
from pathlib import Path

import pytest
from reading import own, records
from test_soffront import a_simulator, connect, endpoints, settings

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    ConnectorError,
    FatalError,
    ForbiddenError,
)
from connectors.soffront import operations
from connectors.soffront.conditions import js_escape
from connectors.soffront.endpoint import read_endpoints
from connectors.soffront.operations import OPERATIONS, path_of, redact, refusal_of
from connectors.soffront.source import SoffrontSource


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


def codes(source):
    return {finding.code: finding for finding in source.check().findings}


# -- the token ------------------------------------------------------------------------


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


# -- settings -------------------------------------------------------------------------


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
        ('{"throttle": {"parallel": 4}}', "throttle.parallel"),
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


# -- what may be called ---------------------------------------------------------------

WRITING = (
    "AddRecord", "AddMultipleRecord", "update", "UpadtePortalRec", "DeleteRecord",
    "attach", "linkrelatedmultiple", "Mail", "CreateWebform", "CustomQuery",
)  # fmt: skip


@pytest.mark.parametrize("name", WRITING)
def test_no_operation_that_writes_can_be_called(name):
    for own_name in (*OPERATIONS, name, name.lower()):
        for template in (f"{name}/{{token}}", f"{name.upper()}/{{token}}/false"):
            assert refusal_of(own_name, template)
            with pytest.raises(ConfigurationError):
                path_of(own_name, template, {"token": "t"})


@pytest.mark.parametrize("value", [".", ".."])
def test_a_value_cannot_lead_elsewhere(value):
    template = "Downloadattach/{token}/{object}/{record_id}/{file_name}"
    values = dict.fromkeys(("token", "object", "record_id", "file_name"), "a")
    assert path_of("download", template, values)
    with pytest.raises(ConfigurationError):
        path_of("download", template, {**values, "object": value})
    _method, path = path_of("download", template, {**values, "object": "../x"})
    assert path == "Downloadattach/a/..%2Fx/a/a"


def test_one_place_alone_makes_the_paths_of_calls():
    """Whoever reaches the client, in whatever file, got the path from ``path_of``."""
    found = {}
    for file in Path(operations.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in (
                "get",
                "post",
                "stream",
            ):
                owner = ast.unparse(node.value)
                if owner.endswith("client"):
                    found.setdefault(file.name, set()).add(node.attr)
    assert found == {"api.py": {"get", "post", "stream"}}


# -- the check ------------------------------------------------------------------------


@pytest.mark.simulator
def test_the_check_shows_what_was_resolved_and_what_files_must_bring(simulator):
    source = connect(simulator)
    result = source.check()
    found = {
        f.data["stream"]: f.data for f in result.findings if f.code == "object_found"
    }
    assert found["Accounts"]["object"] == "Account"
    assert found["Accounts"]["count"] == 18
    assert found["Deals"]["object"] == "Opportunity"
    assert "Vendors" in found
    files = codes(source)["from_files"].data["streams"]
    assert "Users" in files
    assert "Tasks of projects" in files
    assert not {"Deals", "Projects", "Milestones"} & {*files.split(", ")}
    assert codes(source)["unknown_types"].data
    assert result.timezone == "America/New_York"
    assert not [f for f in result.findings if f.level == "blocking"]


@pytest.mark.simulator
def test_an_installation_without_deals_says_so(simulator):
    for name in ("Opportunity", "Activity"):
        del simulator.customer.forms[name]
    source = connect(simulator)
    names = {stream.name for stream in source.get_streams()}
    assert not names & {"deals", "activities"}
    assert "Deals" in codes(source)["from_files"].data["streams"]
    assert "deals" not in {mapping.stream for mapping in source.get_mappings()}
    with pytest.raises(FatalError) as caught:
        own(source, "deals")
    assert caught.value.code == "no_such_object"


@pytest.mark.simulator
def test_an_object_that_no_list_names_is_found_by_its_name(simulator):
    forms = simulator.customer.forms
    simulator.customer.tables.create("SalesOpp", ["OppName"])
    forms["SalesOpp"] = forms.pop("Opportunity")[:2]
    simulator.customer.tables.insert("SalesOpp", FormID=5, OppName="Big one")
    named = endpoints(objects={"deal": {"name": "SalesOpp"}})
    assert (
        own(connect(simulator, endpoints=named), "deals")["5"]["OppName"] == "Big one"
    )


@pytest.mark.simulator
def test_a_table_that_the_user_may_not_see_stops_alone(simulator):
    simulator.users[simulator.user]["denied"] = ("Defect",)
    source = connect(simulator)
    finding = codes(source)["object_unread"]
    assert finding.level == "warning"
    with pytest.raises(ForbiddenError) as caught:
        own(source, "defects")
    assert caught.value.code == "forbidden"
    assert own(source, "leads")
    proposed = {mapping.stream for mapping in source.get_mappings()}
    assert {"defects", "leads", "tickets"} <= proposed
    described = own(source, "custom_fields")
    assert "Ticket.Synopsis" in described
    assert not [key for key in described if key.startswith("Defect.")]


@pytest.mark.simulator
def test_operations_that_an_installation_lacks_can_be_left_out(simulator):
    expected = {r.source_id for r in records(connect(simulator), "tickets")}
    lacking = dict.fromkeys(("counts", "values", "objects", "audit"))
    source = connect(simulator, endpoints=endpoints(read_operations=lacking))
    called = len(simulator.calls)
    assert {r.source_id for r in records(source, "tickets")} == expected
    own(source, "custom_fields")
    assert "no_counts" in codes(source)
    names = {stream.name for stream in source.get_streams()}
    assert "deals" in names
    assert "stage_changes" not in names
    used = {operation for operation, _body in simulator.calls[called:]}
    assert used == {"find", "findrelated", "fields"}
    with pytest.raises(ConfigurationError):
        connect(simulator, endpoints=endpoints(read_operations={"find": None}))


@pytest.mark.simulator
def test_the_text_of_a_refusal_is_passed_on_without_secrets(simulator):
    source = connect(simulator)
    source.catalog.form("Leads")
    text = f"Invalid column 'Foo' for {simulator.password} {simulator.tokens[0]}"
    simulator.answers["find"] = {"ErrorCode": 9, "ErrorDesc": text, "Object": None}
    with pytest.raises(FatalError) as caught:
        own(source, "leads")
    assert caught.value.code == "refused"
    assert "Invalid column 'Foo' for *** ***" in str(caught.value)


@pytest.mark.simulator
@pytest.mark.parametrize(
    "text",
    ["Invalid column name 'PAccessTyp'.", "Invalid column name 'LoginNm'.",
     "Column 'ExpiredOn' is unknown", "Cannot sort by TokenNr"],
)  # fmt: skip
def test_a_word_within_a_name_says_nothing_of_rights_or_tokens(simulator, text):
    source = connect(simulator)
    source.catalog.form("Leads")
    simulator.answers["find"] = {"ErrorCode": 9, "ErrorMessage": text, "Object": None}
    with pytest.raises(FatalError) as caught:
        own(source, "leads")
    assert caught.value.code == "refused"
    assert len(simulator.tokens) == 1


# -- nothing secret, nothing personal in the log --------------------------------------


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
