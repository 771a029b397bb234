"""OPEX 365: files of notes, of activities and of columns, byte for byte."""

import pytest
from reading import own, records

from connectors.core.errors import AuthenticationError, RecordError, RetryableError

pytestmark = pytest.mark.simulator


def reference_of(data):
    return {
        "path": data["_path"],
        "name": data.get("filename"),
        "size": data.get("filesize"),
        "blob": data.get("_attachmentid_value"),
    }


def all_files(source):
    return [
        r.data
        for name in ("notes", "attachments", "companies", "opex_machines")
        for r in records(source, name)
        if r.stream in ("media", "attachments")
    ]


def stored_bytes(simulator, path):
    name, _open, rest = path.partition("(")
    key, _close, column = rest.partition(")/")
    table = simulator.org.schema.by_set[name].name
    return simulator.org.tables[table][key][column]


def test_files_arrive_byte_for_byte_or_are_named(simulator, source):
    outcome = {"whole": 0}
    for data in all_files(source):
        try:
            chunks = list(source.read_file(reference_of(data)))
        except RecordError as error:
            outcome[error.code] = outcome.get(error.code, 0) + 1
            continue
        assert all(len(chunk) <= 1024 * 1024 for chunk in chunks)
        assert b"".join(chunks) == stored_bytes(simulator, data["_path"])
        outcome["whole"] += 1
    assert outcome["whole"] > 10
    # Blocked, taken away by a scanner, and a picture that was deleted within a text.
    assert outcome["missing_file"] == 3


def test_a_large_file_comes_in_pieces_and_at_once_where_pieces_are_refused(
    simulator, source
):
    note = simulator.org.known["big_note"]
    content = simulator.org.tables["annotation"][note]["documentbody"]
    path = f"annotations({note})/documentbody"
    reference = {"path": path, "name": "Scan.tif", "size": len(content)}
    assert b"".join(source.read_file(reference)) == content
    assert len(simulator.requested("DownloadBlock")) == 3
    simulator.blocks_refused = True
    assert b"".join(source.read_file(reference)) == content


def test_a_column_that_is_too_large_for_one_answer_comes_in_pieces(simulator, source):
    simulator.column_limit = 100
    for data in all_files(source):
        lost = f"notes-{simulator.org.known['lost_picture']}"
        if data.get("filesize") != 0 and data["_parent"]["id"] not in lost:
            content = b"".join(source.read_file(reference_of(data)))
            assert content == stored_bytes(simulator, data["_path"])


def test_a_picture_that_many_mails_share_is_fetched_once(simulator, source):
    logos = [d for d in own(source, "attachments").values() if d["filename"] == "logo.png"]  # fmt: skip
    assert len(logos) > 2
    assert all(d["_inline"] == ["cid:logo01"] for d in logos)
    before = len(simulator.requests)
    contents = {b"".join(source.read_file(reference_of(d))) for d in logos}
    assert len(contents) == 1
    assert len(simulator.requests) == before + 1


def test_a_file_that_is_shorter_than_it_should_be_is_not_taken(simulator, source):
    note = simulator.org.known["note"]
    reference = {"path": f"annotations({note})/documentbody", "name": "a", "size": 12}
    with pytest.raises(RecordError) as caught:
        list(source.read_file(reference))
    assert caught.value.code == "truncated_file"


@pytest.mark.parametrize(
    "path",
    ["", "https://evil.example/a", "annotations(x)/documentbody", "../WhoAmI",
     "annotations(11111111-1111-4111-8111-111111111111)/documentbody/../x"],
)  # fmt: skip
def test_a_file_is_never_fetched_from_elsewhere(simulator, source, path):
    before = len(simulator.requests)
    with pytest.raises(RecordError):
        list(source.read_file({"path": path, "name": "a.pdf"}))
    assert len(simulator.requests) == before


def test_a_row_that_is_gone_is_a_missing_file(source):
    path = "annotations(11111111-1111-4111-8111-111111111111)/documentbody"
    with pytest.raises(RecordError) as caught:
        list(source.read_file({"path": path, "name": "a.pdf"}))
    assert caught.value.code == "missing_file"


@pytest.mark.parametrize("kind", ["rate_limit", "expired", "drop", "cut"])
def test_a_download_that_is_disturbed_is_taken_up_again(simulator, source, kind):
    note = simulator.org.known["big_note"]
    content = simulator.org.tables["annotation"][note]["documentbody"]
    reference = {
        "path": f"annotations({note})/documentbody",
        "name": "Scan.tif",
        "size": len(content),
    }
    fault = simulator.faults.add("DownloadBlock", kind, after=1)
    for _attempt in range(3):
        try:
            received = b"".join(source.read_file(reference))
            break
        except RetryableError:
            continue
    assert received == content
    assert fault.fired


def test_a_secret_that_expires_meanwhile_is_no_fault_of_a_file(simulator, source):
    data = next(d for d in all_files(source) if d.get("filesize"))
    simulator.login.tokens.clear()
    simulator.login.refusal = 7000222
    with pytest.raises(AuthenticationError) as caught:
        list(source.read_file(reference_of(data)))
    assert caught.value.code == "secret_expired"


def test_pieces_that_end_too_soon_are_not_taken_for_the_file(simulator, source):
    simulator.column_limit = 100
    simulator.files.block = lambda body: {"Data": ""}
    [manual] = [r.data for r in records(source, "opex_machines") if r.stream == "media"]
    with pytest.raises(RecordError) as caught:
        list(source.read_file(reference_of(manual)))
    assert caught.value.code == "truncated_file"
