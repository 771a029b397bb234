"""Several tables in one sheet or text: each becomes an object of its own."""

from collections import Counter
from pathlib import Path

from files import records, sheet, told

from connectors.core import listing, survey
from connectors.core.areas import find_areas
from connectors.spreadsheet import reading
from connectors.spreadsheet.source import SpreadsheetSource

PEOPLE = [
    ["Full Name", "Email", "Phone"],
    ["Rui Example", "rui@example.com", "+351 210 000 001"],
    ["Eva Example", "eva@example.com", "+351 210 000 002"],
]
COMPANIES = [
    ["Company", "Industry", "Website"],
    ["Alpha", "Tools", "alpha.example"],
    ["Beta", "Food", "beta.example"],
    ["Gamma", "Wood", "gamma.example"],
]
DEALS = [
    ["Deal Name", "Amount", "Stage", "Probability"],
    ["Saddles", 1200, "Offer", 40],
    ["Reins", 300, "Won", 100],
]


def streams_of(source):
    return {
        stream.name: records(source, stream.name) for stream in source.get_streams()
    }


def beside(left, right, width=4):
    """Return rows in which ``right`` begins ``width`` columns further on."""
    rows = []
    for place in range(max(len(left), len(right))):
        one = list(left[place]) if place < len(left) else []
        two = list(right[place]) if place < len(right) else []
        rows.append(one + [None] * (width - len(one)) + two)
    return rows


def test_tables_below_each_other_are_objects_of_their_own(open_files):
    rows = [*PEOPLE, [], ["Companies"], *COMPANIES, [], [], *DEALS]
    source = open_files({"customers.xlsx": sheet(rows, title="Contacts")})
    found = streams_of(source)
    assert {name: len(rows) for name, rows in found.items()} == {
        "contacts": 2,
        "companies": 3,
        "deals": 2,
    }
    assert [row["Email"] for row in found["contacts"]] == [
        "rui@example.com",
        "eva@example.com",
    ]
    assert found["companies"][2]["Website"] == "gamma.example"
    assert [row["Amount"] for row in found["deals"]] == [1200, 300]
    assert "second_table" not in told(source)
    assert told(source)["table_divided"].level == "passed"


def test_tables_beside_each_other_are_objects_of_their_own(open_files):
    source = open_files({"all.xlsx": sheet(beside(PEOPLE, COMPANIES))})
    found = streams_of(source)
    assert {name: len(rows) for name, rows in found.items()} == {
        "contacts": 2,
        "companies": 3,
    }
    assert set(found["contacts"][0]) == {"Full Name", "Email", "Phone", "_row"}
    assert found["companies"][0]["Company"] == "Alpha"


def test_tables_beside_and_below(open_files):
    rows = [*DEALS, [], *beside([["Contacts"], *PEOPLE], [["Companies"], *COMPANIES])]
    source = open_files({"all.xlsx": sheet(rows)})
    found = streams_of(source)
    assert {name: len(rows) for name, rows in found.items()} == {
        "deals": 2,
        "contacts": 2,
        "companies": 3,
    }


def test_the_same_table_once_a_month_is_one_object(open_files):
    rows = [["January"], *DEALS, [], ["February"], DEALS[0], ["Bits", 20, "Offer", 10]]
    source = open_files({"deals.xlsx": sheet(rows)})
    found = streams_of(source)
    names = [row["Deal Name"] for rows in found.values() for row in rows]
    assert sorted(names) == ["Bits", "Reins", "Saddles"]


def test_a_header_right_below_the_rows_begins_a_table(open_files):
    source = open_files({"all.xlsx": sheet([*DEALS, *PEOPLE])})
    assert {name: len(rows) for name, rows in streams_of(source).items()} == {
        "deals": 2,
        "contacts": 2,
    }


def test_numbered_tables_below_each_other(open_files):
    """The header of a numbered list begins with "No"."""
    rows = []
    for title, table in (("People", PEOPLE), ("Companies", COMPANIES)):
        rows += [[title], *([n or "No", *row] for n, row in enumerate(table)), []]
    found = streams_of(open_files({"customers.xlsx": sheet(rows)}))
    assert {name: [row["No"] for row in rows] for name, rows in found.items()} == {
        "contacts": [1, 2],
        "companies": [1, 2, 3],
    }


def test_sums_and_comments_are_no_tables(open_files):
    rows = [*DEALS, [], ["Total", 1500], [], ["Figures of spring, to be checked"]]
    source = open_files({"deals.xlsx": sheet(rows)})
    assert len(streams_of(source)["deals"]) == 2
    assert told(source)["rows_left_out"].data["count"] == 2
    assert "table_divided" not in told(source)


def test_an_address_beside_an_empty_column_is_of_the_same_record(open_files):
    head = ["Company", "Street", "City", "ZIP", None, "Street", "City", "ZIP"]
    rows = [head] + [
        [f"C {n}", "Main 1", "Faro", f"800{n}", None, "Sea 2", "Lagos", f"860{n}"]
        for n in range(1, 5)
    ]
    source = open_files({"companies.xlsx": sheet(rows)})
    (found,) = streams_of(source).values()
    assert len(found) == 4
    assert found[3]["ZIP (2)"] == "8604"


def test_remarks_beside_an_empty_column_stay_with_their_row(open_files):
    rows = beside(PEOPLE, [["Notes", "Rating"], ["calls back", "A"]])
    source = open_files({"contacts.xlsx": sheet(rows)})
    (found,) = streams_of(source).values()
    assert found[0]["Notes"] == "calls back"


def test_a_blank_row_between_records_begins_nothing(open_files):
    rows = [*PEOPLE, [], ["Ana Example", "ana@example.com", "+351 210 000 003"]]
    rows += [[], ["Bia Example", None, "unknown"], ["Zoe", "zoe@example.com", None]]
    source = open_files({"contacts.xlsx": sheet(rows)})
    (found,) = streams_of(source).values()
    assert len(found) == 5


def test_tables_of_a_text(open_files):
    text = "Contacts;;\nFull Name;Email;City\nRui Example;rui@example.com;Faro\n"
    text += 'Eva Example;eva@example.com;"Lagos\nPraia"\n;;\n\nCompanies;;\n'
    text += "Company;Industry;Website\nAlpha;Tools;alpha.example\n"
    source = open_files({"report.csv": text})
    found = streams_of(source)
    assert [row["City"] for row in found["contacts"]] == ["Faro", "Lagos\nPraia"]
    assert [row["Company"] for row in found["companies"]] == ["Alpha"]


def test_the_second_look_sees_each_table_for_itself(open_files):
    rows = [*PEOPLE, [], ["Companies"], *COMPANIES]
    source = open_files({"customers.xlsx": sheet(rows, title="Contacts")})
    for stream, count in (("contacts", 2), ("companies", 3)):
        (look,) = source.look_again(source.get_stream(stream))
        assert look.rows == count


def test_reading_goes_on_within_a_table(open_files, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 1)
    rows = [*PEOPLE, [], ["Companies"], *COMPANIES]
    source = open_files({"customers.xlsx": sheet(rows, title="Contacts")})
    stream = source.get_stream("companies")
    first = next(iter(source.read_pages(stream, None)))
    rest = [
        record.data["Company"]
        for page in source.read_pages(stream, first.checkpoint)
        for record in page.records
    ]
    assert rest == ["Beta", "Gamma"]


def test_tables_of_one_title_are_looked_at_each_for_itself(
    write_files, tmp_path, monkeypatch
):
    """What is kept of the first one, as its last row, is none of the second."""
    monkeypatch.setattr(survey, "KEPT_BYTES", 0)
    rows = []
    for year in ("2023", "2024"):
        rows += [["Deals"], DEALS[0]]
        rows += [[f"Deal {year}-{n}", n, "New", 40] for n in range(9)]
        rows += [["Total", 36], []]
    files = write_files({"report.xlsx": sheet(rows)})
    source = SpreadsheetSource({"files": files, "work_folder": str(tmp_path)})
    found = records(source, "deals")
    assert Counter(row["Deal Name"][:9] for row in found) == {
        "Deal 2023": 9,
        "Deal 2024": 9,
    }
    names = [table.name for table in source.get_groups()["deals"].tables]
    assert names == ["report.xlsx#Sheet1#Deals", "report.xlsx#Sheet1#Deals (row 14)"]
    source.close()


def test_where_tables_begin_is_looked_for_once_a_file(write_files, monkeypatch):
    calls = []

    def find(rows, knows):
        calls.append(None)
        return find_areas(rows, knows)

    def read(**config):
        return streams_of(SpreadsheetSource({"files": given, **config}))

    monkeypatch.setattr(listing, "find_areas", find)
    rows = [*PEOPLE, [], ["Companies"], *COMPANIES]
    given = write_files({"customers.xlsx": sheet(rows, title="Contacts")})
    found = read()
    assert len(found) == 2
    assert read() == found
    assert len(calls) == 1
    assert read(file_options={"customers.xlsx": {"sheet": "Contacts"}}) == found
    assert len(calls) == 2
    Path(given[0]["path"]).write_bytes(sheet(PEOPLE, title="Contacts"))
    assert list(read()) == ["contacts"]
    assert len(calls) == 3
