"""Files of any system: the check and the preview, corrections, and files that are damaged."""

import json
import random
import time

import pytest
from files import told
from reading import pages_of
from spreadsheet_common import archive_of_a_crm, as_file, values_of

from connectors.core.errors import (
    ConfigurationError,
    FatalError,
)
from connectors.spreadsheet import SOURCE, preview


def test_mixed_encodings_are_counted_on_the_page(source):
    found = source(a__csv="id,name\n1,José\n2,é\n".encode() + b"3,Zo\xeb\n")
    (page,) = pages_of(found, "a")
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
    assert values_of(told, "deals")["1"]["date_deadline"] == "2024-01-02"
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
