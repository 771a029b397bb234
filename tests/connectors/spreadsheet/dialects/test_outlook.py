"""Headers of Outlook in three languages: real files, roundcube's lists of its headers."""

import pytest
from dialect_common import group_of, ignored, load, load_part, table, vendor_of

CONTACTS = {
    "en": (
        "Title, First Name, Middle Name, Last Name, Suffix, Company, Department, Job Title,"
        " Business Street, Business City, Home City, Mobile Phone, E-mail Address,"
        " E-mail Type, E-mail Display Name, Gender, Location, Notes",
        {"Title": "Ms.", "First Name": "Vera", "Last Name": "Sá", "Company": "Alpha"}
        | {"Job Title": "Buyer", "Business City": "Porto", "Home City": "Faro"}
        | {"E-mail Address": "v@example.com", "E-mail Type": "SMTP"},
    ),
    "de": (
        "Anrede, Vorname, Weitere Vornamen, Nachname, Suffix, Firma, Abteilung, Position,"
        " Straße geschäftlich, Ort geschäftlich, Ort privat, Mobiltelefon, E-Mail-Adresse,"
        " E-Mail-Typ, Notizen",
        {"Anrede": "Frau", "Vorname": "Vera", "Nachname": "Sá", "Firma": "Alpha"}
        | {"Position": "Buyer", "Ort geschäftlich": "Porto", "Ort privat": "Faro"}
        | {"E-Mail-Adresse": "v@example.com", "E-Mail-Typ": "SMTP"},
    ),
    "fr": (
        "Prénom, Deuxième prénom, Nom, Suffixe, Société , Service , Titre,"
        " Rue (bureau), Ville (bureau), Ville (domicile), Tél. mobile,"
        " Adresse de messagerie, Type de messagerie, Notes",
        {"Prénom": "Vera", "Nom": "Sá", "Société ": "Alpha"}
        | {"Ville (bureau)": "Porto", "Ville (domicile)": "Faro"}
        | {"Adresse de messagerie": "v@example.com", "Type de messagerie": "SMTP"},
    ),
}
KINDS = {"en": "E-mail Type", "de": "E-Mail-Typ", "fr": "Type de messagerie"}


@pytest.mark.parametrize("language", CONTACTS)
def test_contacts(open_files, language):
    source = open_files({"export.csv": table(*CONTACTS[language])})
    known, found = load(source, "export.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "export.csv")) == ("contacts", "Outlook")
    assert (values["name"], values["company_name"]) == ("Vera Sá", "Alpha")
    assert (values["email"], values["city"]) == ("v@example.com", "Porto")
    assert values.get("function", "Buyer") == "Buyer"
    [home] = load_part(source, "export.csv", "other").values()
    assert (home["city"], home["type"]) == ("Faro", "other")
    [key] = found
    assert home["parent_id"] == {"$ref": [group_of(source, "export.csv").name, key]}
    assert KINDS[language] in ignored(source, "export.csv")


def test_the_second_title_in_french_is_the_job(open_files):
    text = table(CONTACTS["fr"][0], CONTACTS["fr"][1])
    head, row = text.splitlines()
    source = open_files(
        {"x.csv": f"Titre,{head}\nMme,{row.replace(',Alpha,,', ',Alpha,,Acheteuse')}\n"}
    )
    [values] = load(source, "x.csv")[1].values()
    assert values["function"] == "Acheteuse"


CALENDARS = {
    "en": (
        "Subject, Start Date, Start Time, End Date, End Time, All day event,"
        " Reminder on/off, Meeting Organizer, Required Attendees, Optional Attendees,"
        " Location, Show time as",
        ["Meet", "31/1/2026", "14:30:00", "31/1/2026", "15:30:00", "False", "False"]
        + ["Ana Reis", "v@example.com;w@example.com", "x@example.com", "Porto", "2"],
    ),
    "de": (
        "Betreff, Beginnt am, Beginnt um, Endet am, Endet um, Ganztägiges Ereignis,"
        " Erinnerung Ein/Aus, Besprechungsplanung, Erforderliche Teilnehmer,"
        " Optionale Teilnehmer, Ort, Zeitspanne zeigen als",
        ["Meet", "31.1.2026", "14:30:00", "31.1.2026", "15:30:00", "Aus", "Aus"]
        + ["Ana Reis", "v@example.com;w@example.com", "x@example.com", "Porto", "2"],
    ),
}


@pytest.mark.parametrize("language", CALENDARS)
def test_calendars(open_files, language):
    headers, cells = CALENDARS[language]
    row = dict(zip(headers.split(", "), cells, strict=True))
    source = open_files({"export.csv": table(headers, row)})
    known, found = load(source, "export.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "export.csv")) == ("meetings", "Outlook")
    assert (values["start"], values["stop"]) == (
        "2026-01-31 14:30:00",
        "2026-01-31 15:30:00",
    )
    assert values["user_id"] == {"$owner": "Ana Reis"}
    assert [each["email"][0] for each in values["@addresses"]] == ["v", "w", "x"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (
            "Subject, Start Date, Due Date, Date Completed, % Complete, Notes, Status",
            "Completed",
        ),
        (
            "Betreff, Beginnt am, Fällig am, Erledigt am, % erledigt, Notizen, Status",
            "Erledigt",
        ),
    ],
)
def test_the_status_of_a_task_counts_before_the_part_that_is_done(
    open_files, headers, status
):
    cells = ["Call", "30.1.2026", "31.1.2026", "", "0.5", "hi", status]
    row = dict(zip(headers.split(", "), cells, strict=True))
    source = open_files({"export.csv": table(headers, row)})
    known, found = load(source, "export.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "export.csv")) == ("activities", "Outlook")
    assert values["@done"] == {"$map": ["progress", status]}
    assert (values["date_deadline"], values["note"]) == ("2026-01-31", "hi")


def test_a_calendar_in_french_has_one_header_for_a_day_and_a_time(open_files):
    """Roundcube's fr_FR; a consumer's code of 2011."""
    names = ["Objet", "Début", "Début", "Fin", "Fin", "Journée entière"]
    names += ["Organisateur d'une réunion", "Participants obligatoires", "Emplacement"]
    cells = ["Réunion", "31/01/2026", "14:30:00", "31/01/2026", "15:30:00", "Faux"]
    cells += ["Ana Reis", "v@example.com", "Porto"]
    text = "".join(
        ",".join(f'"{cell}"' for cell in line) + "\n" for line in (names, cells)
    )
    source = open_files({"calendrier.csv": text})
    known, found = load(source, "calendrier.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "calendrier.csv")) == ("meetings", "Outlook")
    times = (values["start"], values["stop"])
    assert times == ("2026-01-31 14:30:00", "2026-01-31 15:30:00")
    assert values["user_id"] == {"$owner": "Ana Reis"}
