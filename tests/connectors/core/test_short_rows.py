"""Rows of a text that end before the header: filled up where nothing but blanks is missing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabular_common import rows

from connectors.core.short_rows import ShortRows
from connectors.core.tabular_csv import Trouble

HEADER = "First Name,Last Name,Company,Notes"
OUTLOOK = (
    "First Name,Last Name,Company,City,Phone,Notes\nAna,Silva,Alpha\nBo,Lind\n"
    "Cy,Roe,Beta,Cork,,Met\nDi,Fox\nEli,Orr\n"
)


def records_of(table, text, **options):
    found = table("contacts.csv", text.encode(), **options)
    found.survey_all()
    return found, rows(found)


def refused(read):
    return [row.data["line"] for row in read if isinstance(row, Trouble)]


def test_rows_whose_last_cells_are_left_out_are_whole(table):
    found, read = records_of(table, OUTLOOK)
    assert [row["Last Name"] for row in read] == ["Silva", "Lind", "Roe", "Fox", "Orr"]
    assert [row["Notes"] for row in read] == [None, None, "Met", None, None]
    told = {finding.code: finding.data for finding in found.survey_findings()}
    assert told["short_rows_filled"]["count"] == 4
    assert "cells_misfit" not in told


def test_rows_that_exceljs_has_written_are_whole(table):
    text = (
        "id,name,city,phone,email,note\n1,Ana Silva,Porto\n2,Bo Lind\n"
        "3,Cy Roe,Cork,,,Met at the fair\n4,Di Fox,Ulm,,di@fox.example\n5,Eli Orr,,,,"
    )
    _found, read = records_of(table, text)
    assert [row["id"] for row in read] == ["1", "2", "3", "4", "5"]
    di = [read[3][name] for name in ("name", "city", "email", "note")]
    assert di == ["Di Fox", "Ulm", "di@fox.example", None]


def test_rows_of_a_spreadsheet_end_where_the_longest_of_sixteen_does(table):
    narrow = "".join(f"{n},Ana {n},,\n" for n in range(16))
    wide = "".join(f"{n},Ana {n},Alpha,,Met\n" for n in range(16, 32))
    _found, read = records_of(table, "id,name,firm,city,note\n" + narrow + wide)
    assert not refused(read)
    assert [row["note"] for row in read] == [None] * 16 + ["Met"] * 16


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1,Ana,Alpha,Met\n2,Bo,Met\nat the fair,late\n3,Cy,Beta,x\n", [3, 4]),
        ("1,Ana,Alpha,Met\nat the fair\n2,Bo,Beta,x\n", [3]),
        ("1,Ana,Alpha,Met\n2,Bo\n\nat\nthe fair,Beta,x\n3,Cy,,\n", [3, 5, 6]),
        ("1,Ana,Alpha,Met\n2,Bo,Be", [3]),
    ],
)
def test_pieces_of_broken_rows_are_no_records(table, text, lines):
    found, read = records_of(table, f"{HEADER}\n{text}")
    assert refused(read) == lines
    assert "short_rows_filled" not in {f.code for f in found.survey_findings()}


def test_a_person_may_know_better(table):
    _found, read = records_of(table, OUTLOOK, short_rows="refuse")
    assert refused(read) == [2, 3, 5, 6]


def test_a_single_cell_is_no_record_among_rows_that_are_filled(table):
    _found, read = records_of(table, f"{OUTLOOK}the fair\nFay,Ash,Alpha\n")
    assert refused(read) == [7]


@given(st.data())
def test_rows_broken_anywhere_never_pass_for_whole_ones(data):
    width = data.draw(st.integers(2, 9))
    short = ShortRows(width)
    for is_broken in data.draw(st.lists(st.booleans(), max_size=12)):
        pieces, left = [], width - 1
        if is_broken:
            pieces = data.draw(st.lists(st.integers(0, left), min_size=1, max_size=3))
        for piece in pieces:
            # A line end within a cell leaves one piece of it in each of two rows.
            piece = min(piece, left)
            short.add(piece + 1)
            left -= piece
        short.add(left + 1)
        short = ShortRows(width, json.loads(json.dumps(short.state)))
    short.finish()
    assert not short.lack_nothing


@pytest.mark.parametrize("empty", [",,,", ",,,,,,,"])
def test_columns_that_nobody_filled_hide_no_header(table, empty):
    text = "".join(f"{line}{empty}\n" for line in ("id,name", "1,Ana", "2,Bo"))
    found, read = records_of(table, text)
    assert read == [{"id": "1", "name": "Ana"}, {"id": "2", "name": "Bo"}]
    assert "header_missing" not in {finding.code for finding in found.findings}


def test_empty_columns_between_others_hide_no_header(table):
    _found, read = records_of(table, "id,,,,name\n1,,,,Ana\n2,,,,Bo\n")
    assert [(row["id"], row["name"]) for row in read] == [("1", "Ana"), ("2", "Bo")]
