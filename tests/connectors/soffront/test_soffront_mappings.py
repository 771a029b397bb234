"""Soffront's default profile: what a record of one installation becomes."""

import pytest
from reading import own, records
from soffront_common import connect
from soffront_mappings_common import choice, converted, first, mappings

from connectors.mapping.apply import apply
from simulators.soffront_forms import field as described

pytestmark = pytest.mark.simulator


@pytest.mark.parametrize(
    "stream", ["companies", "contacts", "leads", "deals", "tickets"]
)
def test_every_record_passes_through_its_mapping(simulator, stream):
    source = connect(simulator)
    [item] = mappings(source, stream)
    rows = own(source, stream)
    assert rows
    for key, data in rows.items():
        outcome = apply(item["fields"], data)
        errors = [p for p in outcome.problems if p.level == "error"]
        # An account without a name is the one thing that nobody can put right.
        assert not errors or (stream, data.get("Company")) == ("companies", ""), key
        warnings = [p for p in outcome.problems if p.level != "error"]
        assert not warnings, (key, warnings)


def test_an_account_becomes_a_company_with_its_own_fields(simulator):
    source = connect(simulator)
    model, values, _problems = converted(
        source, "companies", first(source, "companies")
    )
    assert model == "res.partner"
    assert values["name"] == "Larkfield Pumps"
    assert values["is_company"] is True
    assert values["country_id"] == {"$map": ["countries", "USA"]}
    assert values["@custom.company_employees"] == 0
    assert values["@custom.company_renewal"] == "2022-02-01"
    assert values["@custom.company_interests"] == ["Pumps", "Valves"]
    # Eight in the morning in the winter of New York.
    assert values["@updated_at"] == "2021-01-04 13:00:00"


def test_hidden_fields_are_not_offered_and_passwords_not_even_named(simulator):
    source = connect(simulator)
    [company] = [m for m in source.get_mappings() if m.stream == "companies"]
    [contact] = [m for m in source.get_mappings() if m.stream == "contacts"]
    assert "CrMark" in company.ignored
    assert "company_crmark" not in {item.key for item in company.custom_fields}
    named = str((contact.fields, contact.custom_fields, contact.ignored)).casefold()
    assert "pswd" not in named
    assert "prtlsecrt" not in named
    keys = [item.key for item in contact.custom_fields]
    assert len(keys) == len(set(keys)) == 45


def test_a_contact_belongs_to_the_account_it_is_linked_to(simulator):
    source = connect(simulator)
    _model, values, _problems = converted(
        source, "contacts", first(source, "contacts", 1)
    )
    # Of its two accounts the one that it names itself.
    account = str(simulator.customer.rows("Account")[1]["FormID"])
    assert values["parent_id"] == {"$ref": ["companies", account]}
    _model, values, _problems = converted(
        source, "contacts", first(source, "contacts", 2)
    )
    # Linked to none: its company is known by name only.
    assert values["parent_id"]["$ref"][2] == "Company"
    assert values["name"] == "花子 山田"
    assert "Chef d'équipe" == values["function"]


def test_without_a_full_name_the_parts_of_a_name_do(simulator):
    form = simulator.customer.forms["Contact"]
    simulator.customer.forms["Contact"] = [
        row for row in form if row["FieldName"] != "FullName"
    ]
    source = connect(simulator)
    _model, values, problems = converted(source, "contacts", first(source, "contacts"))
    assert values["name"] == "Ivo Brandt"
    assert not problems


def test_the_second_account_of_a_contact_is_named_in_its_notes(simulator):
    source = connect(simulator)
    rows = own(source, "contacts")
    several = [data for data in rows.values() if len(data["_accounts"]) > 1]
    assert several
    accounts = {
        row["FormID"]: row["Company"] for row in simulator.customer.rows("Account")
    }
    for data in several:
        _model, values, _problems = converted(source, "contacts", data)
        for key in data["_accounts"][1:]:
            assert f"Further company: {accounts[key]}" in values["@note"]


def test_of_several_accounts_the_one_that_a_contact_names_is_its_company(simulator):
    source = connect(simulator)
    several = [r for r in own(source, "contacts").values() if len(r["_accounts"]) > 1]
    names = {
        row["FormID"]: row["Company"] for row in simulator.customer.rows("Account")
    }
    assert several
    for data in several:
        _model, values, _problems = converted(source, "contacts", data)
        assert names[data["_accounts"][0]] == data["Company"] == "O'Dell Labs"
        key = str(data["_accounts"][0])
        assert values["parent_id"] == {"$ref": ["companies", key]}
        assert "Further company: Larkfield Pumps" in values["@note"]


def test_projects_have_milestones_and_what_belongs_to_them(simulator):
    source = connect(simulator)
    model, project, _problems = converted(source, "projects", first(source, "projects"))
    assert model == "project.project"
    assert project["name"] == "Dock «Ø» & Co"
    assert (project["date_start"], project["date"]) == ("2021-02-01", "2021-11-30")
    assert "Status in Soffront" in project["description"]
    model, goal, _problems = converted(
        source, "milestones", first(source, "milestones")
    )
    assert model == "project.milestone"
    assert goal["project_id"]["$ref"] == ["projects", "Dock «Ø» & Co", "PrjName"]
    assert goal["@done"] == {"$map": ["task_states", "Completed"]}
    assert goal["deadline"] == "2021-04-30"
    assert "As agreed" in goal["@note"]


def test_issues_and_defects_are_tasks_in_their_project_or_one_of_their_kind(simulator):
    source = connect(simulator)
    issues = [converted(source, "issues", d) for d in own(source, "issues").values()]
    assert {model for model, _values, _problems in issues} == {"project.task"}
    values = [values for _model, values, _problems in issues]
    assert values[0]["project_id"]["$ref"][:2] == ["projects", "Dock «Ø» & Co"]
    assert values[0]["milestone_id"]["$ref"][:2] == ["milestones", "Piles 0.0"]
    assert values[0]["priority"] == {"$map": ["task_priorities", "1-High"]}
    assert "project_id" not in values[2]
    assert values[2]["@project"] == "Issues"
    assert values[2]["@done_at"].startswith("2021-06-01")
    assert values[3]["@done"] == {"$map": ["task_states", "Canceled"]}
    _model, defect, _problems = converted(source, "defects", first(source, "defects"))
    assert defect["@done"] == {"$map": ["task_states", "New"]}
    assert defect["@project"] == "Defects"


@pytest.mark.parametrize("stream", ["companies", "contacts", "leads", "deals", "tickets", "defects", "projects", "milestones", "issues", "activities", "notes", "media"])  # fmt: skip
def test_every_field_is_mapped_kept_in_the_notes_or_left_out_with_a_reason(
    simulator, stream
):
    source = connect(simulator)
    parents = {"notes": "tickets", "media": "tickets"}
    rows = [r.data for r in records(source, parents.get(stream, stream)) if r.stream == stream]  # fmt: skip
    for item in source.get_mappings():
        if item.stream != stream:
            continue
        known = set(item.ignored) | set(source.ignored)
        for entry in (*item.fields, *item.when):
            name = entry.source
            known |= set(name if isinstance(name, tuple) else [name])
        filled = {n for row in rows for n, v in row.items() if v not in (None, "")}
        assert {n for n in filled - known if not n.startswith("_")} == set()
        assert all(
            reason and "internal" not in reason for reason in item.ignored.values()
        )


def test_a_contact_without_a_phone_has_the_mobile(simulator):
    source = connect(simulator)
    data = {**first(source, "contacts"), "BPhone": "", "Mobile": "555-020-0999"}
    _model, values, _problems = converted(source, "contacts", data)
    assert values["phone"] == "555-020-0999"


def test_a_contact_that_is_inactive_is_archived(simulator):
    source = connect(simulator)
    [item] = mappings(source, "contacts")
    found = {
        data["Status"]: apply(item["fields"], data).values["active"]
        for data in own(source, "contacts").values()
    }
    assert found == {"Active": True, "Inactive Contact": False}


def test_fields_are_found_by_their_label_where_the_name_says_nothing(simulator):
    source = connect(simulator)
    _model, values, _problems = converted(source, "deals", first(source, "deals", 1))
    assert values["expected_revenue"] == 1000.5
    assert values["date_deadline"] == "2021-09-30"
    assert values["stage_id"] == {"$map": ["stages", "Proposal"]}
    assert values["@state"] == {"$map": ["deal_states", "Proposal"]}


def test_an_amount_is_in_the_currency_that_its_deal_names(simulator):
    """Taken for the company's own, a foreign one would be counted one to one."""
    customer = simulator.customer
    customer.forms["Opportunity"].append(described("Curr", 5, "Currency", "USD,GBP"))
    customer.tables.add_column("Opportunity", "Curr")
    keys = [row["FormID"] for row in customer.rows("Opportunity")[:2]]
    customer.tables.update("Opportunity", keys[0], Curr="GBP")
    source = connect(simulator)
    deals = own(source, "deals")
    told = [converted(source, "deals", deals[str(key)])[1] for key in keys]
    assert [values.get("@currency") for values in told] == ["GBP", None]
    [item] = mappings(source, "deals")
    assert "deal_curr" not in {f["target"] for f in item["fields"]}


def test_words_for_states_are_known_in_many_languages_and_else_asked_for(simulator):
    lists = {item.name: item for item in connect(simulator).get_value_lists()}
    for name, words in {
        "deal_states": {"Proposta": "open", "Gewonnen": "won", "Closed - Lost": "lost", "Closed": None},
        "activity_states": {"Open": "open", "Erledigt": "done", "Parked": None},
    }.items():  # fmt: skip
        assert lists[name].otherwise is None
        assert {w: choice(lists[name], w) for w in words} == words


def test_escaped_names_bear_the_signs_that_are_meant(simulator):
    """Nobody knows whether a server escapes; a name never holds an entity on purpose."""
    key = simulator.customer.rows("Account")[0]["FormID"]
    simulator.customer.tables.update("Account", key, Company="Smith &amp; S&#246;hne &quot;X&quot;")  # fmt: skip
    source = connect(simulator)
    _model, values, _p = converted(
        source, "companies", own(source, "companies")[str(key)]
    )
    assert values["name"] == 'Smith & Söhne "X"'
