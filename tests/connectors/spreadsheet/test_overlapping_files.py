"""Links between files are found by what their columns have in common, whatever they are called."""

import pytest

from connectors.mapping.apply import apply, as_json
from connectors.spreadsheet import source as source_module
from connectors.spreadsheet.reading import Group
from connectors.spreadsheet.source import SpreadsheetSource

FIRMS = "Nr,Company,Industry,City\n" + "".join(
    f"F-{n:03},Firm {n},Food,Porto\n" for n in range(1, 41)
)
PEOPLE = "Nr,First name,Last name,Email,{}\n" + "".join(
    f"P-{n:03},Ana,Reis {n},ana{n}@p.example,F-{n % 40 + 1:03}\n" for n in range(1, 61)
)
SALES = "Nr,Title,Amount,Stage,{},{}\n" + "".join(
    f"D-{n:03},Roof {n},100.50,New,<a>-{n:03},<b>-{n:03}\n" for n in range(1, 31)
)
NOTES = "Nr,Note,Date,{}\n" + "".join(
    f"N-{n},Called {n},2026-01-02,D-{n:03}\n" for n in range(1, 31)
)


@pytest.fixture
def link(source):
    """Return a function: files → stream → target → what the first record refers to."""

    def link_files(**files):
        opened = source(**files)
        found = {}
        for mapping in map(as_json, opened.get_mappings()):
            stream = opened.get_stream(mapping["stream"])
            record = next(opened.read_pages(stream, None)).records[0]
            found[stream.name] = apply(mapping["fields"], record.data).values
        return found

    return link_files


def sales(first, second, a="F", b="P"):
    return SALES.format(first, second).replace("<a>", a).replace("<b>", b)


@pytest.mark.parametrize("name", ["Company ID", "Ref A", "Zugehörig zu", "x1"])
def test_a_column_of_ids_links_whatever_it_is_called(link, name):
    found = link(firms__csv=FIRMS, people__csv=PEOPLE.format(name))
    assert found["contacts"]["parent_id"]["$ref"][:2] == ["companies", "F-002"]


def test_ids_of_another_object_than_the_name_says(link):
    found = link(
        firms__csv=FIRMS,
        people__csv=PEOPLE.format("Ref A"),
        deals__csv=sales("x1", "Company ID"),
    )
    refs = str(found["deals"]["partner_id"])
    assert "['contacts', 'P-001'" in refs
    assert "'companies', 'P-001'" not in refs


def test_a_note_finds_its_deal_by_its_values(link):
    found = link(
        firms__csv=FIRMS,
        deals__csv=sales("Account ID", "y"),
        notes__csv=NOTES.format("Contact ID"),
    )
    refs = str(found["notes"]["@thread"])
    assert "['deals', 'D-001'" in refs
    assert "contacts" not in refs


def test_a_column_of_names_links_where_no_ids_do(link):
    people = PEOPLE.format("Where").replace("F-0", "Firm ").replace("Firm 0", "Firm ")
    found = link(firms__csv=FIRMS, people__csv=people)
    assert "Firm 2" in str(found["contacts"]["parent_id"])


def test_ids_come_before_names(link):
    people = PEOPLE.format("Company,Where").replace(",F-", ",Firm X,F-")
    found = link(firms__csv=FIRMS, people__csv=people)
    assert "F-002" in str(found["contacts"]["parent_id"])


def test_small_numbers_are_no_link(link):
    firms = FIRMS.replace("F-0", "").replace("\n0", "\n")
    people = PEOPLE.format("Grade")
    for n in range(1, 41):
        people = people.replace(f"F-{n:03}\n", f"{n % 5 + 1}\n")
    found = link(firms__csv=firms, people__csv=people)
    assert "parent_id" not in found["contacts"]


def test_a_name_that_tells_the_truth_stays_as_it_is(link):
    found = link(
        firms__csv=FIRMS,
        people__csv=PEOPLE.format("Company ID"),
        deals__csv=sales("Company ID", "Contact ID"),
    )
    refs = str(found["deals"]["partner_id"])
    assert "F-001" in refs or "P-001" in refs
    assert found["contacts"]["parent_id"]["$ref"][:2] == ["companies", "F-002"]


def test_what_tables_hold_is_looked_at_once(source, monkeypatch):
    calls = []
    monkeypatch.setattr(source_module, "head_by_overlap", calls.append)
    opened = source(companies__csv="ID;Name\n1;Açor Lda\n", contacts__csv="ID;Name\n")
    mappings = opened.get_mappings()
    opened.get_value_lists()
    assert opened.get_mappings() == mappings
    assert len(calls) == 1


def test_rows_of_a_file_are_counted_once(write, monkeypatch):
    read = []

    def read_rows(group, table, position=None, _read=Group.read_rows):
        read.append(position)
        return _read(group, table, position)

    def count():
        opened = SpreadsheetSource({"files": given})
        return opened.count(opened.get_stream("contacts"))

    monkeypatch.setattr(Group, "read_rows", read_rows)
    heading = "ID,First Name,Email\n"
    given = write(
        contacts__csv=f"{heading}1,Ana,a@b.example\n{heading}2,Rui,r@b.example\n"
    )
    assert [count(), count()] == [2, 2]
    assert len(read) == 1
    with open(given[0]["path"], "a") as file:
        file.write("3,Eva,e@b.example\n")
    assert count() == 3
    assert len(read) == 2


@pytest.mark.parametrize(
    ("rows", "is_read"),
    [
        ("1,Ana,a\n2,Rui,r\n", False),
        ("1,Ana,a\n\n , ,\n,,\n2,Rui\n3,Eva,e,x\n4,Ida,i,,\n", False),
        ("1,Ana,a\n2,Rui,r\nID,First Name,Email\n3,Eva,e\n", True),
        ("1,Ana,a\n2,Rui,r\nGenerated by Example,,\n", True),
        ("1,Ana,a\nTotal,,2\n2,Rui,r\n", True),
    ],
)
def test_rows_are_counted_by_the_survey_where_each_is_a_record(
    source, monkeypatch, rows, is_read
):
    opened = source(contacts__csv=f"ID,First Name,Email\n{rows}")
    read, of_group = [], Group.read_rows
    monkeypatch.setattr(Group, "read_rows", lambda *a: read.append(a) or of_group(*a))
    count = opened.count(opened.get_stream("contacts"))
    group = opened.get_groups()["contacts"]
    assert count == len(list(of_group(group, group.tables[0])))
    assert bool(read) is is_read
