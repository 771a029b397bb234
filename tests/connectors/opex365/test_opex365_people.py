"""OPEX 365's default profile: people, accounts, addresses, users and who is not mailed."""

import pytest
from opex365_common import a_simulator
from opex365_mappings_common import Reading
from reading import records

from connectors.mapping.apply import applies, apply, as_json

pytestmark = pytest.mark.simulator


def test_people_bear_their_names_in_the_order_of_the_organization():
    for order, wanted in ((0, "Astruc, Mireille"), (6, "Astruc Mireille"), (1, "Mireille Astruc")):  # fmt: skip
        with a_simulator(name_order=order) as simulator:
            values = Reading(simulator).values("contacts", "res.partner")
            got = values[simulator.org.known["mireille"]].values
            assert got["name"] == wanted
            # Most orders leave the middle name out: then it is noted.
            assert "Middle name: Claire Élise" in got["comment"]
    with a_simulator(name_order=5) as simulator:
        reading = Reading(simulator)
        got = reading.values("contacts", "res.partner")[simulator.org.known["mireille"]]
        assert got.values["name"] == "Mireille Claire Élise Astruc"
        assert "Middle name" not in got.values["comment"]


def test_who_asked_not_to_be_mailed_is_on_the_blacklist_and_allow_is_no_note(reading):
    contacts = reading.own("contacts")
    addresses = {
        row["emailaddress1"] for row in contacts.values()
        if (row["donotemail"] or row["donotbulkemail"]) and row["emailaddress1"]
    }  # fmt: skip
    found = [r for r in records(reading.source, "contacts") if r.stream == "opt_outs"]
    assert {r.data["email"] for r in found} == addresses
    [mapping] = [as_json(m) for m in reading.mappings if m.stream == "opt_outs"]
    assert mapping["model"] == "mail.blacklist"
    for name, row in contacts.items():
        comment = reading.values("contacts", "res.partner")[name].values.get(
            "comment", ""
        )
        assert comment.count("Allow") == row["donotemail"] + row["donotbulkemail"] + row["donotphone"]  # fmt: skip
        assert "Default Value" not in comment
        assert ("Preferred contact" in comment) is (
            row["preferredcontactmethodcode"] != 1
        )


def test_who_is_on_a_list_is_on_it_and_a_lead_is_told_where_nobody_subscribes(reading):
    rules = [as_json(m) for m in reading.mappings if m.stream == "list_members"]
    parent = {"stream": "marketing_lists", "id": "1"}
    for stream in ("contacts", "companies", "leads"):
        data = {"_parent": parent, "_member": {"stream": stream, "id": "7"}}
        taken = [rule for rule in rules if applies(rule, data)]
        models = [rule["model"] for rule in taken]
        is_lead = data["_member"]["stream"] == "leads"
        note = ["mail.message"] if is_lead else []
        assert models[:2] == ["mailing.subscription", *note][: len(models[:2])]
        values = apply(taken[0]["fields"], data).values
        assert values["list_id"] == {"$ref": ["marketing_lists", data["_parent"]["id"]]}
        member = data["_member"]
        assert values["@thread"] == {"$ref": [member["stream"], member["id"]]}


def test_inactive_people_are_archived_and_a_birthday_never_shifts(reading):
    values = reading.values("contacts", "res.partner")
    contacts = reading.own("contacts")
    assert {values[k].values["active"] for k in contacts} == {True, False}
    for key, contact in contacts.items():
        assert values[key].values["active"] is (contact["statecode"] == 0)
        if contact["birthdate"]:
            assert contact["birthdate"] in values[key].values["comment"]


def test_a_person_below_a_person_keeps_that_link(reading):
    contacts = reading.own("contacts")
    values = reading.values("contacts", "res.partner")
    parents = {
        values[key].values["parent_id"]["$ref"][0]
        for key in contacts
        if "parent_id" in values[key].values
    }
    assert parents == {"companies", "contacts"}


def test_service_principals_are_no_users_to_map(reading):
    users = reading.own("users")
    values = reading.values("users", "res.users")
    known = reading.simulator.org.known
    people = {known[name] for name in ("jonas", "siri", "gone")}
    assert set(values) == people != set(users)
    # They are told apart from who left, and named with the reason.
    assert users[known["gone"]]["isdisabled"]
    [rule] = [rule for rule in reading.source.left_out if rule.stream == "users"]
    when = {"when": [condition.as_json() for condition in rule.when]}
    assert {k for k, user in users.items() if applies(when, user)} == set(
        users
    ) - people


def test_a_second_address_becomes_a_place_to_deliver_to(reading):
    for name in ("companies", "contacts"):
        rows = reading.own(name)
        values = reading.values(name, "res.partner", "delivery")
        assert set(values) == {k for k, row in rows.items() if row["address2_line1"]}
        for key, outcome in values.items():
            assert outcome.values["name"] == "Lager"
            assert outcome.values["parent_id"] == {"$ref": [name, key]}


def test_a_team_that_owns_records_is_offered_with_its_administrator(reading):
    values = reading.values("teams", "res.users")
    known = reading.simulator.org.known
    assert values[known["team"]].values["email"] == "siri@opexdemo.example"
    assert values[known["orphan_team"]].values == {
        k: v for k, v in values[known["orphan_team"]].values.items() if k != "email"
    }
