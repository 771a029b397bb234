"""Boards of Monday, in which subitems stand below their items under a header of their own."""

import csv
import io

import pytest
from files import records, sheet, told

from connectors.spreadsheet import reading

ITEMS = ["Name", "Subitems", "Owner", "Status", "Amount"]
BELOW = ["Subitems", "Name", "Owner", "Due Date"]
BOARD = [
    ["Deals"],
    [],
    ["Running"],
    ITEMS,
    ["Mill", "Dam, Gate", "Ana", "New", 1000],
    BELOW,
    [None, "Dam", "Eva", "2024-05-01"],
    [None, "Gate", None, "2024-05-02"],
    ["Wheel", None, "Rui", "Won", 500],
    ["Cog", "Tooth", "Rui", "New", 70],
    BELOW,
    [None, "Tooth", "Eva", "2024-05-03"],
    ["Axle"],
    [None, None, None, None, 1570],
    [],
    ["Over"],
    ITEMS,
    ["Shaft", "Ring", "Ana", "Lost", 5],
    BELOW,
    [None, "Ring", "Ana", "2024-05-04"],
]


def as_text(rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([*row, *[None] * (5 - len(row))] for row in rows)
    return stream.getvalue()


FILES = {"Board.xlsx": sheet([*map(list, BOARD)]), "Board.csv": as_text(BOARD)}


def tables_of(source):
    found = [records(source, stream.name) for stream in source.get_streams()]
    below = [rows for rows in found if "Parent Item" in rows[0]]
    return [row for rows in found if rows not in below for row in rows], *below


@pytest.mark.parametrize("name", FILES)
def test_items_behind_subitems_are_items(open_files, name):
    source = open_files({name: FILES[name]})
    items, below = tables_of(source)
    named = {
        row["Name"]: (row["Owner"] or None, row["Status"] or None) for row in items
    }
    assert named == {
        "Mill": ("Ana", "New"),
        "Wheel": ("Rui", "Won"),
        "Cog": ("Rui", "New"),
        "Axle": (None, None),
        "Shaft": ("Ana", "Lost"),
    }
    pairs = [(row["Parent Item"], row["Name"], row["Due Date"]) for row in below]
    assert pairs == [
        ("Mill", "Dam", "2024-05-01"),
        ("Mill", "Gate", "2024-05-02"),
        ("Cog", "Tooth", "2024-05-03"),
        ("Shaft", "Ring", "2024-05-04"),
    ]
    # The sums of a group, and nothing else.
    assert told(source)["rows_left_out"].data["count"] == 1


@pytest.mark.parametrize("name", FILES)
def test_reading_goes_on_below_the_same_item(open_files, monkeypatch, name):
    monkeypatch.setattr(reading, "PAGE_ROWS", 1)
    source = open_files({name: FILES[name]})
    source.get_mappings()
    (stream,) = [s for s in source.get_streams() if "subitems" in s.name]
    checkpoint, found = None, []
    for _turn in range(4):
        page = next(iter(source.read_pages(stream, checkpoint)))
        found += [(row.data["Parent Item"], row.data["Name"]) for row in page.records]
        checkpoint = page.checkpoint
    assert checkpoint is None
    assert found == [
        ("Mill", "Dam"),
        ("Mill", "Gate"),
        ("Cog", "Tooth"),
        ("Shaft", "Ring"),
    ]


def test_a_column_of_subitems_alone_divides_nothing(open_files):
    rows = [ITEMS, ["Mill", "Dam", "Ana", "New", 5], ["Wheel", None, "Rui", "Won", 6]]
    source = open_files({"deals.xlsx": sheet(rows)})
    (stream,) = source.get_streams()
    assert len(records(source, stream.name)) == 2
