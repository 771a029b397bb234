"""What Concord CRM tells of the past: the changelog, stages, and what has changed since."""

import pytest
from concord_common import a_simulator, connect, values_of
from reading import own, records

pytestmark = pytest.mark.simulator


def test_the_changelog_tells_the_way_of_a_deal(simulator, source):
    deal = simulator.company.find("reopened")
    stages = {
        row["id"]: row["name"] for row in simulator.company.rows("pipeline-stages")
    }
    got = values_of(source, "deals", "crm.lead")[str(deal["id"])].values
    history = got["@stage_history"]
    names = [stages.get(key, key) for key in _keys(history)]
    # What bears another name today is named as it was called: nobody guesses.
    assert names == ["New", "Qualified", "Demo (old name)", "Proposal", "Negotiation"]
    own_stages = {1, 2, 3, 4}
    assert {key for key in _keys(history) if isinstance(key, int)} <= own_stages
    assert [step["at"][:10] for step in history] == [
        "2025-03-08",
        "2025-03-18",
        "2025-03-28",
        "2025-04-17",
        "2025-05-07",
    ]
    assert got["@created_by"] == {"$owner": "Rita Gone"}
    assert "lost, 2025-04-07 10:00 UTC, Inês Prado: Too expensive" in got["@note"]
    assert "@closed_at" not in got


def _keys(history):
    keys = [step["stage"]["$ref"][1] for step in history]
    return [int(key) if key.isdecimal() else key for key in keys]


def test_the_way_through_the_stages_ends_where_the_deal_is():
    with a_simulator(deals=30) as simulator:
        values = values_of(connect(simulator), "deals", "crm.lead")
        rows = {str(row["id"]): row for row in simulator.company.rows("deals")}
    met = 0
    for key, outcome in values.items():
        if history := outcome.values.get("@stage_history"):
            assert _keys(history)[-1] == rows[key]["stage_id"]
            assert history == sorted(history, key=lambda step: step["at"])
            met += 1
    assert met > 3


def test_a_renamed_stage_is_known_where_the_deal_still_is_in_it(simulator):
    simulator.company.update("pipeline-stages", 4, name="Haggling")
    source = connect(simulator)
    deal = simulator.company.find("reopened")
    got = values_of(source, "deals", "crm.lead")[str(deal["id"])].values
    assert _keys(got["@stage_history"])[-1] == 4


def test_a_move_that_nobody_wrote_down_is_the_last_one(simulator):
    deal = simulator.company.find("reopened")
    deal |= {"stage_id": 5, "stage_changed_date": "2025-06-01T08:00:00.000000Z"}
    source = connect(simulator)
    got = values_of(source, "deals", "crm.lead")[str(deal["id"])].values
    assert _keys(got["@stage_history"])[-2:] == [4, 5]
    assert got["@stage_history"][-1]["at"] == "2025-06-01 08:00:00"


def test_the_mark_dates_a_deal_that_says_no_day_itself(simulator):
    deal = simulator.company.find("lost_listed")
    day = deal["lost_date"]
    deal["lost_date"] = None
    source = connect(simulator)
    got = values_of(source, "deals", "crm.lead")[str(deal["id"])].values
    assert got["@closed_at"] == day[:19].replace("T", " ")


@pytest.mark.parametrize("name", ["contacts", "companies", "deals"])
def test_who_made_a_record_is_known_by_the_changelog_alone(simulator, source, name):
    model = "crm.lead" if name == "deals" else "res.partner"
    values = values_of(source, name, model)
    made = 0
    for row in simulator.company.rows(name):
        owner = values[str(row["id"])].values.get("@created_by")
        if row.get("_creator_name") or row.get("_unlogged"):
            continue
        expected = {"$owner": str(row["created_by"])} if row["created_by"] else None
        assert owner == expected, row["id"]
        made += bool(owner)
    assert made
    assert all("created_by" not in data for data in own(source, name).values())


def test_the_changelog_comes_with_the_call_that_is_made_anyway(simulator):
    source = connect(simulator)
    records(source, "deals")
    calls = [r for r in simulator.requested("/api/deals") if r.path == "/api/deals"]
    assert len(calls) == 1
    assert len(simulator.requested("/api/users")) <= 1


def test_a_release_without_a_changelog_is_read_without_it(simulator):
    simulator.faults.add(r"with=[^&]*changelog", "error", times=None)
    source = connect(simulator)
    values = values_of(source, "deals", "crm.lead")
    assert set(values) == {str(row["id"]) for row in simulator.company.rows("deals")}
    assert not any("@stage_history" in v.values for v in values.values())


def test_all_customers_of_a_deal_and_all_companies_of_a_person_are_referred_to(
    simulator, source
):
    """The first that is found is the link; the others stand in the notes, linked."""
    met = 0
    for name, model, target, members in (
        ("deals", "crm.lead", "partner_id", ("contacts", "companies")),
        ("contacts", "res.partner", "parent_id", ("companies",)),
    ):
        values = values_of(source, name, model)
        for key, data in own(source, name).items():
            wanted = [[m, str(item["id"])] for m in members for item in data[m]]
            found = values[key].values.get(target) or []
            found = found if isinstance(found, list) else [found]
            assert [each["$ref"] for each in found] == wanted
            met += len(wanted) > 1
    assert met > 2


@pytest.mark.parametrize("name", ["contacts", "deals", "notes", "calls", "products"])
def test_a_delta_brings_what_has_changed_and_nothing_else(simulator, name):
    rows = simulator.company.rows(name)
    for day, row in enumerate(rows, 1):
        if name == "products":
            row["updated_at"] = f"2025-05-{day:02d}T23:30:00.000000Z"
    since = sorted(row["updated_at"] for row in rows)[len(rows) // 2]
    delta = own(connect(simulator, since=since, per_page=5), name)
    expected = {str(row["id"]) for row in rows if row["updated_at"] >= since}
    assert set(delta) == expected
    assert 0 < len(delta) < len(rows)


def test_a_stage_that_is_new_arrives_with_a_pipeline_that_is_old(simulator):
    delta = connect(simulator, since="2099-01-01T00:00:00Z")
    found = records(delta, "pipelines")
    assert {r.stream for r in found} == {"pipelines", "stages"}
