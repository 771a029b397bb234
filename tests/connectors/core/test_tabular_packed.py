"""Tables in workbooks and archives."""

import datetime as dt
import errno
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tabular_common import codes, rows

from connectors.core import code_pages, tabular_xlsx
from connectors.core.archive import Files
from connectors.core.errors import ConfigurationError, FatalError
from connectors.core.listing import list_tables


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    return book


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


# -- workbooks -----------------------------------------------------------------------


def test_cells_of_a_sheet_come_as_json_values(table):
    lines = [["id", "day", "at", "amount", "ok"]]
    lines += [
        [1, dt.datetime(2024, 12, 31), dt.datetime(2024, 12, 31, 9, 30), 2.5, True]
    ]
    lines += [[2]]
    found = table("a.xlsx", saved(workbook(Data=lines)))
    assert rows(found) == [
        {
            "id": 1,
            "day": "2024-12-31",
            "at": "2024-12-31 09:30:00",
            "amount": 2.5,
            "ok": True,
        },
        {"id": 2, "day": None, "at": None, "amount": None, "ok": None},
    ]
    assert rows(found, (0, 2)) == rows(found)[1:]


def test_hidden_merged_and_uncomputed_are_told(tables):
    book = workbook(
        Deals=[["id", "amount"], [1, "=1+1"]], Old=[["id", "name"], [1, "x"]]
    )
    book["Old"].sheet_state = "hidden"
    book["Deals"].merge_cells("A2:A4")
    (deals, old), _findings = tables("a.xlsx", saved(book))
    assert codes(deals) == ["merged_cells"]
    assert "formulas" in {found.code for found in deals.survey_findings()}
    assert codes(old) == ["sheet_hidden_read"]


def altered(book, *changes):
    """Return the workbook with the XML of its sheets changed: pairs (pattern, new)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            for pattern, replacement in changes if "worksheets/" in part else ():
                data, count = re.subn(pattern, replacement, data)
                assert count, pattern
            new.writestr(part, data)
    return stream.getvalue()


PEOPLE_SHEET = [["id", "name"], *([n, f"Zoë {n}"] for n in range(1, 9))]


@pytest.mark.parametrize(
    "stated",
    [b"", b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>',
     b'<dimension ref="ZZZZZ9:A1"/>', b'<dimension ref=""/>'],
)  # fmt: skip
def test_whatever_size_a_sheet_states_all_of_it_is_read(table, stated):
    data = altered(workbook(Data=PEOPLE_SHEET), (rb"<dimension[^>]*/>", stated))
    found = table("a.xlsx", data)
    assert [row["name"] for row in rows(found)] == [f"Zoë {n}" for n in range(1, 9)]
    assert {len(row) for row in found.layout.sample} == {2}


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ((rb'<row r="\d+"', b"<row"), (rb'<c r="\w+"', b"<c")),
        ((rb'<row r="(\d)"', rb'<row r="\g<1>0" ht="15"'), (rb'<c r="\w+"', b"<c")),
        ((rb"<(/?)(?=\w)", rb"<\1x:"), (rb"xmlns=", b"xmlns:x=")),
    ],
    ids=["as saved", "no numbers", "gaps and heights", "prefixes"],
)  # fmt: skip
def test_a_sheet_is_read_on_from_any_row(table, monkeypatch, changes):
    # Blocks of a few bytes, so that every tag is cut somewhere.
    monkeypatch.setattr(tabular_xlsx, "_BLOCK", 7)
    found = table("a.xlsx", altered(workbook(Data=PEOPLE_SHEET), *changes))
    read = list(found.read_rows())
    assert [row["id"] for row, _place in read] == list(range(1, 9))
    for number, (_row, place) in enumerate(read, 1):
        assert list(found.read_rows(place)) == read[number:]


def test_what_stands_behind_the_rows_of_a_sheet_does_no_harm(table):
    book = workbook(Data=PEOPLE_SHEET)
    data = altered(
        book, (rb"</sheetData>", b"</sheetData><mergeCells><x></mergeCells>")
    )
    assert len(rows(table("a.xlsx", data))) == 8


@pytest.mark.parametrize(
    ("pattern", "new"),
    [(rb'<row r="5"', b'<row r="2"'), (rb'<row r="9"', b'<row r="2000000000"')],
    ids=["twice", "beyond Excel"],
)
def test_rows_in_no_order_are_refused_instead_of_being_lost(table, pattern, new):
    found = table("a.xlsx", saved(workbook(Data=PEOPLE_SHEET)))
    assert len(rows(found)) == 8
    with pytest.raises((FatalError, ConfigurationError)) as caught:
        rows(table("b.xlsx", altered(workbook(Data=PEOPLE_SHEET), (pattern, new))))
    assert caught.value.code == "zip_broken"


def test_empty_cells_at_the_end_of_a_row_take_no_room(table):
    book = workbook(Data=PEOPLE_SHEET)
    data = altered(book, (rb"</row>", b'<c r="XFD1" s="1"/></row>'))
    found = table("a.xlsx", data)
    assert found.layout.columns == ("id", "name")
    assert len(rows(found)) == 8


def test_the_texts_of_a_workbook_are_read_once(tables, monkeypatch):
    read, strings = [], tabular_xlsx.read_strings

    def counted(archive):
        read.append(archive)
        return strings(archive)

    monkeypatch.setattr(tabular_xlsx, "read_strings", counted)
    found, _findings = tables(
        "a.xlsx", saved(workbook(One=PEOPLE_SHEET, Two=PEOPLE_SHEET))
    )
    for one in found:
        assert len(rows(one)) == 8
        assert one.findings == ()
    assert len(read) == 1


def test_a_damaged_sheet_is_refused_not_raised(refusal, tables):
    data = saved(workbook(Data=[["id"], [1]]))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<x" if "workbook" in part else old.read(part))
    assert refusal("a.xlsx", stream.getvalue()) == "zip_broken"


def test_a_sheet_can_be_chosen(tables):
    data = saved(workbook(One=[["id"], [1]], Two=[["id"], [2]]))
    (found,), _findings = tables("a.xlsx", data, sheet="Two")
    assert found.part == "Two"
    assert tables("a.xlsx", data, sheet="Three")[1][0].code == "sheet_missing"


# -- archives ------------------------------------------------------------------------


def test_names_in_an_archive_never_become_paths(tables, tmp_path):
    data = zipped(
        {"../../evil.csv": "id,name\n1,Ana\n", "C:\\x\\deals.csv": "id,b\n1,2\n"}
    )
    found, findings = tables("all.zip", data)
    assert [one.name for one in found] == ["all.zip/evil.csv", "all.zip/x/deals.csv"]
    assert rows(found[0]) == [{"id": "1", "name": "Ana"}]
    assert not (tmp_path.parent / "evil.csv").exists()


def test_a_zip_bomb_is_left_alone(refusal, monkeypatch):
    monkeypatch.setattr("connectors.core.file_kinds.BOMB_BYTES", 1024 * 1024)
    bomb = zipped({"a.csv": b"0" * (2 * 1024 * 1024)})
    assert refusal("bomb.zip", bomb) == "zip_bomb"


def test_a_full_disk_is_no_damaged_archive(tables, monkeypatch):
    (found,), _findings = tables("all.zip", zipped({"a.csv": "id,name\n1,Ana\n"}))

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(ConfigurationError) as caught:
        rows(found)
    assert caught.value.data["reason"] == "the disk is full"


def test_one_bad_member_does_not_keep_the_others_out(tables):
    inner = zipped({"x.csv": "id\n1\n"})
    data = zipped({"contacts.csv": "id,name\n1,Ana\n", "b.json": "", "c.csv": inner})
    found, findings = tables("all.zip", data)
    assert [one.name for one in found] == ["all.zip/contacts.csv"]
    assert {finding.code for finding in findings} == {"file_empty", "zip_nested"}


def test_a_member_under_a_password_is_named(tables):
    data = bytearray(zipped({"contacts.csv": "id,name\n1,Ana\n"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    _found, findings = tables("all.zip", bytes(data))
    assert [finding.code for finding in findings] == ["file_encrypted"]


def test_what_was_unpacked_goes_when_the_files_are_closed(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": "id,name\n1,Ana\n"}))
    files = Files([{"name": "all.zip", "path": str(path)}])
    (found,), _findings = list_tables(files, {})
    assert rows(found)
    folder = files._folder
    files.close()
    assert not Path(folder).exists()


def test_a_folder_of_the_jobs_own_keeps_what_was_unpacked(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": "id,name\n1,Ana\n"}))
    work = tmp_path / "work"
    work.mkdir()
    for _batch in range(2):
        files = Files([{"name": "all.zip", "path": str(path)}], folder=str(work))
        (found,), _findings = list_tables(files, {})
        assert rows(found) == [{"id": "1", "name": "Ana"}]
        files.close()
        assert len(list(work.iterdir())) == 1


ROW = "{0},{1},p{0}@example.com,+7 495 111-22-3{0},2024-05-0{0} 10:00,Proposal,12500.00"


PAGES = [
    ("cp1251", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("koi8-r", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("cp866", ["Иван Примеров", "Анна Тестова", "Ольга Смирнова"]),
    ("cp1253", ["Νίκος Παπαδόπουλος", "Μαρία Γεωργίου", "Ελένη Παππά"]),
    ("cp1255", ["משה כהן", "שרה לוי", "דוד ביטון"]),
    ("cp1256", ["محمد علي حسن", "فاطمة حسن الأحمد", "خالد يوسف", "نورة السالم"]),
    ("gb18030", ["王小明", "李四光", "张伟"]),
    ("big5", ["王小明", "李四光", "張偉"]),
    ("euc-kr", ["김철수", "이영희", "박지성"]),
    ("cp874", ["สมชาย ใจดี", "สมหญิง รักไทย", "วิชัย"]),
    ("cp1254", ["Işıl Çağ", "Gül Şen", "Ayşe Yılmaz"]),
    ("cp1257", ["Jānis Bērziņš", "Līga Kalniņa", "Žydrūnas Ąžuolas"]),
    ("cp1250", ["Jiří Dvořák", "Šárka Žižková", "Růžena Nováková"]),
    ("cp1250", ["Győr Őrs", "Erdős Béla", "Szűcs Ágnes", "Nagykőrösi Bálint"]),
    ("cp1250", ["Đurđica Šimić", "Željko Čaćić"]),
    ("cp852", ["Łukasz Żółć", "Jiří Dvořák", "Święto Ćma"]),
    ("cp850", ["Zoé Brûlé", "Jürgen Groß", "Núñez Peña"]),
    ("mac-roman", ["Zoé Brûlé", "François Noël", "Jürgen Groß"]),
    ("cp1252", ["Guðmundur Þór", "Jürgen Groß", "Zoé Brûlé", "João Simões", "Núñez"]),
    ("cp1252", ["Søren Kjær", "Åse Nygård", "Väinö Mäkelä", "O’Brien – “Lda”"]),
    ("cp1252", ["Niccolò Città", "Käthe Weiß", "Iñigo Gómez", "10°C ±5 m²"]),
]


@pytest.mark.parametrize(("encoding", "names"), PAGES)
def test_few_letters_among_columns_in_ascii_tell_their_code_page(
    table, encoding, names
):
    lines = [ROW.format(n, name) for n, name in enumerate(names * 2, start=1)]
    text = "\n".join(["id,name,email,phone,created,stage,amount", *lines, ""])
    found = table("old.csv", text.encode(encoding))
    assert [row["name"] for row in rows(found)] == names * 2


def test_arabic_is_told_where_chardet_knows_nothing_of_it(monkeypatch):
    def detect(_data):
        return {"encoding": None, "confidence": 0.0}

    monkeypatch.setattr(code_pages.chardet, "detect", detect)
    for encoding, names in PAGES[:9]:
        lines = [f"1,{name}".encode(encoding) for name in names]
        is_arabic = code_pages.guess_code_page(lines) == "cp1256"
        assert is_arabic == (encoding == "cp1256"), encoding
