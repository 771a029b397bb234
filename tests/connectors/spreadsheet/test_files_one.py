"""One row of a file again by its id: the same as of the whole table, and no memory for it."""

import io
import json
import time
import tracemalloc
import zipfile

import pytest
from files import sheet
from reading import pages_of
from test_stage_history import DEALS, HISTORY, ONE, TWO

from connectors.core.errors import ConfigurationError, RetryableError
from connectors.spreadsheet import SOURCE, one_row, reading

PEOPLE = "ID,Name,Phone\n7,José,+351 1\n008,花子,\n7,Somebody else,2\n,Nobody,3\n"
AWKWARD = "id,name\na' or 1=1,A\n../x,B\na/b?c#d,C\nключ 鍵,D\n%2e%2e,E\n"
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1@x\r\nFN:Ute Example\r\nN:Example;Ute\r\nEMAIL:u@example.com\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:2@x\r\nFN:Jan Example\r\nN:Example;Jan\r\nEMAIL:j@example.com\r\nEND:VCARD\r\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\n"
    "BEGIN:VEVENT\r\nUID:e1\r\nSUMMARY:Visit\r\nDTSTART:20250301T100000Z\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:e2\r\nSUMMARY:Call\r\nDTSTART:20250302T100000Z\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
WEEKLY = "FREQ=WEEKLY;BYDAY=MO"
MEETINGS = "id,subject,start,recurrence rule,recurring event id\n" + "".join(
    f"{n},Jour fixe,2025-03-{n:02} 10:00,{WEEKLY if n % 2 else ''},{'s1' if n % 2 else ''}\n"
    for n in range(1, 12)
)
ORDERS = (
    "Deal ID,Deal Name,Income,Product,Price,Quantity\n"
    "1,Saddles,10,Saddle,10,1\n1,Saddles,4,Strap,2,2\n2,Reins,7,Rein,7,1\n"
)


def packed(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", ".").replace("_in_", "/"), data)
    return stream.getvalue()


def ensure_all_again(source):
    """Read each record again; return how many records each stream has brought so."""
    counts = {}
    for stream in source.get_streams():
        if stream.derived_from or stream.by_content:
            with pytest.raises(ConfigurationError) as caught:
                source.read_one(stream, "1")
            assert caught.value.code == "not_one_by_one"
            continue
        for page in pages_of(source, stream.name):
            for record in page.records:
                if record.stream == stream.name:
                    one = source.read_one(stream, record.source_id)
                    assert record in one.records
                    assert set(map(repr, one.records)) <= set(map(repr, page.records))
                    counts[stream.name] = counts.get(stream.name, 0) + len(one.records)
    return counts


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"things.csv": AWKWARD}, {"things": 5}),
        ({"team.ics": CALENDAR}, {"team_ics": 2}),
        ({"Deals.csv": ORDERS}, {"deals": 2}),
        ({"a.json": json.dumps({"contacts": [{"id": 1, "name": "Ute"}]})}, {"contacts": 1}),
        ({"notes.ndjson": '{"id": "x/1", "body": "a"}\n{"id": 2.0}\n'}, {"notes": 2}),
        ({"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY}, {"deals": 2, "stage_history": 4}),
        ({"contacts-1.csv": "id,name\n1,A\n", "contacts-2.csv": "id,name\n2,B\n"}, {"contacts": 2}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_row_is_found_again(open_files, files, counts):
    assert ensure_all_again(open_files(files)) == counts


def test_cards_are_found_again_where_their_uid_is_said_to_be_the_key(open_files):
    options = {"people.vcf": {"primary_key": "UID"}}
    source = open_files({"people.vcf": CARDS}, options)
    (stream,) = source.get_streams()
    assert ensure_all_again(source) == {stream.name: 2}
    (ute,) = source.read_one(stream, "1@x").records
    assert ute.data["Full Name"] == "Ute Example"


def test_sheets_and_documents_of_an_archive_are_found_again(open_files):
    book = sheet([["id", "name"], [1, "Ute"], ["0002", "Jan"]], title="Contacts")
    inside = packed(
        x_in_deals__csv="id,name\n12,Saddles\n", x_in_deals_in_12_in_a__pdf=b"%PDF"
    )
    source = open_files({"book.xlsx": book, "all.zip": inside})
    assert ensure_all_again(source) == {"contacts": 2, "deals": 1, "files": 1}
    (document,) = source.read_one(source.get_stream("files"), "deals/12/a.pdf").records
    assert document.data["_parent"] == {"stream": "deals", "id": "12"}


def test_a_meeting_brings_its_series_as_its_page_did(open_files, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 4)
    source = open_files({"meetings.csv": MEETINGS})
    # Eleven meetings, six of them with the series that they are of.
    assert ensure_all_again(source) == {"meetings": 17}
    series, meeting = source.read_one(source.get_stream("meetings"), "7").records
    assert (series.stream, series.source_id, meeting.source_id) == (
        "meetings_series",
        "s1",
        "7",
    )
    assert series.data["start"] == "2025-03-05 10:00"


def test_a_deal_brings_its_moves(open_files):
    source = open_files({"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY})
    deals = source.get_stream("deals")
    (deal,) = source.read_one(deals, ONE).records
    assert len(deal.data["_stages"]) == 3
    (other,) = source.read_one(deals, TWO).records
    assert "_stages" not in other.data


def test_rows_without_an_id_are_refused_in_words_of_their_own(open_files):
    source = open_files({"contacts.csv": "Name,Phone\nUte,1\nUte,2\nJan,1\n"})
    (stream,) = source.get_streams()
    assert stream.by_content
    with pytest.raises(ConfigurationError) as caught:
        source.read_one(stream, "1")
    assert "nothing but what a record says" in caught.value.sentence


def test_the_first_of_two_rows_with_an_id_has_it_and_what_is_not_there_is_gone(
    open_files,
):
    source = open_files({"people.csv": PEOPLE}, {"people.csv": {"primary_key": "ID"}})
    assert ensure_all_again(source) == {"contacts": 2}
    stream = source.get_stream("contacts")
    (josé,) = source.read_one(stream, "7").records
    assert josé.data["Name"] == "José"
    for source_id in (
        "9",
        "",
        "8",
        "7.0",
        " 7",
        "a' or 1=1",
        "x" * 5000,
        "\0",
        "\ud800",
    ):
        assert source.read_one(stream, source_id).records == ()


def test_a_large_table_costs_no_memory_and_no_more_than_the_batch(
    write_files, monkeypatch
):
    rows = "".join(f"{n},Person {n}\n" for n in range(60_000))
    files = write_files({"contacts.csv": f"id,name\n{rows}"})
    source = SOURCE({"files": files})
    stream = source.get_stream("contacts")
    source.describe(stream)
    tracemalloc.start()
    (record,) = source.read_one(stream, "59999").records
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert record.data["name"] == "Person 59999"
    assert most < 4_000_000
    source.deadline = time.monotonic() + 60
    monkeypatch.setattr(one_row, "TURN_ROWS", 10)
    moments = iter([1, 1, 1])
    monkeypatch.setattr(source, "seconds_left", lambda: next(moments, 0))
    with pytest.raises(RetryableError) as caught:
        source.read_one(stream, "59999")
    assert caught.value.code == "time_budget"
    source.close()


def test_reading_one_leaves_a_reading_that_is_under_way_alone(write_files, tmp_path):
    rows = "".join(f"{n},{'Person ' * 30}{n}\n" for n in range(6000))
    folder = tmp_path / "work"
    folder.mkdir()
    config = {
        "files": write_files({"contacts.csv": f"id,name\n{rows}"}),
        "work_folder": str(folder),
    }
    source = SOURCE(config)
    stream = source.get_stream("contacts")
    pages = source.read_pages(stream, None)
    first = next(pages)
    other = SOURCE(config)
    kept = sorted(path.name for path in folder.iterdir())
    assert len(other.read_one(stream, "5999").records) == 1
    assert sorted(path.name for path in folder.iterdir()) == kept
    rest = [record for page in pages for record in page.records]
    assert len(first.records) + len(rest) == 6000
    other.close()
    source.close()
