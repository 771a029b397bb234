"""Workbooks as people and programs make them: what the sheet shows is what is read."""

import datetime as dt
import io
import re
import zipfile

import pytest
from files import records, sheet, told
from openpyxl.styles.numbers import BUILTIN_FORMATS

from connectors.core import areas, listing
from connectors.core.xlsx_format import parse_format, show


def altered(data, part, *changes):
    """Return a workbook with the XML of one part changed: pairs (pattern, new)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            for pattern, replacement in changes if re.search(part, name) else ():
                text, count = re.subn(pattern, replacement, text)
                assert count, pattern
            new.writestr(name, text)
    return stream.getvalue()


# -- number formats ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (1069, "00000", "01069"),
        (301234567, "0000000000", "0301234567"),
        (0, "00000", "00000"),
        (612345678, r"00\ 00\ 00\ 00\ 00", "06 12 34 56 78"),
        (40001234, r"0000\-000\0", "40001-2340"),
        (2025550123, r"[<=9999999]###\-####;\(###\)\ ###\-####", "(202) 555-0123"),
        (5550123, r"[<=9999999]###\-####;\(###\)\ ###\-####", "555-0123"),
        (123456789, r"000\-00\-0000", "123-45-6789"),
        (42, '"INV-"0000', "INV-0042"),
        (42, '"K-"0', "K-42"),
        (351210000001, '"+"0', "+351210000001"),
        (20240301, r"0000\-00\-00", "2024-03-01"),
        (0.25, "0%", 25),
        (0.256, "0.0%", 25.6),
        (0.07, "0.00%", 7),
        (1, "0%", 100),
        (25, r"0\%", 25),
        (1234.5678, "#,##0.00", 1234.5678),
        (1234567, r"#\ ##0", 1234567),
        (1234567, "#'##0", 1234567),
        (0.5, "# ?/?", 0.5),
        (12.7, "00000", 12.7),
        (1500000, '0.0,,"M"', 1500000),
        (12, '0" kg"', 12),
        (1, '"yes";;"no"', "yes"),
        (0, '"yes";;"no"', "no"),
        (0, r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', 0),
        (-12.5, "#,##0.00;[Red]-#,##0.00", -12.5),
        (7, "General", 7),
    ],
)
def test_a_number_is_what_the_sheet_shows_unless_that_loses_something(
    number, code, shown
):
    assert show(number, parse_format(code))[0] == shown


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        (r"#,##0.00\ [$€-407]", "EUR"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-1009]#,##0", "CAD"),
        ("[$CHF] #,##0.00", "CHF"),
        (r"#,##0.00\ [$kr-41D]", "SEK"),
        ('#,##0.00 "€"', "EUR"),
        ('"£"#,##0', "GBP"),
        ('"$"#,##0.00', "$"),
        (r'_-* #,##0.00\ "€"_-;\-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-', "EUR"),
        ("[$-409]#,##0.00", ""),
        ('0" pcs"', ""),
        ("#,##0.00", ""),
    ],
)
@pytest.mark.parametrize("number", [1000, 0, -3.5])
def test_a_format_names_the_currency_of_its_cell(code, currency, number):
    value, found = show(number, parse_format(code))
    assert (value, found) == (number, currency)


def test_every_format_that_excel_brings_keeps_numbers_numbers():
    for number, code in BUILTIN_FORMATS.items():
        form = parse_format(code)
        if form.kind == "number" and number not in (9, 10):
            assert show(1234.5, form)[0] == 1234.5


def test_postal_codes_phones_and_percentages_are_read_as_shown(open_files):
    data = sheet(
        [
            ["ID", "Full Name", "Postal Code", "Phone", "Rate"],
            [1, "Vera", 1069, 301234567, 0.25],
            [2, "Otto", 99084, 301234568, 0.8],
        ],
        {
            "C2": "00000",
            "C3": "00000",
            "D2": "0000000000",
            "D3": "0000000000",
            "E2": "0%",
            "E3": "0.00%",
        },
    )
    one, two = records(open_files({"contacts.xlsx": data}), "contacts")
    assert (one["Postal Code"], one["Phone"], one["Rate"]) == (
        "01069",
        "0301234567",
        25,
    )
    assert (two["Postal Code"], two["Phone"], two["Rate"]) == (
        "99084",
        "0301234568",
        80,
    )


def test_a_key_with_leading_zeros_is_found_by_what_is_shown(open_files):
    companies = sheet([["ID", "Name"], [7, "Alpha"]], {"A2": "0000"})
    contacts = "ID,Full Name,Company ID\n1,Vera,0007\n"
    source = open_files({"companies.xlsx": companies, "contacts.csv": contacts})
    pages = source.read_pages(source.get_stream("companies"), None)
    assert [r.source_id for page in pages for r in page.records] == ["0007"]


def test_currencies_of_the_cells_travel_with_the_amounts(open_files):
    data = sheet(
        [
            ["Deal ID", "Deal Name", "Amount"],
            [1, "A", 1000],
            [2, "B", 999.5],
            [3, "C", 1],
        ],
        {"C2": r"#,##0.00\ [$€-407]", "C3": "[$$-409]#,##0.00"},
    )
    source = open_files({"deals.xlsx": data})
    one, two, three = records(source, "deals")
    assert (one["Amount"], one["Amount (currency)"]) == (1000, "EUR")
    assert (two["Amount"], two["Amount (currency)"]) == (999.5, "USD")
    assert three["Amount"] == 1
    assert "Amount (currency)" not in three
    column = source.get_groups()["deals"].columns["Amount (currency)"]
    assert column.currency_of == "Amount"
    assert set(column.values) == {"EUR", "USD"}
    assert told(source)["currency_shown"].level == "passed"


def test_the_dollar_of_excels_own_format_is_nobodys(open_files):
    data = sheet([["ID", "Amount"], [1, 5]], {"B2": '"$"#,##0.00_);("$"#,##0.00)'})
    (row,) = records(open_files({"deals.xlsx": data}), "deals")
    assert row == {"ID": 1, "Amount": 5}


def test_hours_beyond_a_day_are_hours(open_files):
    data = sheet(
        [
            ["Id", "Subject", "Duration"],
            [1, "Call", 1.5],
            [2, "Call", 0.0625],
            [3, "x", 0],
        ],
        {
            f"C{row}": code
            for row, code in ((2, "[h]:mm:ss"), (3, "[h]:mm"), (4, "[h]:mm"))
        },
    )
    found = [row["Duration"] for row in records(open_files({"m.xlsx": data}), "m")]
    assert found == ["36:00:00", "1:30:00", "0:00:00"]


def test_numbers_have_the_digits_that_excel_shows_of_them(open_files):
    data = sheet(
        [["ID", "Amount"], [1, 0.1 + 0.2], [2, 1e15 + 1], [3, 12345678.123456]]
    )
    amounts = [
        row["Amount"] for row in records(open_files({"deals.xlsx": data}), "deals")
    ]
    assert amounts == [0.3, 1e15 + 1, 12345678.123456]


# -- texts --------------------------------------------------------------------------


TEXT = b"First line_x000D_\nSecond line_x000D_\n_x005F_end _x005F_x000D_"


def with_text(inner, shared):
    """Return a workbook whose one note is this XML, inline or among the shared texts."""
    data = sheet([["ID", "Note"], [1, "PLACE"]])
    if not shared:
        cell = rb'<c r="B2" t="inlineStr"><is>' + inner + rb"</is></c>"
        return altered(data, "sheet1", (rb'<c r="B2".*?</c>', lambda _found: cell))
    cell = b'<c r="B2" t="s"><v>1</v></c>'
    data = altered(data, "sheet1", (rb'<c r="B2".*?</c>', cell))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != "xl/sharedStrings.xml":
                new.writestr(name, old.read(name))
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        first = b"<si><t>other</t></si>"
        texts = b'<sst xmlns="%s">%s<si>%s</si></sst>' % (space, first, inner)
        new.writestr("xl/sharedStrings.xml", texts)
    return stream.getvalue()


@pytest.mark.parametrize("shared", [True, False])
def test_escapes_of_the_format_are_no_part_of_a_text(open_files, shared):
    data = with_text(rb"<t>" + TEXT + rb"</t>", shared)
    (row,) = records(open_files({"notes.xlsx": data}), "notes")
    assert row["Note"] == "First line\nSecond line\n_end _x000D_"


@pytest.mark.parametrize("shared", [True, False])
def test_formats_within_a_text_and_reading_aids_do_not_matter(open_files, shared):
    rich = (
        rb'<r><t xml:space="preserve">Vera </t></r><r><rPr><b/></rPr><t>Example</t></r>'
        rb'<rPh sb="0" eb="1"><t>KANA</t></rPh>'
    )
    (row,) = records(open_files({"notes.xlsx": with_text(rich, shared)}), "notes")
    assert row["Note"] == "Vera Example"


# -- formulas, dates ------------------------------------------------------------------


def test_a_formula_that_nobody_computed_is_empty_and_said_never_zero(open_files):
    # XlsxWriter writes 0 as the result and asks Excel to compute on opening.
    data = sheet([["Deal ID", "Name", "Amount"], [1, "X", "=10*25.5"], [2, "Y", 0]])
    data = altered(data, "sheet1", (rb"</f><v ?/?>(</v>)?", rb"</f><v>0</v>"))
    source = open_files({"deals.xlsx": data})
    assert [row["Amount"] for row in records(source, "deals")] == [None, 0]
    finding = told(source)["formulas"]
    assert finding.level == "warning"
    assert (finding.data["count"], finding.data["columns"]) == (1, "Amount")


def test_a_computed_zero_stays_zero(open_files):
    data = sheet([["Deal ID", "Name", "Amount"], [1, "X", "=10-10"]])
    data = altered(data, "sheet1", (rb"</f><v ?/?>(</v>)?", rb"</f><v>0</v>"))
    data = altered(data, "workbook.xml$", (rb'fullCalcOnLoad="1"', b""))
    source = open_files({"deals.xlsx": data})
    assert records(source, "deals")[0]["Amount"] == 0
    assert "formulas" not in told(source)


def slipped(days, seconds):
    """Return a sheet of days that SheetJS wrote some seconds too early."""
    rows = [["Deal ID", "Deal Name", "Close Date"]]
    rows += [
        [n, f"Deal {n}", day - dt.timedelta(seconds=seconds)]
        for n, day in enumerate(days, 1)
    ]
    return sheet(rows, {f"C{n}": "mm-dd-yy" for n in range(2, len(rows) + 1)})


@pytest.mark.parametrize("seconds", [44, 10, 43])
def test_days_written_some_seconds_early_are_the_next_day_unless_a_person_says_no(
    open_files, seconds
):
    days = [dt.datetime(2024, 3, 1), dt.datetime(2024, 12, 31), dt.datetime(2023, 7, 9)]
    data = slipped(days, seconds)
    source = open_files({"deals.xlsx": data})
    read = [row["Close Date"] for row in records(source, "deals")]
    assert read == ["2024-03-01", "2024-12-31", "2023-07-09"]
    assert told(source)["moments_shifted"].level == "warning"
    kept = open_files({"deals.xlsx": data}, {"deals.xlsx": {"shifted_dates": "keep"}})
    assert records(kept, "deals")[0]["Close Date"].startswith("2024-02-29 23:59:")
    assert "moments_kept" in told(kept)


def test_the_end_of_a_day_and_times_of_their_own_are_no_slip(open_files):
    ends = [["ID", "Name", "Valid Until", "Created"]]
    ends += [
        [n, "x", f"2024-03-0{n} 23:59:59", f"2024-03-0{n} 10:00:{n}0"]
        for n in range(1, 6)
    ]
    source = open_files({"deals.xlsx": sheet(ends)})
    assert records(source, "deals")[0]["Valid Until"] == "2024-03-01 23:59:59"
    assert "moments_shifted" not in told(source)


def test_cells_and_texts_may_hold_dates_side_by_side(open_files):
    rows = [["ID", "Deal Name", "Close Date"], [1, "a", "30/06/2025"]]
    rows += [[2, "b", dt.datetime(2025, 6, 30)], [3, "c", "04/03/2025"]]
    source = open_files({"deals.xlsx": sheet(rows)})
    column = source.get_groups()["deals"].columns["Close Date"]
    assert (column.kind, column.date_order, column.doubtful) == ("date", "dmy", "")
    assert [row["Close Date"] for row in records(source, "deals")] == [
        "30/06/2025",
        "2025-06-30",
        "04/03/2025",
    ]


# -- the form of a workbook --------------------------------------------------------


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


# -- rows that are no records ------------------------------------------------------

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
