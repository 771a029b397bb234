"""Soffront CRM, read over HTTP from a simulated service."""

import json

import pytest
from conformance import key_of, through_json
from http_conformance import HttpSourceConformance
from reading import own, pages_of, records

from connectors.core.errors import AuthenticationError
from connectors.soffront.source import SoffrontSource
from simulators.soffront import SoffrontSimulator
from simulators.soffront_data import make_customer
from simulators.soffront_query import js_unescape

pytestmark = pytest.mark.simulator

SMALL = {
    "accounts": 18, "contacts": 16, "tickets": 14, "leads": 6, "deals": 7,
    "activities": 8, "defects": 3,
}  # fmt: skip
ZONE = "America/New_York"
FAST = {"throttle": {"max_per_second": 1000}}


def a_simulator(**options):
    sizes = {name: options.pop(name) for name in list(options) if name in SMALL}
    return SoffrontSimulator(make_customer(**{**SMALL, **sizes}), **options)


def endpoints(**own):
    return json.dumps({**FAST, **own})


def settings(simulator, **own):
    return {
        "url": simulator.address,
        "developer_key": simulator.key,
        "user": simulator.user,
        "password": simulator.password,
        "timezone": ZONE,
        "allow_http": True,
        "endpoints": endpoints(),
        **own,
    }


def connect(simulator, **own):
    return SoffrontSource(settings(simulator, **own))


class Budgeted(SoffrontSource):
    """A source whose time goes by with what the simulator is asked, and not otherwise.

    ``budget``: (simulator, seconds of a batch, of a call, of one count)
    """

    budget = None

    def seconds_left(self):
        simulator, seconds, per_call, per_count = self.budget
        counts = sum(len(b) for n, b in simulator.calls if n == "multiplerecordcount")
        spent = per_call * len(simulator.requests) + per_count * counts
        self._begun = getattr(self, "_begun", spent)
        return seconds - (spent - self._begun)


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)


class TestSoffront(HttpSourceConformance):
    source = SoffrontSource
    paged_stream = "companies"
    page_call = r"/find/"

    def system(self):
        return a_simulator()

    def config(self, system):
        return settings(system, endpoints=endpoints(paging={"page_size": 5}))

    def secrets(self, system):
        assert system.tokens
        return [
            system.key, system.password, system.user, "S3cret9", "hunter2-invented",
            "Larkfield", "person1@example.com", *system.tokens,
        ]  # fmt: skip

    def bad_settings(self, system):
        return {"password": "wrong"}

    def read_a_file(self, source, system):
        media = own(source, "tickets") and records(source, "tickets")
        data = next(r.data for r in media if r.stream == "media")
        assert b"".join(source.read_file(reference(data)))

    def test_a_session_that_ends_in_the_middle_is_told_as_such(self, running):
        """Here it is renewed once; a server that refuses every token is left alone."""
        running.faults.add(self.page_call, "expired", after=1, times=None)
        with pytest.raises(AuthenticationError):
            self.read(self.connect(running), self.stream_under_test(running))


def reference(data):
    return {
        "object": data["_object"],
        "record": data["_record"],
        "name": data["DOCNAME"],
        "size": data["DOCSIZE"],
    }


def test_every_row_of_the_server_arrives(simulator, source):
    tables = {
        "companies": "Account", "contacts": "Contact", "tickets": "Ticket",
        "leads": "Leads", "deals": "Opportunity", "activities": "Activity",
        "defects": "Defect", "custom_vendor": "Vendor",
    }  # fmt: skip
    assert set(tables) <= {stream.name for stream in source.get_streams()}
    for name, table in tables.items():
        rows = {str(row["FormID"]): row for row in simulator.customer.rows(table)}
        found = own(source, name)
        assert list(found) == list(rows), name
        for key, row in rows.items():
            kept = set(row) - {"IsDeleted", "Pswd", "PrtlSecrt"}
            assert kept <= set(found[key])
            for column in kept:
                # Instants are written in the server's own ways.
                if ":" not in str(row[column]):
                    assert found[key][column] == row[column]


def test_reading_everything_writes_nothing(simulator, source):
    source.check()
    source.get_mappings()
    for stream in source.get_streams():
        records(source, stream.name)
        source.describe(stream)
    assert simulator.writes == []
    called = {operation for operation, _body in simulator.calls}
    assert called == {
        "find", "findrelated", "fields", "fieldvalue", "cpallforms",
        "multiplerecordcount", "audittrail",
    }  # fmt: skip


def test_passwords_are_neither_asked_for_nor_kept(simulator, source):
    contacts = own(source, "contacts")
    asked = [body["fieldsName"] for name, body in simulator.calls if name == "find"]
    assert asked
    for text in (
        *asked,
        json.dumps(contacts),
        json.dumps(own(source, "custom_fields")),
    ):
        assert "pswd" not in text.casefold()
        assert "prtlsecrt" not in text.casefold()
        assert "invented" not in text
    paths = {f.path for f in source.describe(source.get_stream("contacts"))}
    assert "email" in paths
    assert not paths & {"Pswd", "PrtlSecrt"}


def test_a_server_that_gives_more_than_was_asked_for_brings_no_password(simulator):
    row = {"FormID": 1, "FullName": "Ana", "PSWD": "hunter2-invented", "Extra": 1}
    answer = {"ErrorCode": 0, "Object": {"TOTALRECORDS": 1, "RESULTS": [row]}}
    source = connect(simulator)
    source.catalog.form("Contact")
    simulator.answers["find"] = answer
    simulator.answers["multiplerecordcount"] = {"ErrorCode": 0, "Object": [0]}
    simulator.answers["findrelated"] = {"ErrorCode": 0, "Object": ""}
    page = next(iter(source.read_pages(source.get_stream("contacts"), None)))
    assert page.records[0].data["Extra"] == 1
    assert "hunter2" not in str(page.records[0].data)


@pytest.mark.parametrize("switch", ["mixes_case", "numbers_as_text"])
def test_spelling_and_types_of_the_answer_do_not_matter(simulator, switch):
    expected = {
        name: own(connect(simulator), name) for name in ("companies", "tickets")
    }
    notes = {key_of(r) for r in records(connect(simulator), "tickets")}
    setattr(simulator, switch, True)
    for name, rows in expected.items():
        found = own(connect(simulator), name)
        assert list(found) == list(rows)
        for key, row in rows.items():
            assert set(found[key]) == set(row)
            assert {k: str(v) for k, v in found[key].items()} == {
                k: str(v) for k, v in row.items()
            }
    assert {key_of(r) for r in records(connect(simulator), "tickets")} == notes


@pytest.mark.parametrize(
    ("answer", "rows"),
    [
        ({"ErrorCode": 0, "Object": None}, 0),
        ({"ErrorCode": 0, "Object": ""}, 0),
        ({"ErrorCode": 0, "Object": {}}, 0),
        ({"errorcode": "0", "OBJECT": {"results": []}}, 0),
        ({"ErrorCode": -1, "Object": {"RESULTS": [{"FORMID": "7"}]}}, 1),
        ({"ErrorCode": 0, "Object": [{"FormId": 7}]}, 1),
        ({"ErrorCode": 0, "Object": {"Results": {"RESULTS": [{"FormId": 7.0}]}}}, 1),
    ],
    ids=str,
)
def test_every_form_of_an_answer_is_understood(simulator, source, answer, rows):
    source.catalog.form("Account")
    simulator.answers |= {"find": answer, "multiplerecordcount": {"ErrorCode": 0}}
    simulator.answers["findrelated"] = {"ErrorCode": 0, "Object": None}
    page = next(iter(source.read_pages(source.get_stream("companies"), None)))
    assert [r.source_id for r in page.records] == ["7"] * rows


# -- children -------------------------------------------------------------------------


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


def test_a_custom_object_brings_its_notes_and_files_too(simulator):
    customer = simulator.customer
    customer.add_note("Vendor", 1, NoteText="Reliable", Status="private")
    customer.add_file("Vendor", 1, "terms.pdf", b"%PDF")
    found = records(connect(simulator), "custom_vendor")
    assert [r.stream for r in found] == ["custom_vendor", "notes", "media"]
    assert {r.data["_parent"]["id"] for r in found[1:]} == {"1"}


def test_a_custom_object_becomes_a_model_with_its_form(source):
    proposed = {item.stream: item for item in source.get_mappings()}
    vendor = proposed["custom_vendor"]
    assert (vendor.model, vendor.custom_object.label) == ("x_vendor", "Vendors")
    assert [(f.target, f.source) for f in vendor.fields][0] == ("x_name", "VendName")
    [grade] = vendor.custom_fields
    assert (grade.label, grade.kind) == ("Grade", "char")
    # What hangs on it comes behind it.
    assert "custom_vendor" in proposed["notes"].after
    assert "custom_vendor" in proposed["media"].after


def test_a_custom_object_without_notes_is_no_error(simulator):
    simulator.answers["findrelated"] = {"ErrorCode": 3, "ErrorMessage": "No such link"}
    [page] = [p for p in pages_of(connect(simulator), "custom_vendor") if p.records]
    assert not page.errors


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


# -- what it costs --------------------------------------------------------------------


def test_a_table_costs_one_call_for_each_page_and_slice():
    with a_simulator(accounts=420) as simulator:
        rules = {"account": {"children": []}}
        source = connect(simulator, endpoints=endpoints(objects=rules))
        assert len(own(source, "companies")) == 420
        calls = [operation for operation, _body in simulator.calls]
        # Three pages of 200, the empty one that proves the end, all and the deleted ones
        # counted.
        assert calls == ["fields", *["find"] * 6]


def test_records_without_children_cost_no_call_of_their_own():
    with a_simulator(accounts=200) as simulator:
        own(connect(simulator), "companies")
        calls = [operation for operation, _body in simulator.calls]
        # For 200 records one call to count, one of each kind to see that it counts right.
        assert calls.count("multiplerecordcount") == 1
        assert calls.count("findrelated") == 2
        assert len(calls) <= 9


def test_pages_are_asked_for_at_the_pace_that_was_set(simulator):
    slow = endpoints(throttle={"max_per_second": 10}, paging={"page_size": 5})
    source = connect(simulator, endpoints=slow)
    pauses = []
    source.api.client.throttle._sleep = pauses.append
    own(source, "leads")
    assert len(pauses) >= 5
    assert all(0 < pause <= 0.1 for pause in pauses)


# -- custom objects and fields ----------------------------------------------------------


def test_pick_lists_come_with_what_they_depend_on(source):
    fields = own(source, "custom_fields")
    assert fields["Account.Status"]["_values"] == {
        "": ["Customer", "Prospect", "Former"]
    }
    assert fields["Account.Region"]["_values"] == {"": ["North", "South"]}
    assert fields["Account.District"]["_values"] == {
        "North": ["Fjord", "Højland"], "South": ["Delta", "São Tomé"],
    }  # fmt: skip
    assert through_json(fields) == fields


def test_a_type_code_is_settled_by_what_the_field_holds(source):
    def kinds(name):
        return {f.path: f for f in source.describe(source.get_stream(name))}

    companies, contacts, tickets = (
        kinds("companies"),
        kinds("contacts"),
        kinds("tickets"),
    )
    assert companies["Employees"].kind == "integer"
    assert companies["Rating"].kind == "float"
    assert companies["Interests"].kind == "multi_selection"
    assert companies["Renewal"].kind == "date"
    assert companies["LastMod"].kind == "datetime"
    assert companies["Sketch"].kind == "char"
    assert [value for value, _label in companies["District"].options] == [
        "Delta", "Fjord", "Højland", "São Tomé",
    ]  # fmt: skip
    assert contacts["AddlInfo"].kind == "html"
    assert tickets["CallTime"].kind == "datetime"
    assert kinds("contacts")["Survey45"].kind == "char"
    assert companies["Employees"].custom
    assert not companies["Company"].custom


def test_a_field_that_no_longer_fits_into_one_call_is_looked_at_all_the_same(simulator):
    form = simulator.customer.forms["Contact"]
    next(row for row in form if row["FieldName"] == "Survey45")["FieldType"] = 11
    for row in simulator.customer.rows("Contact"):
        simulator.customer.tables.update(
            "Contact", row["FormID"], Survey45="2021-03-02 10:11:00"
        )
    rules = endpoints(paging={"fields_per_call": 20})
    source = connect(simulator, endpoints=rules)
    fields = {f.path: f.kind for f in source.describe(source.get_stream("contacts"))}
    assert fields["Survey45"] == "datetime"


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
