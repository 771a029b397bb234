"""Files of any system: a folder of exports becomes streams with mappings of their own."""

import io
import json
import random
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conformance import PATIENCE, SourceConformance
from files import told
from openpyxl import Workbook

from connectors.core.errors import (
    ConfigurationError,
    FatalError,
    RecordError,
    RetryableError,
)
from connectors.core.tabular import Table
from connectors.mapping.apply import apply, as_json
from connectors.mapping.transforms import TRANSFORMS
from connectors.spreadsheet import SOURCE, keys, preview, reading
from connectors.spreadsheet.names import object_of

CONCORD_CONTACTS = """\
ID,First Name,Last Name,E-Mail Address,Phone,Tags,Owner,Job Name,Street Address,City,\
Postal Code,Country,Total Deals,Created At (UTC),Created At (Europe/Lisbon),Companies
7,José,D’Ávila,jose@example.com,+351 210 000 001,"VIP, Fair",Ana Reis,Buyer,Rua 1,Porto,\
4000-001,Portugal,2,2024-03-01 10:00:00,2024-03-01 10:00:00,"Açor Lda, Beta"
8,花子,山田,hanako@example.com,,,Ana Reis,,,東京,,Japan,0,2024-03-02 10:00:00,2024-03-02 10:00:00,
"""
COMPANIES = (
    "ID;Name;Domain Name;Owner\n1;Açor Lda;acor.example;Ana Reis\n2;Beta;;Ana Reis\n"
)
DEALS = """\
Deal ID\tDeal Name\tPipeline\tStage\tAmount\tExpected Close Date\tStatus\tCompany ID\tContact Email
11\tSaddles\tSales\tQualified\tEUR1.234,50\t31/12/2024\tWon\t1\tJOSE@example.com
12\tReins\tSales\tNew\tEUR99,00\t01/02/2025\tOpen\t2\t
"""
NOTES = [
    {
        "id": 1,
        "body": "<p>Called</p>",
        "created_at": "2024-05-01T10:00:00Z",
        "deal_id": 11,
    },
    {
        "id": 2,
        "body": "wants a visit",
        "created_at": "2024-05-02T10:00:00Z",
        "contact_id": 7,
    },
]


@pytest.fixture
def write(tmp_path):
    def write_files(**contents):
        files = []
        for name, data in contents.items():
            name = name.replace("__", ".")
            path = tmp_path / name
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            files.append({"name": name, "path": str(path)})
        return files

    return write_files


@pytest.fixture
def source(write):
    opened = []

    def open_source(options=None, **contents):
        opened.append(SOURCE({"files": write(**contents), "file_options": options}))
        return opened[-1]

    yield open_source
    for one in opened:
        one.close()


def archive_of_a_crm():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("crm/export-contacts-2024.csv", CONCORD_CONTACTS)
        archive.writestr("crm/Companies.csv", COMPANIES)
        archive.writestr("crm/deals.tsv", DEALS)
        archive.writestr("crm/notes.json", json.dumps({"data": NOTES}))
        archive.writestr("crm/files/deals/11/Angebot März.pdf", b"%PDF-1.7 offer")
        archive.writestr("crm/files/logo.png", b"\x89PNG")
    return stream.getvalue()


@pytest.fixture
def folder(source):
    return source(all__zip=archive_of_a_crm())


class TestSpreadsheet(SourceConformance):
    source = SOURCE
    paged_stream = "calls"

    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch):
        monkeypatch.setattr(reading, "PAGE_ROWS", 3)

    @contextmanager
    def system(self):
        calls = "".join(
            f'{n},"Ligação {n}\n✆",2024-05-0{n}T10:00:00Z,11\n' for n in range(1, 9)
        )
        with TemporaryDirectory() as folder:
            path = Path(folder, "all.zip")
            path.write_bytes(archive_of_a_crm())
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(
                    "crm/Call_Log.csv", "id,subject,date,deal id\n" + calls
                )
            yield path

    def config(self, system):
        return {"files": [{"name": "all.zip", "path": str(system)}]}

    def test_the_settings_are_asked_for_before_anything_is_called(self):
        with pytest.raises(ConfigurationError) as caught:
            self.source({})
        assert caught.value.code == "missing_setting"


def read(source, stream, checkpoint=None):
    if isinstance(stream, str):
        stream = source.get_stream(stream)
    return list(source.read_pages(stream, checkpoint))


def records(source, stream):
    return [record for page in read(source, stream) for record in page.records]


def values(source, stream):
    """Return what the proposed mapping makes of every record, by its id."""
    (mapping,) = [one for one in source.get_mappings() if one.stream == stream]
    outcomes = {}
    for record in records(source, stream):
        outcome = apply(as_json(mapping)["fields"], record.data)
        assert not outcome.problems
        outcomes[record.source_id] = outcome.values
    return outcomes


def test_a_folder_of_exports_becomes_streams_by_their_names(folder):
    assert {stream.name: stream.primary_key for stream in folder.get_streams()} == {
        "contacts": "ID",
        "companies": "ID",
        "deals": "Deal ID",
        "notes": "id",
        "files": "id",
    }
    assert folder.get_stream("deals").depends_on == ("companies", "contacts")
    counts = {stream.name: folder.count(stream) for stream in folder.get_streams()}
    assert counts == {"contacts": 2, "companies": 2, "deals": 2, "notes": 2, "files": 2}


def test_a_contact_is_mapped_without_a_hand(folder):
    assert values(folder, "contacts")["7"] == {
        "is_company": False,
        "name": "José D’Ávila",
        # Nobody is called so: the loader takes it for two names, as nobody else can.
        "parent_id": {"$ref": ["companies", "Açor Lda, Beta", "Name"]},
        "email": "jose@example.com",
        "phone": "+351 210 000 001",
        "function": "Buyer",
        "category_id": [
            {"$map": ["contact_tags", "VIP"]},
            {"$map": ["contact_tags", "Fair"]},
        ],
        "user_id": {"$owner": "Ana Reis"},
        "street": "Rua 1",
        "city": "Porto",
        "zip": "4000-001",
        "country_id": {"$map": ["countries", "Portugal"]},
        "@created_at": "2024-03-01 10:00:00",
    }


def test_a_deal_is_read_with_its_dates_amounts_and_links(folder):
    deal = values(folder, "deals")["11"]
    assert deal["expected_revenue"] == 1234.5
    assert deal["date_deadline"] == "2024-12-31"
    assert deal["stage_id"] == {"$map": ["stages", "Qualified"]}
    assert deal["team_id"] == {"$map": ["teams", "Sales"]}
    assert deal["partner_id"] == [
        {"$ref": ["contacts", "JOSE@example.com", "E-Mail Address"]},
        {"$ref": ["companies", "1"]},
    ]


def test_notes_hang_on_the_deal_or_the_contact(folder):
    notes = values(folder, "notes")
    assert notes["1"]["@thread"] == [{"$ref": ["deals", "11"]}]
    assert notes["2"]["@thread"] == [{"$ref": ["contacts", "7"]}]
    assert notes["2"]["@subtype"] == "note"


def test_documents_come_with_their_bytes_and_the_record_of_their_folder(folder):
    offer, logo = records(folder, "files")
    assert offer.data["_parent"] == {"stream": "deals", "id": "11"}
    assert offer.data["mimetype"] == "application/pdf"
    assert "_parent" not in logo.data
    reference = values(folder, "files")[offer.source_id]["@file"]
    assert b"".join(folder.read_file(reference)) == b"%PDF-1.7 offer"
    with pytest.raises(RecordError) as caught:
        list(folder.read_file({"path": "all.zip/../../etc/passwd"}))
    assert caught.value.code == "missing_file"


def test_every_step_and_every_list_that_is_proposed_exists(folder):
    lists = {one.name for one in folder.get_value_lists()}
    for mapping in folder.get_mappings():
        for field in mapping.fields:
            for step in field.steps:
                assert step.name in TRANSFORMS
                assert step.name != "value_map" or step.arguments[0] in lists


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("export-contacts-2024.csv", "contacts"),
        ("HubSpot_Companies (2).xlsx", "companies"),
        ("crm_Accounts.json", "companies"),
        ("Opportunities-final.csv", "deals"),
        ("PhoneCalls.csv", "calls"),
        ("Call_Log.csv", "calls"),
        ("deal_stages.csv", None),
        ("account_contact_links.csv", None),
        ("顧客.csv", "contacts"),
        ("Verkaufschancen.csv", "deals"),
        ("Kundenliste_NEU.xlsx", "contacts"),
        ("車両.csv", None),
    ],
)
def test_what_a_file_holds_is_told_by_its_name_or_not_at_all(name, known):
    assert object_of(name) == known


def test_a_file_of_any_other_name_keeps_it(source):
    found = source(
        **{
            "Fuhrpark 2024__csv": "id,Kennzeichen\n1,B-AB 1\n",
            "車両__csv": "id,番号\n1,山田\n",
        }
    )
    names = [stream.name for stream in found.get_streams()]
    assert names == ["fuhrpark_2024", "table"]
    assert found.get_mappings() == ()


def test_every_sheet_and_every_list_is_a_stream(source):
    book, stream = Workbook(), io.BytesIO()
    book.active.title = "Kontakte"
    book.active.append(["id", "name"])
    for title in ("Deals", "Meetings"):
        book.create_sheet(title).append(["id", "name"])
    book.save(stream)
    lists = {"companies": [{"id": 1, "name": "Beta"}], "odd things": [{"id": 2}]}
    found = source(export__xlsx=stream.getvalue(), dump__json=json.dumps(lists))
    assert [one.name for one in found.get_streams()] == [
        "export_kontakte",
        "deals",
        "meetings",
        "companies",
        "dump_odd_things",
    ]


def test_a_contact_whose_company_is_in_no_file_keeps_its_name(source):
    found = source(contacts__csv="id,full name,company\n1,Ana,Beta\n")
    assert values(found, "contacts")["1"]["company_name"] == "Beta"
    assert "parent_id" not in values(found, "contacts")["1"]


def test_an_export_in_several_files_is_one_stream(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    part = "id,name\n"
    found = source(
        **{
            "contacts-1__csv": part + "1,Ana\n2,Bo\n",
            "contacts-2__csv": part + "3,Cy\n1,Ana again\n4,Di\n",
        }
    )
    pages = read(found, "contacts")
    ids = [record.source_id for page in pages for record in page.records]
    assert ids == ["1", "2", "3", "4"]
    (error,) = [error for page in pages for error in page.errors]
    assert (error.code, error.data["line"], error.data["name"]) == (
        "duplicate_id",
        3,
        "contacts-2.csv",
    )


@pytest.mark.parametrize("kind", ["csv", "ndjson", "json", "xlsx"])
def test_resuming_from_any_checkpoint_brings_exactly_the_rest(
    source, monkeypatch, kind
):
    monkeypatch.setattr(reading, "PAGE_ROWS", 3)
    rows = [{"id": n, "name": f"Zoë “{n}”\n{n}"} for n in range(10)]
    found = source(**{f"contacts__{kind}": as_file(kind, rows)})
    pages = read(found, "contacts")
    assert [len(page.records) for page in pages] == [3, 3, 3, 1]
    assert pages[-1].checkpoint is None
    for number, page in enumerate(pages[:-1], 1):
        stored = json.loads(json.dumps(page.checkpoint))
        again = SOURCE(found.config)
        assert read(again, "contacts", stored) == pages[number:]
        again.close()


def test_the_last_page_is_told_also_when_it_is_full(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    found = source(a__csv="id,name\n1,a\n2,b\n3,c\n4,d\n")
    assert [page.checkpoint is None for page in read(found, "a")] == [False, True]


def as_file(kind, rows):
    if kind == "ndjson":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if kind == "json":
        return json.dumps({"total": len(rows), "results": rows}, ensure_ascii=False)
    if kind == "csv":
        return "id,name\n" + "".join(f'{row["id"]},"{row["name"]}"\n' for row in rows)
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["id", "name"])
    for row in rows:
        book.active.append(list(row.values()))
    book.save(stream)
    return stream.getvalue()


def test_a_file_that_was_exchanged_meanwhile_is_not_read_on(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 1)
    found = source(a__csv="id,name\n1,Ana\n2,Bo\n")
    checkpoint = read(found, "a")[0].checkpoint
    again = source(a__csv="id,name\n1,Anabela\n2,Bo\n")
    with pytest.raises(FatalError) as caught:
        read(again, "a", checkpoint)
    assert caught.value.code == "file_changed"


def test_rows_without_ids_are_known_by_what_they_say_and_an_empty_id_is_refused(source):
    found = source(
        a__csv="name,city\nAna,Porto\nRui,Braga\nAna,Porto\n",
        b__csv="id,name\n" + "".join(f"{n},x\n" for n in range(30)) + ",Nobody\n",
    )
    ana, rui, twin = (record.source_id for record in records(found, "a"))
    assert twin == f"{ana}-2"
    moved = source(a__csv="city;name;fax\nPorto;Ana;\nPorto;Ana;\nBraga;Rui;\n")
    assert [record.source_id for record in records(moved, "a")] == [ana, twin, rui]
    (error,) = read(found, "b")[0].errors
    assert (error.code, error.data["line"]) == ("missing_key", 32)
    warnings = [
        finding.code for finding in found.check().findings if finding.level == "warning"
    ]
    assert set(warnings) == {"key_missing", "table_unknown"}


def test_a_column_that_is_no_key_at_all_stops_the_stream(source, monkeypatch):
    monkeypatch.setattr(reading, "MAX_DUPLICATES", 5)
    found = source(
        {"a.csv": {"primary_key": "city"}}, a__csv="name,city\n" + "x,Ulm\n" * 9
    )
    with pytest.raises(FatalError) as caught:
        read(found, "a")
    assert caught.value.code == "too_many_duplicates"


def test_mixed_encodings_are_counted_on_the_page(source):
    found = source(a__csv="id,name\n1,José\n2,é\n".encode() + b"3,Zo\xeb\n")
    (page,) = read(found, "a")
    assert [record.data["name"] for record in page.records] == ["José", "é", "Zoë"]
    assert [(one.code, one.data["lines"]) for one in page.warnings] == [
        ("mixed_encoding", 1)
    ]


def test_day_and_month_that_cannot_be_told_apart_are_asked_for(source):
    data = "id,name,expected close date\n1,a,01/02/2024\n2,b,03/04/2024\n"
    found = source(deals__csv=data)
    codes = [one.code for one in found.check().findings if one.level == "warning"]
    assert codes == ["ambiguous_dates"]
    told = source({"deals.csv": {"date_order": "mdy"}}, deals__csv=data)
    assert values(told, "deals")["1"]["date_deadline"] == "2024-01-02"
    assert all(one.level == "passed" for one in told.check().findings)


def test_a_bad_file_warns_and_only_bad_files_block(source):
    found = source(contacts__csv="id,name\n1,a\n", b__csv="")
    assert [(one.level, one.code) for one in found.check().findings] == [
        ("passed", "table_found"),
        ("warning", "file_empty"),
    ]
    assert [one.level for one in source(b__csv="").check().findings] == ["blocking"]


@pytest.mark.parametrize(
    "options",
    [
        {"delimeter": ";"},
        {"date_order": "american"},
        {"primary_key": "nope"},
        {"encoding": "klingon"},
        {"header_row": 99},
        {"header_row": "first"},
        {"delimiter": ";;"},
    ],
)
def test_corrections_that_cannot_be_meant_are_refused_per_file(source, options):
    found = source({"a.csv": options}, a__csv="id,name\n1,a\n", b__csv="id,name\n1,a\n")
    assert [stream.name for stream in found.get_streams()] == ["b"]
    assert "bad_setting" in [one.code for one in found.check().findings]


def test_corrections_that_are_no_json_are_refused(source):
    with pytest.raises(ConfigurationError):
        source("{nope", a__csv="id\n1\n").check()


def test_the_preview_shows_what_was_found(write):
    shown = preview(
        write(
            contacts__csv="ID;Name;Born;Rate\n"
            + "".join(f"{n};Zoë {n};{n + 1}.12.1999;1,5\n" for n in range(30)),
            bad__xls=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ),
    )
    good, bad = shown
    assert (good["stream"], good["object"], good["delimiter"], good["encoding"]) == (
        "contacts",
        "contacts",
        ";",
        "utf-8",
    )
    assert (good["header_row"], good["count"], len(good["rows"])) == (1, 30, 10)
    assert [column["kind"] for column in good["columns"]] == [
        "integer",
        "char",
        "date",
        "float",
    ]
    assert good["columns"][2]["date_order"] == "dmy"
    assert good["columns"][3]["decimal_mark"] == ","
    assert bad["error"].code == "old_excel"
    assert bad["name"] == "bad.xls"


@pytest.mark.large
@pytest.mark.parametrize("kind", ["csv", "ndjson", "json", "xlsx", "zip"])
def test_whatever_is_damaged_is_answered_in_words(tmp_path, kind):
    rows = [{"id": n, "name": f"Zoë {n}"} for n in range(9)]
    whole = archive_of_a_crm() if kind == "zip" else as_file(kind, rows)
    whole = whole if isinstance(whole, bytes) else whole.encode()
    path, chance = tmp_path / f"deals.{kind}", random.Random(kind)
    answered = 0
    for _attempt in range(80):
        data = bytearray(whole)
        for _fault in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            length = chance.choice([0, 1, 1, 9])
            data[place : place + length] = chance.choice(
                [b"", b"\0", b'"', b"\xff{", b"["]
            )
        path.write_bytes(data)
        answered += answers(SOURCE({"files": [{"name": path.name, "path": str(path)}]}))
    assert answered


def answers(source):
    """Read all there is; tell whether anything was refused. Any other error is a fault."""
    refused = sum(finding.level != "passed" for finding in source.check().findings)
    source.get_mappings()
    for stream in source.get_streams():
        try:
            for page in source.read_pages(stream, None):
                refused += len(page.errors)
                json.dumps([record.data for record in page.records])
        except FatalError as error:
            refused += bool(error.sentence)
    source.close()
    return refused


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


# -- what an export tells of itself --------------------------------------------------


def test_an_instant_is_in_the_zone_that_its_column_names(source):
    found = source(
        contacts__csv="ID,Name,Created At (UTC),Updated At (Europe/Lisbon)\n"
        "1,Ana,2024-07-01 10:00:00,2024-07-01 10:00:00\n"
    )
    (mapping,) = found.get_mappings()
    (record,) = records(found, "contacts")
    outcome = apply(as_json(mapping)["fields"], record.data, zone="Asia/Tokyo")
    assert outcome.values["@created_at"] == "2024-07-01 10:00:00"
    assert outcome.values["@updated_at"] == "2024-07-01 09:00:00"


def test_the_currency_of_a_deal_is_taken_from_its_column(source):
    found = source(deals__csv="id,name,amount,currency\n1,a,12.50,USD\n")
    assert values(found, "deals")["1"]["@currency"] == "USD"


def test_members_of_objects_are_mapped_like_columns(source):
    rows = [
        {
            "id": 7,
            "properties": {"firstname": "Ana", "lastname": "Reis"},
            "company": {"id": 3, "name": "Beta"},
            "address": {"street": "Rua 1", "city": "Porto", "geo": {"lat": 1}},
            "emails": ["ana@example.com", "a@example.com"],
            "owner": {"email": "ines@example.com"},
            "tags": [{"id": 2, "name": "VIP"}],
            "phones": [{"number": "1", "type": "work"}],
        }
    ]
    found = source(contacts__json=json.dumps(rows))
    assert values(found, "contacts")["7"] == {
        "is_company": False,
        "name": "Ana Reis",
        "company_name": "Beta",
        "street": "Rua 1",
        "city": "Porto",
        "email": "ana@example.com",
        "phone": "1",
        "@note": "<p>emails: a@example.com</p>",
        "user_id": {"$owner": "ines@example.com"},
        "category_id": [{"$map": ["contact_tags", "VIP"]}],
    }
    described = {item.path for item in found.describe(found.get_stream("contacts"))}
    assert {"address", "address.city", "address.geo.lat", "phones"} <= described
    (shown,) = preview(found.config["files"])
    assert "address.city" not in [column["name"] for column in shown["columns"]]


@pytest.mark.large
def test_a_slow_machine_looks_at_less_and_stands_in_nobodys_way(tmp_path):
    path = tmp_path / "contacts.csv"
    rows = "".join(f"P{n},Ana {n},Porto\n" for n in range(20_000))
    path.write_text(f"id,name,city\n{rows}")
    files = [{"name": path.name, "path": str(path)}]
    late = SOURCE({"files": files}, deadline=time.monotonic() - 1)
    codes = {finding.code: finding for finding in late.check().findings}
    assert codes["looked_at_beginning"].data["count"] > 100
    assert not [f for f in codes.values() if f.level == "blocking"]
    assert late.count(late.get_stream("contacts")) is None
    late.close()
    whole = SOURCE({"files": files})
    assert "looked_at_beginning" not in told(whole)
    assert whole.count(whole.get_stream("contacts")) == 20_000
    whole.close()


def test_the_newer_export_calls_everything_as_the_one_before(source, tmp_path):
    def export(name, folder):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(f"{folder}/kunden_{folder}.csv", "id,name\nC1,Alpha\n")
            file.writestr(f"{folder}/companies/C1/plan.txt", "Slate")
            file.writestr(f"{folder}/terms.txt", "All of it")
        return SOURCE({"files": [{"name": name, "path": str(path)}]})

    found = []
    for name, folder in (
        ("Export 2026-11-28.zip", "2026-11-28"),
        ("Export 2026-12-05 (2).zip", "2026-12-05_103000"),
    ):
        made = export(name, folder)
        names = [stream.name for stream in made.get_streams()]
        files = [record.data for record in records(made, "files")]
        texts = [b"".join(made.read_file(each["file"])) for each in files]
        found.append((names, files, texts))
        made.close()
    assert found[0] == found[1]
    assert found[0][0] == ["kunden", "files"]
    assert [each["id"] for each in found[0][1]] == [
        "companies/C1/plan.txt",
        "terms.txt",
    ]


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
