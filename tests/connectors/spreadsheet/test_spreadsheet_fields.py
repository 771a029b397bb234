"""What a column of a file means and how its values are converted, by cases of real kinds."""

import contextlib

import pytest

from connectors.mapping.apply import apply, as_json
from connectors.mapping.outcomes import meaning_of, propose_choice
from connectors.mapping.transforms import TRANSFORMS
from connectors.spreadsheet import SOURCE
from connectors.spreadsheet.recognition import object_by_columns


@pytest.fixture
def read(tmp_path):
    """Return a function: files → stream → source id → (values, codes of problems)."""

    def read_files(**contents):
        files = []
        for name, text in contents.items():
            path = tmp_path / name.replace("__", ".")
            path.write_text(text, encoding="utf-8")
            files.append({"name": path.name, "path": str(path)})
        source = SOURCE({"files": files})
        found = {}
        try:
            for mapping in map(as_json, source.get_mappings()):
                records = found[mapping["stream"]] = {}
                stream = source.get_stream(mapping["stream"])
                for page in source.read_pages(stream, None):
                    for record in page.records:
                        outcome = apply(
                            mapping["fields"], record.data, zone="Europe/Lisbon"
                        )
                        records[record.source_id] = outcome
        finally:
            source.close()
        return found

    return read_files


def values(found, stream, key):
    outcome = found[stream][key]
    assert not outcome.problems
    return outcome.values


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("VIP;Partner", ["VIP", "Partner"]),
        ("VIP|Partner", ["VIP", "Partner"]),
        ("VIP, Partner", ["VIP", "Partner"]),
        ("VIP |##| Partner", ["VIP", "Partner"]),
        ("Friends ::: * myContacts", ["Friends", "myContacts"]),
        ("VIP; Müller, Berlin", ["VIP", "Müller, Berlin"]),
        ('[""VIP"", ""Partner""]', ["VIP", "Partner"]),
    ],
)
def test_tags_are_divided_as_their_column_is_written(read, cell, tags):
    found = read(contacts__csv=f'id,full name,Tags\n1,Vera,"{cell}"\n2,Otto,\n')
    listed = [tag["$map"][1] for tag in values(found, "contacts", "1")["category_id"]]
    assert listed == tags


@pytest.mark.parametrize(
    ("header", "value", "hours"),
    [
        ("Duration (minutes)", "90", 1.5),
        ("DurationInMinutes", "15", 0.25),
        ("Call Duration (in seconds)", "5400", 1.5),
        ("Duration ms", "1800000", 0.5),
        ("Dauer (Std.)", '"1,5"', 1.5),
        ("Durée (min)", "45", 0.75),
        ("Duration", "1:30", 1.5),
        ("Duration", "1h 30m", 1.5),
        ("Duration", "PT1H30M", 1.5),
        ("Duration", "1 Std. 15 Min.", 1.25),
        ("Duration", "0", 0.0),
    ],
)
def test_a_duration_is_read_in_its_unit(read, header, value, hours):
    found = read(
        meetings__csv=f"id,Subject,Start,{header}\n1,A,2024-05-06 10:00:00,{value}\n"
    )
    assert values(found, "meetings", "1")["@duration"] == hours


@pytest.mark.parametrize("value", ["3600", "1800000", "45"])
def test_a_number_that_counts_nobody_knows_what_is_asked_about(read, value):
    found = read(
        meetings__csv=f"id,name,start,duration\n1,A,2024-05-06 10:00:00,{value}\n"
    )
    [problem] = found["meetings"]["1"].problems
    assert (problem.code, problem.value) == ("ambiguous_duration", value)


def test_day_and_time_of_day_are_joined_in_any_language(read):
    german = (
        "Betreff,Beginnt am,Beginnt um,Endet am,Endet um,Ganztägiges Ereignis\n"
        "Besuch,21.04.2025,14:30:00,21.04.2025,15:30:00,Aus\n"
        "Messe,22.04.2025,00:00:00,24.04.2025,00:00:00,Ein\n"
    )
    french = "Objet,Début,Début,Fin,Fin,Journée entière\nVisite,21/04/2025,14:30,21/04/2025,15:30,Faux\n"
    for name, text in (("Kalender__csv", german), ("calendrier__csv", french)):
        found = read(**{name: text})
        [stream] = found
        # Rows without ids, in their order.
        rows = [outcome.values for outcome in found[stream].values()]
        one = rows[0]
        assert (one["start"], one["stop"]) == (
            "2025-04-21 13:30:00",
            "2025-04-21 14:30:00",
        )
        assert one["allday"] is False
        if stream == "kalender":
            fair = rows[1]
            assert fair["allday"] is True
            assert (fair["start"], fair["stop"]) == (
                "2025-04-21 23:00:00",
                "2025-04-23 22:59:59",
            )


@pytest.mark.parametrize(
    ("amount", "number", "currency"),
    [
        ("500.000 ₫", 500_000, "VND"),
        ("R$ 12.500", 12_500, "BRL"),
        ("₺12.500", 12_500, "TRY"),
        ("12.500 zł", 12_500, "PLN"),
        ("12 500 ₽", 12_500, "RUB"),
        ("Rp 12.500", 12_500, "IDR"),
        ("12.500,- €", 12_500, "EUR"),
        ("US$ 1,234.50", 1234.5, "USD"),
        ("12.500 kr", 12_500, "kr"),
        ("Fr. 12.500", 12_500, "Fr"),
        ("$12,500", 12_500, "$"),
        ("1.250 KWD", 1.25, "KWD"),
    ],
)
def test_an_amount_is_right_and_its_sign_says_the_currency(
    read, amount, number, currency
):
    found = read(deals__csv=f"ID;Name;Amount\n1;A;{amount}\n")
    deal = values(found, "deals", "1")
    assert (deal["expected_revenue"], deal["@currency"]) == (number, currency)


@pytest.mark.parametrize(
    "header",
    [
        "amountCurrency",
        "Currency",
        "Currency of Amount",
        "Währung",
        "Devise",
        "Amount Currency",
    ],
)
def test_a_currency_column_is_known_by_any_name(read, header):
    found = read(deals__csv=f"id,deal name,amount,{header}\n1,A,10,USD\n")
    assert values(found, "deals", "1")["@currency"] == "USD"


@pytest.mark.parametrize(
    ("values_", "percents"),
    [
        (("0.25", "0.8"), [25, 80]),
        (("25", "80"), [25, 80]),
        (("25 %", "0.8 %"), [25, 0.8]),
    ],
)
def test_a_probability_is_in_hundredths(read, values_, percents):
    rows = "".join(f"{n},D{n},1,{text}\n" for n, text in enumerate(values_, 1))
    found = read(deals__csv="id,deal name,amount,probability\n" + rows)
    got = [values(found, "deals", key)["probability"] for key in "12"]
    assert got == percents


def test_flags_of_won_and_closed_say_the_outcome(read):
    found = read(
        Opportunity__csv="Id,Name,StageName,Amount,IsClosed,IsWon\n"
        "1,A,Closed Won,1,1,1\n2,B,Closed Lost,1,1,0\n3,C,Proposal,1,0,0\n"
    )
    got = [values(found, "deals", key)["@state"] for key in "123"]
    assert got == ["won", "lost", "open"]


def test_a_flag_that_says_only_won_leaves_the_rest_to_the_stage(read):
    found = read(
        deals__csv="Record ID,Deal Name,Deal Stage,Is Closed Won\n1,A,Closed Won,true\n"
        "2,B,Closed Lost,false\n"
    )
    assert values(found, "deals", "1")["@state"] == "won"
    assert values(found, "deals", "2")["@state"] == {
        "$map": ["stage_outcomes", "Closed Lost"]
    }


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("WON", "won"), ("Gewonnen", "won"), ("Gagné", "won"), ("Ganado", "won"),
        ("Vinta", "won"), ("Wygrana", "won"), ("Vunnen", "won"), ("Выиграна", "won"),
        ("Kazanıldı", "won"), ("成約", "won"), ("Closed - Won 🎉", "won"),
        ("LOST", "lost"), ("Verloren", "lost"), ("Perdu", "lost"), ("Perdido", "lost"),
        ("Abandoned", "lost"), ("Closed Lost to Competition", "lost"), ("Przegrana", "lost"),
        ("offen", "open"), ("En cours", "open"), ("Aberto", "open"), ("В работе", "open"),
        ("Parked", None), ("Not won", None), ("Closed", None), ("Proposal accepted", None),
    ],
)  # fmt: skip
def test_words_say_what_became_of_a_deal(text, meaning):
    assert meaning_of(text, "OUTCOMES") == meaning


@pytest.mark.parametrize(
    ("text", "table", "meaning"),
    [
        ("Erledigt", "PROGRESS", "done"), ("Not Started", "PROGRESS", "open"),
        ("Terminée", "PROGRESS", "done"), ("Waiting on someone else", "PROGRESS", "open"),
        ("Hoch", "PRIORITIES", "2"), ("Urgente", "PRIORITIES", "3"), ("Low", "PRIORITIES", "0"),
        ("Anruf", "ACTIVITY_TYPES", "Call"), ("Rendez-vous", "ACTIVITY_TYPES", "Meeting"),
        ("Closed", "STAGE_OUTCOMES", None), ("Angebot", "STAGE_OUTCOMES", "open"),
        ("Gibberish", "PROGRESS", None),
    ],
)  # fmt: skip
def test_words_of_other_lists_are_understood_or_asked_for(text, table, meaning):
    assert propose_choice(text, table) == meaning


def test_the_first_address_and_number_count_and_the_rest_is_noted(read):
    found = read(
        contacts__csv="id,Full Name,Email,Phone,Mobile Phone,Email\n"
        "1,Vera,,,+351910000001,vera@example.com\n"
        '2,Otto,"otto@example.com; office@example.com",'
        '"+351 210 000 001 ext. 12; +351 210 000 002",+351910000002,o@example.com\n'
        "3,Ann,ann@example.com ::: a@example.com,555-0100 x7,,\n"
    )
    vera, otto, ann = (values(found, "contacts", key) for key in "123")
    assert (vera["email"], vera["phone"]) == ("vera@example.com", "+351910000001")
    assert "@note" not in vera
    assert (otto["email"], otto["phone"]) == (
        "otto@example.com",
        "+351 210 000 001 ext. 12",
    )
    for kept in (
        "office@example.com",
        "o@example.com",
        "+351 210 000 002",
        "+351910000002",
    ):
        assert kept in otto["@note"]
    assert (ann["email"], ann["phone"]) == ("ann@example.com", "555-0100 x7")
    assert "a@example.com" in ann["@note"]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("First Name,Last Name", "Vera Example"),
        ("Vorname,Nachname", "Vera Example"),
        ("Vorname,Name", "Vera Example"),
        ("Prénom,Nom", "Vera Example"),
        ("Nombre,Apellidos", "Vera Example"),
        ("Nome,Cognome", "Vera Example"),
        ("Имя,Фамилия", "Vera Example"),
    ],
)
def test_a_name_is_put_together_in_any_language(read, columns, name):
    found = read(contacts__csv=f"id,{columns},Telefon\n1,Vera,Example,12345\n")
    assert values(found, "contacts", "1")["name"] == name


@pytest.mark.parametrize(
    ("columns", "one", "two"),
    [
        ("Nombre,Apellidos", "María José,Ñandú Pérez", "Ana María,Etxe"),
        ("Vorname,Name", "Anna Lena,von Beispiel", "Karl Heinz,Muster Probe"),
        ("Prénom,Nom", "Jean Luc,De La Fontaine", "Éric,Exemple"),
        ("Nome,Sobrenome", "João Pedro,da Silva", "Ana Rita,Sousa"),
    ],
)
def test_names_of_several_words_lose_none_of_them(read, columns, one, two):
    found = read(contacts__csv=f"id,{columns},Telefon\n1,{one},12345\n2,{two},54321\n")
    for key, name in (("1", one), ("2", two)):
        assert values(found, "contacts", key)["name"] == name.replace(",", " ")


def test_a_whole_name_beside_its_last_part_is_the_name(read):
    found = read(
        contacts__csv="id,Name,Last Name\n1,Vera Maria Example,Example\n"
        "2,Otto de Example,de Example\n"
    )
    assert values(found, "contacts", "1")["name"] == "Vera Maria Example"
    assert values(found, "contacts", "2")["name"] == "Otto de Example"


def test_a_list_of_customers_names_people_and_companies(read):
    found = read(
        Kunden__csv="Kundennummer,Firma,Vorname,Nachname,PLZ,Ort\n"
        "K1,Alpha GmbH,Vera,Example,01069,Dresden\nK2,Beta GmbH,,,10115,Berlin\n"
    )
    one, two = (values(found, "kunden", key) for key in ("K1", "K2"))
    assert (one["name"], one["company_name"]) == ("Vera Example", "Alpha GmbH")
    assert two["name"] == "Beta GmbH"
    assert (one["is_company"], two["is_company"]) == (False, True)


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


def test_notes_wait_for_whatever_their_ids_are_of(tmp_path):
    """The object of an id is told by its first signs: it must be there before the note."""
    tables = {
        "Account": "Id,Name\n0015g00000XyZabAAA,Alpha\n",
        "Note": "Id,ParentId,Title,Body,CreatedDate\n"
        "0025g00000XyZabAAA,0015g00000XyZabAAA,Call,Hello,2024-05-06 10:00:00\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    files = [{"name": path.name, "path": str(path)} for path in tmp_path.iterdir()]
    with contextlib.closing(SOURCE({"files": files})) as source:
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
    ("text", "zone", "day"),
    [
        ("2024-03-31T22:00:00Z", "Europe/Lisbon", "2024-04-01"),
        ("2024-03-31T22:00:00Z", "Europe/Berlin", "2024-04-01"),
        ("2024-12-30T23:00:00.000Z", "Europe/Berlin", "2024-12-31"),
        ("2024-03-31T00:00:00Z", "Europe/Berlin", "2024-03-31"),
        ("2024-03-31T15:30:00Z", "Europe/Berlin", "2024-03-31"),
        ("2024-03-31T05:00:00Z", "America/New_York", "2024-03-31"),
        ("2024-03-30T14:00:00Z", "Asia/Tokyo", "2024-03-31"),
        ("2024-03-31", "Europe/Berlin", "2024-03-31"),
    ],
)
def test_a_midnight_of_a_zone_is_the_day_that_was_meant(text, zone, day):
    assert TRANSFORMS["date"](text, zone) == day


def test_what_a_program_writes_for_nothing_is_nothing(read):
    found = read(
        contacts__json='[{"id": 1, "full name": "Jennifer Null", "email": "NULL",'
        ' "created at": "0000-00-00 00:00:00", "company": "#N/A"}]'
    )
    assert values(found, "contacts", "1") == {
        "is_company": False,
        "name": "Jennifer Null",
    }


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


# -- day and time in columns of their own -----------------------------------------------


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Datum;Uhrzeit", "21.04.2025;14:30"),
        ("Datum;Uhrzeit", "21.04.2025;14.30 Uhr"),
        ("Date;Time", "2025-04-21;2:30 PM"),
        ("Date;Heure", "21/04/2025;14h30"),
        ("Fecha;Hora", "21/04/2025;14:30:00"),
    ],
)
@pytest.mark.parametrize("stream", ["notes", "calls"])
def test_a_day_and_its_time_are_one_instant(read, stream, head, row):
    text = f"ID;Notiz;{head}\n1;Called;{row}\n"
    found = read(**{f"{stream}__csv": text})
    told = values(found, stream, "1")
    # Lisbon is an hour ahead of UTC in summer.
    assert told["date"] == "2025-04-21 13:30:00"
    assert told["@created_at"] == "2025-04-21 13:30:00"


@pytest.mark.parametrize(
    ("head", "row", "stop"),
    [
        ("Start Date;Start Time;End Time", "2025-04-21;14:30;15:45", "14:45:00"),
        ("Datum;Von;Bis", "21.04.2025;14:30;15:45", "14:45:00"),
        ("Date;Time;Until", "2025-04-21;14:30;15:45", "14:45:00"),
        ("Datum;Uhrzeit von;Uhrzeit bis", "21.04.2025;14:30;15:45", "14:45:00"),
    ],
)
def test_a_meeting_ends_on_its_day(read, head, row, stop):
    found = read(meetings__csv=f"ID;Subject;{head}\n1;Visit;{row}\n")
    told = values(found, "meetings", "1")
    assert told["start"] == "2025-04-21 13:30:00"
    assert told["stop"] == f"2025-04-21 {stop}"


def test_a_meeting_over_midnight_ends_on_the_next_day(read):
    text = "ID;Subject;Date;Start Time;End Time\n1;Party;2025-01-21;23:00;01:30\n"
    told = values(read(meetings__csv=text), "meetings", "1")
    assert told["stop"] == "2025-01-22 01:30:00"


def test_an_instant_is_not_given_another_time(read):
    text = "ID;Subject;Date;Time\n1;Visit;2025-01-21 09:15;10:00\n"
    told = values(read(meetings__csv=text), "meetings", "1")
    assert told["start"] == "2025-01-21 09:15:00"


def test_the_time_at_which_a_task_is_due_is_kept_beside_its_day(read):
    text = "ID;Subject;Due Date;Due Time\n1;Call back;2025-04-21;14:30\n"
    told = values(read(tasks__csv=text), "activities", "1")
    assert told["date_deadline"] == "2025-04-21"
    assert told["@note"] == "<p>Due Time: 14:30</p>"


# -- keys and attendees in other languages ----------------------------------------------


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


# -- how somebody is reached ------------------------------------------------------------


@pytest.mark.parametrize("word", ["-", "n/a", "keine", "Aucun", "k. A.", "unbekannt"])
def test_words_for_no_address_are_nothing(read, word):
    text = "ID,Full Name,Phone,Website,Email\n"
    text += f"1,Zoë Example,{word},{word},{word}\n2,Eva,+351 210 000 001,a.example,e@a.example\n"
    told = values(read(contacts__csv=text), "contacts", "1")
    assert not {"phone", "website", "email"} & set(told)


def test_an_address_with_a_name_is_the_address(read):
    text = "ID,Full Name,Email\n"
    text += (
        '1,Zoë Example,"Zoë Example <zoe@example.com>; Office <office@example.com>"\n'
    )
    told = values(read(contacts__csv=text), "contacts", "1")
    assert told["email"] == "zoe@example.com"
    assert told["@note"] == "<p>Email: office@example.com</p>"


def test_the_name_beside_an_address_is_that_of_who_has_no_other(read):
    text = 'ID,E-mail,Phone\n1,"Example, Zoë <zoe@example.com>",+351 210 000 001\n'
    told = values(read(contacts__csv=text), "contacts", "1")
    assert (told["name"], told["email"]) == ("Example, Zoë", "zoe@example.com")


# -- currencies of headers, thousands ----------------------------------------------


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Amount (EUR)", "EUR"),
        ("Betrag in €", "EUR"),
        ("€", "EUR"),
        ("value_usd", "USD"),
        ("Deal value [GBP]", "GBP"),
        ("Revenue ($)", "$"),
        ("Amount", None),
    ],
)
def test_a_header_says_the_currency_of_its_amounts(read, header, currency):
    found = read(deals__csv=f"id,deal name,{header}\n1,Roof,1000\n2,Gate,500\n")
    got = values(found, "deals", "1")
    assert (got["expected_revenue"], got.get("@currency")) == (1000, currency)


def test_what_stands_beside_an_amount_counts_more_than_its_header(read):
    found = read(deals__csv="id,deal name,amount (EUR),currency\n1,Roof,1000,CHF\n")
    assert values(found, "deals", "1")["@currency"] == "CHF"


def test_a_column_of_signs_is_the_currency_whatever_it_is_called(read):
    found = read(deals__csv="id,deal name,amount,unit\n1,Roof,1000,€\n2,Gate,5,US$\n")
    got = [values(found, "deals", key)["@currency"] for key in "12"]
    assert got == ["€", "US$"]


@pytest.mark.parametrize(
    "header", ["Revenue (k€)", "Umsatz TEUR", "Amount in thousands", "Wert (Mio. €)"]
)
def test_thousands_are_not_taken_for_amounts(read, header):
    found = read(deals__csv=f"id;deal name;{header};stage\n1;Roof;12,5;Offer\n")
    assert "expected_revenue" not in values(found, "deals", "1")


def test_an_amount_in_an_object_has_its_currency_beside_it(read):
    found = read(
        deals__json='[{"id": 1, "title": "Roof", "amount": {"value": 1000, "currency": "CHF"}}]'
    )
    got = values(found, "deals", "1")
    assert (got["expected_revenue"], got["@currency"]) == (1000, "CHF")


def test_a_dash_for_no_cents_tells_the_decimal_mark(read):
    found = read(Angebote__csv="ID;Titel;Betrag\n1;Tor;1.000,-\n2;Dach;12.500,- €\n")
    got = [values(found, "angebote", key)["expected_revenue"] for key in "12"]
    assert got == [1000, 12500]


# -- days with the name of their month ---------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *(
            "3-Mar-2025",
            "3-Mar-25",
            '"March 3, 2025"',
            '"Mon, 3 Mar 2025"',
            "3 mars 2025",
        ),
        *("3. März 2025", "3 de marzo de 2025", "03 mrt 2025", "3 марта 2025"),
    ],
)
def test_a_day_with_the_name_of_its_month_is_read(read, text):
    found = read(deals__csv=f"id,deal name,amount,close date\n1,Roof,5,{text}\n")
    assert values(found, "deals", "1")["date_deadline"] == "2025-03-03"


def test_a_time_behind_the_name_of_a_month_is_kept(read):
    found = read(notes__csv='id,note,date\n1,Hello,"Jul 4, 2025 2:30 PM"\n')
    assert values(found, "notes", "1")["date"] == "2025-07-04 13:30:00"


# -- lists of customers ------------------------------------------------------------


def test_customers_of_whom_only_the_company_is_known_are_companies(read):
    found = read(Kunden__csv="Kundennummer;Firma;PLZ\n7;Muster GmbH;01067\n")
    got = values(found, "kunden", "7")
    assert (got["name"], got["is_company"], got["zip"]) == (
        "Muster GmbH",
        True,
        "01067",
    )
    assert "company_name" not in got


@pytest.mark.parametrize("company", ["Raison sociale", "Société"])
def test_a_customer_without_a_contact_person_is_the_company(read, company):
    found = read(
        clients__csv=f"Code client;{company};Ville;Interlocuteur\n"
        "1;Alpha SARL;Lyon;Anne Exemple\n2;Beta SA;Paris;\n"
    )
    got = [values(found, "contacts", key) for key in "12"]
    assert [each["name"] for each in got] == ["Anne Exemple", "Beta SA"]
    assert [each["is_company"] for each in got] == [False, True]


@pytest.mark.parametrize("header", ["Custname", "Name 1", "Kundenname kurz"])
def test_customers_have_a_name_whatever_its_column_is_called(read, header):
    found = read(customers__csv=f"CustID,{header},Town\n1,Alpha Ltd,Leeds\n")
    assert values(found, "contacts", "1")["name"] == "Alpha Ltd"


def test_the_name_of_a_deal_is_nobodys_last_name(read):
    found = read(Verkaufschancen__csv="ID;Name;Betrag\n1;Dach;100\n")
    got = values(found, "verkaufschancen", "1")
    assert got["name"] == "Dach"
    assert "contact_name" not in got


# -- words, places, links ----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "target"),
    [(("Bavaria", "NSW"), "state_id"), (("Contacted", "Junk"), "@state")],
)
def test_the_state_of_a_lead_is_where_or_how_it_is(read, words, target):
    rows = "".join(f"{n},L{n},{word},\n" for n, word in enumerate(words, 1))
    found = read(leads__csv="id,lead name,state,country\n" + rows)
    got = values(found, "leads", "1")
    assert target in got
    assert len({"state_id", "@state"} & set(got)) == 1


def test_words_written_together_say_the_outcome():
    texts = ("closedwon", "ClosedLost", "Kesken")
    assert [meaning_of(text, "OUTCOMES") for text in texts] == ["won", "lost", "open"]
    assert propose_choice("closedwon", "STAGE_OUTCOMES") == "won"


def test_a_lead_has_a_probability_of_its_own(read):
    found = read(leads__csv="id,lead name,probability\n1,A,25 %\n2,B,80 %\n")
    assert values(found, "leads", "2")["probability"] == 80


def test_a_calendar_of_a_spanish_outlook_ends_when_it_says(read):
    found = read(
        calendario__csv="Asunto,Fecha de comienzo,Comienzo,Fecha de finalización,"
        "Finalización,Todo el día\n"
        "Visita,21/04/2025,14:30:00,21/04/2025,15:30:00,FALSO\n"
    )
    [outcome] = next(iter(found.values())).values()
    got = outcome.values
    assert (got["start"], got["stop"]) == ("2025-04-21 13:30:00", "2025-04-21 14:30:00")


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


def test_the_address_beside_a_name_is_no_part_of_it(read):
    found = read(
        deals__csv="id,deal name,amount,associated contact\n"
        "1,Roof,5,Ana Silva (ana@example.com)\n2,Gate,5,Bo <bo@example.com>\n"
    )
    got = [values(found, "deals", key)["contact_name"] for key in "12"]
    assert got == ["Ana Silva", "Bo"]


def test_names_in_one_cell_are_left_to_whoever_knows_the_people(read):
    found = read(
        contacts__csv='id,name\n1,Ana Silva\n2,"Costa, Rui"\n',
        deals__csv='id,deal name,amount,contacts\n1,Roof,5,"Costa, Rui"\n',
    )
    got = values(found, "deals", "1")["partner_id"]
    assert got == {"$ref": ["contacts", "Costa, Rui", "name"]}


def test_an_account_of_a_german_dynamics_is_a_company():
    assert object_by_columns(["(Nicht ändern) Konto", "Kontoname"]) == "companies"


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


def test_addresses_and_numbers_in_lists_of_objects_are_taken(read):
    found = read(
        contacts__json='[{"id": 1, "name": "Ann", "email": [{"label": "work", "value": '
        '"ann@x.example"}, {"label": "home", "value": "a@x.example"}], "phones": '
        '[{"type": "work", "number": "+351 210000001"}]}]'
    )
    got = values(found, "contacts", "1")
    assert (got["email"], got["phone"]) == ("ann@x.example", "+351 210000001")
    assert got["@note"] == "<p>email: a@x.example</p>"


def test_sums_without_a_label_below_a_table_are_no_record(read):
    found = read(deals__csv="deal name,amount,company\nA,100,X\nB,200,Y\n,300,\n")
    assert [each.values["name"] for each in found["deals"].values()] == ["A", "B"]
    found = read(deals__csv="deal name,amount,company\nA,100,X\nB,200,Y\n,310,\n")
    assert len(found["deals"]) == 3
