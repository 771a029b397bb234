"""Files of a kind that nobody knows: an object of its own, with fields and links."""

import json

import pytest
from files import records

from connectors.core.errors import ConfigurationError
from connectors.mapping.apply import apply, as_json

COMPANIES = "Id,Name,Industry,City\n7,Ćevap & Sons,Food,Split\n"
CONTACTS = (
    "Id,First Name,Last Name,Email,Machine\n1,Zoë,Haddad,zoe@cevap.example,CNC-7 “Ž”\n"
)
MACHINES = (
    "Machine ID,Machine,Serial No.,Company ID,Hall,Price,Bought,Runs,Manual,EAN,Created At\n"
    'M1,CNC-7 “Ž”,007,7,Halle Süd,"45,000.12",28.02.2021,yes,https://m.example/a,4006381333931,2021-03-04T05:06:07Z\n'
    "M2,Dreher,008,,,12.5,31.12.2020,no,,4006381333948,\n"
)  # fmt: skip
HALLS = "Hall ID,Name,Main Machine ID,Machine ID\n1,Halle Süd,M2,M1\n"
OPTIONS = {
    "geraete.csv": {"custom_object": "Machines"},
    "orte.csv": {"custom_object": "Halls"},
}
FILES = {
    "companies.csv": COMPANIES,
    "contacts.csv": CONTACTS,
    "geraete.csv": MACHINES,
    "orte.csv": HALLS,
}


def propose(open_files, files=FILES, options=OPTIONS):
    source = open_files(files, options=json.dumps(options))
    return source, {item.stream: item for item in source.get_mappings()}


def test_a_table_that_is_called_an_object_has_fields_of_their_kinds(open_files):
    source, mappings = propose(open_files)
    item = mappings["machines"]
    assert (item.model, item.custom_object.label) == ("x_machines", "Machines")
    kinds = {c.key: (c.kind, c.relation) for c in item.custom_fields}
    assert kinds == {
        "machine_id": ("char", ""),
        "serial_no": ("char", ""),
        "company_id": ("reference", "companies"),
        "hall": ("reference", "halls"),
        "price": ("float", ""),
        "bought": ("date", ""),
        "runs": ("boolean", ""),
        "manual": ("url", ""),
        "ean": ("char", ""),
    }
    first, _second = records(source, "machines")
    values = apply(as_json(item)["fields"], first).values
    assert values["x_name"] == "CNC-7 “Ž”"
    assert values["@created_at"] == "2021-03-04 05:06:07"
    assert values["@custom.bought"] == "2021-02-28"
    assert values["@custom.price"] == 45000.12
    assert values["@custom.ean"] == "4006381333931", "no number that a field can hold"
    assert values["@custom.company_id"] == [{"$ref": ["companies", "7"]}]
    assert values["@custom.hall"] == [{"$ref": ["halls", "Halle Süd", "Name"]}]
    streams = {stream.name: stream.label for stream in source.get_streams()}
    assert (streams["machines"], streams["halls"]) == ("Machines", "Halls")


def test_tables_of_ones_own_are_linked_from_each_other_and_from_known_ones(open_files):
    _source, mappings = propose(open_files)
    kinds = {c.key: (c.kind, c.relation) for c in mappings["halls"].custom_fields}
    assert kinds["machine_id"] == ("reference", "machines")
    assert kinds["main_machine_id"] == ("char", ""), "nothing is called a main machine"
    [link] = mappings["contacts"].custom_fields
    assert (link.key, link.kind, link.relation) == ("machine", "reference", "machines")


def test_nothing_is_proposed_for_a_table_that_nobody_called_anything(open_files):
    _source, mappings = propose(open_files, options={})
    assert set(mappings) == {"companies", "contacts"}


def test_a_known_object_can_be_called_something_else(open_files):
    _source, mappings = propose(
        open_files,
        {"contacts.csv": CONTACTS},
        {"contacts.csv": {"custom_object": "会員"}},
    )
    item = mappings["contacts"]
    assert (item.model, item.custom_object.label) == ("x_contacts", "会員")


@pytest.mark.parametrize("wrong", [True, 7, ["Machines"]])
def test_a_name_that_is_no_text_is_refused(open_files, wrong):
    source = open_files(FILES, options={"orte.csv": {"custom_object": wrong}})
    told = [finding for finding in source.check().findings if finding.level != "passed"]
    assert any(ConfigurationError("bad_setting").code == f.code for f in told)
