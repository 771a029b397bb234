"""NextCRM's files: what a document becomes, its object store, signed requests.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import datetime as dt
import socket

import pytest
import requests
from nextcrm_common import connect
from reading import own, records

from connectors.core.errors import RecordError, RetryableError
from connectors.mapping.apply import apply, as_json
from connectors.nextcrm import files
from connectors.nextcrm.s3 import S3Auth, encoded_path

pytestmark = pytest.mark.simulator


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
    assert not problems
    values = apply(mapping["fields"], homeless[0]).values
    assert values["@unlinked"] == "company"
    assert not values.get("@thread")


def test_a_document_that_hangs_on_what_is_deleted_hangs_elsewhere_or_nowhere(simulator):
    simulator.execute('UPDATE "crm_Contacts" SET "deletedAt" = now()')
    found = media(connect(simulator))
    streams = {data.get("_parent", {}).get("stream") for data in found}
    assert streams == {"companies", "deals", "leads", "tasks", "todos", None}
    assert len({data["document_id"] for data in found}) == len(
        {data["document_id"] for data in media(connect(simulator))}
    )
    linked = {
        row["document_id"] for row in simulator.company.rows["DocumentsToContacts"]
    }
    homeless = {data["document_id"] for data in found if "_parent" not in data}
    assert homeless & linked


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


def test_an_old_public_store_is_asked_without_our_keys(faulty, monkeypatch):
    address = f"{faulty.store.url}/public/old.pdf"
    faulty.store.files["old.pdf"] = b"old"
    monkeypatch.setattr(files, "PUBLIC_STORES", (f"{faulty.store.url}/public/",))
    source = connect(faulty)
    assert b"".join(source.read_file({"url": address, "name": "old.pdf"})) == b"old"
    assert faulty.store.leaks == []
    with pytest.raises(RecordError) as caught:
        list(source.read_file({"url": f"{address}x", "name": "old.pdf"}))
    assert caught.value.code == "missing_file"


def test_wrong_keys_and_no_store_at_all_are_told_for_the_file(faulty):
    data = next(data for data in media(connect(faulty)) if data["_key"])
    for settings, code in (
        ({"s3_secret_key": "wrong"}, "s3_denied"),
        ({"s3_endpoint": ""}, "no_object_store"),
    ):
        with pytest.raises(RecordError) as caught:
            list(connect(faulty, **settings).read_file(reference(data)))
        assert caught.value.code == code


def test_an_old_public_store_that_has_closed_holds_nothing_up(source, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/f/"
    monkeypatch.setattr(files, "PUBLIC_STORES", (address,))
    with pytest.raises(RecordError) as caught:
        list(source.read_file({"url": f"{address}old.pdf", "name": "old.pdf"}))
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "rate_limit", "retry_after": 60}, RetryableError),
        ({"kind": "error", "status": 503, "times": None}, RetryableError),
        ({"kind": "drop", "times": None}, RetryableError),
        ({"kind": "cut"}, RecordError),
    ],
)
def test_a_store_in_trouble_is_come_back_to(faulty, fault, error):
    source = connect(faulty)
    whole = next(d for d in media(source) if d["_key"] in faulty.company.files)
    faulty.store.faults.add("/nextcrm/", **fault)
    with pytest.raises(error):
        list(source.read_file(reference(whole)))
    faulty.store.faults.clear()
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


def test_a_key_with_odd_letters_is_signed_as_it_is_sent(faulty):
    for key in (
        "documents/é +%&'()~.pdf",
        "documents/ключ=1.pdf",
        "documents/a//b.pdf",
    ):
        faulty.store.files[key] = key.encode()
        source = connect(faulty)
        content = b"".join(source.read_file({"path": key, "name": "a.pdf"}))
        assert content == key.encode()
    assert encoded_path("b", "a+b") == "/b/a%2Bb"
