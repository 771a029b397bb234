"""OPEX 365's default profile: tables, columns and activities of the customer's own."""

import pytest
from opex365_common import a_simulator, connect
from reading import own, records

from connectors.mapping.apply import apply, as_json

pytestmark = pytest.mark.simulator


def test_what_hangs_on_a_table_of_the_customers_stays_there(reading):
    known, notes = reading.simulator.org.known, reading.own("notes")
    on_machine = [n for n in notes.values() if n["_objectid_value"] == known["machine"]]
    [manual] = [
        r.data for r in records(reading.source, "opex_machines") if r.stream == "media"
    ]
    machine = {"stream": "opex_machines", "id": known["machine"]}
    assert on_machine
    for data in (*on_machine, manual):
        assert data["_thread"] == [machine]
    got = reading.values("notes", "mail.message")[on_machine[0]["annotationid"]].values
    assert got["@thread"] == [{"$ref": ["opex_machines", known["machine"]]}]


def test_a_table_of_the_customers_becomes_a_model_with_its_columns(reading):
    [item] = [m for m in reading.mappings if m.stream == "opex_machines"]
    assert (item.model, item.custom_object.label) == ("x_opex_machine", "Machines")
    kinds = {c.key: (c.kind, c.relation) for c in item.custom_fields}
    assert kinds == {
        "owner": ("reference", "users"),
        "opex_serialnumber": ("char", ""),
        "opex_condition": ("selection", ""),
        "opex_options": ("multi_selection", ""),
        "opex_account": ("reference", "companies"),
        "opex_owner2": ("reference", "companies"),
        "opex_hall": ("reference", "opex_halls"),
        "opex_price": ("monetary", ""),
        "opex_hours": ("float", ""),
        "opex_installed": ("date", ""),
        "opex_warranty": ("date", ""),
        "opex_shift": ("datetime", ""),
        "opex_serviced": ("datetime", ""),
        "opex_remote": ("boolean", ""),
        "opex_remarks": ("text", ""),
        "statecode": ("selection", ""),
        "statuscode": ("selection", ""),
        "currency": ("char", ""),
        "opex_machine_contact": ("references", "contacts"),
    }
    [condition] = [c for c in item.custom_fields if c.key == "opex_condition"]
    assert condition.options == (("741200000", "New"), ("741200001", "Worn"))
    values = reading.values("opex_machines", "x_opex_machine")
    org, known = reading.simulator.org, reading.simulator.org.known
    row, got = (
        org.tables["opex_machine"][known["machine"]],
        values[known["machine"]].values,
    )
    account = row["opex_account"][1]
    assert got["x_name"] == "CNC-7 “Žižka” 0"
    assert got["@custom.opex_account"][0]["$ref"] == ["companies", account]
    assert got["@custom.opex_owner2"] == [
        {"$ref": ["companies", row["opex_owner2"][1]]}
    ]
    assert got["@custom.opex_price"] == 45_000.1234
    assert got["@custom.opex_shift"] == "2025-03-04 05:00:00", "an hour in Paris"
    assert got["@custom.opex_machine_contact"][0]["$ref"][0] == "contacts"


def test_a_lookup_to_a_table_of_the_customers_is_a_link(reading):
    org, known = reading.simulator.org, reading.simulator.org.known
    [key] = [k for k, r in org.tables["contact"].items() if r["opex_machineid"]]
    got = reading.values("contacts", "res.partner")[key].values
    [link] = got["@custom.contact_opex_machineid"]
    assert link["$ref"] == ["opex_machines", known["machine"]]


def test_a_lookup_to_things_of_several_kinds_keeps_the_name(reading):
    [item] = [m for m in reading.mappings if m.stream == "opex_halls"]
    kinds = {c.key: (c.kind, c.relation) for c in item.custom_fields}
    assert kinds["opex_mainmachine"] == ("reference", "opex_machines")
    assert kinds["opex_about"] == ("char", "")
    [hall] = reading.values("opex_halls", "x_opex_hall").values()
    assert hall.values["@custom.opex_about"] == "CNC-7 “Žižka” 0"


def test_what_microsofts_own_add_ons_made_is_read_only_where_it_is_chosen(reading):
    assert not [m for m in reading.mappings if m.stream == "msdyn_insights"]
    [rule] = [r for r in reading.source.left_out if r.stream == "msdyn_insights"]
    assert "nothing in Odoo takes it" in rule.reason


def test_an_activity_of_the_customers_is_a_note_that_says_everything(reading):
    [visit] = reading.values("opex_visits", "mail.message").values()
    assert "Visite annuelle" in visit.values["body"]
    assert "billed" not in visit.values["body"].lower(), "a flag that nobody set"
    assert "Outcome: Come back" in visit.values["body"]


def test_options_of_custom_columns_fit_the_data(reading):
    values = reading.values("contacts", "res.partner")
    item = next(m for m in reading.mappings if m.stream == "contacts")
    custom = {c.key: c for c in item.custom_fields}
    assert custom["contact_opex_options"].kind == "multi_selection"
    keys = {key for key, _label in custom["contact_opex_options"].options}
    chosen = [
        v.values["@custom.contact_opex_options"]
        for v in values.values()
        if "@custom.contact_opex_options" in v.values
    ]
    assert chosen
    assert all(set(found) <= keys for found in chosen)
    assert custom["contact_opex_loyal"].kind == "boolean"
    assert not [key for key in custom if "adx_" in key or "msdyn" in key]


def test_custom_instants_become_what_they_mean():
    with a_simulator() as simulator:
        source = connect(simulator)
        [described] = [
            {
                f.path: f.kind
                for f in source.describe(source.get_stream("opex_machines"))
            }
        ]
        assert described["opex_installed"] == described["opex_warranty"] == "date"
        assert described["opex_shift"] == described["_local.opex_shift"] == "datetime"
        machines = own(source, "opex_machines")
        assert {m["_local"]["opex_shift"] for m in machines.values()} == {
            "2025-03-04T06:00:00"
        }
        assert {m["opex_shift"] for m in machines.values()} == {"2025-03-04T06:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("day", "opex_day", "2026-02-27"),
        ("local_day", "opex_day", "2026-02-28"),
        ("floating", "opex_day", "2026-02-27 22:00:00"),
        ("", "opex_day", "2026-02-27 23:00:00"),
    ],
)
def test_a_custom_column_of_an_instant_is_converted_by_its_meaning(kind, column, value):
    from connectors.opex365.custom_columns import with_custom_fields
    from connectors.opex365.mappings import MAPPINGS
    from connectors.opex365.tables import Column

    made = Column(column, "DateTimeType", "A day", custom=True, meaning=kind)
    extended = with_custom_fields(
        [m for m in MAPPINGS if m.stream == "deals"],
        lambda _stream: (made,),
        is_foreign=lambda name: False,
    )
    [field] = [f for f in as_json(extended[0])["fields"] if "custom" in f["target"]]
    moment = "2026-02-27" if kind == "day" else "2026-02-27T23:00:00Z"
    data = {column: moment, "_local": {column: "2026-02-27T23:00:00"}}
    outcome = apply([field], data, zone="Europe/Paris")
    assert outcome.values == {"@custom.deal_opex_day": value}
    assert not outcome.problems
