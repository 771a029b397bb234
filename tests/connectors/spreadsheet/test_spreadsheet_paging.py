"""Files of any system: read page by page, resumed anywhere, in memory that stays flat."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from reading import pages_of
from spreadsheet_common import as_file

from connectors.core.errors import (
    FatalError,
)
from connectors.spreadsheet import SOURCE, reading


@pytest.mark.parametrize("kind", ["csv", "ndjson", "json", "xlsx"])
def test_resuming_from_any_checkpoint_brings_exactly_the_rest(
    source, monkeypatch, kind
):
    monkeypatch.setattr(reading, "PAGE_ROWS", 3)
    rows = [{"id": n, "name": f"Zoë “{n}”\n{n}"} for n in range(10)]
    found = source(**{f"contacts__{kind}": as_file(kind, rows)})
    pages = pages_of(found, "contacts")
    assert [len(page.records) for page in pages] == [3, 3, 3, 1]
    assert pages[-1].checkpoint is None
    for number, page in enumerate(pages[:-1], 1):
        stored = json.loads(json.dumps(page.checkpoint))
        again = SOURCE(found.config)
        assert pages_of(again, "contacts", stored) == pages[number:]
        again.close()


def test_the_last_page_is_told_also_when_it_is_full(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    found = source(a__csv="id,name\n1,a\n2,b\n3,c\n4,d\n")
    assert [page.checkpoint is None for page in pages_of(found, "a")] == [False, True]


def test_a_file_that_was_exchanged_meanwhile_is_not_read_on(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 1)
    found = source(a__csv="id,name\n1,Ana\n2,Bo\n")
    checkpoint = pages_of(found, "a")[0].checkpoint
    again = source(a__csv="id,name\n1,Anabela\n2,Bo\n")
    with pytest.raises(FatalError) as caught:
        pages_of(again, "a", checkpoint)
    assert caught.value.code == "file_changed"


MEGABYTES = """
import sys
from pathlib import Path
from connectors.spreadsheet import SOURCE

for path in map(Path, sys.argv[1:]):
    source = SOURCE({"files": [{"name": path.name, "path": str(path)}]})
    pages = source.read_pages(source.get_streams()[0], None)
    count = sum(len(page.records) for page in pages)
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(count, peak)
"""


@pytest.mark.simulator
@pytest.mark.parametrize("kind", ["csv", "json", "ndjson"])
def test_memory_stays_flat(tmp_path, kind):
    paths = [tmp_path / f"contacts-{rows}.{kind}" for rows in (10_000, 60_000)]
    for path, rows in zip(paths, (10_000, 60_000), strict=True):
        path.write_text("".join(many(kind, rows)))
    told = subprocess.run(
        [sys.executable, "-c", MEGABYTES, *map(str, paths)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
        text=True,
    )
    (few, first), (lots, second) = (
        map(int, line.split()) for line in told.stdout.splitlines()
    )
    assert (few, lots) == (10_000, 60_000)
    # A page and the cache of the ids, whatever the number of rows.
    assert second - first <= 4 * 1024


def many(kind, rows):
    """Yield the text of a file piece by piece, its ids in no order."""
    yield {"csv": "id,name\n", "json": "[", "ndjson": ""}[kind]
    for number in range(rows):
        key = f"{number * 7919 % rows:06}-{'k' * 20}"
        if kind == "csv":
            yield f"{key},{'x' * 20}\n"
        else:
            comma = "," if kind == "json" and number else ""
            yield comma + json.dumps({"id": key, "name": "x" * 20})
            yield "\n" if kind == "ndjson" else ""
    if kind == "json":
        yield "]"
