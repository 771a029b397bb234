"""Soffront: what may be called at all, and what the check says."""

import ast
from pathlib import Path

import pytest
from reading import own, records
from soffront_common import connect, endpoints

from connectors.core.errors import (
    ConfigurationError,
    FatalError,
    ForbiddenError,
)
from connectors.soffront import operations
from connectors.soffront.operations import OPERATIONS, path_of, refusal_of


def codes(source):
    return {finding.code: finding for finding in source.check().findings}


# -- what may be called --------------------------------------------------------------


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


# -- the check -----------------------------------------------------------------------


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
