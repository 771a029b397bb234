"""Soffront: what hangs on a record (notes, files, links), of one and of many at once."""

import pytest
from conformance import key_of
from reading import own, pages_of, records
from soffront_common import a_simulator, connect, endpoints

from simulators.soffront_query import js_unescape

pytestmark = pytest.mark.simulator


def test_notes_and_files_come_with_their_tickets(simulator, source):
    customer = simulator.customer
    found = records(source, "tickets")
    notes = [r for r in found if r.stream == "notes"]
    linked = [
        link for link in customer.links if link[0] == "Ticket" and link[2] == "Note"
    ]
    assert {r.source_id for r in notes} == {
        f"tickets-{k}-{n}" for _o, k, _c, n in linked
    }
    assert len(notes) == len(linked) > 10
    assert {note.data["Status"] for note in notes} == {"public", "private"}
    keys = {r.source_id for r in found if r.stream == "tickets"}
    assert {note.data["_parent"]["id"] for note in notes} <= keys
    nested = [
        r
        for r in found
        if r.stream == "media" and r.data["_parent"]["stream"] == "notes"
    ]
    assert nested
    assert {r.data["_parent"]["id"] for r in nested} <= {r.source_id for r in notes}
    assert [r.data["FullName"] for r in found if r.stream == "followers"] == [
        "Priya Nair"
    ]
    tickets = [r.data for r in found if r.stream == "tickets"]
    followed = [ticket["_followers"] for ticket in tickets if "_followers" in ticket]
    assert followed == [["Priya Nair"]]
    asked = [e for e in simulator.requests if "watchby" in e.path.casefold()]
    assert len({e.path for e in asked}) == len(asked), "nobody is asked for twice"


def test_a_contact_knows_the_accounts_it_is_linked_to(simulator, source):
    contacts = list(own(source, "contacts").values())
    accounts = [len(contact["_accounts"]) for contact in contacts]
    assert accounts[1] == 2
    assert accounts[2] == 0
    # The fourth is linked to a deleted account only.
    assert accounts[3] == 0
    alive = {row["FormID"] for row in simulator.customer.rows("Account")}
    assert {key for contact in contacts for key in contact["_accounts"]} <= alive


def test_links_may_be_left_to_the_name_of_the_company(simulator):
    own_rules = {"contact": {"links": {"account": {"via": "none"}}}}
    source = connect(simulator, endpoints=endpoints(objects=own_rules))
    assert all("_accounts" not in row for row in own(source, "contacts").values())
    parents = [
        field.source
        for mapping in source.get_mappings()
        for field in mapping.fields
        if mapping.stream == "contacts" and field.target == "parent_id"
    ]
    assert parents == [("_accounts", "Company")]


@pytest.mark.parametrize("how", ["missing", "lying", "refusing"])
def test_a_server_that_cannot_count_children_loses_none(simulator, how):
    expected = {key_of(r) for r in records(connect(simulator), "tickets")}
    answers = {
        "lying": {"ErrorCode": 0, "Object": [0] * 14},
        "refusing": {"ErrorCode": 3, "ErrorMessage": "Not supported", "Object": None},
    }
    if how == "missing":
        simulator.without.add("multiplerecordcount")
    else:
        simulator.answers["multiplerecordcount"] = answers[how]
    assert {key_of(r) for r in records(connect(simulator), "tickets")} == expected


def test_notes_that_the_user_may_not_see_are_reported_record_by_record(simulator):
    simulator.users[simulator.user]["denied"] = ("Note",)
    read = pages_of(connect(simulator), "tickets")
    errors = [error for page in read for error in page.errors]
    assert len(errors) == len(simulator.customer.rows("Ticket"))
    assert {error.code for error in errors} == {"children_unread"}
    assert {error.stream for error in errors} == {"notes"}
    assert len([r for p in read for r in p.records if r.stream == "tickets"]) == 14


def test_the_audit_trail_is_there_for_who_asks_for_it(simulator, source):
    assert source.get_stream("stage_changes").optional
    changes = records(source, "stage_changes")
    assert len(changes) == 2 * len(simulator.customer.rows("Ticket"))
    first = [c.data["changedTo"] for c in changes[:2]]
    assert first == ["Open", "Assigned"]
    assert changes[0].data["_parent"]["stream"] == "tickets"


# -- children of many records at once -------------------------------------------------


def test_notes_of_many_tickets_come_by_few_questions(simulator, source):
    alone = connect(simulator)
    alone.catalog.rules("note").pop("parent")
    expected = [(r.stream, r.source_id, r.data) for r in records(alone, "tickets")]
    simulator.calls.clear()
    found = [(r.stream, r.source_id, r.data) for r in records(source, "tickets")]
    assert found == expected
    asked = [
        body["childObjectName"]
        for name, body in simulator.calls
        if name == "findrelated"
    ]
    # Once to see what the server counts right, once to see what the column holds.
    assert asked.count("Note") == 2
    assert len([n for n, _body in simulator.calls if n == "multiplerecordcount"]) < 5


@pytest.mark.parametrize("size", [3, 200])
@pytest.mark.parametrize(
    "how", ["shifted", "empty", "shared", "undescribed", "refused"]
)
def test_a_column_that_does_not_name_the_parent_is_not_trusted(simulator, how, size):
    customer = simulator.customer
    tickets = [row["FormID"] for row in customer.rows("Ticket")]
    for number, note in enumerate(customer.rows("Note")):
        if how == "shifted":
            place = (tickets.index(note["Record"]) + 1) % len(tickets) if note["Record"] in tickets else 0  # fmt: skip
            customer.tables.update("Note", note["FormID"], Record=tickets[place])
        elif how == "empty" and number % 3 == 0:
            customer.tables.update("Note", note["FormID"], Record=None)
    if how == "shared":
        # An account of the same number has notes as well.
        customer.tables.insert("Account", FormID=tickets[3], Company="Same number")
        customer.add_note("Account", tickets[3], NoteText="of the account")
    if how == "undescribed":
        del customer.forms["Note"]
    if how == "refused":
        simulator.refuses = "Record in"
    linked = {
        f"tickets-{key}-{note}"
        for parent, key, child, note in customer.links
        if (parent, child) == ("Ticket", "Note")
    }
    settings = {"endpoints": endpoints(paging={"page_size": size})}
    found = records(connect(simulator, **settings), "tickets")
    notes = [r for r in found if r.stream == "notes"]
    assert {r.source_id for r in notes} == linked
    assert len(notes) == len(linked)


def test_children_are_all_read_where_the_server_caps_them_without_a_word(simulator):
    busy = simulator.customer.rows("Ticket")[2]["FormID"]
    for number in range(12):
        simulator.customer.add_note("Ticket", busy, NoteText=f"no. {number}")
    simulator.tells_total, simulator.cap = False, 5
    found = records(connect(simulator), "tickets")
    linked = [key for link in simulator.customer.links
              if link[:3] == ("Ticket", busy, "Note") for key in link[3:]]  # fmt: skip
    notes = {
        r.source_id for r in found if r.data.get("_parent", {}).get("id") == str(busy)
    }
    assert {f"tickets-{busy}-{key}" for key in linked} <= notes
    assert len(linked) >= 12


def test_records_without_children_cost_no_call_of_their_own():
    with a_simulator(accounts=200) as simulator:
        own(connect(simulator), "companies")
        calls = [operation for operation, _body in simulator.calls]
        # For 200 records one call to count, one of each kind to see that it counts right.
        assert calls.count("multiplerecordcount") == 1
        assert calls.count("findrelated") == 2
        assert len(calls) <= 9


# -- columns that a link table has as well ---------------------------------------------


def conditions(simulator, operation):
    found = []
    for name, asked in simulator.calls:
        if name == operation:
            rows = asked if isinstance(asked, list) else [asked]
            found += [row.get("WHERECONDITION", row.get("condition")) for row in rows]
    return [js_unescape(text) for text in found if text]


def test_what_hangs_on_a_record_is_asked_for_with_the_name_of_its_object(simulator):
    found = records(connect(simulator), "contacts")
    asked = conditions(simulator, "findrelated")
    counted = conditions(simulator, "multiplerecordcount")
    assert "Account.IsDeleted = 0" in asked
    assert "Account.IsDeleted = 0" in counted
    assert "Note.IsDeleted = 0" in counted
    assert all(".IsDeleted" in text for text in (*asked, *counted))
    # ``find`` has one table only, and the portal leaves its columns bare.
    assert not any("." in text for text in conditions(simulator, "find"))
    linked = [r.data["_accounts"] for r in found if r.stream == "contacts"]
    assert sum(map(len, linked)) >= len(linked) - 1


def test_bare_names_are_ambiguous_and_the_profile_may_choose(simulator):
    """A server without link tables of its own may want them bare."""
    whole = {key_of(record) for record in records(connect(simulator), "tickets")}
    operations = {"related": {"qualified": []}, "counts": {"qualified": []}}
    bare = connect(simulator, endpoints=endpoints(read_operations=operations))
    stream = bare.get_stream("tickets")
    pages = list(bare.read_pages(stream, None))
    errors = {error.code for page in pages for error in page.errors}
    assert errors == {"children_unread"}
    simulator.link_tables_have = ()
    assert {key_of(record) for record in records(bare, "tickets")} == whole
