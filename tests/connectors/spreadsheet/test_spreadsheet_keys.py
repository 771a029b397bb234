"""Files of any system: by what a row is known, and ids that came before."""

import json
import time

import pytest
from conformance import PATIENCE
from reading import pages_of, records

from connectors.core.errors import (
    FatalError,
    RetryableError,
)
from connectors.core.tabular import Table
from connectors.spreadsheet import SOURCE, keys, reading


def test_rows_without_ids_are_known_by_what_they_say_and_an_empty_id_is_refused(source):
    found = source(
        a__csv="name,city\nAna,Porto\nRui,Braga\nAna,Porto\n",
        b__csv="id,name\n" + "".join(f"{n},x\n" for n in range(30)) + ",Nobody\n",
    )
    ana, rui, twin = (record.source_id for record in records(found, "a"))
    assert twin == f"{ana}-2"
    moved = source(a__csv="city;name;fax\nPorto;Ana;\nPorto;Ana;\nBraga;Rui;\n")
    assert [record.source_id for record in records(moved, "a")] == [ana, twin, rui]
    (error,) = pages_of(found, "b")[0].errors
    assert (error.code, error.data["line"]) == ("missing_key", 32)
    warnings = [
        finding.code for finding in found.check().findings if finding.level == "warning"
    ]
    assert set(warnings) == {"key_missing", "table_unknown"}


def test_a_row_that_came_twice_says_nothing_against_its_number(source):
    people = "Kontakt-Nr.;Name;Ort\nK-1;Ana;Porto\nK-2;Rui;Braga\n"
    twice = source(Kontakte__csv=f"{people}K-2;Rui;Braga\n")
    pages = pages_of(twice, "kontakte")
    assert [r.source_id for page in pages for r in page.records] == ["K-1", "K-2"]
    (error,) = pages[-1].errors
    assert (error.code, error.data["line"]) == ("duplicate_id", 4)
    # Two people of one number are two people, all the same.
    other = source(Kontakte__csv=f"{people}K-2;Eva;Braga\n")
    assert len({record.source_id for record in records(other, "kontakte")}) == 3


def test_a_column_that_is_no_key_at_all_stops_the_stream(source, monkeypatch):
    monkeypatch.setattr(reading, "MAX_DUPLICATES", 5)
    found = source(
        {"a.csv": {"primary_key": "city"}}, a__csv="name,city\n" + "x,Ulm\n" * 9
    )
    with pytest.raises(FatalError) as caught:
        pages_of(found, "a")
    assert caught.value.code == "too_many_duplicates"


def test_rows_are_told_apart_by_the_column_of_the_earlier_reading(tmp_path):
    def read_with(text, **known):
        path = tmp_path / "a.csv"
        path.write_text(text)
        files = [{"name": "a.csv", "path": str(path)}]
        made = SOURCE({"files": files, "known": {"a": known}})
        try:
            return [record.source_id for record in records(made, "a")]
        finally:
            made.close()

    text = "id,nr,name\n1,77,Ana\n2,78,Rui\n"
    assert read_with(text, key="id", columns=["name"]) == ["1", "2"]
    assert read_with(text, key="nr", columns=["name"]) == ["77", "78"]
    plain = read_with("name,city\nAna,Porto\n", key="_row", columns=["name", "city"])
    more = read_with("city,x,name\nPorto,9,Ana\n", key="_row", columns=["city", "name"])
    assert plain == more
    with pytest.raises(FatalError) as caught:
        read_with("name\nAna\n", key="_row", columns=["name", "city"])
    assert caught.value.data["columns"] == "city"


# -- ids that came before ------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path, monkeypatch):
    """Compare the ids of the smallest file on disk; return the folder that keeps them."""
    monkeypatch.setattr(keys, "SMALL_BYTES", 0)
    monkeypatch.setattr(keys, "COMMIT_ROWS", 4)
    monkeypatch.setattr(keys, "_CATCH_UP_ROWS", 2)
    monkeypatch.setattr(reading, "PAGE_ROWS", 3)
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


REPEATED = "id,name\n" + "".join(f"{n % 11},{n}\n" for n in range(20))


def with_repeated(write, folder):
    return {
        "files": write(a__csv=REPEATED),
        "file_options": {"a.csv": {"primary_key": "id"}},
        "work_folder": str(folder),
    }


def facts(page):
    refused = [(error.code, error.data) for error in page.errors]
    return page.records, page.checkpoint, refused


def read_in_batches(config, between=lambda: None):
    """Read one page with each new source, as the engine does after a long page."""
    found, refused, checkpoint = [], [], None
    while True:
        one = SOURCE(config)
        page = next(iter(one.read_pages(one.get_streams()[0], checkpoint)))
        one.close()
        found += [record.data["name"] for record in page.records]
        refused += [error.data["line"] for error in page.errors]
        checkpoint = json.loads(json.dumps(page.checkpoint))
        if not checkpoint:
            return found, refused
        assert len(json.dumps(checkpoint)) < 200
        between()


@pytest.mark.parametrize("fate", ["kept", "lost", "broken", "no folder"])
def test_an_id_that_came_before_is_refused_whatever_became_of_what_we_kept(
    write, on_disk, fate
):
    def between():
        for path in on_disk.iterdir():
            if fate == "lost":
                path.unlink()
            elif fate == "broken":
                path.write_bytes(b"nonsense" * 999)

    config = with_repeated(write, on_disk)
    if fate == "no folder":
        del config["work_folder"]
    found, refused = read_in_batches(config, between)
    assert found == [str(number) for number in range(11)]
    assert refused == list(range(13, 22))
    assert list(on_disk.iterdir()) == []


def test_a_page_that_was_lost_in_a_crash_is_read_again_the_same(write, on_disk):
    config = with_repeated(write, on_disk)
    one = SOURCE(config)
    (stream,) = one.get_streams()
    pages = list(one.read_pages(stream, None))
    for number, page in enumerate(pages[:-1], 1):
        # As far as the reader had come, whatever the database kept of it.
        ahead = one.read_pages(stream, None)
        for _page in pages:
            next(ahead)
        ahead.close()
        rest = SOURCE(config).read_pages(stream, page.checkpoint)
        assert list(map(facts, rest)) == list(map(facts, pages[number:]))


def test_two_may_read_the_same_file_at_once(write, on_disk):
    config = with_repeated(write, on_disk)
    one, other = SOURCE(config), SOURCE(config)
    (stream,) = one.get_streams()
    both = zip(
        one.read_pages(stream, None), other.read_pages(stream, None), strict=True
    )
    assert all(facts(mine) == facts(theirs) for mine, theirs in both)


def test_the_first_page_does_not_wait_for_the_last_row(write, on_disk, monkeypatch):
    found = SOURCE(with_repeated(write, on_disk))
    (stream,) = found.get_streams()
    read, rows = [], Table.read_rows

    def counted(table, position=None):
        for row in rows(table, position):
            read.append(row)
            yield row

    monkeypatch.setattr(Table, "read_rows", counted)
    next(found.read_pages(stream, None))
    assert len(read) == 4


def test_what_is_missing_is_not_looked_for_beyond_the_time(write, on_disk):
    config = with_repeated(write, on_disk)
    whole = SOURCE(config)
    (stream,) = whole.get_streams()
    pages = list(whole.read_pages(stream, None))
    # Nothing is kept of what came before; each batch gets two rows further.
    delays = []
    for _turn in range(PATIENCE):
        late = SOURCE(config, deadline=time.monotonic() - 1)
        try:
            page = next(late.read_pages(stream, pages[2].checkpoint))
            assert facts(page) == facts(pages[3])
            break
        except RetryableError as error:
            delays.append(error.delay)
    else:
        raise AssertionError("it never gets on")
    assert set(delays) == {0}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Verkaufschancen.csv",
         "Verkaufschance;Bezeichnung;Betrag;Phase\nVC-1001;Sättel;100;Angebot\nVC-1002;Zügel;200;Neu\n",
         ("Verkaufschance", "Bezeichnung")),
        ("Verkaufschancen.csv",
         "Verkaufschance;Thema;Betrag;Phase\n1001;Sättel;100;Angebot\n1002;Zügel;200;Neu\n",
         ("Verkaufschance", "Thema")),
        ("Opportunities.csv",
         "Opportunity,Opportunity Name,Amount,Stage\nOPP-1,Saddles,1,New\nOPP-2,Reins,2,New\n",
         ("Opportunity", "Opportunity Name")),
        ("Firmen.csv",
         "Firma;Name 1;Ort;Telefon\n10001;Alpha GmbH;Bonn;0228 123456\n10002;Beta AG;Ulm;0731 123456\n",
         ("Firma", "Name 1")),
        # Names, and numbers where nothing else is a name.
        ("Verkaufschancen.csv",
         "Verkaufschance;Betrag;Phase\nSättel;100;Angebot\nZügel;200;Neu\n",
         ("_row", "Verkaufschance")),
        ("Opportunities.csv",
         "Opportunity,Amount,Stage\nOPP-1,1,New\nOPP-2,2,New\n", ("_row", "Opportunity")),
    ],
)  # fmt: skip
def test_a_column_called_like_the_object_with_its_numbers_is_the_key(
    open_files, name, text, expected
):
    source = open_files({name: text})
    (stream,) = source.get_streams()
    (mapping,) = source.get_mappings()
    names = {f.target: f.source for f in mapping.fields}
    assert (stream.primary_key, names["name"]) == expected


def test_such_numbers_are_found_from_other_tables(open_files):
    source = open_files(
        {
            "Firmen.csv": "Firma;Name 1;Ort;Telefon\nK-1;Alpha GmbH;Bonn;0228 123456\n"
            "K-2;Beta AG;Ulm;0731 123456\nK-3;Gamma AG;Ulm;0731 123457\n",
            "Kontakte.csv": "Nr;Vorname;Nachname;Firma\n1;Vera;A;K-1\n2;Otto;B;K-2\n3;Ann;C;K-3\n",
        }
    )
    (people,) = [m for m in source.get_mappings() if m.stream == "kontakte"]
    (link,) = [f for f in people.fields if f.target == "parent_id"]
    assert link.steps[0].arguments[0] == [["firmen", ""]]
