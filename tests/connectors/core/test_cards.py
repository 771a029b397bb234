"""Address cards and calendars as programs write them, with what is damaged in them."""

import io
import zipfile

import pytest

from connectors.core import cards


def card(*lines, version="3.0"):
    """Return the row of a card of these lines."""
    text = "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))
    ((row,),) = cards.read_lines(text.encode()).values()
    return row


def event(*lines, zone=""):
    """Return the row of an appointment of these lines."""
    lines = ("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT")
    text = "\r\n".join(("BEGIN:VCALENDAR", *zone.split(), *lines, "END:VCALENDAR", ""))
    ((row,),) = cards.read_lines(text.encode()).values()
    return row


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # A soft break, and a comma, which version 2.1 does not escape.
        (["NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=", "b, c; d"], "a\nb, c; d"),
        (["NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9=", "=20noir"], "café noir"),
        # A break where the text has a space; a folder of Windows.
        (["NOTE:one", " two, three"], "one two, three"),
        (["NOTE:C:\\new\\notes"], "C:\\new\\notes"),
    ],
)
def test_a_note_of_version_21_is_whole(lines, text):
    assert card("FN:Ute", *lines, version="2.1")["Notes"] == text


def test_each_line_of_version_21_is_in_its_own_charset():
    data = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=Windows-1252:M\xfcller, Ute\r\n"
        b"TITLE;CHARSET=UTF-8:Sch\xc3\xb6pferin\r\nEND:VCARD\r\n"
    )
    ((row,),) = cards.read_lines(data).values()
    assert row == {"Full Name": "Müller, Ute", "Job Title": "Schöpferin"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["PHOTO;ENCODING=b;TYPE=JPEG:!!not base64 a"], "damaged"),
        (["PHOTO;ENCODING=BASE64;JPEG:/9j/", "", "TITLE:Chef"], "1 KB"),
        (["PHOTO;ENCODING=BASE64:/9j/", "/9j/", "TITLE:Chef"], "1 KB"),
        (["PHOTO:data:image/png;base64,iVBORw0KGgo="], "1 KB"),
    ],
)
def test_a_picture_costs_nothing_else_and_is_told(lines, told):
    row = card("FN:Ute", *lines, "EMAIL:u@x.test")
    assert (row["Full Name"], row["Email"]) == ("Ute", "u@x.test")
    assert row["Photo"] == f"not brought over ({told})"
    assert ("Job Title" in row) == ("TITLE:Chef" in lines)


def test_what_is_no_line_and_what_nobody_knows_is_kept():
    row = card("FN:Ute", "NOTE:one", "and a line of it", "NOTE:two", "X-LEVEL:Gold")
    assert row["Notes"] == "one\ntwo\nand a line of it"
    assert row["Level"] == "Gold"
    row = event("SUMMARY:Fair", "DESCRIPTION:one", "and a line of it")
    assert row["Description"] == "one\nand a line of it"


def test_addresses_stay_apart_and_the_preferred_come_first():
    row = card(
        "FN:Ute",
        "ADR:;;;;;;Spain",
        "ADR:;;Way 2;Bonn;;53111;",
        "ADR;TYPE=pref:;;Way 1;Kiel;;;Germany",
        "EMAIL:a@x.test",
        "EMAIL;type=pref:b@x.test",
        "URL:https://a.test",
        "URL:https://b.test",
        "CATEGORIES:One",
        "CATEGORIES:Two\\, too",
        "ORG:Alpha\\; Beta;Sales;North",
    )
    assert (row["City"], row["Country"]) == ("Kiel", "Germany")
    assert row["Other Address: Country"] == "Spain"
    assert row["Other Address"] == "Way 2, Bonn, 53111"
    assert "Other Address: City" not in row
    assert (row["Email"], row["Email 2"]) == ("b@x.test", "a@x.test")
    assert (row["Website"], row["Website 2"]) == ("https://a.test", "https://b.test")
    assert row["Categories"] == ["One", "Two, too"]
    assert (row["Company"], row["Department"]) == ("Alpha; Beta", "Sales, North")


def test_what_apple_calls_by_a_line_of_its_own():
    row = card(
        *("FN:Ute", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06"),
        *("item1.X-ABDATE;type=pref:2010-05-06", "item1.X-ABLabel:_$!<Anniversary>!$_"),
        *("item2.X-ABRELATEDNAMES:Joe", "item2.X-ABLabel:Boss"),
    )
    assert row == {
        "Full Name": "Ute",
        "Anniversary": "2010-05-06",
        "Boss": "Joe",
        "Birthday": "--05-06",
    }


def test_a_group_is_a_category_of_its_members():
    text = (
        "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:urn:uuid:7\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:7\nFN:Ute\nTEL;VALUE=uri;"
        'TYPE="voice,cell":tel:+33-1;ext=2\nEND:VCARD\n'
    )
    ((row,),) = cards.read_lines(text.encode()).values()
    assert (row["Full Name"], row["Categories"]) == ("Ute", ["Friends"])
    assert row["Mobile Phone"] == "+33-1 ext. 2"


def test_a_card_that_is_cut_off_costs_no_other_one():
    text = "BEGIN:VCARD\nFN:Ute\nBEGIN:VCARD\nFN:Jo\nEND:VCARD\nBEGIN:VCARD\nFN:Al"
    rows = cards.read_lines(text.encode("utf-16"))[""]
    assert [row["Full Name"] for row in rows] == ["Ute", "Jo", "Al"]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("W. Europe Standard Time", "2026-07-01T12:00:00Z"),
        ("/freeassociation.sourceforge.net/Asia/Tokyo", "2026-07-01T05:00:00Z"),
        ('"Tokyo Standard Time"', "2026-07-01T05:00:00Z"),
        ("Office", "2026-07-01T16:30:00Z"),
        ("Customized Time Zone", "2026-07-01T14:00:00"),
    ],
)
def test_zones_as_they_are_named(zone, at):
    described = (
        "BEGIN:VTIMEZONE TZID:Office BEGIN:STANDARD TZOFFSETTO:-0230 END:STANDARD"
        " END:VTIMEZONE"
    )
    row = event(
        f"DTSTART;TZID={zone}:20260701T140000", "CATEGORIES:A,B", zone=described
    )
    assert (row["Date Start"], row["Categories"]) == (at, ["A", "B"])


def test_what_is_taken_out_of_a_series_is_said_by_the_series():
    def entry(*lines):
        return ("BEGIN:VEVENT", "UID:a/b", *lines, "END:VEVENT")

    zone = "TZID=W. Europe Standard Time"
    lines = (
        "BEGIN:VCALENDAR",
        *entry(
            *("DTSTART:20261005T090000Z", "RRULE:FREQ=WEEKLY"),
            f"EXDATE;{zone}:20261012T110000,20261019T110000",
        ),
        *entry("RECURRENCE-ID:20261026T100000Z", "DTSTART:20261027T100000Z"),
        *entry("RECURRENCE-ID:20261102T100000Z", "STATUS:CANCELLED"),
        "END:VCALENDAR",
    )
    ((series, moved),) = cards.read_lines("\n".join(lines).encode()).values()
    days = ("12T09", "19T09", "26T10")
    wanted = [f"2026-10-{day}:00:00Z" for day in days] + ["2026-11-02T10:00:00Z"]
    assert series["Recurrence Exceptions"].split(",") == wanted
    assert (series["id"], series["Series ID"]) == ("a/b", "a/b")
    assert moved["id"] == "a/b/2026-10-26T10:00:00Z"


def entries(*inner):
    """Return the rows of a calendar of these entries, each a list of lines."""
    begun = (("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT") for lines in inner)
    lines = (
        "BEGIN:VCALENDAR",
        *(line for one in begun for line in one),
        "END:VCALENDAR",
    )
    (rows,) = cards.read_lines("\r\n".join(lines).encode()).values()
    return rows


def test_days_beside_the_first_are_entries_of_their_own():
    """findings/calendars_with_further_days_lose_some.sh"""
    first, *further = entries(
        [
            *("DTSTART:20260302T090000Z", "DTEND:20260302T103000Z", "SUMMARY:Training"),
            "RRULE:FREQ=WEEKLY;COUNT=2",
            # The first again, one in its zone, one taken out and one moved elsewhere.
            "RDATE;TZID=Europe/Berlin:20260302T100000,20260304T100000",
            "RDATE:20260305T090000Z,20260306T090000Z",
            "RDATE;VALUE=PERIOD:20260307T090000Z/20260307T120000Z,20260308T090000Z/PT2H",
            "EXDATE:20260305T090000Z",
        ],
        ["RECURRENCE-ID:20260306T090000Z", "DTSTART:20260310T090000Z"],
    )
    moved = further.pop()
    assert (moved["id"], moved["Date Start"][:10]) == (
        "1/2026-03-06T09:00:00Z",
        "2026-03-10",
    )
    assert first["Recurrence Rule"] == "FREQ=WEEKLY;COUNT=2"
    assert [(row["Date Start"][5:16], row["Date End"][11:16]) for row in further] == [
        *(("03-04T09:00", "10:30"), ("03-07T09:00", "12:00"), ("03-08T09:00", "11:00"))
    ]
    assert {row["Subject"] for row in further} == {"Training"}
    assert not any("Recurrence Rule" in row or "Series ID" in row for row in further)
    assert further[0]["id"] == "1/2026-03-04T09:00:00Z"


def test_whole_days_beside_the_first_are_as_long():
    lines = ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260304"]
    _first, further = entries([*lines, "RDATE;VALUE=DATE:20260330"])
    assert further["Date Start Date"] == "2026-03-30"
    assert further["Date End Date"] == "2026-03-31"


def test_a_whole_day_that_ends_at_an_hour_costs_no_entry():
    row = event("DTSTART;VALUE=DATE:20260302", "DTEND:20260303T170000Z")
    assert (row["Date Start Date"], row["Date End Date"]) == (
        "2026-03-02",
        "2026-03-03",
    )


@pytest.mark.parametrize(
    ("start", "until", "told"),
    [
        # The same instant is another day by the clock: a day too many, or one too few.
        (
            "TZID=America/New_York:20250303T200000",
            "20250311T000000Z",
            "20250310T200000",
        ),
        ("TZID=Asia/Tokyo:20250303T080000", "20250316T230000Z", "20250317T080000"),
        ("VALUE=DATE:20250303", "20250317", "20250317"),
        ("TZID=Nowhere:20250303T080000", "20250316T230000Z", "20250316T230000Z"),
        ("TZID=Asia/Tokyo:20250303T080000", "20251316T230000Z", "20251316T230000Z"),
    ],
)
def test_the_last_day_of_a_series_is_one_of_its_zone(start, until, told):
    """findings/rrule_js_reads_utc_as_the_clock.sh"""
    row = event(f"DTSTART;{start}", f"RRULE:FREQ=DAILY;UNTIL={until};INTERVAL=1")
    assert row["Recurrence Rule"] == f"FREQ=DAILY;UNTIL={told};INTERVAL=1"


def test_a_day_that_a_series_leaves_out_is_at_its_hour():
    row = event(
        *("DTSTART;TZID=Europe/Berlin:20250324T090000", "RRULE:FREQ=WEEKLY"),
        "EXDATE;VALUE=DATE:20250324,20250331",
    )
    assert row["Recurrence Exceptions"] == "2025-03-24T08:00:00Z,2025-03-31T07:00:00Z"
    whole = ("DTSTART;VALUE=DATE:20250324", "RRULE:FREQ=WEEKLY")
    assert event(*whole, "EXDATE;VALUE=DATE:20250331")["Recurrence Exceptions"] == (
        "2025-03-31"
    )


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (";;Main Street 1; rear;Ulm;;89073;Germany", ["Main Street 1; rear", "Ulm"]),
        (";;Main Street 1;rear;Ulm;;89073;Germany", ["Main Street 1;rear", "Ulm"]),
        # No separator is missing: one too many at the end, and a blank behind each.
        (";;Main Street 1;Ulm;;89073;Germany;", ["Main Street 1", "Ulm"]),
        ("; ; Main Street 1; Ulm; ; 89073; Germany;", ["Main Street 1", "Ulm"]),
    ],
)
def test_a_semicolon_that_nobody_escaped_moves_no_part_of_an_address(value, parts):
    row = card("FN:Ute", f"ADR:{value}")
    assert [row["Street"], row["City"]] == parts
    assert (row["Postal Code"], row["Country"]) == ("89073", "Germany")
    assert "State" not in row


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Wolf; Berg;Ute;;;", ("Wolf; Berg", "Ute", None)),
        ("Wolf;Ute;;;;", ("Wolf", "Ute", None)),
        ("Wolf;Ute;;;M.A.;MBA", ("Wolf", "Ute", "M.A.;MBA")),
    ],
)
def test_a_semicolon_that_nobody_escaped_moves_no_part_of_a_name(value, names):
    row = card("FN:Ute", f"N:{value}")
    found = map(row.get, ("Last Name", "First Name", "Name Suffix"))
    assert tuple(found) == names


def test_the_further_parts_of_a_newer_card_are_no_semicolons_of_a_text():
    """RFC 9554: a second surname, a room; the parts before have them as well."""
    names, place = "N:Wolf;Ute;;;M.A.;Berg", "ADR:;;Way 1;Kiel;;24103;Germany;Room 5"
    row = card("FN:Ute", names, place, version="4.0")
    assert [row["Last Name"], row["Name Suffix"]] == ["Wolf", "M.A."]
    assert [row["Street"], row["City"], row["Country"]] == ["Way 1", "Kiel", "Germany"]
    row = card("FN:Ute", "ADR:;;Way 1; rear;Kiel;;24103;Germany", version="4.0")
    assert [row["Street"], row["City"]] == ["Way 1; rear", "Kiel"]


def test_a_moment_beyond_the_calendar_costs_no_entry():
    assert event("DTSTART;TZID=Asia/Tokyo:00010101T000000") == {"id": "1"}
    row = event("DTSTART:20260302T090000Z", f"DURATION:P{'9' * 20}W")
    assert row == {"id": "1", "Date Start": "2026-03-02T09:00:00Z"}


def test_cards_and_calendars_in_an_archive_are_read(open_files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Takeout/Contacts/All.vcf", "BEGIN:VCARD\nFN:Ute\nEND:VCARD\n")
        archive.writestr(
            "Takeout/Calendar/Team.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Fair\n"
            "DTSTART:20260422T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        )
        archive.writestr("files/deals/4/invite.ics", "BEGIN:VCALENDAR\n")
    source = open_files({"takeout.zip": stream.getvalue()})
    known = {group.known for group in source.get_groups().values()}
    assert known == {"contacts", "meetings"}
    assert "files" in [stream.name for stream in source.get_streams()]


def test_an_appointment_in_a_skipped_hour_takes_as_long_as_is_written():
    row = event(
        "DTSTART;TZID=Europe/Lisbon:20240331T011500",
        "DTEND;TZID=Europe/Lisbon:20240331T021500",
    )
    assert row["Date Start"] == "2024-03-31T01:15:00Z"
    assert row["Date End"] == "2024-03-31T02:15:00Z"
