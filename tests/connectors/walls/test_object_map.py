"""The object map: every row has its streams, and the README shows every row."""

import importlib
import sys
from pathlib import Path

import pytest

from connectors import available_sources

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def dev():
    """Give the modules of ``dev/`` that hold the map and write the table."""
    sys.path.insert(0, str(ROOT / "dev"))
    try:
        names = ("object_map", "map_table", "map_files")
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(ROOT / "dev"))


def test_every_row_that_was_asked_for_is_there(dev):
    rows = dev["object_map"].MAP
    assert sum(map(len, rows.values())) == dev["object_map"].ROWS
    assert set(rows) == set(available_sources())


def test_every_stream_of_a_system_is_named_by_a_row_or_has_a_reason(dev):
    for system, rows in dev["object_map"].MAP.items():
        streams = {stream.name for stream in available_sources()[system].streams}
        own = [row for row in rows if not row.source]
        named = {name for row in own for name in (*row.streams, *row.within)}
        beside = dev["object_map"].BESIDE.get(system, {})
        assert all(beside.values())
        assert streams <= named | set(beside), system
        # What a row names is there: a name that was changed leaves no hole.
        assert named <= streams, system
        assert not named & set(beside) - {"custom_fields"}, system


def test_every_row_is_carried_by_something_or_says_why_not(dev):
    sets = dev["map_files"].SETS
    for system, rows in dev["object_map"].MAP.items():
        for row in rows:
            carried = row.streams or row.within or row.kind == "objects"
            assert carried or row.not_read, (system, row.asked)
            assert not row.source or row.source in sets, (system, row.asked)
            assert row.kind in ("records", "fields", "objects", "inventory")
            assert row.into or row.kind != "records" or row.within, (system, row.asked)


def test_the_readme_shows_every_row_in_both_worlds_without_an_empty_cell(dev):
    table, shown = dev["map_table"], dev["map_table"].read_readme()
    wanted = {
        table.get_heading(system): [
            [row.asked, world] for row in rows for world in ("A", "B")
        ]
        for system, rows in dev["object_map"].MAP.items()
    }
    assert {
        name: [line[:2] for line in lines] for name, lines in shown.items()
    } == wanted
    lines = [line for lines in shown.values() for line in lines]
    assert len(lines) == 2 * dev["object_map"].ROWS
    for line in lines:
        assert len(line) == len(table.HEADINGS)
        assert all(line), line


def test_what_the_readme_shows_went_where_the_map_says(dev):
    shown = dev["map_table"].read_readme()
    for system, rows in dev["object_map"].MAP.items():
        lines = {
            tuple(line[:2]): line
            for line in shown[dev["map_table"].get_heading(system)]
        }
        for row in rows:
            for world in ("A", "B"):
                line = lines[row.asked, world]
                problems = list(
                    dev["map_table"].check_line(system, row, world, None, line)
                )
                assert not problems


def found(**more):
    """Return what came of a stream of two records, one of which was loaded."""
    sums = dict.fromkeys(
        ("source", "staged", "loaded", "aside", "failed", "compared", "difference")
        + ("accounted", "unaccounted", "rolled_back", "kept"),
        0,
    )
    return {
        **sums,
        "label": "Things",
        "shipped": True,
        "needs": [],
        "models": {},
        **more,
    }


def get_line(dev, row, **streams):
    told = {"streams": streams, "split": {}, "fields": {}}
    cells = dev["map_table"].Cells("s", row, {"s": told})
    becomes, *counts = cells.get()
    return [row.asked, "A", *counts, becomes], cells.problems


def test_a_cell_tells_what_differs_is_unaccounted_and_stays(dev):
    row = dev["object_map"].Row("Thing", ("things",), ("res.partner",))
    line, problems = get_line(
        dev,
        row,
        things=found(
            source=1200, staged=1200, loaded=1199, failed=1, compared=5000, difference=2,
            accounted=90, unaccounted=10, rolled_back=1198, models={"res.partner": 1199},
        ),
    )  # fmt: skip
    assert problems == []
    assert line == [
        *("Thing", "A", "1,200", "1,200", "1,199", "1", "5,000 (2 differ)"),
        *("90 of 100", "1,198 of 1,199", "``res.partner``"),
    ]


def test_what_no_stream_fills_is_wrong_and_not_empty_in_silence(dev):
    row = dev["object_map"].Row("Thing", ("things",), ("res.partner",))
    line, problems = get_line(dev, row)
    assert problems == ["no stream carries it"]
    check = dev["map_table"].check_line
    assert len(list(check("s", row, "B", None, line))) == 2
    line, problems = get_line(dev, row, things=found())
    assert problems == ["nothing of it was read"]


def test_what_nothing_reads_says_so(dev):
    row = dev["object_map"].Row("Thing", not_read="its maker gives no way to it")
    line, problems = get_line(dev, row)
    assert problems == []
    assert line[-1] == "not read: its maker gives no way to it"
    assert all(line)


def test_an_app_that_is_missing_is_named(dev):
    row = dev["object_map"].Row("Thing", ("things",), ("account.move",), ())
    things = found(staged=3, aside=3, needs=[{"app": "Invoicing", "reason": "…"}])
    line, _problems = get_line(dev, row, things=things)
    assert line[-1] == "out of reach: install Invoicing"
    assert not list(dev["map_table"].check_line("s", row, "A", None, line))


def test_what_must_not_be_is_said_with_its_place(dev):
    each = {
        "told": {"mail_mail": 0, "mail_message": 2},
        "foreign": {"res_partner": 1},
        "digest": {"tables": 9, "differ": ["res_groups"]},
        "left": {
            "differences": [["deals", "name", "a", "b", 3]],
            "unaccounted": [["deals", "fax", "12", 4]],
        },
    }
    assert list(dev["map_table"].check_proof({"B": {"zeta": each}})) == [
        "zeta, B: 2 rows in mail_message",
        "zeta, B: 1 rows in res_partner",
        "zeta, B: res_groups is not as before",
        "zeta, B: deals.name differs in 3: 'a' is 'b'",
    ]
    assert dev["map_table"].get_unaccounted({"B": {"zeta": each}}) == [
        "zeta, B: deals.fax of 4, e.g. '12'"
    ]
