"""What NextCRM's rows become: outcomes, tags, links, mails, files, automation, values.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import datetime as dt
import socket

import pytest
import requests
from test_nextcrm import connect, own, records

from connectors.core.errors import FatalError, RecordError, RetryableError
from connectors.mapping.apply import applies, apply, as_json
from connectors.nextcrm import files
from connectors.nextcrm.s3 import S3Auth, encoded_path
from simulators.nextcrm import NextCrmSimulator


@pytest.fixture(scope="module")
def untouched():
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture
def simulator():
    with NextCrmSimulator() as running:
        yield running


@pytest.fixture
def source(untouched):
    opened = connect(untouched)
    yield opened
    opened.close()


def rows(simulator, table):
    return {row["id"]: row for row in simulator.company.rows[table]}


# -- values as they stand --------------------------------------------------------------


def test_a_year_of_five_digits_arrives_as_it_stands_and_is_reported(source):
    deals = own(source, "deals").values()
    assert [d["close_date"] for d in deals if d["close_date"] > "20259"] == [
        "20260-06-30T00:00:00"
    ]
    outcomes = values_of(source, "deals", "crm.lead").values()
    problems = [(p.target, p.code) for o in outcomes for p in o.problems]
    assert ("date_deadline", "bad_date") in problems
    contracts = own(source, "contracts").values()
    assert any(c["endDate"].startswith("20261-") for c in contracts)


def test_money_keeps_its_cents_and_text_its_letters(untouched, source):
    invoices = own(source, "invoices")
    assert {row["grandTotal"] for row in invoices.values()} == {"6087.81"}
    assert {row["fxRateToBase"] for row in invoices.values()} == {"1.08400000"}
    made = rows(untouched, "crm_Contacts")
    for key, contact in own(source, "contacts").items():
        for member in ("last_name", "tags", "notes", "email", "birthday"):
            assert contact[member] == made[key].get(member)


def test_infinity_and_dates_before_christ_stop_nothing(simulator):
    keys = simulator.database.ids("crm_Opportunities", '"deletedAt" IS NULL')
    for key, moment in zip(keys, ("infinity", "-infinity", "0044-03-15 BC"), strict=False):  # fmt: skip
        simulator.execute(
            'UPDATE "crm_Opportunities" SET close_date = %s WHERE id = %s',
            (moment, key),
        )
    deals = own(connect(simulator), "deals")
    assert deals[keys[0]]["close_date"] == "infinity"
    assert deals[keys[2]]["close_date"].endswith("BC")
    targets = {
        p.target
        for o in values_of(connect(simulator), "deals", "crm.lead").values()
        for p in o.problems
    }
    assert "date_deadline" in targets


def test_the_two_kinds_of_invoices_are_told_apart(untouched):
    source = connect(untouched)
    assert len(own(source, "invoices")) == 8
    assert own(source, "received_invoices") == {}
    with NextCrmSimulator("2025-12") as older:
        source = connect(older)
        assert own(source, "invoices") == {}
        received = own(source, "received_invoices").values()
        assert {row["invoice_amount"] for row in received} == {"1.234,50 Kč"}
        assert {row["rossum_status"] for row in received} == {"exported"}


def test_columns_of_a_customers_own_are_proposed_as_fields(simulator):
    simulator.execute(
        'ALTER TABLE "crm_Accounts" ADD "loyaltyLevel" text DEFAULT \'gold\','
        ' ADD since date, ADD "100% score" numeric, ADD "labels" text[], ADD blob bytea'
    )
    source = connect(simulator)
    company = next(iter(own(source, "companies").values()))
    assert company["loyaltyLevel"] == "gold"
    assert "100% score" in company
    assert "blob" not in company
    found = next(m for m in source.get_mappings() if m.stream == "companies")
    kinds = {c.label: c.kind for c in found.custom_fields}
    assert kinds["Loyalty level"] == "char"
    assert kinds["Since"] == "date"
    assert kinds["100% score"] == "float"
    described = source.describe(source.get_stream("companies"))
    own_fields = {field.path for field in described if field.custom}
    assert own_fields == {"loyaltyLevel", "since", "100% score", "labels"}


# -- people ----------------------------------------------------------------------------


def test_spellings_of_a_tag_become_one_tag(untouched, source):
    tags = own(source, "contact_tags")
    assert set(tags) >= {"vip", "ärzte", "event-2025", "book-a-call"}
    assert tags["vip"]["name"] in ("VIP", "vip", "Vip")
    for key, contact in own(source, "contacts").items():
        spelled = rows(untouched, "crm_Contacts")[key]["tags"] or ()
        folded = {tag.strip().lower() for tag in spelled if tag.strip()}
        assert sorted(folded) == sorted(contact["_tags"])
        assert folded <= set(tags)


def test_tags_in_json_are_read_in_every_shape(source):
    assert set(own(source, "task_tags")) == {"urgent", "büro", "single", "one", "7"}
    shapes = {str(t["tags"]): sorted(t["_tags"]) for t in own(source, "tasks").values()}
    assert shapes["['urgent', 'Urgent ']"] == ["urgent"]
    assert shapes["[{'label': 'Büro'}, {'name': 'urgent'}]"] == ["büro", "urgent"]
    assert shapes["single"] == ["single"]
    assert shapes["None"] == shapes["[]"] == []


def test_a_parent_is_found_by_name_unless_it_is_the_company_itself(untouched, source):
    companies = own(source, "companies")
    linked = {row["name"]: row["_parent_id"] for row in companies.values()}
    assert linked["A loop 10"] is linked["A loop 11"] is None
    assert sum(bool(parent) for parent in linked.values()) == 1
    child = next(row for row in companies.values() if row["_parent_id"])
    assert companies[child["_parent_id"]]["name"] == child["member_of"]


def test_a_person_loses_a_company_that_is_deleted_but_stays(untouched, source):
    companies = set(own(source, "companies"))
    contacts = own(source, "contacts").values()
    assert {c["_company"] for c in contacts} - {None} <= companies
    assert any(c["accountsIDs"] and not c["_company"] for c in contacts)


def test_only_a_different_shipping_address_is_a_delivery_address(source):
    delivery = next(as_json(m) for m in source.get_mappings() if m.part == "delivery")
    for row in own(source, "companies").values():
        differs = row["shipping_street"] not in (None, row["billing_street"])
        assert applies(delivery, row) == bool(row["_shipping"]) == differs


def test_opt_outs_also_come_from_targets_in_the_bin(simulator):
    simulator.execute('UPDATE "crm_Targets" SET "deletedAt" = now()')
    said = own(connect(simulator), "opt_outs")
    wanted = {
        row["email"].lower()
        for row in simulator.company.rows["crm_Targets"]
        if row["do_not_email"] and row["email"]
    }
    assert wanted
    assert wanted <= set(said)
    assert any(row["reason"] == "campaign" for row in said.values())


# -- deals -----------------------------------------------------------------------------


def test_won_and_lost_are_told_by_the_last_word_of_the_audit_log(untouched, source):
    deals = own(source, "deals")
    made = untouched.company.rows["crm_Opportunities"]
    states = {n: deals[row["id"]]["_state"] for n, row in enumerate(made) if row["id"] in deals}  # fmt: skip
    assert states[0] == states[3] == "open"  # ACTIVE, PENDING
    assert states[1] == "lost"  # killed
    assert states[5] == "won"  # killed, reopened, closed
    assert states[6] == "open"  # killed, reopened
    assert states[7] == "won"
    assert states[2] == "lost"  # INACTIVE
    killed = deals[made[1]["id"]]
    assert killed["_closed_at"] > killed["createdAt"]
    assert deals[made[0]["id"]]["_closed_at"] is None


@pytest.mark.parametrize("choice", ["won", "lost"])
def test_the_consultant_may_say_what_closed_means(untouched, choice):
    deals = own(connect(untouched, closed_means=choice), "deals").values()
    assert {d["_state"] for d in deals if d["status"] == "CLOSED"} == {choice}


def test_a_deal_knows_its_way_through_the_stages(source):
    values = values_of(source, "deals", "crm.lead")
    ways = [v.values["@stage_history"] for v in values.values() if "@stage_history" in v.values]  # fmt: skip
    assert len(ways) > 5
    for way in ways:
        assert len(way) == 3
        assert [step["at"] for step in way] == sorted(step["at"] for step in way)
        assert all(step["stage"]["$ref"][0] == "stages" for step in way)


def test_a_contact_that_is_gone_is_no_contact_of_a_deal(untouched, source):
    contacts = set(own(source, "contacts"))
    deals = own(source, "deals").values()
    assert {key for d in deals for key in d["_contacts"]} <= contacts
    assert any(d["contact"] and d["contact"] not in contacts for d in deals)
    for deal in deals:
        if deal["contact"] in contacts:
            assert deal["_contacts"][0] == deal["contact"]
        assert deal["_currency"] in ("EUR", "USD")


def test_stages_stand_in_the_order_of_the_list(source):
    stages = sorted(own(source, "stages").values(), key=lambda s: s["_sequence"])
    assert [s["probability"] for s in stages] == [10, 25, 30, 45, 65, 75, 80, 95, 100]


# -- history ---------------------------------------------------------------------------


def test_an_activity_comes_once_with_all_its_living_links(untouched, source):
    activities = records(source, "activities")
    assert len({r.source_id for r in activities}) == len(activities) == 28
    kinds = ("_contacts", "_deals", "_leads", "_targets", "_companies")
    several = 0
    alive = {
        "_contacts": own(source, "contacts"),
        "_companies": own(source, "companies"),
    }
    for record in activities:
        links = [key for kind in kinds for key in record.data[kind]]
        assert len(links) == len(set(links))
        for kind, there in alive.items():
            if kind == "_contacts":
                assert set(record.data[kind]) <= set(there)
        several += len(links) > 1
    assert several > 5


def test_a_meeting_of_a_connected_calendar_has_its_end_and_its_guests(source):
    meetings = values_of(source, "activities", "calendar.event")
    ended = [m.values for m in meetings.values() if "stop" in m.values]
    assert ended
    for values in ended:
        begin, end = (dt.datetime.fromisoformat(values[k]) for k in ("start", "stop"))
        assert end - begin == dt.timedelta(minutes=50)
        assert {p["email"] for p in values["@addresses"]} == {
            "guest@elsewhere.example",
            "Person1@Firm.example",
        }
    others = [m.values for m in meetings.values() if "stop" not in m.values]
    assert {v["@duration"] for v in others} <= {0.25, 0.5, 1.5}
    cancelled = {k for k, a in own(source, "activities").items() if a["status"] == "cancelled"}  # fmt: skip
    for key, outcome in meetings.items():
        assert outcome.values["active"] is (key not in cancelled)


def test_every_activity_is_one_thing_in_odoo(source):
    mappings = [as_json(m) for m in source.get_mappings() if m.stream == "activities"]
    seen = set()
    for row in own(source, "activities").values():
        fits = [m for m in mappings if applies(m, row)]
        assert len(fits) == 1
        outcome = apply(fits[0]["fields"], row)
        assert not [p for p in outcome.problems if p.level == "error"]
        seen.add((row["type"], fits[0]["model"]))
    assert len(seen) == 5


def test_a_mail_comes_once_however_many_mailboxes_hold_it(untouched, source):
    mails = own(source, "emails").values()
    names = [
        m["rfcMessageId"] for m in mails if "-header@local" not in m["rfcMessageId"]
    ]
    assert len(names) == len(set(names))
    assert any(len(m["_copies"]) > 1 for m in mails)
    assert not any(m["isDeleted"] for m in mails)
    contacts = own(source, "contacts")
    made = rows(untouched, "Email")
    linked = {row["emailId"] for row in untouched.company.rows["EmailsToContacts"]}
    linked |= {row["emailId"] for row in untouched.company.rows["EmailsToAccounts"]}
    matched = [m for m in mails if not set(m["_copies"]) & linked]
    assert matched, "no mail was found by its address: nothing is proven"
    for mail in matched:
        to = {p["email"] for p in made[mail["id"]]["toRecipients"]}
        assert to & {(contacts[k]["email"] or "").lower() for k in mail["_contacts"]}


def test_a_mail_without_a_name_of_its_own_is_never_taken_for_another(simulator):
    simulator.execute('UPDATE "Email" SET "rfcMessageId" = \'7-header@local\'')
    alive = simulator.database.ids("Email", 'NOT "isDeleted"')
    mails = own(connect(simulator), "emails")
    assert len(mails) > 12
    assert set(mails) <= set(alive)
    assert all(m["_copies"] == [key] for key, m in mails.items())


# -- automation ------------------------------------------------------------------------


def test_whatever_runs_by_itself_stands_in_the_inventory(source):
    found = own(source, "workflows").values()
    kinds = {row["kind"] for row in found}
    assert kinds == {"email_sequence", "follow_up", "approval", "report"}
    sequences = [row for row in found if row["kind"] == "email_sequence"]
    assert [s["order"] for s in sequences[0]["steps"]] == list(range(len(sequences[0]["steps"])))  # fmt: skip
    follow_up = next(row for row in found if row["kind"] == "follow_up")
    assert follow_up["data"]["settings"]["kill_after_days"] == 45
    assert {s["stage_kind"] for s in follow_up["data"]["stages"]} >= {
        "qualified",
        "care",
    }
    approval = next(row for row in found if row["kind"] == "approval")
    assert set(approval["data"]["deals"]) == {"PENDING", "APPROVED"}


# -- files -----------------------------------------------------------------------------


def media(source):
    return [r.data for r in records(source, "documents") if r.stream == "media"]


def reference(data):
    return {"path": data["_key"], "url": data["_url"], "name": data["name"],
            "size": data["size"], "id": data["document_id"]}  # fmt: skip


def test_a_document_is_a_file_on_each_record_it_hangs_on(untouched, source):
    found = media(source)
    documents = own(source, "documents")
    per_document = {}
    for data in found:
        per_document.setdefault(data["document_id"], []).append(data)
    children = {k for k, d in documents.items() if d["parent_document_id"]}
    assert children
    assert set(per_document) == set(documents) - children
    assert max(len(many) for many in per_document.values()) == 2
    homeless = [data for data in found if "_parent" not in data]
    assert len(homeless) == 1
    mapping = next(as_json(m) for m in source.get_mappings() if m.stream == "media")
    problems = apply(mapping["fields"], homeless[0]).problems
    assert [(p.target, p.code, p.level) for p in problems] == [
        ("@thread", "required", "error")
    ]


def test_files_arrive_whole_or_are_named(untouched, source):
    outcome = {}
    for data in media(source):
        if data["_url"]:
            continue
        try:
            content = b"".join(source.read_file(reference(data)))
        except RecordError as error:
            outcome[error.code] = outcome.get(error.code, 0) + 1
            continue
        assert content == untouched.company.files[data["_key"]]
        assert data["name"].endswith(".pdf")
        assert "/" not in data["name"]
        outcome["whole"] = outcome.get("whole", 0) + 1
    assert outcome.pop("whole") > 5
    assert outcome.pop("missing_file") >= 1
    assert outcome == {"truncated_file": 1}


def test_printed_invoices_are_fetched_from_the_same_store(untouched, source):
    printed = [r for r in records(source, "invoices") if r.stream == "invoice_files"]
    assert len(printed) == 6
    for record in printed:
        chunks = source.read_file({"path": record.data["_key"], "name": "i.pdf"})
        assert b"".join(chunks).startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    ["http://minio:9000/private", "https://evil.example/a", "file:///etc/passwd", ""],
)
def test_a_file_is_never_fetched_from_an_address_in_a_row(untouched, source, address):
    before = len(untouched.store.requests)
    with pytest.raises(RecordError):
        list(source.read_file({"url": address, "name": "a.pdf"}))
    assert len(untouched.store.requests) == before


def test_an_old_public_store_is_asked_without_our_keys(simulator, monkeypatch):
    address = f"{simulator.store.url}/public/old.pdf"
    simulator.store.files["old.pdf"] = b"old"
    monkeypatch.setattr(files, "PUBLIC_STORES", (f"{simulator.store.url}/public/",))
    source = connect(simulator)
    assert b"".join(source.read_file({"url": address, "name": "old.pdf"})) == b"old"
    assert simulator.store.leaks == []
    with pytest.raises(RecordError) as caught:
        list(source.read_file({"url": f"{address}x", "name": "old.pdf"}))
    assert caught.value.code == "missing_file"


def test_wrong_keys_and_no_store_at_all_are_told_for_the_file(simulator):
    data = next(data for data in media(connect(simulator)) if data["_key"])
    for settings, code in (
        ({"s3_secret_key": "wrong"}, "s3_denied"),
        ({"s3_endpoint": ""}, "no_object_store"),
    ):
        with pytest.raises(RecordError) as caught:
            list(connect(simulator, **settings).read_file(reference(data)))
        assert caught.value.code == code


def test_an_old_public_store_that_has_closed_holds_nothing_up(source, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/f/"
    monkeypatch.setattr(files, "PUBLIC_STORES", (address,))
    with pytest.raises(RecordError) as caught:
        list(source.read_file({"url": f"{address}old.pdf", "name": "old.pdf"}))
    assert caught.value.data["reason"] == "unreachable"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "rate_limit", "retry_after": 60}, RetryableError),
        ({"kind": "error", "status": 503, "times": None}, RetryableError),
        ({"kind": "drop", "times": None}, RetryableError),
        ({"kind": "cut"}, RecordError),
    ],
)
def test_a_store_in_trouble_is_come_back_to(simulator, fault, error):
    source = connect(simulator)
    whole = next(d for d in media(source) if d["_key"] in simulator.company.files)
    simulator.store.faults.add("/nextcrm/", **fault)
    with pytest.raises(error):
        list(source.read_file(reference(whole)))
    simulator.store.faults.clear()
    assert b"".join(source.read_file(reference(whole)))


# The examples of the Amazon S3 API reference, "Signature Calculations for the
# Authorization Header: Transferring Payload in a Single Chunk".
VECTORS = (
    ("test.txt", {"Range": "bytes=0-9"},
     "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    ("?lifecycle", {},
     "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    ("?max-keys=2&prefix=J", {},
     "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "headers", "signature"), VECTORS)
def test_requests_are_signed_as_amazon_publishes_it(path, headers, signature):
    moment = dt.datetime(2013, 5, 24, tzinfo=dt.timezone.utc)
    example = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    auth = S3Auth("AKIAIOSFODNN7EXAMPLE", example, clock=lambda: moment)
    url = f"https://examplebucket.s3.amazonaws.com/{path}"
    request = requests.Request("GET", url, headers=headers, auth=auth).prepare()
    assert request.headers["Authorization"].endswith(f"Signature={signature}")


def test_a_key_with_odd_letters_is_signed_as_it_is_sent(simulator):
    for key in (
        "documents/é +%&'()~.pdf",
        "documents/ключ=1.pdf",
        "documents/a//b.pdf",
    ):
        simulator.store.files[key] = key.encode()
        source = connect(simulator)
        content = b"".join(source.read_file({"path": key, "name": "a.pdf"}))
        assert content == key.encode()
    assert encoded_path("b", "a+b") == "/b/a%2Bb"


# -- the profile -----------------------------------------------------------------------


def values_of(source, name, model):
    """Return ``{source id: Outcome}`` of a stream for the model that it goes to."""
    mapping = next(
        as_json(m)
        for m in source.get_mappings()
        if (m.stream, m.model) == (name, model) and not m.part
    )
    return {
        key: apply(mapping["fields"], row)
        for key, row in own(source, name).items()
        if applies(mapping, row)
    }


@pytest.mark.parametrize("version", ["0.21.2", "0.11.0", "2025-12"])
def test_nobody_is_left_behind_by_the_default_profile(version):
    with NextCrmSimulator(version) as running:
        source = connect(running)
        mapped = {}
        for item in source.get_mappings():
            mapped.setdefault(item.stream, []).append(as_json(item))
        for name in ("users", "companies", "contacts", "leads", "deals", "targets"):
            for row in own(source, name).values():
                if row.get("_converted_to"):
                    continue
                fits = [m for m in mapped[name] if applies(m, row) and not m["part"]]
                assert len(fits) == 1, (name, row)
                errors = [
                    p.code
                    for p in apply(fits[0]["fields"], row).problems
                    if p.level == "error"
                ]
                allowed = ["required"] if not row.get("_name", True) else []
                assert errors in ([], allowed), (name, row, errors)


def test_a_name_is_never_a_dash_or_nothing(source):
    for name in ("contacts", "leads"):
        for row in own(source, name).values():
            assert row["_name"] is None or row["_name"].strip("- ")


def test_a_lost_lead_is_the_consultants_decision(source):
    values = values_of(source, "leads", "crm.lead")
    states = {v.values["@state"]["$map"][1] for v in values.values()}
    assert states == {"New", "Contacted", "Qualified", "Lost"}
    lists = {item.name: item for item in source.get_value_lists()}
    assert lists["lead_states"].proposals["Lost"] == "lost"


def test_a_stream_stops_with_a_sentence_where_text_is_broken(simulator, monkeypatch):
    source = connect(simulator)
    with pytest.raises(FatalError) as caught:
        source.database.fetch("SELECT convert_from('\\xff'::bytea, 'UTF8')")
    assert caught.value.data["reason"] == "text that is not UTF-8"
