"""Concord CRM, read over HTTP from a simulated installation."""

import datetime as dt
import fnmatch
import json
import time
from collections import Counter

import pytest
from conformance import HttpSourceConformance, key_of
from reading import own, records

from connectors.concord.source import ConcordSource
from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RecordError,
    RetryableError,
)
from connectors.mapping.apply import applies, apply, as_json
from simulators.concord import ConcordSimulator
from simulators.concord_data import make_company

pytestmark = pytest.mark.simulator

SMALL = {
    "contacts": 26,
    "companies": 18,
    "deals": 16,
    "activities": 24,
    "notes": 18,
    "calls": 12,
    "emails": 30,
    "documents": 8,
    "products": 8,
}


def a_simulator(version="1.6.0", rate_limit=None, **sizes):
    company = make_company(**{**SMALL, **sizes})
    return ConcordSimulator(company, version=version, rate_limit=rate_limit)


def connect(simulator, **settings):
    return ConcordSource({"url": simulator.url, "token": simulator.token, **settings})


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)


class TestConcord(HttpSourceConformance):
    source = ConcordSource
    paged_stream = "contacts"
    page_call = r"/api/contacts\?"

    def system(self):
        return a_simulator()

    def config(self, system):
        return {"url": system.url, "token": system.token, "per_page": 7}

    def secrets(self, system):
        tokens = [row["token"] for row in system.company.rows("media")]
        return [system.token, system.token.split("|")[1], *tokens]

    def bad_settings(self, system):
        return {"token": "1|" + "wrong" * 8}

    def read_a_file(self, source, system):
        files = [r for r in records(source, "notes") if r.stream == "media"]
        reference = {"path": files[0].data["_path"], "name": "a picture"}
        assert b"".join(source.read_file(reference))


@pytest.mark.parametrize("version", ["1.2.0", "1.2.2", "1.3.5", "1.5.1"])
def test_older_releases_give_the_same_people_and_deals(version):
    with a_simulator(version) as simulator:
        source = connect(simulator)
        assert source.check().version == (version if version >= "1.3" else "")
        for name in ("contacts", "companies", "deals", "activities", "notes", "calls"):
            stream = source.get_stream(name)
            assert len(own(source, name)) == source.count(stream) > 0
        for deal in own(source, "deals").values():
            assert isinstance(deal["contacts"], list)


def test_a_colleague_who_sees_only_own_records_is_refused(simulator):
    partial = connect(simulator, token=simulator.user_token)
    blocking = [f for f in partial.check().findings if f.level == "blocking"]
    assert [finding.code for finding in blocking] == ["not_super_admin"]
    allowed = connect(simulator, token=simulator.user_token, allow_partial=True)
    findings = allowed.check().findings
    assert "blocking" not in {finding.level for finding in findings}
    unread = {f.data["stream"] for f in findings if f.code == "may_not_read"}
    assert {"custom_fields", "workflows", "roles"} <= unread
    with pytest.raises(ForbiddenError):
        records(allowed, "workflows")


def test_a_user_without_the_api_is_told_so(simulator):
    with pytest.raises(AuthenticationError) as caught:
        connect(simulator, token=simulator.token_without_api).check()
    assert caught.value.code == "no_api_access"


@pytest.mark.parametrize("tail", ["", "/", "/api", "/api/"])
def test_whichever_address_was_pasted_will_do(simulator, tail):
    assert connect(simulator, url=simulator.url + tail).check().login


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "ftp://crm.example.com"},
        {"url": "https://"},
        {"url": "https://ana:pw@crm.example.com"},
        {"url": "http://crm .example.com"},
        {"url": "http://crm.example.com:99999"},
        {"token": "1|ключ"},
        {"token": "1|a\r\nX-Evil: b"},
        {"per_page": 1000},
        {"per_page": "many"},
        {"since": "last week"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_named(settings):
    with pytest.raises(ConfigurationError) as caught:
        ConcordSource({"url": "https://crm.example.com", "token": "1|a", **settings})
    assert caught.value.code == "bad_setting"
    assert "Evil" not in str(caught.value)


def test_every_row_of_the_simulator_arrives(simulator, source):
    for name in ("contacts", "companies", "deals", "activities", "documents"):
        expected = {str(row["id"]) for row in simulator.company.rows(name)}
        assert set(own(source, name)) == expected, name


def test_reading_marks_nothing_as_read_and_writes_nothing(simulator, source):
    for stream in source.get_streams():
        records(source, stream.name)
    assert simulator.marked_read == []
    assert simulator.writes == []
    assert simulator.leaks == []


# -- messages ------------------------------------------------------------------------


def linked_messages(simulator):
    """Return the messages that hang on a record that normal lists show."""
    company = simulator.company

    def alive(table, keys):
        return [key for key in keys if not company[table][key].get("deleted_at")]

    return [
        row
        for row in company.rows("emails")
        if alive("contacts", row["contact_ids"])
        or alive("companies", row["company_ids"])
        or alive("deals", row["deal_ids"])
    ]


def test_messages_come_once_with_all_their_links(simulator, source):
    row = linked_messages(simulator)[0]
    row["contact_ids"] = [c["id"] for c in simulator.company.rows("contacts")[3:6]]
    messages = [r for r in records(source, "emails") if r.stream == "emails"]
    assert len({m.source_id for m in messages}) == len(messages) > 0
    rows = {str(row["id"]): row for row in linked_messages(simulator)}
    several = 0
    for message in messages:
        row = rows[message.source_id]
        for name, key in (("contacts", "contact_ids"), ("companies", "company_ids")):
            alive = {
                k for k in row[key] if not simulator.company[name][k].get("deleted_at")
            }
            assert {item["id"] for item in message.data.get(name) or ()} == alive
            several += len(alive) > 1
        assert not row["is_draft"]
    assert several, "no message hangs on several records: nothing is proven"


def test_other_peoples_mail_is_read_only_by_choice(simulator, source):
    visible = {account["id"] for account in source.api.get("mail/accounts").data}
    without = own(source, "emails")
    everything = own(connect(simulator, read_private_mail=True), "emails")
    assert {m["email_account_id"] for m in without.values()} <= visible
    private = set(everything) - set(without)
    assert private
    assert not {everything[key]["email_account_id"] for key in private} & visible


def test_drafts_spam_and_trash_stay_behind(simulator):
    messages = own(connect(simulator, read_private_mail=True), "emails")
    left = [row for row in linked_messages(simulator) if str(row["id"]) not in messages]
    folders = simulator.company["folders"]
    assert left
    for row in left:
        types = {folders[key]["type"] for key in row["folder_ids"]}
        assert row["is_draft"] or types <= {"drafts", "spam", "trash"}


def test_only_records_with_messages_cost_a_call_of_their_own(simulator):
    expected = own(connect(simulator), "emails")
    asked = simulator.requested("/emails?")
    assert (
        0
        < len(asked)
        < 45
        < sum(
            len(simulator.company.rows(name))
            for name in ("contacts", "companies", "deals")
        )
    )
    simulator.faults.add(r"with=emails", "error", times=None)
    assert own(connect(simulator), "emails") == expected
    assert len(simulator.requested("/emails?")) > 2 * len(asked)


def test_messages_that_stay_behind_are_counted(simulator):
    source = connect(simulator)
    pages = list(source.read_pages(source.get_stream("emails"), None))
    told = Counter()
    for finding in (one for page in pages for one in page.warnings):
        assert finding.level == "passed"
        told[finding.code] += finding.data["count"]
    private = own(connect(simulator, read_private_mail=True), "emails")
    aside = [r for r in linked_messages(simulator) if str(r["id"]) not in private]
    assert 0 < told["mail_left_aside"] <= len(aside)
    read = sum(r.stream == "emails" for page in pages for r in page.records)
    assert 0 < told["mail_of_others"] <= len(private) - read


def test_a_message_on_a_record_that_we_may_not_see_is_read_where_we_may(simulator):
    company = simulator.company
    seller = company.find("seller")["id"]
    visible = next(r for r in company.rows("deals") if r["user_id"] == seller)
    hidden = next(r for r in company.rows("contacts") if r["user_id"] != seller)
    row = next(r for r in linked_messages(simulator) if not r["is_draft"])
    row |= {"contact_ids": [hidden["id"]], "company_ids": [], "folder_ids": []}
    row["deal_ids"] = [visible["id"]]
    partial = connect(
        simulator,
        token=simulator.user_token,
        allow_partial=True,
        read_private_mail=True,
    )
    assert str(row["id"]) in own(partial, "emails")


# -- files ---------------------------------------------------------------------------


def test_a_picture_in_a_text_becomes_a_file_that_knows_its_place(source):
    notes = records(source, "notes")
    bodies = {r.source_id: r.data["body"] for r in notes if r.stream == "notes"}
    pictures = [r.data for r in notes if r.stream == "media" and "_inline" in r.data]
    assert pictures
    for picture in pictures:
        if picture["_parent"]["stream"] == "notes":
            body = bodies[str(picture["_parent"]["id"])]
            assert all(address in body for address in picture["_inline"])


def test_files_arrive_whole_or_are_named(simulator, source):
    media = {}
    for name in ("contacts", "companies", "deals", "activities", "notes", "emails"):
        for record in records(source, name):
            if record.stream == "media":
                media[record.source_id] = record.data
    outcome = {"whole": 0}
    for data in media.values():
        reference = {
            "path": data["_path"],
            "name": data.get("file_name"),
            "size": data.get("size"),
        }
        try:
            chunks = list(source.read_file(reference))
        except RecordError as error:
            outcome[error.code] = outcome.get(error.code, 0) + 1
            continue
        assert all(len(chunk) <= 1024 * 1024 for chunk in chunks)
        assert sum(map(len, chunks)) == data.get("size", sum(map(len, chunks)))
        outcome["whole"] += 1
    assert outcome["whole"] > 3
    assert outcome.get("missing_file")
    assert outcome.get("truncated_file")
    assert simulator.leaks == []


@pytest.mark.parametrize(
    "path", ["https://evil.example/a", "//evil.example/a", "", "media/x/download"]
)
def test_a_file_is_never_fetched_from_elsewhere(simulator, source, path):
    before = len(simulator.requests)
    with pytest.raises(RecordError):
        list(source.read_file({"path": path, "name": "a.pdf"}))
    assert len(simulator.requests) == before


# -- a list that moves, a server that fails ------------------------------------------


def read_stepwise(simulator, name, between, **settings):
    """Read one page at a time; ``between`` changes the data after the second one."""
    found, checkpoint, turn = [], None, 0
    while True:
        fresh = connect(simulator, per_page=5, **settings)
        page = next(iter(fresh.read_pages(fresh.get_stream(name), checkpoint)))
        found += [r.source_id for r in page.records if r.stream == name]
        checkpoint = json.loads(json.dumps(page.checkpoint))
        turn += 1
        if turn == 2:
            between(simulator.company)
        if checkpoint is None:
            return found


def test_rows_that_vanish_while_we_read_hide_no_others(simulator):
    alive = [row["id"] for row in simulator.company.rows("contacts")]

    def remove_the_first_seven(company):
        for key in alive[:7]:
            company["contacts"][key]["deleted_at"] = "2025-06-16T08:00:00.000000Z"

    found = read_stepwise(simulator, "contacts", remove_the_first_seven)
    assert len(found) == len(set(found))
    assert set(map(str, alive[7:])) <= set(found)


def test_as_many_rows_may_come_as_go_while_we_wait(simulator):
    alive = [row["id"] for row in simulator.company.rows("contacts")]

    def exchange_seven(company):
        for key in alive[:7]:
            company["contacts"][key]["deleted_at"] = "2025-06-16T08:00:00.000000Z"
            new = {**company["contacts"][key], "id": alive[-1] + key, "email": None}
            company["contacts"][new["id"]] = {**new, "deleted_at": None}

    found = read_stepwise(simulator, "contacts", exchange_seven)
    assert len(found) == len(set(found))
    assert set(map(str, alive[7:])) <= set(found)


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("contacts", {"tags": [{"name": "no id"}]}),
        ("contacts", {"tags": ["Hot"]}),
        ("contacts", {"companies": ["Azulejos"]}),
        ("deals", {"media": {"id": 1}}),
        ("pipelines", {"stages": [None]}),
        ("notes", {"comments": 3}),
        ("notes", {"body": 7}),
    ],
    ids=str,
)
def test_a_record_of_an_odd_form_costs_that_record(simulator, source, name, odd):
    expected = set(own(source, name))
    victim = min(expected, key=int)
    respond = simulator.respond

    def distorted(request):
        answer = respond(request)
        body = json.loads(answer.get_data())
        for row in body["data"] if isinstance(body, dict) and "data" in body else ():
            if str(row["id"]) == victim:
                row.update(odd)
        answer.set_data(json.dumps(body))
        return answer

    simulator.respond = distorted
    pages = list(source.read_pages(source.get_stream(name), None))
    errors = [(e.code, e.source_id) for page in pages for e in page.errors]
    assert errors == [("bad_record", victim)]
    read = {r.source_id for p in pages for r in p.records if r.stream == name}
    assert read == expected - {victim}


def test_rows_without_an_id_are_told_apart(simulator, source):
    respond = simulator.respond

    def nameless(request):
        answer = respond(request)
        body = json.loads(answer.get_data())
        for row in body["data"]:
            row.pop("id")
        answer.set_data(json.dumps(body))
        return answer

    count = source.count(source.get_stream("notes"))
    simulator.respond = nameless
    small = connect(simulator, per_page=7)
    pages = list(small.read_pages(small.get_stream("notes"), None))
    errors = [error for page in pages for error in page.errors]
    assert {error.code for error in errors} == {"missing_key"}
    # The first page alone shows no ids to go on by.
    assert len({error.source_id for error in errors}) == len(errors) > 0
    assert len(errors) <= count


def test_a_list_read_backwards_is_not_read_for_ever(simulator):
    simulator.faults.add(r"/api/notes\?", "repeat", after=1)
    with pytest.raises(FatalError) as caught:
        read_stepwise(
            simulator, "notes", lambda company: None, since="2000-01-01T00:00:00Z"
        )
    assert caught.value.code == "paging_loop"


def test_a_relation_that_the_server_fails_on_is_read_record_by_record(simulator):
    whole = own(connect(simulator), "deals")
    simulator.faults.add(r"/api/deals\?.*billable", "error", times=None)
    stepwise = own(connect(simulator), "deals")
    with_lines = [key for key, deal in whole.items() if deal.get("products_count")]
    assert with_lines
    for key in with_lines:
        assert (
            stepwise[key]["billable"]["products"] == whole[key]["billable"]["products"]
        )
    assert {k: d["contacts"] for k, d in stepwise.items()} == {
        k: d["contacts"] for k, d in whole.items()
    }


def test_the_primary_company_stays_the_first_one_however_it_is_read(simulator):
    whole = own(connect(simulator), "contacts")
    several = {k: c["companies"] for k, c in whole.items() if len(c["companies"]) > 1}
    assert any(links[0]["id"] > links[1]["id"] for links in several.values())
    simulator.faults.add(r"/api/contacts\?.*with=", "error", times=None)
    stepwise = own(connect(simulator), "contacts")
    assert {key: stepwise[key]["companies"] for key in several} == several


def test_comments_are_asked_for_where_the_list_cannot_bring_them(simulator):
    def comments(source):
        return {
            key_of(record)
            for name in ("notes", "calls", "activities")
            for record in records(source, name)
            if record.stream == "comments"
        }

    expected = comments(connect(simulator))
    simulator.faults.add(r"with=[^&]*comments", "error", times=None)
    assert comments(connect(simulator)) == expected != set()


def test_a_server_short_of_memory_gets_smaller_pages(simulator):
    expected = list(own(connect(simulator), "notes"))
    simulator.faults.add(r"/api/notes\?.*per_page=50", "error", times=None)
    assert list(own(connect(simulator), "notes")) == expected


def test_the_limit_of_calls_is_kept_without_losing_what_was_read():
    with a_simulator(rate_limit=20) as simulator:
        simulator.rate_window = 3.5
        source = connect(simulator)
        stream, found, checkpoint, waits = source.get_stream("emails"), [], None, 0
        started = time.monotonic()
        while time.monotonic() - started < 30:
            try:
                page = next(iter(source.read_pages(stream, checkpoint)))
            except RetryableError as error:
                waits += 1
                time.sleep(min(error.delay, 3.6))
                continue
            found += [r.source_id for r in page.records if r.stream == "emails"]
            checkpoint = page.checkpoint
            if checkpoint is None or len(found) > 4:
                break
        simulator.rate_limit = 1_000_000
        expected = list(own(connect(simulator), "emails"))
    assert found == expected[: len(found)]
    assert found


# -- a list without an order, and what the changelog tells ---------------------------


def test_custom_fields_come_newest_first_and_stop_nothing(simulator):
    answer = connect(simulator).api.get("custom-fields", [("order", "id|asc")]).data
    listed = [row["id"] for row in answer["data"]]
    assert listed != sorted(listed)
    source = connect(simulator)
    expected = {str(row["id"]) for row in simulator.company.rows("custom-fields")}
    assert set(own(source, "custom_fields")) == expected
    custom = [m.custom_fields for m in source.get_mappings()]
    assert len(expected) == sum(map(len, custom))


@pytest.mark.parametrize("size", [1, 4, 15])
def test_rows_that_a_list_without_order_hides_are_looked_for(simulator, size):
    """A server that gives its own pages, and its rows in another order on each."""
    respond = simulator.respond

    def small_pages(request):
        answer = respond(request)
        if request.path != "/api/custom-fields":
            return answer
        rows = simulator.company.rows("custom-fields")
        page = int(request.args.get("page", 1))
        # The first time a row is made meanwhile: one is shown twice, one is hidden.
        moved = simulator.requested("/custom-fields")
        shift = 1 if page > 1 and len(moved) <= -(-len(rows) // size) + 1 else 0
        start = (page - 1) * size - shift
        body = json.loads(answer.get_data())
        body["data"] = [
            {"id": row["id"], "field_id": row["field_id"]}
            for row in rows[::-1][start : start + size]
        ]
        body["meta"] |= {"current_page": page, "per_page": size}
        body["meta"] |= {"last_page": -(-len(rows) // size), "total": len(rows)}
        answer.set_data(json.dumps(body))
        return answer

    simulator.respond = small_pages
    source = connect(simulator)
    pages = list(source.read_pages(source.get_stream("custom_fields"), None))
    found = {r.source_id for page in pages for r in page.records}
    assert found == {str(row["id"]) for row in simulator.company.rows("custom-fields")}
    assert [w.code for page in pages for w in page.warnings] == []


def test_a_list_that_stays_short_is_told_and_read_on(simulator):
    respond = simulator.respond

    def short(request):
        answer = respond(request)
        if request.path == "/api/custom-fields":
            body = json.loads(answer.get_data())
            body["data"].pop()
            answer.set_data(json.dumps(body))
        return answer

    simulator.respond = short
    source = connect(simulator)
    (page,) = source.read_pages(source.get_stream("custom_fields"), None)
    assert page.records
    assert [warning.code for warning in page.warnings] == ["list_incomplete"]


def test_an_ordered_list_that_comes_in_no_order_is_read_all_the_same(simulator):
    respond = simulator.respond

    def backwards(request):
        answer = respond(request)
        if request.path == "/api/notes":
            body = json.loads(answer.get_data())
            body["data"].reverse()
            answer.set_data(json.dumps(body))
        return answer

    expected = set(own(connect(simulator), "notes"))
    simulator.respond = backwards
    source = connect(simulator, per_page=5)
    pages = list(source.read_pages(source.get_stream("notes"), None))
    found = {r.source_id for p in pages for r in p.records if r.stream == "notes"}
    assert found == expected
    told = [warning.code for page in pages for warning in page.warnings]
    assert told == ["order_not_kept"]


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
    calls = [request for request in simulator.requested("/api/deals")]
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


# -- what has changed since ----------------------------------------------------------


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


def test_a_batch_without_time_is_put_off(simulator):
    source = ConcordSource(
        {"url": simulator.url, "token": simulator.token},
        deadline=time.monotonic() + 0.5,
    )
    with pytest.raises(RetryableError) as caught:
        records(source, "contacts")
    assert caught.value.delay == 0


def test_a_server_that_hangs_does_not_take_the_batch_with_it(simulator):
    simulator.faults.add("/api/contacts", "hang", delay=20)
    source = ConcordSource(
        {"url": simulator.url, "token": simulator.token},
        deadline=time.monotonic() + 1.3,
    )
    started = time.monotonic()
    with pytest.raises(RetryableError):
        records(source, "contacts")
    assert time.monotonic() - started < 3


# -- the profile ---------------------------------------------------------------------


def values_of(source, name, model, part=""):
    """Return ``{source id: values}`` of a stream as the proposals would have it."""
    lists = {item.name: item for item in source.get_value_lists()}
    mapping = next(
        as_json(m)
        for m in source.get_mappings()
        if (m.stream, m.model, m.part) == (name, model, part)
    )
    kinds = lists["activity_kinds"]
    outcome = {}
    for record in records(source, name):
        if record.stream != name:
            continue
        key = record.data.get("_kind")
        decisions = {("activity_kinds", key): kinds.proposals.get(key, kinds.otherwise)}
        if applies(mapping, record.data, decisions):
            outcome[record.source_id] = apply(
                mapping["fields"], record.data, zone="Europe/Lisbon"
            )
    return outcome


def plan_of(simulator, label):
    """Return what becomes of an activity, as proposed: its model and its values."""
    source = connect(simulator)
    key = str(simulator.company.find(label)["id"])
    for model in ("calendar.event", "mail.activity", "project.task"):
        if found := values_of(source, "activities", model).get(key):
            return model, found.values
    return None, {}


@pytest.mark.parametrize("version", ["1.2.2", "1.6.0"])
@pytest.mark.parametrize(
    ("kind", "end", "model"),
    [
        # A call, a task, an e-mail to write or a deadline at ten o'clock.
        (1, None, "mail.activity"),
        (3, None, "mail.activity"),
        (4, None, "mail.activity"),
        (5, None, "mail.activity"),
        (6, None, "mail.activity"),
        (2, None, "calendar.event"),
        # What has a beginning and an end takes its time; a task is still to be done.
        (1, "10:45:00", "calendar.event"),
        (2, "10:45:00", "calendar.event"),
        (6, "10:45:00", "calendar.event"),
        (3, "10:45:00", "mail.activity"),
        (1, "10:00:00", "mail.activity"),
    ],
)
def test_what_takes_its_time_is_a_meeting(version, kind, end, model):
    with a_simulator(version) as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": kind, "end_time": end}
        got, values = plan_of(simulator, "timed_without_end")
    assert got == model
    if model == "mail.activity":
        assert "<p>Time: 2025-06-19" in values["note"]


ALL_DAY = {"start_date": "2025-06-19", "stop_date": "2025-06-19", "allday": True}


@pytest.mark.parametrize("version", ["1.2.2", "1.6.0"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"due_time": None}, ALL_DAY),
        ({"due_time": None, "end_date": None}, ALL_DAY),
        (
            {"due_time": None, "end_date": "2025-06-21"},
            {**ALL_DAY, "stop_date": "2025-06-21"},
        ),
        ({}, {"start": "2025-06-19 10:00:00", "allday": False}),
        ({"end_date": None}, {"start": "2025-06-19 10:00:00", "allday": False}),
        (
            {"end_time": "11:30:00"},
            {"start": "2025-06-19 10:00:00", "stop": "2025-06-19 11:30:00", "allday": False},
        ),
        # A day without a time is the owner's, here of New York; the last one counts.
        (
            {"end_date": "2025-06-21"},
            {"start": "2025-06-19 10:00:00", "stop": "2025-06-22 03:59:59", "allday": False},
        ),
        # Eight in the evening of the 18th, in New York: when it ends is not known.
        (
            {"due_time": "00:30:00", "end_date": "2025-06-18"},
            {"start": "2025-06-19 00:30:00", "allday": False},
        ),
        (
            {"due_time": None, "end_time": "16:00:00"},
            {"start": "2025-06-19 04:00:00", "stop": "2025-06-19 16:00:00", "allday": False},
        ),
    ],
)  # fmt: skip
def test_a_meeting_takes_the_time_of_which_parts_are_given(version, given, expected):
    with a_simulator(version) as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": 2, "end_time": None, "end_date": row["due_date"]}
        row |= given
        simulator.company["users"][row["user_id"]]["timezone"] = "America/New_York"
        got, values = plan_of(simulator, "timed_without_end")
    times = ("start", "stop", "start_date", "stop_date", "allday")
    assert got == "calendar.event"
    assert {name: values[name] for name in times if name in values} == expected


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Time: 2025-06-19 12:00 (Europe/Berlin)"),
        ({"end_time": "10:45:00"}, "Time: 2025-06-19 12:00 – 12:45 (Europe/Berlin)"),
        (
            {"end_date": "2025-06-20", "end_time": "10:45:00"},
            "Time: 2025-06-19 12:00 – 2025-06-20 12:45 (Europe/Berlin)",
        ),
        (
            {"end_date": "2025-06-21"},
            "Time: 2025-06-19 12:00 – 2025-06-21 (Europe/Berlin)",
        ),
        (
            {"due_time": None, "end_date": "2025-06-21"},
            "Time: 2025-06-19 – 2025-06-21</p>",
        ),
        (
            {"due_time": None, "end_time": "10:45:00"},
            "Time: 2025-06-19 – 2025-06-19 12:45 (Europe/Berlin)",
        ),
    ],
)
def test_what_is_to_be_done_tells_the_time_that_it_has_no_field_for(given, told):
    with a_simulator() as simulator:
        row = simulator.company.find("timed_without_end")
        row |= {"activity_type_id": 3, "end_time": None, "end_date": row["due_date"]}
        row |= given
        simulator.company["users"][row["user_id"]]["timezone"] = "Europe/Berlin"
        _model, values = plan_of(simulator, "timed_without_end")
    assert told in values["note"]
    assert values["date_deadline"] == "2025-06-19"


def test_a_document_becomes_a_note_as_people_write_one():
    with a_simulator() as simulator:
        document = next(iter(simulator.company.rows("documents")))
        document |= {
            "content": "<h1>Offer</h1><p>Until <strong>May</strong></p>",
            "original_date_sent": "2025-06-19T10:00:00.000000Z",
            "accepted_at": "2025-06-20T00:00:00.000000Z",
        }
        source = connect(simulator)
        found = values_of(source, "documents", "mail.message")
    body = found[str(document["id"])].values["body"]
    assert "<h1>Offer</h1><p>Until <strong>May</strong></p>" in body
    assert "<p>First sent: 2025-06-19 11:00</p>" in body  # in Lisbon
    assert "<p>Accepted: 2025-06-20</p>" in body
    assert ".000000Z" not in body


def test_a_type_that_a_customer_made_is_named(simulator):
    simulator.company.find("timed_without_end")["activity_type_id"] = 7
    kinds = {data["_kind"] for data in own(connect(simulator), "activities").values()}
    assert "Besichtigung" in kinds
    assert not any(kind.isdecimal() for kind in kinds)
    _model, values = plan_of(simulator, "timed_without_end")
    assert "<p>Type: Besichtigung</p>" in values["note"]


@pytest.mark.parametrize("version", ["1.2.0", "1.6.0"])
def test_meetings_and_activities_share_the_plans_between_them(version):
    with a_simulator(version) as simulator:
        source = connect(simulator)
        meetings = values_of(source, "activities", "calendar.event")
        plans = values_of(source, "activities", "mail.activity")
        everything = own(source, "activities")
    assert meetings
    assert plans
    assert not set(meetings) & set(plans)
    assert set(meetings) | set(plans) == set(everything)
    for outcome in meetings.values():
        values = outcome.values
        assert ("start" in values) is not values["allday"]
        if values["allday"]:
            assert values["start_date"] <= values["stop_date"]
        for problem in outcome.problems:
            assert problem.level == "warning"
    for outcome in plans.values():
        dt.date.fromisoformat(outcome.values["date_deadline"])


def test_options_of_custom_fields_fit_the_data(source):
    values = values_of(source, "contacts", "res.partner")
    mapping = next(m for m in source.get_mappings() if m.stream == "contacts")
    options = {
        f"@custom.{item.key}": {key for key, _label in item.options}
        for item in mapping.custom_fields
        if item.kind in ("selection", "multi_selection")
    }
    assert options
    met = 0
    for outcome in values.values():
        for target in options.keys() & outcome.values.keys():
            chosen = outcome.values[target]
            assert (
                set(chosen if isinstance(chosen, list) else [chosen]) <= options[target]
            )
            met += 1
    assert met


def test_a_day_in_a_custom_field_never_shifts(source):
    mapping = next(m for m in source.get_mappings() if m.stream == "contacts")
    days = {
        f.source: f.target
        for f in mapping.fields
        if f.steps[-1:] and f.steps[-1].name == "date"
    }
    assert days
    values = values_of(source, "contacts", "res.partner")
    met = 0
    for key, data in own(source, "contacts").items():
        for path, target in days.items():
            if data.get(path):
                assert values[key].values[target] == data[path][:10]
                met += 1
    assert met


def test_deals_keep_lines_outcome_and_owner(source):
    values = values_of(source, "deals", "crm.lead")
    deals = own(source, "deals")
    assert {v.values["@state"] for v in values.values()} == {"open", "won", "lost"}
    for key, deal in deals.items():
        got = values[key].values
        assert got["stage_id"] == {"$ref": ["stages", str(deal["stage_id"])]}
        if (deal.get("billable") or {}).get("products"):
            assert "<th>Product</th>" in got["description"]
        if deal["status"] != "open":
            assert got["@closed_at"]


def test_lines_of_a_deal_are_those_of_a_quotation_as_well(source):
    quotations = values_of(source, "deals", "sale.order", "quotation")
    deals = own(source, "deals")
    billed = {k for k, d in deals.items() if (d.get("billable") or {}).get("products")}
    assert billed
    assert set(quotations) == billed
    for key in billed:
        got, billable = quotations[key].values, deals[key]["billable"]
        assert not quotations[key].problems
        assert got["opportunity_id"] == {"$ref": ["deals", key]}
        assert got["@total"] == billable["total"]
        assert got["@tax_included"] == billable["tax_type"]
        assert len(got["order_line"]) == len(billable["products"])
        for row, line in zip(got["order_line"], billable["products"], strict=True):
            assert row["product_uom_qty"] == float(line["qty"])
            assert row["@amount"] == line["amount"]
            assert ("product_id" in row) is bool(line["product_id"])
            assert line["name"] in row["name"]


def test_deals_are_in_the_currency_of_the_installation(simulator):
    simulator.company.currency = {**simulator.company.currency, "iso_code": "CHF"}
    source = connect(simulator)
    values = values_of(source, "deals", "crm.lead")
    assert values
    assert {outcome.values["@currency"] for outcome in values.values()} == {"CHF"}
    assert "Amounts are in CHF." in [one.text for one in source.check().findings]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_currency_that_is_not_told_is_asked_for(simulator, status):
    simulator.faults.add("/create-fields", "error", status=status, times=None)
    source = connect(simulator)
    mappings = [m for m in source.get_mappings() if m.stream == "deals"]
    assert "@currency" not in {field.target for m in mappings for field in m.fields}
    warnings = [one.code for one in source.check().findings if one.level == "warning"]
    assert "currency_unknown" in warnings


def test_products_keep_prices_and_codes(simulator, source):
    values = values_of(source, "products", "product.template")
    for row in simulator.company.rows("products"):
        got = values[str(row["id"])].values
        assert got["name"] == row["name"]
        assert got["list_price"] == float(row["unit_price"] or 0)
        assert got["active"] is bool(row["is_active"])
        assert got.get("default_code") == (row["sku"] or None)


def test_guests_of_what_is_no_meeting_are_not_lost(simulator, source):
    row = simulator.company.find("meeting_with_guests")
    row |= {"activity_type_id": 3, "end_time": None}
    plans = values_of(source, "activities", "mail.activity")
    met = 0
    for key, data in own(source, "activities").items():
        if key in plans and data.get("guests"):
            for guest in data["guests"]:
                assert guest["guest_email"] in plans[key].values["note"]
                met += 1
    assert met


def test_whatever_a_record_has_is_mapped_or_left_out_with_a_reason(source):
    read = {}
    for stream in source.get_streams():
        for record in records(source, stream.name):
            filled = {k for k, v in record.data.items() if v not in (None, "", [], {})}
            read.setdefault(record.stream, set()).update(filled)
    for mapping in source.get_mappings():
        if mapping.part:
            continue  # a part of what the record itself says
        paths = {"id"}
        for item in (*mapping.fields, *(mapping.when)):
            several = isinstance(item.source, tuple)
            paths |= set(item.source if several else [item.source]) - {None}
        known = {path.split(".")[0] for path in paths}
        known |= {f"{name}_id" for name in known}
        known |= {name.removesuffix("_id") for name in known}
        patterns = [*source.ignored, *mapping.ignored]
        left = {
            name
            for name in read[mapping.stream] - known
            if not name.startswith("_")
            and not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
        }
        assert not left, (mapping.stream, mapping.model)
