#!/usr/bin/env bash
# ical-generator (npm 10.2.0) writing an instant with a time zone
#
# Usual guess: an instant (a Date) and the zone "Europe/Lisbon" become the time that clocks in
# Lisbon show at that instant, whatever machine writes the file.
# Seen: the file says TZID=Europe/Lisbon, and beside it what the clock of the writing machine
# shows. 13:30 UTC, 14:30 in Lisbon, is written as 13:30 in Lisbon on a server that runs in
# UTC, and as 09:30 in Lisbon on one in New York: an hour or five early, another figure in
# summer than in winter. Without a zone the instant is written in UTC, and is right. icalendar
# (PyPI 7.3.2) and node-ical (npm 0.26.1) read what stands there.
# What follows: exports of calendars may have all meetings off by the distance between the
# server and the zone, in summer by another one; a sample of one meeting in winter on a server
# in UTC shows nothing in Lisbon. Compare one meeting of July with the old system's screen
# before choosing the time zone of the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical-generator@10.2.0 node-ical@0.26.1
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.2
cat > write.mjs <<'JS'
import fs from "node:fs";
import generate from "ical-generator";
const calendar = generate({name: "Visits"});
for (const [day, month] of [["July", "07"], ["January", "01"]]) {
    for (const timezone of ["Europe/Lisbon", undefined]) {
        const start = new Date(`2026-${month}-02T13:30:00Z`);
        const end = new Date(`2026-${month}-02T14:30:00Z`);
        const summary = `${day} ${timezone ?? "none"}`;
        calendar.createEvent({id: summary, start, end, timezone, summary});
    }
}
fs.writeFileSync("visits.ics", calendar.toString());
JS
cat > read.py <<'PY'
import sys
from datetime import timezone
from pathlib import Path

import icalendar

calendar = icalendar.Calendar.from_ical(Path("visits.ics").read_text())
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART").astimezone(timezone.utc)
    print(sys.argv[1], event["SUMMARY"], start.strftime("%H:%M"))
PY
cat > read.mjs <<'JS'
import fs from "node:fs";
import nodeIcal from "node-ical";
const found = Object.values(nodeIcal.sync.parseICS(fs.readFileSync("visits.ics", "utf8")));
const july = found.find((item) => item.summary === "July Europe/Lisbon");
console.log("node-ical", july.start.toISOString().slice(11, 16));
JS
cat > expected.txt <<'TXT'
UTC July Europe/Lisbon 12:30
UTC July none 13:30
UTC January Europe/Lisbon 13:30
UTC January none 13:30
node-ical 12:30
America/New_York July Europe/Lisbon 08:30
America/New_York July none 13:30
America/New_York January Europe/Lisbon 08:30
America/New_York January none 13:30
node-ical 08:30
TXT
for zone in UTC America/New_York; do
    TZ=$zone node write.mjs
    venv/bin/python read.py "$zone"
    node read.mjs
done | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
