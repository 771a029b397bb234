"""What a column of a file means: keys, links and who takes part, by cases of real kinds."""

import pytest
from spreadsheet_common import values

from connectors.spreadsheet.recognition import object_by_columns


@pytest.mark.parametrize(
    ("columns", "known"),
    [
        (["Deal - Title", "Deal - Value", "Person - Name"], "deals"),
        (["Contact : id", "Contact : First name", "Contact : Emails"], "contacts"),
        (
            ["(Do Not Modify) Account", "(Do Not Modify) Row Checksum", "Name"],
            "companies",
        ),
        (["(Ne pas modifier) Contact", "Prénom"], "contacts"),
        (["Client", "Projet", "Montant HT", "Probabilité", "Étape"], "deals"),
        (["Nombre", "Apellidos", "Correo electrónico", "Móvil"], "contacts"),
        (["id", "Kennzeichen", "Baujahr"], None),
    ],
)
def test_what_a_row_is_can_be_told_by_its_columns(columns, known):
    assert object_by_columns(columns) == known


def test_a_person_who_is_known_by_name_comes_with_their_company(read):
    found = read(
        companies__csv="id,name\n1,Alpha\n2,Beta\n",
        contacts__csv="id,full name,company\n1,Vera,Alpha\n2,Vera,Beta\n",
        deals__csv="id,deal name,amount,contact,company\n1,Saddles,10,Vera,Alpha\n",
    )
    person, company = values(found, "deals", "1")["partner_id"]
    assert person == {"$ref": ["contacts", "Vera", "full name", {"company": "Alpha"}]}
    assert company == {"$ref": ["companies", "Alpha", "name"]}


def test_ids_of_several_records_in_a_cell_are_all_referred_to(read):
    found = read(
        contacts__csv="Record ID,First Name,Last Name\n101,Vera,A\n102,Otto,B\n",
        notes__csv="Record ID,Note body,Activity date,Associated Contact IDs\n"
        "7,Hello,2024-05-01 10:00,101;102\n8,Bye,2024-05-02 10:00,102\n",
    )
    thread = values(found, "notes", "7")["@thread"]
    assert thread == [{"$ref": ["contacts", "101"]}, {"$ref": ["contacts", "102"]}]


def test_all_contacts_of_a_deal_and_all_companies_of_a_person_are_kept(read):
    """HubSpot writes the ids of several contacts in one cell."""
    found = read(
        companies__csv="Record ID,Company name\n1,Alpha\n2,Beta\n",
        contacts__csv="Record ID,First Name,Last Name,Associated Company IDs\n"
        "101,Vera,A,1;2\n102,Otto,B,\n",
        deals__csv="Record ID,Deal Name,Amount,Deal Stage,Associated Contact,"
        "Associated Contact IDs,Associated Company IDs\n"
        "7,Saddles,10,Won,Vera A,101;102,2\n8,Bits,10,Won,,102,\n",
    )
    deal = values(found, "deals", "7")
    assert [each["$ref"] for each in deal["partner_id"]] == [
        *(["contacts", "101"], ["contacts", "102"], ["companies", "2"])
    ]
    assert deal["partner_id"][0]["named"] == [["Associated Contact", "Vera A"]]
    assert values(found, "deals", "8")["partner_id"] == {"$ref": ["contacts", "102"]}
    person = values(found, "contacts", "101")["parent_id"]
    assert person == [{"$ref": ["companies", "1"]}, {"$ref": ["companies", "2"]}]


def test_notes_wait_for_whatever_their_ids_are_of(open_files):
    """The object of an id is told by its first signs: it must be there before the note."""
    tables = {
        "Account": "Id,Name\n0015g00000XyZabAAA,Alpha\n",
        "Note": "Id,ParentId,Title,Body,CreatedDate\n"
        "0025g00000XyZabAAA,0015g00000XyZabAAA,Call,Hello,2024-05-06 10:00:00\n",
    }
    source = open_files({f"{name}.csv": text for name, text in tables.items()})
    after = {mapping.model: mapping.after for mapping in source.get_mappings()}
    assert after == {"res.partner": (), "mail.message": ("companies",)}


def test_an_id_of_any_object_is_told_by_its_kind_or_its_first_signs(read):
    found = read(
        Account__csv="Id,Name\n0015g00000XyZabAAA,Alpha\n",
        Opportunity__csv="Id,Name,Amount\n0065g00000XyZabAAA,Saddles,1\n",
        Contact__csv="Id,FirstName,LastName\n0035g00000XyZabAAA,Vera,Example\n",
        Task__csv="Id,Subject,ActivityDate,WhatId,WhoId\n"
        "00T5g00000XyZabAAA,Call,2024-05-06,0065g00000XyZabAAA,000000000000000AAA\n"
        "00T5g00000XyZacAAA,Visit,2024-05-06,0015g00000XyZabAAA,0035g00000XyZabAAA\n",
    )
    threads = [outcome.values["@thread"] for outcome in found["activities"].values()]
    streams = [[item["$ref"][0] for item in thread] for thread in threads]
    assert streams == [["deals"], ["companies", "contacts"]]


@pytest.mark.parametrize(
    ("columns", "member"),
    [
        ("First Name,Last Name", "First Name + Last Name"),
        ("Vorname,Name", "Vorname + Name"),
        ("Nombre,Apellidos", "Nombre + Apellidos"),
    ],
)
def test_a_person_is_found_by_the_parts_of_their_name(read, columns, member):
    found = read(
        contacts__csv=f"id,{columns},email\n1,Ana María,Example,a@example.com\n",
        deals__csv="id,deal name,contact\n7,Saddles,Ana María Example\n",
    )
    reference = values(found, "deals", "7")["partner_id"]
    assert reference == {"$ref": ["contacts", "Ana María Example", member]}


@pytest.mark.parametrize(
    "name",
    [
        *("Identifiant", "Identificador", "Kennung", "Identificativo", "Identyfikator"),
        *("ID contact", "Identifiant du contact", "ID del contacto", "Kontakt-ID"),
        *("ID do contato", "ID del contatto", "Nr.", "Código", "Codice", "Tunniste"),
    ],
)
def test_a_key_is_known_in_every_language(read, name):
    text = f"{name};Nom;Prénom;E-mail\nA-7;Example;Zoë;zoe@example.com\n"
    text += "A-9;Example;Eva;eva@example.com\n"
    assert list(read(contacts__csv=text)["contacts"]) == ["A-7", "A-9"]


def test_what_is_there_twice_is_no_key(read):
    text = "Código;Nombre;Correo\nA;Eva;eva@example.com\nA;Ana;ana@example.com\n"
    assert not {"A", "Eva"} & set(read(contactos__csv=text)["contactos"])
    assert len(read(contactos__csv=text)["contactos"]) == 2


def test_the_id_of_another_object_is_a_link(read):
    found = read(
        aziende__csv="ID;Nome\nA1;Alpha\n",
        contatti__csv="Identificativo;Nome;ID dell'azienda\nB1;Zoë Example;A1\n",
    )
    told = values(found, "contatti", "B1")
    assert told["parent_id"] == {"$ref": ["aziende", "A1"]}


@pytest.mark.parametrize(
    "name",
    ["Participants", "Attendees", "Teilnehmer", "Participantes", "Partecipanti"],
)
def test_who_attends_is_known_in_every_language(read, name):
    text = f"ID,Subject,Start,{name}\n1,Visit,2025-01-21 09:15,"
    text += '"Zoë Example <zoe@example.com>; eva@example.com; Ana"\n'
    told = values(read(meetings__csv=text), "meetings", "1")
    assert [(p["name"], p["email"]) for p in told["@addresses"]] == [
        ("Zoë Example", "zoe@example.com"),
        ("", "eva@example.com"),
        ("", "Ana"),
    ]


def test_the_parent_of_a_note_is_of_the_object_whose_id_it_is(read):
    found = read(
        Accounts__csv="Account ID,Account Name\n0015g00000AbCde,Alpha\n",
        Opportunities__csv="Opportunity ID,Opportunity Name,Amount\n"
        "0065g00000AbCde,Roof,5\n",
        Notes__csv="Id,ParentId,Body\n0025g00000AbCde,0065g00000AbCde,Hello\n",
    )
    (note,) = found["notes"].values()
    (deal,) = found["deals"]
    assert note.values["@thread"] == [{"$ref": ["deals", deal]}]


def test_names_in_one_cell_are_left_to_whoever_knows_the_people(read):
    found = read(
        contacts__csv='id,name\n1,Ana Silva\n2,"Costa, Rui"\n',
        deals__csv='id,deal name,amount,contacts\n1,Roof,5,"Costa, Rui"\n',
    )
    got = values(found, "deals", "1")["partner_id"]
    assert got == {"$ref": ["contacts", "Costa, Rui", "name"]}


def test_the_place_tells_one_of_several_companies_and_stays_on_the_lead(read):
    found = read(
        companies__csv="id,name,city,zip\n1,Alpha,Porto,4000\n2,Alpha,Braga,4700\n",
        leads__csv="id,lead name,company,city,converted account id\n"
        "1,A,Alpha,Braga,\n2,B,Alpha,,1\n",
    )
    one, two = (values(found, "leads", key) for key in "12")
    assert one["partner_id"] == {
        "$ref": ["companies", "Alpha", "name", {"city": "Braga"}]
    }
    assert one["city"] == "Braga"
    assert two["partner_id"]["$ref"] == ["companies", "1"]
