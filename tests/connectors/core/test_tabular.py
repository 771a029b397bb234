"""Tables in files: what is detected, what is refused with which words, and reading on."""

import csv
import datetime as dt
import errno
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core import tabular_json, tabular_xlsx
from connectors.core.archive import Files
from connectors.core.encoding import detect_encoding
from connectors.core.errors import ConfigurationError, FatalError
from connectors.core.listing import list_tables
from connectors.core.tabular_csv import Trouble, detect_dialect


@pytest.fixture
def tables(tmp_path):
    """Return a function: name, bytes, options → (tables, findings)."""
    opened = []

    def open_tables(name, data, **options):
        path = tmp_path / f"{len(opened)}"
        path.write_bytes(data)
        files = Files([{"name": name, "path": str(path)}])
        opened.append(files)
        return list_tables(files, {name: options})

    yield open_tables
    for files in opened:
        files.close()


@pytest.fixture
def table(tables):
    def open_table(name, data, **options):
        (found,), findings = tables(name, data, **options)
        assert not findings
        return found

    return open_table


@pytest.fixture
def refusal(tables):
    """Return a function: the code with which a file is refused."""

    def refuse(name, data):
        found, findings = tables(name, data)
        assert not found
        assert all(finding.text and "…" not in finding.text for finding in findings)
        return findings[0].code

    return refuse


def rows(table, position=None):
    return [values for values, _position in table.read_rows(position)]


def codes(table):
    return [finding.code for finding in table.findings]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    return book


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


# -- encoding ----------------------------------------------------------------------

PEOPLE = "id;name\n1;José Peña\n2;Łucja O’Brien\n3;山田 太郎 🦊\n4;עדי\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_whatever_its_form_and_line_ends(table, encoding, end):
    found = table("people.csv", PEOPLE.replace("\n", end).encode(encoding))
    assert [row["name"] for row in rows(found)] == [
        "José Peña",
        "Łucja O’Brien",
        "山田 太郎 🦊",
        "עדי",
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id;name\n1;José Müller\n2;Ação “Lda”\n", "cp1252"),
        ("id;name\n1;Łódź Wielka\n2;Kraków, święty Paweł\n" * 5, "cp1250"),
        ("ид;имя\n1;Привет, компания\n2;сделка и контакт\n" * 5, "cp1251"),
        ("番号,名前\n1,株式会社山田商事\n2,東京都港区の営業\n" * 5, "shift_jis"),
    ],
)
def test_old_code_pages_are_guessed_and_said_to_be_a_guess(table, text, encoding):
    found = table("old.csv", text.encode(encoding))
    assert rows(found)[0] == rows(table("new.csv", text.encode()))[0]
    assert "encoding_guessed" in codes(found)


def test_the_consultants_encoding_wins(table):
    found = table(
        "a.csv", "id,name\n1,Łódź\n".encode("cp1250"), encoding="windows-1250"
    )
    assert rows(found) == [{"id": "1", "name": "Łódź"}]
    assert codes(found) == []


def test_lines_of_another_encoding_are_put_right_and_counted(table):
    data = "id,name\n1,José\n2,Ana é\n".encode() + "3,Zoë\n".encode("cp1252")
    found = table("mixed.csv", data)
    assert [row["name"] for row in rows(found)] == ["José", "Ana é", "Zoë"]
    assert found.tally["repaired"] == 1


def test_a_sample_that_ends_within_a_character_is_still_utf8():
    assert detect_encoding("é".encode()[:1].join([b"a" * 9, b""])) != ("utf-8", False)
    assert detect_encoding("aé".encode()[:-1]) == ("utf-8", True)


# -- dialect and header ------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_decimal_commas_and_quoted_ones(table, delimiter):
    lines = [
        ["Name", "Amount", "Note"],
        ["Acme, Inc.", "1,5", 'said "no;way"\nthen | left'],
    ]
    lines += [[f"Company {n}", f"{n},25", ""] for n in range(20)]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    found = table("deals.csv", text.getvalue().encode())
    assert found.layout.dialect.delimiter == delimiter
    assert [list(row.values()) for row in rows(found)] == lines[1:]


def test_unquoted_decimal_commas_are_not_taken_for_the_delimiter():
    text = "Amount;Tax\n" + "1,5;2,3\n" * 300
    assert detect_dialect(text).delimiter == ";"


def test_excels_own_line_names_the_delimiter(table):
    found = table("a.csv", b"sep=|\r\nid|name\r\n1|Ana\r\n")
    assert rows(found) == [{"id": "1", "name": "Ana"}]


def test_other_quotes_and_backslashes_are_understood(table):
    found = table("a.csv", b"id,name\n'1','O, no'\n'2','b'\n")
    assert rows(found)[0] == {"id": "1", "name": "O, no"}
    found = table("b.csv", b'id,name\n1,"the \\"old\\" one, here"\n')
    assert rows(found) == [{"id": "1", "name": 'the "old" one, here'}]


def test_titles_above_the_header_are_left_out_with_a_warning(table):
    data = b"Contacts of 2024\n\nFilter: all\nID,E-mail,Phone\n1,a@b.co,5\n2,c@d.co,6\n"
    found = table("a.csv", data)
    assert found.layout.header_row == 4
    assert codes(found) == ["header_below"]
    assert rows(found)[0] == {"ID": "1", "E-mail": "a@b.co", "Phone": "5"}


def test_a_file_without_header_gets_numbered_columns(table):
    found = table(
        "a.csv", b"7,ana@example.com,2024-01-01\n8,bo@example.com,2024-02-01\n"
    )
    assert codes(found) == ["header_missing"]
    assert rows(found)[0] == {
        "Column 1": "7",
        "Column 2": "ana@example.com",
        "Column 3": "2024-01-01",
    }


def test_the_header_can_be_set_or_denied_by_hand(table):
    data = b"a,b\nid,name\n1,Ana\n"
    assert rows(table("a.csv", data, header_row=2)) == [{"id": "1", "name": "Ana"}]
    assert len(rows(table("a.csv", data, header_row=0))) == 3


def test_repeated_and_empty_headers_get_names_of_their_own(table):
    found = table("a.csv", b"Phone,,Phone,Phone (2),\n1,2,3,4,\n")
    assert list(rows(found)[0]) == ["Phone", "Column 2", "Phone (2)", "Phone (2) (2)"]
    assert "header_repeated" in codes(found)


# -- broken lines ------------------------------------------------------------------


def test_lines_too_long_or_too_short_are_named_and_the_rest_is_read(table):
    found = table(
        "a.csv", b"id,name,city\n1,Ana,Porto\n2,Bo\n3,Cy,Rome,,\n4,Di,Ulm,x\n5,E,F\n"
    )
    read = rows(found)
    assert [row["id"] for row in read if isinstance(row, dict)] == ["1", "3", "5"]
    assert [row for row in read if isinstance(row, Trouble)] == [
        Trouble("line_length", {"line": 3, "found": 2, "expected": 3}),
        Trouble("line_length", {"line": 5, "found": 4, "expected": 3}),
    ]


def test_short_lines_can_be_accepted(table):
    found = table("a.csv", b"id,name,city\n1,Ana\n", short_rows="accept")
    assert rows(found) == [{"id": "1", "name": "Ana", "city": None}]


def test_an_open_quotation_costs_its_line_and_no_other(table):
    found = table("a.csv", b'id,name\n1,Ana\n2,"Bo\n3,Cy\n4,Di')
    read = rows(found)
    assert read[1] == Trouble("unterminated_quote", {"line": 3})
    assert [read[0]["id"], *(row["id"] for row in read[2:])] == ["1", "3", "4"]


@pytest.mark.large
def test_an_open_quotation_does_not_swallow_a_big_file(table, monkeypatch):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 40_000)
    lines = [b"id,name", b'0,"open', *(b"%d,Ana" % n for n in range(1, 20_000))]
    read = rows(table("a.csv", b"\n".join(lines)))
    assert read[0].code == "unterminated_quote"
    assert len(read) == 20_000


def test_quotes_everywhere_end_the_stream_instead_of_taking_for_ever(
    table, monkeypatch
):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 1000)
    found = table(
        "a.csv", b"id,name\n" + (b'1,"open\n' + b"2,%b\n" % (b"x" * 900) * 2) * 60
    )
    read = found.read_rows()
    with pytest.raises(FatalError) as caught:
        list(read)
    assert caught.value.code == "unterminated_quote"


def test_a_line_without_end_is_refused(table, monkeypatch):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 500_000)
    found = table("a.csv", b"id,name\n1,Ana\n2," + b"x" * 2_000_000)
    with pytest.raises(FatalError) as caught:
        rows(found)
    assert caught.value.code == "line_too_long"
    assert caught.value.data["line"] == 3


def test_long_cells_and_nul_bytes_are_read(table):
    found = table("a.csv", b"id,note\n1,a\0b\n2," + b"x" * 1_000_000 + b"\n")
    read = rows(found)
    assert read[0]["note"] == "ab"
    assert len(read[1]["note"]) == 1_000_000


def test_a_header_alone_has_columns_and_no_rows(table):
    found = table("a.csv", b"id,name,email\n")
    assert found.layout.columns == ("id", "name", "email")
    assert rows(found) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n\r\n", "file_empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
        ),
        ("a.csv", bytes(range(256)) * 40, "file_unknown"),
        ("a.csv", b"<!DOCTYPE html><html>Please log in</html>", "file_page"),
        ("a.zip", b"PK\x03\x04 and then nothing", "zip_broken"),
        ("a.json", b'{"version": 3}', "file_no_table"),
        ("a.json", b'{"data": [{"id": 1}, {"id"', "file_damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(refusal, name, data, code):
    assert refusal(name, data) == code


# -- reading on --------------------------------------------------------------------

CELLS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ue000")
    | st.sampled_from("\n\r\t\"',;|\\\x85\u2028"),
    max_size=12,
)


@given(
    lines=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_comes_back_and_reading_goes_on_from_any_row(
    tmp_path_factory, lines, delimiter, end, encoding
):
    # Of a row of nothing but blanks there is nothing to bring over.
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    writer.writerows([["one", "two", "three"], *lines])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    files = Files([{"name": "a.csv", "path": str(path)}])
    options = {
        "delimiter": delimiter,
        "quote": '"',
        "header_row": 1,
        "encoding": encoding,
    }
    (found,), _findings = list_tables(files, {"a.csv": options})
    raw = [row for row, place in found.raw_rows() if place[1] > found.layout.above]
    assert [row for row in raw if any(map(str.strip, row))] == lines
    read = list(found.read_rows())
    for number, (_row, position) in enumerate(read, 1):
        assert rows(found, position) == [row for row, _position in read[number:]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.large
@given(
    objects=st.lists(
        st.dictionaries(st.text(min_size=1, max_size=4), JSON, min_size=1),
        min_size=1,
        max_size=6,
    ),
    ascii_only=st.booleans(),
    indent=st.sampled_from([None, 2]),
    wrapped=st.booleans(),
)
def test_json_lists_come_back_and_reading_goes_on_from_any_element(
    tmp_path_factory, objects, ascii_only, indent, wrapped
):
    def clean(value):
        return json.loads(json.dumps(value).replace("\\u0000", ""))

    document = {"meta": {"n": 1}, "data": objects} if wrapped else objects
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_bytes(text.encode("utf-8", "replace"))
    expected = (
        [clean(value) for value in json.loads(path.read_text("utf-8"))["data"]]
        if wrapped
        else [clean(value) for value in json.loads(path.read_text("utf-8"))]
    )
    files = Files([{"name": "a.json", "path": str(path)}])
    found, _findings = list_tables(files, {})
    table = next(one for one in found if one.array.path in ("", "data"))
    assert [row for row, _position in table.raw_rows()] == expected
    read = list(table.read_rows())
    for number, (_row, position) in enumerate(read, 1):
        assert rows(table, position) == [row for row, _position in read[number:]]


# -- JSON --------------------------------------------------------------------------


def test_every_list_of_a_document_is_a_table(tables):
    document = {
        "exported": "2024-01-01",
        "contacts": [{"id": 1, "tags": ["a"]}],
        "result": {"results": [{"id": 2}], "ids": [1, 2, 3]},
    }
    found, _findings = tables("dump.json", json.dumps(document).encode())
    assert [one.part for one in found] == ["contacts", "result.results"]
    assert rows(found[0]) == [{"id": 1, "tags": ["a"]}]


def test_a_damaged_line_of_json_costs_that_line(table):
    found = table("a.ndjson", b'{"id": 1}\n{"id": \n[1]\n\n{"id": 2}')
    assert rows(found) == [
        {"id": 1},
        Trouble("bad_json", {"line": 2}),
        Trouble("not_an_object", {"line": 3}),
        {"id": 2},
    ]


@pytest.mark.parametrize(
    "text", ['[{"id": 1}]\n[{"id": 2}]', '{"a": [{"id": 1}]} {"a": [{"id": 2}]}']
)
def test_a_second_document_behind_the_first_is_not_passed_over(tables, text):
    found, findings = tables("a.json", text.encode())
    if not findings:
        with pytest.raises(FatalError) as caught:
            rows(found[0])
        findings = [caught.value]
    assert findings[0].code == "file_damaged"


def test_a_list_that_begins_with_nothing_is_a_table_all_the_same(table):
    found = table("a.json", b'{"data": [null, {"id": 2}]}')
    assert rows(found) == [Trouble("not_an_object", {"line": 1}), {"id": 2}]


@pytest.mark.large
def test_lists_that_were_not_looked_for_are_told(tables, monkeypatch):
    document = {"contacts": [{"id": n} for n in range(30_000)], "deals": [{"id": 1}]}
    data = json.dumps(document).encode()
    assert [one.part for one in tables("a.json", data)[0]] == ["contacts", "deals"]
    monkeypatch.setattr(tabular_json, "SCAN_BYTES", 200_000)
    (found,), _findings = tables("b.json", data)
    assert codes(found) == ["lists_unsearched"]
    assert len(rows(found)) == 30_000


def test_the_sample_of_a_table_is_no_larger_than_needed(table):
    line = json.dumps({"id": 1, "scan": "x" * 1_000_000})
    found = table("a.ndjson", "\n".join([line] * 12).encode())
    assert len(found.layout.sample) < 7
    assert len(rows(found)) == 12


def test_a_list_that_breaks_off_gives_what_stands_before(table):
    found = table("a.json", b'[{"id": 1}, {"id": 2}, {"id')
    read = found.read_rows()
    assert [next(read)[0], next(read)[0]] == [{"id": 1}, {"id": 2}]
    with pytest.raises(FatalError) as caught:
        next(read)
    assert caught.value.code == "file_damaged"


def test_elements_bigger_than_a_block_and_what_no_database_stores_are_read(table):
    objects = [{"id": 1, "body": "ñ" * 900_000}, {"id": 2, "body": "a\0b\ud83d"}]
    found = table("a.json", json.dumps(objects).encode())
    assert rows(found) == [
        {"id": 1, "body": "ñ" * 900_000},
        {"id": 2, "body": "ab\ufffd"},
    ]


def test_json_in_windows_1252_is_read(table):
    found = table("a.json", '[{"id": 1, "name": "Zoë"}]'.encode("cp1252"))
    assert rows(found) == [{"id": 1, "name": "Zoë"}]


# -- workbooks ---------------------------------------------------------------------


def test_cells_of_a_sheet_come_as_json_values(table):
    lines = [["id", "day", "at", "amount", "ok"]]
    lines += [
        [1, dt.datetime(2024, 12, 31), dt.datetime(2024, 12, 31, 9, 30), 2.5, True]
    ]
    lines += [[2]]
    found = table("a.xlsx", saved(workbook(Data=lines)))
    assert rows(found) == [
        {
            "id": 1,
            "day": "2024-12-31",
            "at": "2024-12-31 09:30:00",
            "amount": 2.5,
            "ok": True,
        },
        {"id": 2, "day": None, "at": None, "amount": None, "ok": None},
    ]
    assert rows(found, (0, 2)) == rows(found)[1:]


def test_hidden_merged_and_uncomputed_are_told(tables):
    book = workbook(
        Deals=[["id", "amount"], [1, "=1+1"]], Old=[["id", "name"], [1, "x"]]
    )
    book["Old"].sheet_state = "hidden"
    book["Deals"].merge_cells("A2:A4")
    (deals, old), _findings = tables("a.xlsx", saved(book))
    assert codes(deals) == ["merged_cells"]
    assert "formulas" in {found.code for found in deals.survey_findings()}
    assert codes(old) == ["sheet_hidden"]


def altered(book, *changes):
    """Return the workbook with the XML of its sheets changed: pairs (pattern, new)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            for pattern, replacement in changes if "worksheets/" in part else ():
                data, count = re.subn(pattern, replacement, data)
                assert count, pattern
            new.writestr(part, data)
    return stream.getvalue()


PEOPLE_SHEET = [["id", "name"], *([n, f"Zoë {n}"] for n in range(1, 9))]


@pytest.mark.parametrize(
    "stated",
    [b"", b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>',
     b'<dimension ref="ZZZZZ9:A1"/>', b'<dimension ref=""/>'],
)  # fmt: skip
def test_whatever_size_a_sheet_states_all_of_it_is_read(table, stated):
    data = altered(workbook(Data=PEOPLE_SHEET), (rb"<dimension[^>]*/>", stated))
    found = table("a.xlsx", data)
    assert [row["name"] for row in rows(found)] == [f"Zoë {n}" for n in range(1, 9)]
    assert {len(row) for row in found.layout.sample} == {2}


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ((rb'<row r="\d+"', b"<row"), (rb'<c r="\w+"', b"<c")),
        ((rb'<row r="(\d)"', rb'<row r="\g<1>0" ht="15"'), (rb'<c r="\w+"', b"<c")),
        ((rb"<(/?)(?=\w)", rb"<\1x:"), (rb"xmlns=", b"xmlns:x=")),
    ],
    ids=["as saved", "no numbers", "gaps and heights", "prefixes"],
)  # fmt: skip
def test_a_sheet_is_read_on_from_any_row(table, monkeypatch, changes):
    # Blocks of a few bytes, so that every tag is cut somewhere.
    monkeypatch.setattr(tabular_xlsx, "_BLOCK", 7)
    found = table("a.xlsx", altered(workbook(Data=PEOPLE_SHEET), *changes))
    read = list(found.read_rows())
    assert [row["id"] for row, _place in read] == list(range(1, 9))
    for number, (_row, place) in enumerate(read, 1):
        assert list(found.read_rows(place)) == read[number:]


def test_what_stands_behind_the_rows_of_a_sheet_does_no_harm(table):
    book = workbook(Data=PEOPLE_SHEET)
    data = altered(
        book, (rb"</sheetData>", b"</sheetData><mergeCells><x></mergeCells>")
    )
    assert len(rows(table("a.xlsx", data))) == 8


@pytest.mark.parametrize(
    ("pattern", "new"),
    [(rb'<row r="5"', b'<row r="2"'), (rb'<row r="9"', b'<row r="2000000000"')],
    ids=["twice", "beyond Excel"],
)
def test_rows_in_no_order_are_refused_instead_of_being_lost(table, pattern, new):
    found = table("a.xlsx", saved(workbook(Data=PEOPLE_SHEET)))
    assert len(rows(found)) == 8
    with pytest.raises((FatalError, ConfigurationError)) as caught:
        rows(table("b.xlsx", altered(workbook(Data=PEOPLE_SHEET), (pattern, new))))
    assert caught.value.code == "zip_broken"


def test_empty_cells_at_the_end_of_a_row_take_no_room(table):
    book = workbook(Data=PEOPLE_SHEET)
    data = altered(book, (rb"</row>", b'<c r="XFD1" s="1"/></row>'))
    found = table("a.xlsx", data)
    assert found.layout.columns == ("id", "name")
    assert len(rows(found)) == 8


def test_the_texts_of_a_workbook_are_read_once(tables, monkeypatch):
    read, strings = [], tabular_xlsx.read_strings

    def counted(archive):
        read.append(archive)
        return strings(archive)

    monkeypatch.setattr(tabular_xlsx, "read_strings", counted)
    found, _findings = tables(
        "a.xlsx", saved(workbook(One=PEOPLE_SHEET, Two=PEOPLE_SHEET))
    )
    for one in found:
        assert len(rows(one)) == 8
        assert one.findings == ()
    assert len(read) == 1


def test_a_damaged_sheet_is_refused_not_raised(refusal, tables):
    data = saved(workbook(Data=[["id"], [1]]))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<x" if "workbook" in part else old.read(part))
    assert refusal("a.xlsx", stream.getvalue()) == "zip_broken"


def test_a_sheet_can_be_chosen(tables):
    data = saved(workbook(One=[["id"], [1]], Two=[["id"], [2]]))
    (found,), _findings = tables("a.xlsx", data, sheet="Two")
    assert found.part == "Two"
    assert tables("a.xlsx", data, sheet="Three")[1][0].code == "sheet_missing"


# -- archives ----------------------------------------------------------------------


def test_names_in_an_archive_never_become_paths(tables, tmp_path):
    data = zipped(
        {"../../evil.csv": "id,name\n1,Ana\n", "C:\\x\\deals.csv": "id,b\n1,2\n"}
    )
    found, findings = tables("all.zip", data)
    assert [one.name for one in found] == ["all.zip/evil.csv", "all.zip/x/deals.csv"]
    assert rows(found[0]) == [{"id": "1", "name": "Ana"}]
    assert not (tmp_path.parent / "evil.csv").exists()


def test_a_zip_bomb_is_left_alone(refusal, monkeypatch):
    monkeypatch.setattr("connectors.core.sniffing.BOMB_BYTES", 1024 * 1024)
    bomb = zipped({"a.csv": b"0" * (2 * 1024 * 1024)})
    assert refusal("bomb.zip", bomb) == "zip_bomb"


def test_a_full_disk_is_no_damaged_archive(tables, monkeypatch):
    (found,), _findings = tables("all.zip", zipped({"a.csv": "id,name\n1,Ana\n"}))

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(ConfigurationError) as caught:
        rows(found)
    assert caught.value.data["reason"] == "the disk is full"


def test_one_bad_member_does_not_keep_the_others_out(tables):
    inner = zipped({"x.csv": "id\n1\n"})
    data = zipped({"contacts.csv": "id,name\n1,Ana\n", "b.json": "", "c.csv": inner})
    found, findings = tables("all.zip", data)
    assert [one.name for one in found] == ["all.zip/contacts.csv"]
    assert {finding.code for finding in findings} == {"file_empty", "zip_nested"}


def test_a_member_under_a_password_is_named(tables):
    data = bytearray(zipped({"contacts.csv": "id,name\n1,Ana\n"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    _found, findings = tables("all.zip", bytes(data))
    assert [finding.code for finding in findings] == ["file_encrypted"]


def test_what_was_unpacked_goes_when_the_files_are_closed(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": "id,name\n1,Ana\n"}))
    files = Files([{"name": "all.zip", "path": str(path)}])
    (found,), _findings = list_tables(files, {})
    assert rows(found)
    folder = files._folder
    files.close()
    assert not Path(folder).exists()


def test_a_folder_of_the_jobs_own_keeps_what_was_unpacked(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": "id,name\n1,Ana\n"}))
    work = tmp_path / "work"
    work.mkdir()
    for _batch in range(2):
        files = Files([{"name": "all.zip", "path": str(path)}], folder=str(work))
        (found,), _findings = list_tables(files, {})
        assert rows(found) == [{"id": "1", "name": "Ana"}]
        files.close()
        assert len(list(work.iterdir())) == 1


ROW = "{0},{1},p{0}@example.com,+7 495 111-22-3{0},2024-05-0{0} 10:00,Proposal,12500.00"
PAGES = [
    ("cp1251", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("koi8-r", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("cp866", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("cp1253", ["Νίκος Παπαδόπουλος", "Μαρία Γεωργίου", "Ελένη Παππά"]),
    ("cp1255", ["משה כהן", "שרה לוי", "דוד ביטון"]),
    ("cp1256", ["محمد علي حسن", "فاطمة حسن الأحمد", "خالد يوسف", "نورة السالم"]),
    ("gb18030", ["王小明", "李四光", "张伟"]),
    ("big5", ["王小明", "李四光", "張偉"]),
    ("euc-kr", ["김철수", "이영희", "박지성"]),
    ("cp874", ["สมชาย ใจดี", "สมหญิง รักไทย", "วิชัย"]),
    ("cp1254", ["Işıl Çağ", "Gül Şen", "Ayşe Yılmaz"]),
    ("cp1257", ["Jānis Bērziņš", "Līga Kalniņa", "Žydrūnas Ąžuolas"]),
    ("cp1250", ["Jiří Dvořák", "Šárka Žižková", "Růžena Nováková"]),
    ("cp1250", ["Győr Őrs", "Erdős Béla", "Szűcs Ágnes", "Nagykőrösi Bálint"]),
    ("cp1250", ["Đurđica Šimić", "Željko Čaćić"]),
    ("cp852", ["Łukasz Żółć", "Jiří Dvořák", "Święto Ćma"]),
    ("cp850", ["Zoé Brûlé", "Jürgen Groß", "Núñez Peña"]),
    ("mac-roman", ["Zoé Brûlé", "François Noël", "Jürgen Groß"]),
    ("cp1252", ["Guðmundur Þór", "Jürgen Groß", "Zoé Brûlé", "João Simões", "Núñez"]),
    ("cp1252", ["Søren Kjær", "Åse Nygård", "Väinö Mäkelä", "O’Brien – “Lda”"]),
    ("cp1252", ["Niccolò Città", "Käthe Weiß", "Iñigo Gómez", "10°C ±5 m²"]),
]


@pytest.mark.parametrize(("encoding", "names"), PAGES)
def test_few_letters_among_columns_in_ascii_tell_their_code_page(
    table, encoding, names
):
    lines = [ROW.format(n, name) for n, name in enumerate(names * 2, start=1)]
    text = "\n".join(["id,name,email,phone,created,stage,amount", *lines, ""])
    found = table("old.csv", text.encode(encoding))
    assert [row["name"] for row in rows(found)] == names * 2
