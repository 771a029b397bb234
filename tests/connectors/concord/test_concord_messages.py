"""E-mails and files of Concord CRM: each once, with all its links, and from nowhere else."""

from collections import Counter

import pytest
from concord_common import connect
from reading import own, records

from connectors.core.errors import (
    RecordError,
)

pytestmark = pytest.mark.simulator


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
