"""The second look at a file finds what a reader lost, without sharing its code."""

import io

import openpyxl

from connectors.core.second_look import look_at
from connectors.spreadsheet.source import SpreadsheetSource


def make_book(rows, formats=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, pattern in (formats or {}).items():
        book.active[place].number_format = pattern
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_numbers_are_told_as_the_sheet_shows_them():
    content = make_book([["zip", "chance"], [1069, 0.25]], {"A2": "00000", "B2": "0%"})
    look = look_at("a.xlsx", content, ["zip", "chance"])
    assert look.rows == 1
    assert look.cells == [(1, "zip", "01069"), (1, "chance", "25")]


def test_rows_and_filled_cells_are_counted_below_the_headings():
    content = "A list of ours\n\nid;name\n1;Ana\n2;\n;Total\n".encode("utf-16")
    look = look_at("a.csv", content, ["id", "name"])
    assert (look.rows, look.filled) == (3, {"id": 2, "name": 2})


def test_an_escape_of_the_format_is_a_sign():
    content = make_book([["note"], ["one_x000D_\ntwo"], ["a_x005F_b"]])
    look = look_at("a.xlsx", content, ["note"])
    assert "_x000D_" not in "".join(text for _n, _c, text in look.cells)


def test_what_is_no_table_gives_no_look():
    assert look_at("a.xlsx", b"PK nothing", ["id"]) is None
    assert look_at("a.csv", b"one,two\n", ["id", "name"]) is None


def test_the_source_offers_a_look_at_each_of_its_tables(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,name\n1,Ana\n2,Bo\n")
    source = SpreadsheetSource({"files": [{"name": path.name, "path": str(path)}]})
    (stream,) = source.get_streams()
    (look,) = source.look_again(stream)
    assert (look.rows, look.filled["name"]) == (2, 2)
