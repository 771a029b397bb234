"""Soffront: objects and fields that an installation has made for itself."""

import pytest
from conformance import through_json
from reading import own, pages_of, records
from soffront_common import connect, endpoints

pytestmark = pytest.mark.simulator


def test_a_custom_object_brings_its_notes_and_files_too(simulator):
    customer = simulator.customer
    customer.add_note("Vendor", 1, NoteText="Reliable", Status="private")
    customer.add_file("Vendor", 1, "terms.pdf", b"%PDF")
    found = records(connect(simulator), "custom_vendor")
    assert [r.stream for r in found] == ["custom_vendor", "notes", "media"]
    assert {r.data["_parent"]["id"] for r in found[1:]} == {"1"}


def test_a_custom_object_becomes_a_model_with_its_form(source):
    proposed = {item.stream: item for item in source.get_mappings()}
    vendor = proposed["custom_vendor"]
    assert (vendor.model, vendor.custom_object.label) == ("x_vendor", "Vendors")
    assert [(f.target, f.source) for f in vendor.fields][0] == ("x_name", "VendName")
    [grade] = vendor.custom_fields
    assert (grade.label, grade.kind) == ("Grade", "char")
    # What hangs on it comes behind it.
    assert "custom_vendor" in proposed["notes"].after
    assert "custom_vendor" in proposed["media"].after


def test_a_custom_object_without_notes_is_no_error(simulator):
    simulator.answers["findrelated"] = {"ErrorCode": 3, "ErrorMessage": "No such link"}
    [page] = [p for p in pages_of(connect(simulator), "custom_vendor") if p.records]
    assert not page.errors


def test_pick_lists_come_with_what_they_depend_on(source):
    fields = own(source, "custom_fields")
    assert fields["Account.Status"]["_values"] == {
        "": ["Customer", "Prospect", "Former"]
    }
    assert fields["Account.Region"]["_values"] == {"": ["North", "South"]}
    assert fields["Account.District"]["_values"] == {
        "North": ["Fjord", "Højland"], "South": ["Delta", "São Tomé"],
    }  # fmt: skip
    assert through_json(fields) == fields


def test_a_type_code_is_settled_by_what_the_field_holds(source):
    def kinds(name):
        return {f.path: f for f in source.describe(source.get_stream(name))}

    companies, contacts, tickets = (
        kinds("companies"),
        kinds("contacts"),
        kinds("tickets"),
    )
    assert companies["Employees"].kind == "integer"
    assert companies["Rating"].kind == "float"
    assert companies["Interests"].kind == "multi_selection"
    assert companies["Renewal"].kind == "date"
    assert companies["LastMod"].kind == "datetime"
    assert companies["Sketch"].kind == "char"
    assert [value for value, _label in companies["District"].options] == [
        "Delta", "Fjord", "Højland", "São Tomé",
    ]  # fmt: skip
    assert contacts["AddlInfo"].kind == "html"
    assert tickets["CallTime"].kind == "datetime"
    assert kinds("contacts")["Survey45"].kind == "char"
    assert companies["Employees"].custom
    assert not companies["Company"].custom


def test_a_field_that_no_longer_fits_into_one_call_is_looked_at_all_the_same(simulator):
    form = simulator.customer.forms["Contact"]
    next(row for row in form if row["FieldName"] == "Survey45")["FieldType"] = 11
    for row in simulator.customer.rows("Contact"):
        simulator.customer.tables.update(
            "Contact", row["FormID"], Survey45="2021-03-02 10:11:00"
        )
    rules = endpoints(paging={"fields_per_call": 20})
    source = connect(simulator, endpoints=rules)
    fields = {f.path: f.kind for f in source.describe(source.get_stream("contacts"))}
    assert fields["Survey45"] == "datetime"
