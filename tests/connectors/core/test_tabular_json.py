"""Tables read on from anywhere, and tables of JSON."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabular_common import codes, rows

from connectors.core import tabular_json
from connectors.core.archive import Files
from connectors.core.errors import FatalError
from connectors.core.listing import list_tables
from connectors.core.tabular_csv import Trouble
from connectors.mapping.apply import get_value

# -- reading on ----------------------------------------------------------------------


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


# -- JSON ----------------------------------------------------------------------------


def test_every_list_of_a_document_is_a_table(tables):
    document = {
        "exported": "2024-01-01",
        "contacts": [{"id": 1, "tags": ["a"]}],
        "result": {"results": [{"id": 2}], "ids": [1, 2, 3]},
    }
    found, _findings = tables("dump.json", json.dumps(document).encode())
    assert [one.part for one in found] == ["contacts", "result.results"]
    assert rows(found[0]) == [{"id": 1, "tags": ["a"]}]


def test_each_record_is_read_by_its_own_names(tables):
    """findings/tablib_other_order_other_column.sh, columns_are_those_of_the_first_record.sh"""
    records = [{"id": number, "name": "Ute"} for number in range(3000)]
    records += [{"phone": "+49 30 1", "id": 3000, "name": "Bo"}]
    ((table,), _findings) = tables("dump.json", json.dumps(records).encode())
    table.survey_all()
    assert [column.name for column in table.columns] == ["id", "name", "phone"]
    assert rows(table)[-1] == records[-1]


def test_dots_in_a_header_take_no_column_away(tables):
    """findings/dots_in_headers_lose_columns.sh"""
    data = b"Id,Phone.Mobile,Phone,Acct. No.\n1,222,111,7\n"
    ((table,), _findings) = tables("contacts.csv", data)
    (row,) = rows(table)
    assert row == {"Id": "1", "Phone.Mobile": "222", "Phone": "111", "Acct. No.": "7"}
    assert [get_value(row, name) for name in row] == ["1", "222", "111", "7"]


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


def test_the_rows_of_the_beginning_stay_as_they_stand_in_the_file(table):
    found = table("notes.json", b'[{"id": 1, "note": "R&amp;amp;D"}]')
    for _time in range(2):
        assert [row["note"] for row in found.sample] == ["R&D"]
        assert [row["note"] for row in found.layout.raw] == ["R&amp;amp;D"]
        found.survey_all()
