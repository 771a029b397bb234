"""Files of any system: a folder of exports becomes streams with mappings of their own."""

import io
import json
import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conformance import SourceConformance
from openpyxl import Workbook
from reading import pages_of, records
from spreadsheet_common import archive_of_a_crm, values_of

from connectors.core.errors import (
    ConfigurationError,
    RecordError,
)
from connectors.spreadsheet import SOURCE, reading
from connectors.spreadsheet.names import object_of


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


def test_documents_come_with_their_bytes_and_the_record_of_their_folder(folder):
    offer, logo = records(folder, "files")
    assert offer.data["_parent"] == {"stream": "deals", "id": "11"}
    assert offer.data["mimetype"] == "application/pdf"
    assert "_parent" not in logo.data
    reference = values_of(folder, "files")[offer.source_id]["@file"]
    assert b"".join(folder.read_file(reference)) == b"%PDF-1.7 offer"
    with pytest.raises(RecordError) as caught:
        list(folder.read_file({"path": "all.zip/../../etc/passwd"}))
    assert caught.value.code == "missing_file"


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


def test_an_export_in_several_files_is_one_stream(source, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_ROWS", 2)
    part = "id,name\n"
    found = source(
        **{
            "contacts-1__csv": part + "1,Ana\n2,Bo\n",
            "contacts-2__csv": part + "3,Cy\n1,Ana again\n4,Di\n",
        }
    )
    pages = pages_of(found, "contacts")
    ids = [record.source_id for page in pages for record in page.records]
    assert ids == ["1", "2", "3", "4"]
    (error,) = [error for page in pages for error in page.errors]
    assert (error.code, error.data["line"], error.data["name"]) == (
        "duplicate_id",
        3,
        "contacts-2.csv",
    )


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
