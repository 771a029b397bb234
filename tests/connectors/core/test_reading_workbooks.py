"""Workbooks: number formats, texts, formulas and dates are what the sheet shows."""

import datetime as dt
import io
import zipfile

import pytest
from files import records, sheet, told
from openpyxl.styles.numbers import BUILTIN_FORMATS
from workbook_common import altered

from connectors.core.xlsx_format import parse_format, show

# -- number formats ------------------------------------------------------------------


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


# -- texts ---------------------------------------------------------------------------


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


# -- formulas, dates -----------------------------------------------------------------


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


@pytest.mark.parametrize("seconds", [44, 10, 50, -28])
def test_moments_written_some_seconds_wrong_are_the_hours_people_meant(
    open_files, seconds
):
    times = [dt.datetime(2024, 3, day, 10, 15 * (day % 4)) for day in range(1, 7)]
    slip = dt.timedelta(seconds=seconds)
    rows = [
        ["ID", "Subject", "Start"],
        *([n, "x", t - slip] for n, t in enumerate(times)),
    ]
    source = open_files({"meetings.xlsx": sheet(rows)})
    assert [row["Start"] for row in records(source, "meetings")] == [
        f"{moment:%Y-%m-%d %H:%M:%S}" for moment in times
    ]


def test_what_no_program_has_computed_is_not_said_by_a_lesser_column(open_files):
    rows = [["Deal ID", "Deal Name", "Qty", "Price", "Amount"]]
    rows += [[1, "A", 10, 25.5, "=C2*D2"], [2, "B", 4, 100, "=C3*D3"]]
    source = open_files({"deals.xlsx": sheet(rows)})
    assert "formulas" in told(source)
    (mapping,) = source.get_mappings()
    sources = {field.target: field.source for field in mapping.fields}
    assert sources["expected_revenue"] == "Amount"


def test_the_end_of_a_day_and_times_of_their_own_are_no_slip(open_files):
    ends = [["ID", "Name", "Valid Until", "Created"]]
    ends += [
        [n, "x", f"2024-03-0{n} 23:59:59", f"2024-03-0{n} 10:00:{n}0"]
        for n in range(1, 6)
    ]
    source = open_files({"deals.xlsx": sheet(ends)})
    assert records(source, "deals")[0]["Valid Until"] == "2024-03-01 23:59:59"
    assert "moments_shifted" not in told(source)


@pytest.mark.parametrize("name", ["contacts.csv", "contacts.xlsx"])
def test_what_was_imported_in_one_go_has_its_moment(open_files, name):
    rows = [["Name", "Created"]]
    rows += [[f"Ana {n}", "2024-05-01 10:23:17"] for n in range(9)]
    text = "".join(",".join(row) + "\n" for row in rows)
    source = open_files({name: text if name.endswith("csv") else sheet(rows)})
    found = {row["Created"] for row in records(source, "contacts")}
    assert found == {"2024-05-01 10:23:17"}
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


def test_a_tax_number_with_dashes_is_no_day(open_files):
    rows = [
        ["ID", "Full Name", "Tax ID"],
        [1, "Vera", 12345678],
        [2, "Otto", 987654321],
    ]
    formats = {"C2": r"000\-00\-0000", "C3": r"000\-00\-0000"}
    source = open_files({"contacts.xlsx": sheet(rows, formats)})
    assert records(source, "contacts")[0]["Tax ID"] == "012-34-5678"
    assert "ambiguous_dates" not in told(source)
