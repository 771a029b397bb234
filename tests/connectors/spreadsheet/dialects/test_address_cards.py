"""Address cards and calendars: RFC 6350 and 5545, Apple's marks, Outlook's vCard 2.1."""

from dialect_common import load, load_part, vendor_of
from files import told

CARDS = """\
BEGIN:VCARD
VERSION:3.0
N:Sá;Vera;Maria;Dr.;
FN:Vera Sá
ORG:Alpha;Sales;
TITLE:Buyer
item1.EMAIL;type=INTERNET;type=pref:v@example.com
item1.X-ABLabel:_$!<Other>!$_
EMAIL:w@example.com
TEL;type=CELL:+351911111111
TEL;TYPE=WORK,FAX:+351210000001
ADR;TYPE=WORK:;;Rua 1;Porto;;4000;Portugal
ADR;TYPE=HOME:;;Rua 2;Faro;;;
CATEGORIES:VIP,Fair
NOTE:one\\, two\\nthree
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=A1;Rui
TEL;CELL:+351912345678
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Beta
ORG:Beta
X-ABShowAs:COMPANY
END:VCARD
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Europe/Lisbon
END:VTIMEZONE
BEGIN:VEVENT
UID:1@x
DTSTART;TZID=Europe/Lisbon:20260701T143000
DTEND;TZID=Europe/Lisbon:20260701T153000
SUMMARY:Meet\\, all
ATTENDEE;CN=Vera Sá:mailto:v@example.com
ORGANIZER;CN=Ana:mailto:ana@example.com
END:VEVENT
BEGIN:VEVENT
UID:2@x
DTSTART;VALUE=DATE:20260422
DTEND;VALUE=DATE:20260424
SUMMARY:Fair
END:VEVENT
BEGIN:VEVENT
UID:3@x
DTSTART:20260422T100000Z
DURATION:PT1H30M
SUMMARY:Call
END:VEVENT
BEGIN:VEVENT
UID:3@x
RECURRENCE-ID:20260429T100000Z
DTSTART:20260429T120000Z
SUMMARY:Call, later
END:VEVENT
BEGIN:VTODO
UID:4@x
DUE:20260422T100000Z
SUMMARY:Write
STATUS:COMPLETED
COMPLETED:20260422T110000Z
END:VTODO
END:VCALENDAR
"""


def test_cards_are_contacts(open_files):
    source = open_files({"people.vcf": CARDS})
    known, found = load(source, "people.vcf")
    assert (known, vendor_of(source, "people.vcf")) == ("contacts", "vCard, iCalendar")
    vera, rui, beta = found.values()
    assert (vera["name"], vera["company_name"], vera["function"]) == (
        *("Vera Sá", "Alpha", "Buyer"),
    )
    assert (vera["email"], vera["phone"]) == ("v@example.com", "+351911111111")
    assert (vera["street"], vera["city"], vera["zip"]) == ("Rua 1", "Porto", "4000")
    assert vera["comment"] == "one, two<br/>three"
    assert [each["$map"][1] for each in vera["category_id"]] == ["VIP", "Fair"]
    assert "w@example.com" in vera["@note"]
    (other,) = load_part(source, "people.vcf", "other").values()
    assert (other["street"], other["city"]) == ("Rua 2", "Faro")
    assert (rui["name"], rui["phone"]) == ("Rui Sá", "+351912345678")
    assert (beta["name"], beta["is_company"], vera["is_company"]) == (
        "Beta",
        True,
        False,
    )


def test_a_calendar_is_meetings_and_its_tasks_are_activities(open_files):
    source = open_files({"team.ics": CALENDAR})
    known, found = load(source, "team.ics", zone="Asia/Tokyo")
    assert known == "meetings"
    meet, fair = found["1@x"], found["2@x"]
    assert (meet["name"], meet["start"], meet["stop"]) == (
        *("Meet, all", "2026-07-01 13:30:00", "2026-07-01 14:30:00"),
    )
    assert meet["@addresses"][0]["email"] == "v@example.com"
    assert meet["user_id"] == {"$owner": "ana@example.com"}
    # Its end is the day behind it.
    days = (fair["start_date"], fair["stop_date"], fair["allday"])
    assert days == ("2026-04-22", "2026-04-23", True)
    assert found["3@x"]["stop"] == "2026-04-22 11:30:00"
    assert found["3@x/2026-04-29T10:00:00Z"]["start"] == "2026-04-29 12:00:00"
    known, tasks = load(source, "team.ics (tasks)")
    assert (known, tasks["4@x"]["summary"]) == ("activities", "Write")
    assert tasks["4@x"]["@done_at"] == "2026-04-22 11:00:00"


def test_what_cannot_be_parsed_is_told(open_files):
    files = {"x.ics": "BEGIN:VCALENDAR\nEND:VEVENT\n", "y.vcf": "BEGIN:VCARD\n"}
    source = open_files({**files, "contacts.csv": "id,name\n1,Vera\n"})
    assert [stream.name for stream in source.get_streams()] == ["contacts"]
    findings = [f.data["name"] for f in source.check().findings if f.level == "warning"]
    assert {"x.ics", "y.vcf"} <= set(findings)
    assert told(source)
