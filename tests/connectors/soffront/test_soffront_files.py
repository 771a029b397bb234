"""Attachments of Soffront: odd file names, moved and broken files, expired tokens."""

import pytest
from reading import records
from soffront_common import connect, reference

from connectors.core.errors import AuthenticationError, RecordError, RetryableError

pytestmark = pytest.mark.simulator

NAMES = (
    "pump & seal.v2.pdf", "résumé+100%.txt", "a/b; c.csv", "漢字 ملف.png", ".hidden..txt",
    "empty.dat", "page.html", "moved.txt",
)  # fmt: skip


def media(source, *streams):
    return {
        record.data["DOCNAME"]: record.data
        for stream in streams or ("tickets", "companies")
        for record in records(source, stream)
        if record.stream == "media"
    }


def content(source, data):
    return b"".join(source.read_file(reference(data)))


def test_files_with_any_name_arrive_as_they_are(simulator):
    source = connect(simulator)
    found = media(source)
    assert set(NAMES) <= set(found)
    for name in NAMES:
        data = found[name]
        place = (data["_object"].casefold(), data["_record"], name)
        assert content(source, data) == simulator.customer.files[place], name
    asked = [entry.path for entry in simulator.requested("Downloadattach")]
    # The request log shows the path decoded: both signs stand for others.
    assert any(path.endswith("pump ♦ seal♥v2♥pdf") for path in asked)


def test_a_file_kept_under_another_record_still_belongs_to_its_own(simulator):
    data = media(connect(simulator))["moved.txt"]
    tickets = simulator.customer.rows("Ticket")
    assert data["_parent"] == {"stream": "tickets", "id": str(tickets[0]["FormID"])}
    assert (data["_object"], data["_record"]) == ("TICKET", str(tickets[1]["FormID"]))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("short.bin", "truncated_file"),
        ("gone.txt", "missing_file"),
        ("replaced.pdf", "bad_file"),
    ],
)
def test_a_broken_file_is_named_and_its_record_goes_without(simulator, name, code):
    source = connect(simulator)
    with pytest.raises(RecordError) as caught:
        content(source, media(source)[name])
    assert caught.value.code == code
    assert caught.value.stream == "media"


def test_a_path_that_says_nothing_means_the_record_itself(simulator):
    ticket = simulator.customer.rows("Ticket")[4]["FormID"]
    key = simulator.customer.add_file("Ticket", ticket, "plain.txt", b"here")
    simulator.customer.tables.update("TRDOCMNT", key, DOCPATH="")
    source = connect(simulator)
    assert content(source, media(source)["plain.txt"]) == b"here"


def test_a_large_file_comes_in_pieces(simulator):
    ticket = simulator.customer.rows("Ticket")[4]["FormID"]
    big = bytes(30 * 1024 * 1024)
    simulator.customer.add_file("Ticket", ticket, "film.mp4", big)
    source = connect(simulator)
    sizes = [
        len(part) for part in source.read_file(reference(media(source)["film.mp4"]))
    ]
    assert sum(sizes) == len(big)
    assert max(sizes) <= 1024 * 1024


@pytest.mark.parametrize("refusal", ["message", 401, 403])
def test_a_token_that_expires_before_a_download_is_renewed(simulator, refusal):
    source = connect(simulator)
    data = media(source)["pump & seal.v2.pdf"]
    simulator.refusal = refusal
    fault = simulator.faults.add("Downloadattach", "expired")
    assert content(source, data).startswith(b"%PDF")
    assert fault.fired == 1
    simulator.faults.add("Downloadattach", "expired", times=None)
    with pytest.raises(RecordError) as caught:
        content(source, data)
    assert caught.value.code == "bad_file"


def test_a_log_in_that_has_been_changed_is_no_fault_of_the_file(simulator):
    source = connect(simulator)
    data = media(source)["pump & seal.v2.pdf"]
    changed = connect(simulator, password="old")
    with pytest.raises(AuthenticationError):
        content(changed, data)


def test_a_log_in_that_is_changed_meanwhile_is_no_fault_of_the_file_either(simulator):
    source = connect(simulator)
    data = media(source)["pump & seal.v2.pdf"]
    simulator.users[simulator.user]["password"] = "new"
    simulator.faults.add("Downloadattach", "expired")
    with pytest.raises(AuthenticationError) as caught:
        content(source, data)
    assert caught.value.code == "bad_credentials"


def test_a_connection_cut_in_a_file_is_told(simulator):
    source = connect(simulator)
    data = media(source)["pump & seal.v2.pdf"]
    simulator.faults.add("Downloadattach", "cut", times=None)
    with pytest.raises((RecordError, RetryableError)):
        content(source, data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"object": "../AddRecord"},
        {"object": ""},
        {"record": "1/2"},
        {"record": "x"},
        {"name": ""},
    ],
    ids=str,
)
def test_a_reference_that_leads_elsewhere_is_never_asked_for(simulator, wrong):
    source = connect(simulator)
    good = {"object": "TICKET", "record": "501", "name": "a.pdf", "size": 1}
    with pytest.raises(RecordError):
        list(source.read_file({**good, **wrong}))
    assert simulator.requests == []
