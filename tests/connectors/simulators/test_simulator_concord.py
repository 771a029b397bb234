"""The Concord simulator says what the reference says: shapes, rights, lists, files."""

import pytest
from simulator_concord_common import SMALL, ask, read_all

from simulators.concord import ConcordSimulator
from simulators.concord_data import make_company
from simulators.concord_history import ORPHANS

pytestmark = pytest.mark.simulator

# The company


def test_the_same_seed_makes_the_same_company_and_another_seed_another(company):
    assert make_company(**SMALL).tables == company.tables
    assert make_company(**SMALL, seed=8).tables != company.tables


def test_every_list_holds_as_many_rows_as_were_asked_for(company):
    asked = {name: number + ORPHANS.get(name, 0) for name, number in SMALL.items()}
    assert {name: company.count(name) for name in SMALL} == asked
    assert company.trashed("contacts")
    nobody = make_company(**dict.fromkeys(SMALL, 0))
    assert nobody.count("contacts") == 0


def test_deals_stand_in_every_stage_with_every_status(company):
    met = {(row["stage_id"], row["status"]) for row in company.rows("deals")}
    stages = company["pipeline-stages"]
    assert len(stages) == 9
    wanted = {(s, status) for s in stages for status in ("open", "won", "lost")}
    assert wanted <= met


def test_every_kind_of_custom_field_is_in_use(company):
    kinds = {field["field_type"] for field in company.rows("custom-fields")}
    assert len(kinds) == 15
    for field in company.rows("custom-fields"):
        values = [
            row[field["field_id"]] for row in company.rows(field["resource_name"])
        ]
        assert any(value not in (None, []) for value in values), field["label"]


# Lists


def test_a_page_has_the_envelope_and_its_next_link_forgets_the_parameters(sim):
    body = ask(sim, "/api/contacts?per_page=25&order=id%7Cdesc&with=media").json()
    assert set(body) == {"data", "links", "meta"}
    assert body["meta"]["total"] == 60
    assert body["meta"]["last_page"] == 3
    assert (body["meta"]["from"], body["meta"]["to"]) == (1, 25)
    assert body["links"]["next"] == f"{sim.url}/api/contacts?page=2"
    assert ask(sim, "/api/contacts").json()["meta"]["per_page"] == 15


def test_a_page_behind_the_last_is_empty(sim):
    body = ask(sim, "/api/contacts?page=9&per_page=100").json()
    assert (body["data"], body["meta"]["from"]) == ([], None)


@pytest.mark.parametrize(
    "resource",
    ["contacts", "companies", "deals", "products", "activities", "notes", "calls", "documents"],
)  # fmt: skip
def test_ordered_by_id_a_list_gives_every_row_once_and_no_trash(sim, resource):
    ids = [row["id"] for row in read_all(sim, resource, order="id|asc", per_page=7)]
    assert ids == [row["id"] for row in sim.company.rows(resource)]


def test_without_a_unique_order_pages_skip_and_repeat_rows(sim):
    rows = read_all(sim, "activities", order="activity_type_id|asc", per_page=7)
    number = sim.company.count("activities")
    assert len(rows) == number
    assert len({row["id"] for row in rows}) < number


def test_several_orders_can_be_given_and_nulls_come_first(sim):
    rows = read_all(
        sim, "deals",
        **{"order[0][field]": "amount", "order[1][field]": "id", "order[1][direction]": "desc"},
    )  # fmt: skip
    truth = sorted(
        sim.company.rows("deals"),
        key=lambda row: (row["amount"] is not None, row["amount"] or 0, -row["id"]),
    )
    assert [row["id"] for row in rows] == [row["id"] for row in truth]


@pytest.mark.parametrize("query", ["order=cf_languages", "order=nix", "with=nix", "with=media;parent"])  # fmt: skip
def test_an_unknown_column_or_relation_is_a_500(sim, query):
    assert ask(sim, f"/api/contacts?{query}", status=500).json() == {
        "message": "Server Error"
    }


def test_relations_that_were_not_asked_for_are_absent_keys(sim):
    plain = ask(sim, "/api/contacts?order=id").json()["data"][0]
    assert not {"companies", "deals", "media"} & set(plain)
    rich = ask(sim, "/api/contacts?order=id&with=companies;media").json()["data"][0]
    marta = sim.company.find("marta")
    assert [row["id"] for row in rich["companies"]] == marta["company_ids"]
    assert [row["id"] for row in rich["media"]] == marta["media_ids"]
    single = ask(sim, "/api/contacts/1").json()
    assert {"companies", "deals", "media", "associations_count"} <= set(single)


def test_search_takes_text_or_fields_and_refuses_fields_it_does_not_know(sim):
    found = read_all(sim, "contacts", q="MARTA.OLIVEIRA@")
    assert {row["id"] for row in found} == {
        sim.company.find(name)["id"] for name in ("marta", "marta_upper")
    }
    exact = read_all(
        sim, "contacts", q="email:zoe@example.org", search_fields="email:="
    )
    assert [row["email"] for row in exact] == ["zoe@example.org"]
    answer = ask(sim, "/api/contacts?q=a&search_fields=street:like", status=403)
    assert "first_name" in answer.json()["message"]


def by_date(operator, value, rule="updated_at"):
    query = "filters[0][children][0][query]"
    return {
        "filters[0][condition]": "and",
        "filters[0][children][0][type]": "rule",
        f"{query}[type]": "date",
        f"{query}[rule]": rule,
        f"{query}[operator]": operator,
        f"{query}[value]": value,
        "per_page": 100,
    }


def test_filter_dates_are_read_in_the_zone_of_the_user(sim):
    sim.company.update("deals", 3, updated_at="2025-06-16T03:59:59.000000Z")
    sim.company.update("deals", 4, updated_at="2025-06-16T04:00:00.000000Z")
    sim.company.update("deals", 5, updated_at="2025-06-15T20:00:00.000000Z")
    assert ask(sim, "/api/me").json()["timezone"] == "America/New_York"
    truth = {
        row["id"]
        for row in sim.company.rows("deals")
        if row["updated_at"] >= "2025-06-16T04:00:00.000000Z"
    }
    assert 4 in truth
    assert 3 not in truth
    since = read_all(sim, "deals", **by_date("greater_or_equal", "2025-06-16 00:00:00"))
    assert {row["id"] for row in since} == truth
    whole_days = read_all(sim, "deals", **by_date("greater", "2025-06-15 00:00:00"))
    assert {row["id"] for row in whole_days} == truth  # 5 lies within that day


def test_an_unknown_rule_is_dropped_and_everything_comes(sim):
    value = "2099-01-01 00:00:00"
    notes = read_all(sim, "notes", **by_date("greater_or_equal", value))
    assert len(notes) == sim.company.count("notes")
    assert read_all(sim, "calls", **by_date("greater_or_equal", value)) == []
    ask(sim, "/api/calls", params=by_date("between", value), status=400)


# Records


def test_money_that_is_null_in_the_database_is_zero_in_the_answer(sim):
    deals = {row["id"]: row for row in read_all(sim, "deals", per_page=100)}
    assert deals[sim.company.find("no_amount")["id"]]["amount"] == 0
    assert deals[sim.company.find("negative_amount")["id"]]["amount"] == -1250.5
    lost = deals[sim.company.find("lost_free_text")["id"]]
    assert {"lost_date", "lost_reason"} <= set(lost)
    assert "won_date" not in lost


def test_a_deal_without_lines_has_an_empty_billable(sim):
    empty = ask(sim, "/api/deals/1/billable").json()
    assert (empty["id"], empty["products"]) == (None, [])
    row = next(row for row in sim.company.rows("deals") if row["_billable"])
    full = ask(sim, f"/api/deals/{row['id']}/billable").json()
    assert full["subtotal"] == row["amount"]
    assert full["subtotal"] == round(
        sum(line["amount"] for line in full["products"]), 2
    )
    assert all(line["qty"].count(".") == 1 for line in full["products"])


def test_activities_say_dates_alone_when_they_have_no_time(sim):
    rows = {row["id"]: row for row in read_all(sim, "activities", per_page=100)}
    all_day = rows[sim.company.find("all_day")["id"]]
    assert (all_day["due_date"], all_day["end_date"]) == ("2025-06-21", "2025-06-22")
    timed = rows[sim.company.find("timed_without_end")["id"]]
    assert timed["due_date"] == "2025-06-19T10:00:00.000000Z"
    assert timed["end_date"] == "2025-06-19"
    guests = rows[sim.company.find("meeting_with_guests")["id"]]["guests"]
    assert {guest["resource_name"] for guest in guests} == {"users", "contacts"}


def test_the_key_parents_holds_the_children(sim):
    body = ask(sim, f"/api/companies/{sim.company.find('holding')['id']}?with=parents")
    assert sim.company.find("subsidiary")["id"] in [
        child["id"] for child in body.json()["parents"]
    ]
    assert body.json()["parent"] is None


def test_comments_of_notes_want_the_record_they_are_read_through(sim):
    note = sim.company.rows("notes")[0]
    errors = ask(sim, f"/api/notes/{note['id']}/comments", status=422).json()["errors"]
    assert set(errors) == {"via_resource", "via_resource_id"}
    kind = next(k for k in ("contact", "company", "deal") if note[f"{k}_ids"])
    plural = {"contact": "contacts", "company": "companies", "deal": "deals"}[kind]
    via = {"via_resource": plural, "via_resource_id": note[f"{kind}_ids"][0]}
    comments = ask(sim, f"/api/notes/{note['id']}/comments", params=via).json()
    assert [comment["body"][3] for comment in comments] == ["0", "1"]
    assert ask(sim, "/api/activities/1/comments").json()


@pytest.mark.parametrize(
    ("version", "due"),
    [
        ("1.2.0", {"date": "2025-06-21", "time": None}),
        ("1.2.2", {"date": "2025-06-21", "time": None}),
        ("1.3.5", "2025-06-21"),
    ],
)
def test_old_releases_have_other_shapes(company, version, due):
    with ConcordSimulator(company, version=version, rate_limit=None) as sim:
        answer = ask(sim, "/api/activities?order=id&per_page=100")
        old = version < "1.3"
        assert answer.headers.get("X-App-Version") == (None if old else version)
        assert answer.json()["data"][0]["due_date"] == due
        contact = ask(sim, "/api/contacts?order=id").json()["data"][0]
        assert ("tags" in contact) == (version > "1.2.1")
        assert "last_contacted_at" not in contact
        assert ("country" in contact) == (not old)  # null here: missing or null
        kind = ask(sim, "/api/activity-types").json()["data"][0]
        assert ("flag" in kind) == (not old)
        note = ask(sim, "/api/notes?with=media").json()["data"][0]
        assert ("media" in note) == (not old)
        ask(sim, "/api/associations/contacts/1", status=404 if old else 200)
        assert all(row["amount"] >= 0 for row in read_all(sim, "deals"))
