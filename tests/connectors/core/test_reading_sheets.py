"""Workbooks: the form of a sheet, and rows that are no records."""

import datetime as dt

import pytest
from files import records, sheet, told
from workbook_common import altered

from connectors.core import areas, listing

# -- the form of a workbook ----------------------------------------------------------


def test_strict_open_xml_is_read(open_files):
    data = sheet(
        [["ID", "Full Name", "Born"], [1, "Vera", dt.datetime(1999, 12, 31)]],
    )
    for part, old, new in (
        ("(workbook|sheet1|styles|sharedStrings).xml$",
         rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         rb"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ("rels$", rb"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         rb"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ("workbook.xml$", rb"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         rb"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ("sheet1.xml$", rb'(<c r="C2"[^>]*?)(?: t="n")?><v>[^<]*</v>',
         rb'\1 t="d"><v>1999-12-31T00:00:00</v>'),
    ):  # fmt: skip
        data = altered(data, part, (old, new))
    (row,) = records(open_files({"contacts.xlsx": data}), "contacts")
    assert row == {"ID": 1, "Full Name": "Vera", "Born": "1999-12-31"}


def test_the_value_of_a_block_is_that_of_each_of_its_rows(open_files):
    def merge(page):
        for block in ("A2:A4", "A5:A6"):
            page.merge_cells(block)

    data = sheet(
        [["Company", "Person"], ["Alpha", "Vera"], [None, "Otto"], [None, "Ann"],
         ["Beta", "Bea"], [None, "Carl"], [None, "Nobody's"]],
        change=merge,
    )  # fmt: skip
    source = open_files({"contacts.xlsx": data})
    companies = [row["Company"] for row in records(source, "contacts")]
    assert companies == ["Alpha", "Alpha", "Alpha", "Beta", "Beta", None]
    (table,) = source.get_groups()["contacts"].tables
    whole = list(table.read_rows())
    for number, (_row, place) in enumerate(whole, 1):
        assert list(table.read_rows(place)) == whole[number:]


def test_a_header_of_two_rows_gives_each_column_its_name(open_files):
    def merge(page):
        for block in ("A1:A2", "B1:C1", "D1:E1"):
            page.merge_cells(block)

    data = sheet(
        [["Company", "Person", None, "Address", None],
         [None, "First Name", "Last Name", "City", "Country"],
         ["Alpha", "Vera", "Example", "Porto", "Portugal"]],
        change=merge,
    )  # fmt: skip
    source = open_files({"contacts.xlsx": data})
    found = records(source, "contacts")[0]
    assert {name: text for name, text in found.items() if name != "_row"} == {
        "Company": "Alpha",
        "First Name": "Vera",
        "Last Name": "Example",
        "City": "Porto",
        "Country": "Portugal",
    }
    assert "header_double" in told(source)


def test_a_group_of_one_column_below_a_title_has_the_name_below_it(open_files):
    def merge(page):
        for block in ("A1:D1", "A2:A3", "B2:C2", "A4:A5"):
            page.merge_cells(block)

    data = sheet(
        [["Contacts 2024", None, None, None],
         ["Company", "Person", None, "Reach"],
         [None, "First Name", "Last Name", "E-Mail"],
         ["Alpha", "Vera", "Example", "vera@alpha.example"],
         [None, "Otto", "Example", "otto@alpha.example"]],
        change=merge,
    )  # fmt: skip
    found = records(open_files({"contacts.xlsx": data}), "contacts")
    assert [(row["Company"], row["First Name"], row["E-Mail"]) for row in found] == [
        ("Alpha", "Vera", "vera@alpha.example"),
        ("Alpha", "Otto", "otto@alpha.example"),
    ]


def test_an_empty_cell_below_a_column_without_a_name_makes_no_second_header(open_files):
    data = (
        "Name,City,,Email\nVera,,x,vera@alpha.example\nOtto,Porto,y,o@alpha.example\n"
    )
    source = open_files({"contacts.csv": data})
    assert [row["Name"] for row in records(source, "contacts")] == ["Vera", "Otto"]


def test_a_name_may_be_broken_within_its_cell(open_files):
    data = sheet([["ID", "Full\nName", "Postal_x000D_\ncode"], [1, "Vera", "4000"]])
    source = open_files({"contacts.xlsx": data})
    assert records(source, "contacts") == [
        {"ID": 1, "Full Name": "Vera", "Postal code": "4000"}
    ]
    assert "header_missing" not in told(source)


def test_groups_tell_columns_of_the_same_name_apart(open_files):
    data = ",Invoice,,Delivery,\nName,Street,City,Street,City\nAlpha,Main 1,Porto,King 2,Braga\n"
    source = open_files({"companies.csv": data})
    (row,) = records(source, "companies")
    assert row["Invoice Street"] == "Main 1"
    assert row["Delivery City"] == "Braga"


def test_a_first_record_with_gaps_is_no_second_row_of_the_header(open_files):
    source = open_files(
        {"contacts.csv": "Name,Email,\n,vera@example.com,note\nOtto,,\n"}
    )
    assert len(records(source, "contacts")) == 2


def test_hidden_columns_are_read_and_told(open_files):
    guid = "5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e"

    def hide(page):
        for letter in "ABC":
            page.column_dimensions[letter].hidden = True

    data = sheet(
        [["(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum",
          "(Do Not Modify) Modified On", "Topic"], [guid, "abc==", "2025-01-01", "Saddles"]],
        title="Deals", change=hide,
    )  # fmt: skip
    source = open_files({"x.xlsx": data})
    (stream,) = source.get_streams()
    assert stream.primary_key == "(Do Not Modify) Opportunity"
    (page,) = source.read_pages(stream, None)
    assert [record.source_id for record in page.records] == [guid]
    assert "Row Checksum" in told(source)["columns_hidden"].data["columns"]


# -- rows that are no records --------------------------------------------------------


PEOPLE = [[f"Person {n}", f"p{n}@example.com", "Porto"] for n in range(1, 13)]


def test_titles_totals_and_footers_are_no_people(open_files):
    rows = [["Contacts of all regions"], [], ["Full Name", "Email", "City"], *PEOPLE]
    rows += [["Total", "", ""], ["Confidential - for internal use"]]
    rows += [["Generated by: Vera Example 01/02/2025"]]
    source = open_files({"contacts.xlsx": sheet(rows)})
    assert [row["Full Name"] for row in records(source, "contacts")] == [
        row[0] for row in PEOPLE
    ]
    finding = told(source)["rows_left_out"]
    assert (finding.level, finding.data["count"]) == ("warning", 3)
    assert "Generated by" in finding.text
    assert source.count(source.get_stream("contacts")) == 12


def test_they_are_records_where_a_person_says_so(open_files):
    rows = [["Full Name", "Email", "City"], *PEOPLE, ["Total", "", ""]]
    options = {"contacts.xlsx": {"extra_rows": "keep"}}
    source = open_files({"contacts.xlsx": sheet(rows)}, options)
    assert records(source, "contacts")[-1]["Full Name"] == "Total"
    assert "rows_kept" in told(source)


@pytest.mark.parametrize(
    "label", ["Total", "TOTAL", "Sum", "Summe:", "Gesamtsumme", "Grand Total (2 records)",
              "Subtotal", "Zwischensumme", "Total général", "Suma", "Итого"],
)  # fmt: skip
def test_a_sum_is_no_deal_in_whatever_language(open_files, label):
    rows = [["Deal Name", "Amount", "Stage"], ["A", 1000, "New"], ["B", 500, "New"]]
    source = open_files({"deals.xlsx": sheet([*rows, [label, "=SUM(B2:B3)"]])})
    assert [row["Deal Name"] for row in records(source, "deals")] == ["A", "B"]
    assert "formulas" not in told(source)


def test_sums_between_the_rows_are_left_out_and_companies_called_so_are_not(open_files):
    text = (
        "Name,Amount,City\nAlpha,10,Porto\nSubtotal,10,\nBeta,5,Braga\nSubtotal,5,\n"
        "Total,7,Paris\nTotal,22,\n"
    )
    source = open_files({"deals.csv": text})
    names = [(row["Name"], row["City"]) for row in records(source, "deals")]
    assert names == [("Alpha", "Porto"), ("Beta", "Braga"), ("Total", "Paris")]
    with_ids = open_files({"deals.csv": "id,name,amount\n1,Alpha,10\n2,Total,20\n"})
    assert len(records(with_ids, "deals")) == 2


def test_a_last_person_of_whom_only_the_name_is_known_stays(open_files):
    text = "Full Name,Email,City\nVera,vera@example.com,Porto\nOtto,o@example.com,\nAnn,,\n"
    source = open_files({"contacts.csv": text})
    assert len(records(source, "contacts")) == 3
    assert "rows_left_out" not in told(source)


def test_a_list_of_names_alone_stays_whole(open_files):
    source = open_files({"companies.csv": "Name\nAlpha\nBeta\n\nGamma\n"})
    assert len(records(source, "companies")) == 3


@pytest.mark.parametrize(
    "footer",
    ["Total: 3 contacts", "Gesamt: 3 Datensätze", "Totale contatti: 3", "Всего: 3", "3 records",
     "(3 rows affected)", "Showing 1 - 3 of 3"],
)  # fmt: skip
def test_a_line_that_counts_the_people_is_none_of_them(open_files, footer):
    rows = [["Full Name", "Email", "City"], *PEOPLE, [footer]]
    source = open_files({"contacts.xlsx": sheet([list(row) for row in rows])})
    assert len(records(source, "contacts")) == len(PEOPLE)
    assert footer in told(source)["rows_left_out"].data["examples"]


def test_footers_of_a_report_are_no_broken_lines(open_files):
    text = (
        '"Full Name","Email","City"\n"Vera","vera@example.com","Porto"\n'
        '"Otto","otto@example.com","Braga"\n\n\n"Contacts of all regions"\n'
        '"Copyright (c) 2000-2025 example.com"\n"Generated by: Vera 01/02/2025"\n'
    )
    source = open_files({"report-contacts.csv": text})
    (page,) = source.read_pages(source.get_streams()[0], None)
    assert (len(page.records), page.errors) == (2, ())
    assert told(source)["rows_left_out"].data["count"] == 3


def test_joined_files_and_printed_pages_repeat_the_header(open_files):
    text = "id,name\n1,Vera\n2,Otto\nid,name\n3,Ann\n"
    source = open_files({"contacts.csv": text})
    assert [row["name"] for row in records(source, "contacts")] == [
        "Vera",
        "Otto",
        "Ann",
    ]


def test_a_second_table_far_below_the_first_is_told_not_mixed_in(
    open_files, monkeypatch
):
    monkeypatch.setattr(listing, "SEARCHED_ROWS", 4)
    monkeypatch.setattr(areas, "SEARCHED_ROWS", 4)
    rows = [["Deal Name", "Amount", "Close Date"], ["A", 10, "2024-01-01"]]
    rows += [["B", 20, "2024-01-02"], ["C", 30, "2024-01-03"], []]
    rows += [["Full Name", "Email", "City"], *PEOPLE[:3]]
    source = open_files({"deals.xlsx": sheet(rows)})
    assert [row["Deal Name"] for row in records(source, "deals")] == ["A", "B", "C"]
    finding = told(source)["second_table"]
    assert (finding.level, finding.data["row"]) == ("warning", 6)
