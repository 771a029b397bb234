"""Net-Results: what becomes of its records and templates."""

import json

import pytest
from net_results_common import a_simulator, connect
from reading import own

from connectors.mapping.apply import applies, apply, as_json
from connectors.mapping.merge_tags import convert_html, convert_text

# -- records and the profile ---------------------------------------------------------


def outcomes(source, name, decisions=None, parent=None):
    mapping = next(as_json(m) for m in source.get_mappings() if m.stream == name)
    return {
        key: apply(mapping["fields"], data).values
        for key, data in own(source, name, parent).items()
        if applies(mapping, data, decisions)
    }


@pytest.mark.simulator
@pytest.mark.parametrize("names", [0, 1, 2])
def test_whatever_the_members_are_called_the_values_arrive(names):
    with a_simulator(names=names) as simulator:
        source = connect(simulator)
        people = outcomes(source, "contacts")
        rows = simulator.account.contacts
        assert set(people) == {str(key) for key in rows}
        for key, row in rows.items():
            values = people[str(key)]
            assert values["email"] == row["contact_email_address"]
            has_company = row["account_name"].strip() not in ("-", "")
            assert ("parent_id" in values) is has_company
            assert values.get("user_id") == (
                {"$owner": row["owner_email"]} if row["owner_email"] else None
            )
        raw = own(source, "contacts")[str(next(iter(rows)))]
        assert raw["flag_19"] is False
        bounced = {key for key, v in people.items() if v["message_bounce"]}
        assert bounced == {str(k) for k, r in rows.items() if r["contact_bounced"]}


@pytest.mark.simulator
def test_a_contact_without_names_is_called_by_its_address(source):
    names = {v["email"]: v["name"] for v in outcomes(source, "contacts").values()}
    assert names["nameless@freemail.example"] == "nameless@freemail.example"
    assert names["tanaka@tokyo-keiki.example"] == "田中 太郎"


@pytest.mark.simulator
def test_only_global_flags_suppress_an_address(simulator, source):
    found = own(source, "suppressions", parent="contacts")
    rows = simulator.account.contacts
    assert {key: d["reason"] for key, d in found.items()} == {
        str(key): "unsubscribed" if row["contact_unsubscribed"] else "bounced"
        for key, row in rows.items()
        if row["contact_unsubscribed"] or row["contact_bounced"]
    }
    assert any(d["unsubscribed"] and d["bounced"] for d in found.values())
    opted_out = {
        d["_parent"]["id"] for d in own(source, "list_members").values() if d["opted_out"]
    }  # fmt: skip
    assert opted_out - set(found), "an opt-out of one topic must not suppress"


@pytest.mark.simulator
def test_owners_come_with_their_names_and_nothing_else(simulator, source):
    users = own(source, "users", parent="contacts")
    assert users["ruth.adler@seller.example"]["name"] == "Ruth Adler"
    assert users["gone@seller.example"] == {"email": "gone@seller.example"}
    assert "api_key" not in json.dumps(users)
    asked = [c for c in simulator.calls if c[1] == "getOneByEmail"]
    assert len(asked) == 3


@pytest.mark.simulator
def test_values_of_custom_fields_arrive_in_fields_of_their_own(simulator, source):
    people = outcomes(source, "contacts")
    mapping = next(m for m in source.get_mappings() if m.stream == "contacts")
    kinds = {item.label: item.kind for item in mapping.custom_fields}
    assert kinds["Renewal Date"] == "date"
    assert kinds["Employees"] == "float"
    assert kinds["Machine"] == "char"
    key = next(iter(simulator.account.contacts))
    assert people[str(key)]["@custom.netresults_501"] == "2022-01-31"
    assert len(own(source, "custom_values", parent="contacts")) == sum(
        map(len, simulator.account.values.values())
    )


@pytest.mark.simulator
def test_without_custom_fields_no_values_are_asked_for():
    with a_simulator() as simulator:
        simulator.account.attributes.clear()
        own(connect(simulator), "contacts")
        assert not [c for c in simulator.calls if c[1] == "getByContact"]


@pytest.mark.simulator
def test_postal_codes_that_lost_a_zero_are_told(source):
    pages = list(source.read_pages(source.get_stream("contacts"), None))
    told = [w for page in pages for w in page.warnings]
    assert {w.code for w in told} == {"short_zip"}
    assert len(told) == 2
    assert not any("2134" in w.text for w in told)


@pytest.mark.simulator
@pytest.mark.parametrize("mode", ["compare", "order", "filters"])
def test_a_delta_brings_what_has_changed(simulator, mode):
    rows = simulator.account.contacts.values()
    since = sorted(row["contact_modified_date"] for row in rows)[18]
    delta = {"mode": mode, "filters_template": None}
    if mode == "filters":
        delta["filters_template"] = [{"field": "modified", "value": "{since}"}]
    endpoints = {"objects": {"contact": {"delta": delta}}}
    found = own(connect(simulator, endpoints=endpoints, since=since), "contacts")
    expected = {str(r["contact_id"]) for r in rows if r["contact_modified_date"] >= since}  # fmt: skip
    assert set(found) == expected
    assert 0 < len(found) < 30
    asked = [c for c in simulator.calls if c[:2] == ("Contact", "getMultiple")]
    if mode != "compare":
        assert len(asked) < 5


@pytest.mark.simulator
def test_the_kinds_of_history_are_proposed_by_their_names(source):
    lists = {item.name: item for item in source.get_value_lists()}
    proposals = lists["history_kinds"].proposals
    assert proposals["Email Sent"] == "email"
    assert proposals["Email Bounced"] == "note"
    assert proposals["Website Visit"] == "skip"
    decisions = {("history_kinds", label): kind for label, kind in proposals.items()}
    sent = outcomes(source, "activities", decisions)
    assert sent
    for values in sent.values():
        assert values["@subtype"] == "email"
        assert values["subject"] == "News"
        assert values["@thread"]["$ref"][0] == "contacts"


# -- templates -----------------------------------------------------------------------


@pytest.mark.simulator
@pytest.mark.parametrize("bodies", [True, False])
def test_templates_have_a_body_however_it_is_given(bodies):
    with a_simulator(3, bodies=bodies) as simulator:
        templates = outcomes(connect(simulator), "email_templates")
        assert len(templates) == 6
        first = templates["4410"]
        assert first["subject"] == "News for {{ object.name or 'Valued Customer' }}"
        assert (
            '<t t-out="object.name or &#x27;Valued Customer&#x27;"></t>'
            in first["body_html"]
        )
        assert "{MERGE_DATA:CODE}" in first["@review"]
        assert "img.vendor.example" in first["description"]
        asked = [c for c in simulator.calls if c[:2] == ("Email", "getOne")]
        assert len(asked) == (0 if bodies else 6)


@pytest.mark.simulator
def test_nothing_in_a_template_can_act(source):
    body = outcomes(source, "email_templates")["4411"]["body_html"]
    for harmful in ("t-out=\"object.env", "<script", "alert", "t-call", "onclick", "{{", "javascript"):  # fmt: skip
        assert harmful not in body, harmful
    assert 't-out="object.name or ' in body


@pytest.mark.parametrize(
    ("source", "harmful"),
    [
        ("<T T-OUT='object.env'>x</T>", "t-out"),
        ('<p t-att-x="1" T-IF="1">x</p>', "t-"),
        ("<p>{</p>{ 7 }} {{{ 7 }}}", "{{"),
        ("<script><b>{{ 1 }}</b></script>ok", "1"),
        ('<a href=" \tJaVaScRiPt:x()">x</a>', "script"),
        ("<svg onload=x()>", "onload"),
        ("<p>#{ 7 } ${ 7 } {% x %}</p>", "#{"),
        ('<p title="{{ 7 }} #{7}">x</p>', "{{"),
    ],
    ids=str,
)
def test_what_a_template_engine_would_act_on_is_taken_out(source, harmful):
    body, _unknown, _pictures = convert_html(source)
    assert harmful not in body.lower()


def test_a_default_cannot_leave_its_quotes():
    text, _unknown = convert_text("{FIRST NAME|a' or object.env or 'b\\}")
    assert text == "{{ object.name or 'a\\' or object.env or \\'b ' }}"
    compile(text.strip("{} "), "template", "eval")


def test_unknown_tags_stay_to_be_seen():
    body, unknown, _pictures = convert_html('<p>{SHOE SIZE|9}</p><a href="?e={EMAIL}">x</a>')  # fmt: skip
    assert "{SHOE SIZE|9}" in body
    assert 'href="?e={EMAIL}"' in body
    assert unknown == ["SHOE SIZE", "EMAIL"]


def test_a_tag_with_a_reference_in_it_is_one_tag():
    body, unknown, _pictures = convert_html("<p>{CITY|Caf&eacute; &amp; Bar}</p>")
    assert body == '<p><t t-out="object.city or &#x27;Café &amp; Bar&#x27;"></t></p>'
    assert unknown == []


def test_a_tag_that_is_cut_in_two_is_told():
    body, unknown, _pictures = convert_html("<p>{CITY|<b>here</b>}</p>")
    assert body == "<p>{CITY|<b>here</b>}</p>"
    assert unknown == ["CITY"]


def test_braces_are_braces_however_they_are_written():
    body, _unknown, _pictures = convert_html(
        "<p>&#123;&lbrace; 7 &#x7d;} &lt;ok&gt;</p>"
    )
    assert body == "<p>{ { 7 } } &lt;ok&gt;</p>"
