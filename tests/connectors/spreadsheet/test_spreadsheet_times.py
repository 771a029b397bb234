"""What a column of a file means: days, times and durations, by cases of real kinds."""

import pytest
from files import told
from spreadsheet_common import values, values_of

from connectors.mapping.transforms import TRANSFORMS


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


@pytest.mark.parametrize("header", ["Start Time", "Started At", "Startzeit"])
def test_a_call_was_when_it_began_not_when_somebody_wrote_it_down(read, header):
    head, row = f"Call ID,Subject,{header}", "1,Offer,2024-05-06 10:00:00"
    found = read(calls__csv=f"{head},Created At\n{row},2024-06-01 09:00:00\n")
    call = values(found, "calls", "1")
    assert call["date"] == "2024-05-06 09:00:00"
    assert call["@created_at"] == "2024-06-01 08:00:00"


@pytest.mark.parametrize("value", ["10:00", "yes"])
def test_a_beginning_that_says_no_day_is_none(read, value):
    head, row = "Call ID,Subject,Started,Created At", f"1,Offer,{value}"
    found = read(calls__csv=f"{head}\n{row},2024-06-01 09:00:00\n")
    assert values(found, "calls", "1")["date"] == "2024-06-01 08:00:00"


@pytest.mark.parametrize(
    ("header", "utc"),
    [
        ("Created At UTC", "10:00"),
        ("created_at_utc", "10:00"),
        ("Created At [GMT]", "10:00"),
        ("Created At (GMT+2)", "08:00"),
        ("Created At (UTC+05:30)", "04:30"),
        ("Created At (CET)", "08:00"),
        ("Created At (Pacific Time)", "17:00"),
        ("Created At (America/New York)", "14:00"),
        ("Created At (Sales/Ops)", "09:00"),
    ],
)
def test_a_column_that_names_its_zone_is_read_in_it(read, header, utc):
    found = read(deals__csv=f"Deal ID,Deal Name,{header}\n1,A,2024-07-01 10:00:00\n")
    assert values(found, "deals", "1")["@created_at"] == f"2024-07-01 {utc}:00"


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


@pytest.mark.parametrize(
    ("header", "cell", "day"),
    [
        ("Close Date (MM/DD/YYYY)", "05/06/2024", "2024-05-06"),
        ("Close Date (dd-mm-yyyy)", "05/06/2024", "2024-06-05"),
        ("Close Date (MM/DD/YYYY)", "25/06/2024", "2024-06-25"),
    ],
)
def test_the_name_of_a_column_says_what_its_days_leave_open(source, header, cell, day):
    opened = source(deals__csv=f"id,Deal Name,{header}\n1,Roof,{cell}\n")
    assert values_of(opened, "deals")["1"]["date_deadline"] == day
    assert "ambiguous_dates" not in told(opened)


def test_a_time_behind_the_name_of_a_month_is_kept(read):
    found = read(notes__csv='id,note,date\n1,Hello,"Jul 4, 2025 2:30 PM"\n')
    assert values(found, "notes", "1")["date"] == "2025-07-04 13:30:00"


def test_a_calendar_of_a_spanish_outlook_ends_when_it_says(read):
    found = read(
        calendario__csv="Asunto,Fecha de comienzo,Comienzo,Fecha de finalización,"
        "Finalización,Todo el día\n"
        "Visita,21/04/2025,14:30:00,21/04/2025,15:30:00,FALSO\n"
    )
    [outcome] = next(iter(found.values())).values()
    got = outcome.values
    assert (got["start"], got["stop"]) == ("2025-04-21 13:30:00", "2025-04-21 14:30:00")


@pytest.mark.parametrize(
    ("written", "day", "moment"),
    [
        ("So. 31.01.2027", "2027-01-31", "2027-01-31 00:00:00"),
        ("Sonntag, 31.01.2027 14:30", "2027-01-31", "2027-01-31 14:30:00"),
        ("Sun 01/31/2027", "2027-01-31", "2027-01-31 00:00:00"),
        ("вс 31.01.2027", "2027-01-31", "2027-01-31 00:00:00"),
        ("31 января 2027 г.", "2027-01-31", "2027-01-31 00:00:00"),
        ("31 янв. 2027 г., 14:30", "2027-01-31", "2027-01-31 14:30:00"),
        ("31/01/2027 a las 14:30", "2027-01-31", "2027-01-31 14:30:00"),
        ("31 de enero de 2027 a las 14:30", "2027-01-31", "2027-01-31 14:30:00"),
        ("31/01/2027 às 14:30", "2027-01-31", "2027-01-31 14:30:00"),
        ("31.01.2027 um 14:30 Uhr", "2027-01-31", "2027-01-31 14:30:00"),
        ("2027-01-31 (Sun)", "2027-01-31", "2027-01-31 00:00:00"),
        # Excel's own count, where the format of the cell got lost.
        ("46418", "2027-01-31", "2027-01-31 00:00:00"),
        ("46418.604166666664", "2027-01-31", "2027-01-31 14:30:00"),
    ],
)
def test_days_with_words_around_them_and_bare_ones_of_excel(read, written, day, moment):
    text = (
        f'id,Deal Name,Amount,Close Date,Created At\n1,Mill,5,"{written}","{written}"\n'
    )
    values = read(deals__csv=text)["deals"]["1"].values
    assert values["date_deadline"] == day
    assert values["@created_at"] == moment


@pytest.mark.parametrize("number", ["7", "19999", "123456"])
def test_other_numbers_are_no_days(read, number):
    text = f"id,Deal Name,Amount,Close Date\n1,Mill,5,{number}\n"
    assert "date_deadline" not in read(deals__csv=text)["deals"]["1"].values


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Start", "2024/3/1 下午3:30"),
        ("Start", "2024. 3. 1. 오후 3:30"),
        ("Start", "01/03/2024 3:30\u202fp.\u202fm."),
        ("Start", '"3/1/2024, 3:30:00\u202fPM"'),
        ("Date,Time", "01/03/2024,3:30 μ.μ."),
        ("Date,Time", "2024-03-01,오후 3:30"),
    ],
)
def test_the_afternoon_of_a_language_is_not_its_morning(read, header, cells):
    other = cells.replace("3/1/2024", "3/14/2024").replace("01/03", "14/03")
    found = read(
        meetings__csv=f"id,Subject,{header}\n1,Visit,{cells}\n2,Fair,{other}\n"
    )
    assert values(found, "meetings", "1")["start"] == "2024-03-01 15:30:00"
