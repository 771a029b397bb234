#!/usr/bin/env bash
# ical.js (npm 2.2.1) reading a time with a zone that the file names and does not describe
#
# Usual guess: TZID=Europe/Lisbon is the zone of that name, as other readers take it; many
# writers leave its description (VTIMEZONE) away.
# Seen: the time is floating, without an error: as an instant it is that of the clock of the
# machine that reads it. A visit at 14:30 in Lisbon (13:30 UTC) is at 18:30 UTC on a machine in
# New York, and at 14:30 UTC on a server. With the description it is right. icalendar
# (PyPI 7.3.2) takes the name.
# What follows: meetings that reached a CRM through such a reader may be hours off in the CRM
# itself; a migration that brings them over faithfully brings that along.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.2
cat > write.py <<'PY'
from pathlib import Path

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Lisbon
BEGIN:DAYLIGHT
DTSTART:20260329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
"""
for name, zone in (("named", ""), ("described", ZONE)):
    text = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//invented//visits//EN
{zone}BEGIN:VEVENT
UID:visit-1
DTSTAMP:20260601T080000Z
DTSTART;TZID=Europe/Lisbon:20260702T143000
SUMMARY:Visit
END:VEVENT
END:VCALENDAR
"""
    Path(f"{name}.ics").write_bytes(text.replace("\n", "\r\n").encode())
PY
cat > read.mjs <<'JS'
import fs from "node:fs";
import ICAL from "ical.js";
for (const name of ["named", "described"]) {
    const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(`${name}.ics`, "utf8")));
    const start = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).startDate;
    console.log(name, start.zone.tzid, start.toJSDate().toISOString().slice(11, 16));
}
JS
cat > read.py <<'PY'
from datetime import timezone
from pathlib import Path

import icalendar

(event,) = icalendar.Calendar.from_ical(Path("named.ics").read_text()).walk("VEVENT")
start = event.decoded("DTSTART").astimezone(timezone.utc)
print("icalendar", start.strftime("%H:%M"))
PY
python3 write.py
cat > expected.txt <<'TXT'
named floating 18:30
described Europe/Lisbon 13:30
icalendar 13:30
TXT
export TZ=America/New_York
{ node read.mjs; venv/bin/python read.py; } | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
