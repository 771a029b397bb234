"""OPEX 365: tables and columns as the metadata describe them, those of customers too."""

import pytest
from opex365_common import SMALL, connect
from reading import own, pages_of

from connectors.opex365.labels import clean

pytestmark = pytest.mark.simulator


def test_custom_tables_are_found_by_metadata_and_microsofts_are_only_offered(source):
    streams = {stream.name: stream for stream in source.get_streams()}
    assert {"opex_machines", "opex_visits", "cr7a1_notes"} <= set(streams)
    assert not streams["opex_machines"].optional
    assert streams["msdyn_insights"].optional
    for left_out in ("opex_erpstocks", "opex_privates", "opex_machine_contactset"):
        assert left_out not in streams, "virtual, private, or a mere relation"


def test_a_custom_table_is_described_with_choices_and_lookups(source):
    fields = {f.path: f for f in source.describe(source.get_stream("opex_machines"))}
    assert ("741200001", "Worn") in fields["opex_condition"].options
    assert ("4", "Coolant; through the spindle") in fields["opex_options"].options
    assert fields["_opex_account_value"].kind == "reference"
    assert fields["opex_installed"].kind == "date"
    assert fields["opex_serviced"].kind == "datetime"


def test_a_column_that_the_server_refuses_is_left_out_and_named(simulator, source):
    simulator.secured_columns = {("contact", "governmentid"), ("contact", "gendercode")}
    found = pages_of(source, "contacts")
    data = [r.data for page in found for r in page.records if r.stream == "contacts"]
    assert len(data) == SMALL["contacts"]
    assert not any("governmentid" in row or "gendercode" in row for row in data)
    assert all("jobtitle" in row for row in data)
    left_out = [w.data["column"] for w in found[0].warnings]
    assert sorted(left_out) == ["gendercode", "governmentid"]
    assert len(simulator.requested("/contacts?")) < 40


def test_a_table_too_wide_for_a_list_of_columns_brings_no_secret(
    simulator, source, monkeypatch
):
    monkeypatch.setattr("connectors.opex365.plan.LONGEST_SELECT", 10)
    rows = own(source, "contacts")
    assert len(rows) == SMALL["contacts"]
    assert "select" not in simulator.requested("/contacts")[0].query
    for row in rows.values():
        assert "jobtitle" in row
        assert not [name for name in row if name.startswith(("adx_", "entityimage"))]


def test_labels_that_repeat_their_number_within_words_are_kept():
    row = {"a": 1, "a@x.FormattedValue": "Class 1", "b": 1500, "b@x.FormattedValue": "1,500"}  # fmt: skip
    assert clean(row)["_labels"] == {"a": "Class 1"}


def test_a_custom_table_knows_what_it_is_related_to_many_to_many(simulator, source):
    machine = own(source, "opex_machines")[simulator.org.known["machine"]]
    [contact] = machine["opex_machine_contact"]
    assert contact["contactid"] == next(iter(simulator.org.tables["contact"]))


def test_microsofts_tables_are_told_apart_also_where_publishers_may_not_be_read(
    simulator, source
):
    simulator.unreadable = {"publisher"}
    streams = {stream.name: stream for stream in source.get_streams()}
    assert streams["msdyn_insights"].optional
    assert not streams["opex_machines"].optional


def test_a_schema_that_changes_while_we_read_is_read_again(simulator):
    source = connect(simulator, page_size=6)
    reading = source.read_pages(source.get_stream("contacts"), None)
    found = [r.source_id for r in next(reading).records]
    simulator.secured_columns = {("contact", "governmentid")}
    rest = list(reading)
    found += [r.source_id for page in rest for r in page.records]
    found = [key for key in found if not key.startswith("contacts-")]
    assert set(found) == set(simulator.org.tables["contact"])
    assert {"read_again", "column_left_out"} <= {w.code for p in rest for w in p.warnings}  # fmt: skip
