#!/usr/bin/env bash
# ics (PyPI 0.7.3) reading and writing a calendar with series, and ics (npm 3.12.0) writing one;
# when their meetings are is told by python-dateutil (PyPI 2.9.0)
#
# Usual guess: a series at half past eight on Mondays is that in the file that comes out, all
# year; what a library does to the start it does to the rule and to the exceptions as well.
# Seen: both write the start in UTC and leave the rule as it is. From the day on which clocks
# change the meetings are an hour off, at half past nine in Berlin. In Sydney the start is
# a Sunday in UTC, so that the rule's Mondays (BYDAY=MO) are Tuesdays there. npm's ics
# takes the exceptions by the clock of the machine even where all is given in UTC
# (startInputType), so that the cancelled meeting of March 16 takes place unless the machine
# is in UTC. A start without a zone, which means whoever's clock, is one in UTC behind
# PyPI's ics. No error.
# What follows for a reader: a weekly series that starts in UTC (Z) was planned by somebody's
# clock nearly always, and is right by it again: take the rule for one of the time zone of its
# owner, not of UTC. Compare one meeting of January and one of July with the old system.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ics@3.12.0
python3 -m venv venv
venv/bin/pip install --quiet ics==0.7.3 python-dateutil==2.9.0.post0 tzdata==2025.2
cat > write.mjs <<'JS'
import * as ics from "ics";
const series = (title, hour, startInputType) => ({
    title, startInputType, duration: {hours: 1},
    start: [2026, 3, 2, hour, 30],
    recurrenceRule: "FREQ=WEEKLY;BYDAY=MO;COUNT=6",
    exclusionDates: [[2026, 3, 16, hour, 30]],
});
const all = [series("npm", 8, "local"), series("npm from UTC", 7, "utc")];
console.log(ics.createEvents(all).value);
JS
cat > write.py <<'PY'
import sys

import ics

START = "DTSTART;TZID={0}:20260302T083000\nDURATION:PT1H\n"
RULE = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=6\nEXDATE;TZID={0}:20260316T083000"
series = "SUMMARY:PyPI\n" + (START + RULE).format(sys.argv[1])
alone = "SUMMARY:PyPI without a zone\nDTSTART:20260302T083000\nDURATION:PT1H"
for number, text in enumerate([series, alone]):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT"]
    lines += [f"UID:{number}@example.org", "DTSTAMP:20260101T000000Z", *text.split("\n")]
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    print(ics.Calendar("\r\n".join(lines)).serialize())
PY
cat > show.py <<'PY'
"""Tell the meetings of each series in a file by the clock of a place."""

import re
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr


def instants(name, text):
    for zone, stamp in re.findall(rf"^{name}(?:;TZID=([\w/]+))?:(\S+)", text, re.MULTILINE):
        for part in stamp.split(","):
            wall = datetime.strptime(part.rstrip("Z"), "%Y%m%dT%H%M%S")
            yield wall.replace(tzinfo=ZoneInfo(zone or "UTC"))


place = sys.argv[1]
text = sys.stdin.read().replace("\r", "")
for event in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.DOTALL):
    (label,) = re.findall(r"^SUMMARY:(.*)", event, re.MULTILINE)
    (start,) = instants("DTSTART", event)
    print(place, label, *re.findall(r"^DTSTART\S+", event, re.MULTILINE), sep=", ")
    for rule in re.findall(r"^RRULE:(\S+)", event, re.MULTILINE):
        left_out = list(instants("EXDATE", event))
        days = [day for day in rrulestr(rule, dtstart=start) if day not in left_out]
        walls = [day.astimezone(ZoneInfo(place)) for day in days]
        print("   ", *(f"{wall:%a %d %H:%M}" for wall in walls), sep="  ")
PY
cat > expected.txt <<'TXT'
Europe/Berlin, npm, DTSTART:20260302T073000Z
     Mon 02 08:30  Mon 09 08:30  Mon 23 08:30  Mon 30 09:30  Mon 06 09:30
Europe/Berlin, npm from UTC, DTSTART:20260302T073000Z
     Mon 02 08:30  Mon 09 08:30  Mon 16 08:30  Mon 23 08:30  Mon 30 09:30  Mon 06 09:30
Europe/Berlin, PyPI, DTSTART:20260302T073000Z
     Mon 02 08:30  Mon 09 08:30  Mon 23 08:30  Mon 30 09:30  Mon 06 09:30
Europe/Berlin, PyPI without a zone, DTSTART:20260302T083000Z
Australia/Sydney, npm, DTSTART:20260301T213000Z
     Tue 03 08:30  Tue 10 08:30  Tue 17 08:30  Tue 24 08:30  Tue 31 08:30  Tue 07 07:30
Australia/Sydney, npm from UTC, DTSTART:20260302T073000Z
     Mon 02 18:30  Mon 09 18:30  Mon 16 18:30  Mon 23 18:30  Mon 30 18:30  Mon 06 17:30
Australia/Sydney, PyPI, DTSTART:20260301T213000Z
     Tue 03 08:30  Tue 10 08:30  Tue 17 08:30  Tue 24 08:30  Tue 31 08:30  Tue 07 07:30
Australia/Sydney, PyPI without a zone, DTSTART:20260302T083000Z
TXT
for place in Europe/Berlin Australia/Sydney; do
    TZ=$place node write.mjs | venv/bin/python show.py "$place"
    venv/bin/python write.py "$place" | venv/bin/python show.py "$place"
done | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
