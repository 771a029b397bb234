"""Text files: headers, keys, archives, and the preview."""

import gzip
import io
import json
import zipfile

import pytest
from files import records, sheet, told
from texts_common import mapped, refused

from connectors.core.identifiers import as_long_salesforce_id
from connectors.spreadsheet import SOURCE, preview


def zipped(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


# -- headers and keys ----------------------------------------------------------------


def test_the_first_filled_of_columns_with_one_name_counts(open_files):
    text = (
        "id,Full Name,Email,Phone,Email,Phone\n1,Vera,,,vera@example.com,+351210000001\n"
        "2,Otto,otto@example.com,,o@example.com,\n3,Ann,a@example.com,+1,,\n"
    )
    source = open_files({"contacts.csv": text})
    one, two, three = records(source, "contacts")
    assert (one["Email"], one["Phone"]) == ("vera@example.com", "+351210000001")
    assert (two["Email"], two["Email (2)"]) == ("otto@example.com", "o@example.com")
    assert (three["Email"], three["Phone"]) == ("a@example.com", "+1")
    columns = source.get_groups()["contacts"].columns
    assert columns["Email (2)"].same_as == "Email"


def test_two_addresses_are_not_mixed(open_files):
    text = (
        "id,name,Street,City,Street,City\n1,A,,Porto,King 2,Braga\n2,B,,,King 3,Faro\n"
    )
    one, two = records(open_files({"companies.csv": text}), "companies")
    assert (one["Street"], one["City"], one["Street (2)"]) == ("", "Porto", "King 2")
    assert (two["Street"], two["City"]) == ("King 3", "Faro")


def test_a_column_named_after_another_object_is_never_the_key(open_files):
    people = "ID,Full Name\n" + "".join(f"{n},P{n}\n" for n in range(1, 41))
    notes = "Contact ID,Note,Date\n" + "".join(
        f"{n},About {n},2024-05-01\n" for n in [*range(1, 41), 7]
    )
    source = open_files({"contacts.csv": people, "notes.csv": notes})
    assert source.get_stream("notes").primary_key == "_row"
    assert len(records(source, "notes")) == 41
    assert refused(source, "notes") == []


@pytest.mark.parametrize(
    ("name", "header", "key"),
    [
        ("notes.csv", "Deal ID,Contact ID,Body", "_row"),
        ("notes.csv", "Note ID,Contact ID,Body", "Note ID"),
        ("deals.csv", "Primary Contact ID,Deal Name", "_row"),
        ("deals.csv", "Opportunity ID,Account ID,Name", "Opportunity ID"),
        ("contacts.csv", "Person ID,Name", "Person ID"),
        ("visits.csv", "Visit ID,Contact ID,Text", "Visit ID"),
        ("Kunden.csv", "Kundennummer,Firma,PLZ", "Kundennummer"),
        ("Verkaufschancen.csv", "Angebotsnr.,Kundennummer,Bezeichnung", "Angebotsnr."),
        ("Verkaufschancen.csv", "Kundennummer,Bezeichnung,Betrag", "_row"),
        ("contacts.csv", "No.,Customer,Contact", "No."),
        ("contacts.csv", "Name,No.,City", "_row"),
    ],
)
def test_what_tells_rows_apart_is_their_own_id(open_files, name, header, key):
    cells = ",".join(f"{{n}}{place}" for place in range(header.count(",") + 1))
    text = header + "\n" + "".join(cells.format(n=n) + "\n" for n in range(9))
    (stream,) = open_files({name: text}).get_streams()
    assert stream.primary_key == key


def test_ids_of_salesforce_are_found_in_both_forms_and_told_apart(open_files):
    accounts = "Id,Name\n0015g00000XyZab,Alpha\n0015g00000XYZabAAH,Beta\n"
    contacts = (
        "Id,LastName,AccountId\n0035g00000Aaaa1AAB,Vera,0015g00000XyZabAAF\n"
        "0035g00000Aaaa2,Otto,0015g00000XYZab\n0035g00000aaaa1,Ann,\n"
    )
    source = open_files({"Account.csv": accounts, "Contact.csv": contacts})
    first, second = mapped(source, "companies")
    found = mapped(source, "contacts")
    links = [values.get("parent_id") for values in found.values()]
    assert links == [
        {"$ref": ["companies", first]},
        {"$ref": ["companies", second]},
        None,
    ]
    assert len(found) == 3
    assert first != second


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("001A0000006Vm9u", "001A0000006Vm9uIAC"),
        ("0015g00000XYZab", "0015g00000XYZabAAH"),
    ],
)
def test_the_long_form_of_an_id_is_that_of_salesforce(short, long):
    assert as_long_salesforce_id(short) == as_long_salesforce_id(long) == long


# -- files that are none, archives ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("all.mbox", b"From a@example.com Mon May 6\nSubject: x\n\nHi\n", "file_mailbox"),
        ("one.eml", b"From: a@example.com\nTo: b@example.com\nSubject: x\n\nHi\n", "file_mailbox"),
        ("doc.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n", "file_document"),
        ("a.rtf", rb"{\rtf1\ansi Hello}", "file_document"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_document"),
        ("export.xls", b"<html><table><tr><td>Name</td></tr></table>", "file_page"),
        ("dump.sql", b"-- MySQL dump\nCREATE TABLE x (id int);\n", "file_sql"),
        ("nothing.csv", b"", "file_empty"),
        ("all.tar.gz", gzip.compress(b"x" * 99, mtime=0), "file_unknown"),
        ("broken.csv.gz", b"\x1f\x8b\x08 and then nothing", "zip_broken"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_name(open_files, name, data, code):
    source = open_files({name: data, "contacts.csv": "id,name\n1,Vera\n"})
    assert [stream.name for stream in source.get_streams()] == ["contacts"]
    finding = told(source)[code]
    assert (finding.level, finding.data["name"]) == ("warning", name)
    assert name in finding.text


def test_archives_within_archives_and_packed_tables_are_read(open_files):
    week = zipped(
        {"Contact.csv": "Id,Name\n1,Vera\n", "Account.csv": "Id,Name\n2,Alpha\n"}
    )
    outer = zipped(
        {
            "WE_1.ZIP": week,
            "Lead.csv": "Id,Last Name\n3,Otto\n",
            "deals.csv.gz": gzip.compress(b"id,name\n4,Saddles\n"),
            "files/deals/4/drawings.zip": zipped({"a.csv": "x\n"}),
            "pictures.zip": zipped({"a.png": b"\x89PNG"}),
            "empty/": b"",
        }
    )
    source = open_files(
        {"export.zip": outer, "notes.csv.gz": gzip.compress(b"id,note\n5,x\n")}
    )
    assert {stream.name for stream in source.get_streams()} == {
        *("contacts", "companies", "leads", "deals", "notes", "files"),
    }
    assert records(source, "contacts") == [{"Id": "1", "Name": "Vera"}]
    assert records(source, "deals") == [{"id": "4", "name": "Saddles"}]
    names = [row["name"] for row in records(source, "files")]
    assert names == ["drawings.zip", "pictures.zip"]
    assert b"".join(source.read_file({"path": "export.zip/pictures.zip"})).startswith(
        b"PK"
    )


@pytest.mark.parametrize("inner", ["week.zip", "week.csv.gz", "week.vcf"])
def test_members_with_one_name_are_read_each_for_itself(write_files, inner):
    """The archive of each month is called alike, and so is what stands in it."""

    def packed(name):
        if inner.endswith("zip"):
            return zipped({"contacts.csv": f"Id,Name\n{name},{name}\n"})
        if inner.endswith("gz"):
            return gzip.compress(f"Id,Name\n{name},{name}\n".encode())
        return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n"

    files = [
        *write_files({"export.zip": zipped({inner: packed("Ana")})}),
        *write_files({"export.zip": zipped({inner: packed("Rui")})}),
    ]
    source = SOURCE({"files": files})
    found = [row for s in source.get_streams() for row in records(source, s.name)]
    assert [row.get("Name") or row["Full Name"] for row in found] == ["Ana", "Rui"]
    source.close()


def test_documents_of_one_name_keep_it(write_files):
    files = [
        *write_files(
            {"export.zip": zipped({"offer.pdf": b"%PDF-1", "a.csv": "id,name\n1,a\n"})}
        ),
        *write_files({"export.zip": zipped({"offer.pdf": b"%PDF-2"})}),
    ]
    source = SOURCE({"files": files})
    found = records(source, "files")
    assert [row["name"] for row in found] == ["offer.pdf"] * 2
    assert {row["mimetype"] for row in found} == {"application/pdf"}
    bodies = [b"".join(source.read_file(row["file"])) for row in found]
    assert bodies == [b"%PDF-1", b"%PDF-2"]
    source.close()


def test_archives_too_deep_are_named(open_files):
    data = "Id,Name\n1,Vera\n"
    for depth in range(4):
        data = zipped({f"{depth}.zip" if depth else "contacts.csv": data})
    assert "zip_nested" in told(open_files({"all.zip": data}))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("São.pdf", "cp850"), ("Müller & Söhne.pdf", "cp850"), ("Açores.pdf", "cp850"),
     ("Müller.pdf", "cp437"), ("São João.pdf", "utf-8"), ("Éva.pdf", "cp1252"),
     ("Договор.pdf", "cp866")],
)  # fmt: skip
def test_names_in_an_archive_are_readable_whatever_page_they_are_in(
    open_files,
    name,
    encoding,
):
    # The same length as what replaces it, as ZIP states it.
    raw = name.encode(encoding)
    data = zipped(
        {"files/deals/1/" + "X" * len(raw): b"%PDF", "deals.csv": "id,name\n1,a\n"}
    )
    data = data.replace(b"X" * len(raw), raw)
    (row,) = records(open_files({"all.zip": data}), "files")
    assert row["name"] == name


# -- the preview ---------------------------------------------------------------------


def test_the_preview_offers_what_can_be_decided_otherwise(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("Deal Name,Amount\nA,10\nB,NULL\nTotal,10\n")
    (shown,) = preview([{"name": "deals.csv", "path": str(path)}])
    assert shown["choices"] == ["extra_rows", "blank_words"]
    assert shown["count"] == 2
    codes = [finding.code for finding in shown["warnings"]]
    assert codes == ["rows_left_out", "key_missing"]
    assert json.dumps(shown["rows"])


def test_no_sentence_shows_code_or_lists(open_files):
    source = open_files(
        {
            "deals.csv": "Deal Name,Amount,Email,Email\n'=A,NULL,,x@example.com\n"
            "B &amp; C,#REF!,,\nTotal,10,,\n",
            "contacts.xlsx": sheet([["ID", "Name"], [1, "=A9"], [2, "x"]]),
        }
    )
    for finding in source.check().findings:
        assert not set("[]{}") & set(finding.text), finding.text
        assert "None" not in finding.text


@pytest.mark.parametrize(("rows", "is_told"), [(1999, False), (2000, True)])
def test_a_file_that_ends_where_exporters_end_is_told(open_files, rows, is_told):
    """Half of a book of addresses looks like a whole one: only its number is odd."""
    lines = "".join(f"{n},Ana {n}\n" for n in range(rows))
    found = told(open_files({"contacts.csv": f"ID,Name\n{lines}Total,{rows}\n"}))
    assert ("perhaps_cut" in found) is is_told
    if is_told:
        assert found["perhaps_cut"].text.startswith(
            "contacts.csv ends behind its row 2000."
        )
