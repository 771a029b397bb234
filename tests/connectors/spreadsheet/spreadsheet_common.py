"""An export of a CRM as an archive, and what is made of files."""

import io
import json
import zipfile

from openpyxl import Workbook
from reading import records

from connectors.mapping.apply import apply, as_json

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


def values_of(source, stream):
    """Return what the proposed mapping makes of every record, by its id."""
    (mapping,) = [one for one in source.get_mappings() if one.stream == stream]
    outcomes = {}
    for record in records(source, stream):
        outcome = apply(as_json(mapping)["fields"], record.data)
        assert not outcome.problems
        outcomes[record.source_id] = outcome.values
    return outcomes


def values(found, stream, key):
    """Return the values of one record of what the fixture ``read`` has read."""
    outcome = found[stream][key]
    assert not outcome.problems
    return outcome.values


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
