"""Whole exports in the habits of five systems: every filled cell is read, by another count.

The files are made here, with invented people; what stands in them is counted by the csv
module and by lxml alone.
"""

import csv
import datetime as dt
import io
import random
import zipfile

import pytest
from files import sheet
from lxml import etree

FIRST = ["Zoë", "Łukasz", "Ines", "José", "Greta", "Bruno", "Chloé", "Søren"]
LAST = ["Müller-Lüdenscheidt", "O'Brien", "Yılmaz", "van-der-Berg", "Østergaard", "Xu"]
FIRMS = ["Nordlicht & Co. KG", "Açor, Lda", 'Beta "B" Foods', "Gamma S.à r.l.", "Ourco"]


def people(number, seed):
    chance = random.Random(seed)
    for n in range(1, number + 1):
        first, last = chance.choice(FIRST), chance.choice(LAST)
        yield {
            "n": n,
            "first": first,
            "last": last,
            "mail": chance.choice(["", f"p{n}@example.com", f" p{n}@example.com "]),
            "firm": chance.choice(FIRMS),
            "phone": chance.choice(["", f"+351 21{n:07}", f"(0)30 / {n:05}"]),
            "note": chance.choice(["", "one\ntwo", 'say "hi"', "a; b, c", "<p>x</p>"]),
            "amount": chance.choice([None, n * 10.5, n * 1000]),
            "day": dt.datetime(2024, 1 + n % 12, 1 + n % 28),
        }


def text_of(rows, *, delimiter=",", end="\n", quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO()
    csv.writer(
        stream, delimiter=delimiter, lineterminator=end, quoting=quoting
    ).writerows(rows)
    return stream.getvalue()


def hubspot():
    header = [
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Associated Company",
        "Note",
    ]
    rows = [
        [f"{10**10 + p['n']}", p["first"], p["last"], p["mail"], p["firm"], p["note"]]
        for p in people(300, "hubspot")
    ]
    data = text_of([header, *rows], quoting=csv.QUOTE_ALL).encode()
    return {"hubspot-crm-exports-all-contacts-2026-11-20.csv": data}


def salesforce():
    header = ["Id", "LastName", "FirstName", "Email", "Description", "CreatedDate"]
    rows = [
        [f"0035g00000{p['n']:05}", p["last"], p["first"], p["mail"], p["note"],
         p["day"].isoformat(" ")]
        for p in people(200, "salesforce")
    ]  # fmt: skip
    text = text_of([header, *rows], quoting=csv.QUOTE_ALL)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Contact.csv", text.encode("utf-8"))
        archive.writestr("Attachments/00P5g000000000DEAQ", b"%PDF")
    return {"WE_00D5g000000XyZaEAK_1.ZIP": stream.getvalue()}


def pipedrive():
    header = ["Person - Name", "Person - Email - Work", "Person - Phone - Mobile",
              "Person - Organization", "Person - Open deals", "Person - ID"]  # fmt: skip
    rows = [
        [f"{p['first']} {p['last']}", p["mail"] or None, p["phone"] or None, p["firm"],
         p["n"] % 4, p["n"]]
        for p in people(350, "pipedrive")
    ]  # fmt: skip
    return {"people-13579246-350.xlsx": sheet([header, *rows])}


def german():
    header = ["Kundennummer", "Firma", "Vorname", "Nachname", "Telefon", "Umsatz", "Seit",
              "Bemerkung"]  # fmt: skip
    rows = [
        [f"{10000 + p['n']}", p["firm"], p["first"], p["last"], p["phone"],
         f"{p['amount']:.2f}".replace(".", ",") if p["amount"] else "",
         p["day"].strftime("%d.%m.%Y"), p["note"].replace("\n", " ")]
        for p in people(320, "german")
    ]  # fmt: skip
    text = text_of([header, *rows], delimiter=";", end="\r\n")
    # Excel writes a question mark for what the code page lacks.
    return {"Kunden.csv": text.encode("cp1252", "replace")}


def homemade():
    header = [
        "No.",
        "Customer",
        "Contact",
        "Mail",
        "Tel.",
        "Turnover 2025",
        "Last visit",
        "OK?",
    ]
    rows = [
        [p["n"], p["firm"], f"{p['last']}, {p['first']}", p["mail"] or None,
         p["phone"] or None, p["amount"], p["day"] if p["n"] % 3 else "never", None]
        for p in people(230, "homemade")
    ]  # fmt: skip
    title = [["Ourco – customer list"], ["as of 20.11.2026"], []]
    total = [None, "TOTAL", None, None, None, f"=SUM(F5:F{4 + len(rows)})"]
    return {"Kundenliste_NEU_final(2).xlsx": sheet([*title, header, *rows, total])}


def cells_of_text(text, delimiter):
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return len(rows) - 1, sum(bool(cell.strip()) for row in rows[1:] for cell in row)


def cells_of_sheet(data, above=1, below=0):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    rows = root.findall(".//{*}row")
    rows = [row for row in rows if int(row.get("r")) > above]
    rows = rows[: len(rows) - below]
    filled = [
        cell
        for row in rows
        for cell in row
        if "".join(cell.itertext("{*}v", "{*}t")).strip()
    ]
    return len(rows), len(filled)


def counted(name, data):
    """Return (rows, filled cells) by a reading that shares nothing with ours."""
    if name == "hubspot":
        return cells_of_text(data.decode(), ",")
    if name == "salesforce":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cells_of_text(archive.read("Contact.csv").decode("utf-8"), ",")
    if name == "german":
        return cells_of_text(data.decode("cp1252"), ";")
    if name == "pipedrive":
        return cells_of_sheet(data)
    return cells_of_sheet(data, above=4, below=1)


@pytest.mark.parametrize("make", [hubspot, salesforce, pipedrive, german, homemade])
def test_every_filled_cell_of_an_export_is_read(open_files, make):
    files = make()
    source = open_files(files)
    (group,) = source.get_groups().values()
    pages = list(source.read_pages(source.get_stream(group.name), None))
    assert [page.errors for page in pages if page.errors] == []
    found = [record.data for page in pages for record in page.records]
    filled = sum(
        value not in (None, "") and bool(str(value).strip())
        for row in found
        for name, value in row.items()
        if name != "_row"
    )
    assert (len(found), filled) == counted(make.__name__, next(iter(files.values())))
    assert group.key != "_row"
