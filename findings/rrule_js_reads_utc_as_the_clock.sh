#!/usr/bin/env bash
# rrule (npm 2.8.1), rrulestr with a start in a zone, its end and its exceptions in UTC
#
# Usual guess: DTSTART;TZID=Europe/Berlin with UNTIL=…Z, as RFC 5545 (3.3.10) wants it, and
# EXDATE:…Z are instants; python-dateutil (PyPI 2.9.0) takes them so.
# Seen: 08:00Z is compared with what the clock in Berlin shows, 09:00. The last meeting of a
# series whose end is the begin of that meeting is missing east of Greenwich; a cancelled one
# is there again, for 09:00 is not 08:00. No error, and in winter in London, or
# where all is in UTC, all is right. Exceptions with the zone of the start, or with none, are
# taken out.
# What follows for a reader: series that a CRM's plug-in built on this library planned have a
# meeting too few at their end, and meetings that nobody came to. Turn UNTIL and EXDATE into
# the zone of the start before a rule is handed on; "the last day" is one in that zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund rrule@2.8.1 2>/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 2>/dev/null
cat > list.js <<'JS'
const { rrulestr } = require("rrule");
for (const text of JSON.parse(require("fs").readFileSync("series.json", "utf8"))) {
    const days = rrulestr(text).all().map((moment) => moment.toISOString().slice(5, 16));
    console.log(days.join(" "));
}
JS
cat > list.py <<'PY'
import datetime
import json

from dateutil.rrule import rrulestr

with open("series.json") as file:
    for text in json.load(file):
        moments = (each.astimezone(datetime.timezone.utc) for each in rrulestr(text))
        print(*(f"{moment:%m-%dT%H:%M}" for moment in moments))
PY
cat > series.json <<'JSON'
[
  "DTSTART;TZID=Europe/Berlin:20250303T090000\nRRULE:FREQ=WEEKLY;UNTIL=20250317T080000Z",
  "DTSTART;TZID=Europe/Berlin:20250303T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20250310T080000Z",
  "DTSTART;TZID=Europe/Berlin:20250303T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20250310T090000",
  "DTSTART;TZID=Europe/London:20250303T090000\nRRULE:FREQ=WEEKLY;UNTIL=20250317T090000Z\nEXDATE:20250310T090000Z"
]
JSON
cat > expected.txt <<'TXT'
03-03T08:00 03-10T08:00
03-03T08:00 03-10T08:00 03-17T08:00
03-03T08:00 03-17T08:00
03-03T09:00 03-17T09:00
python-dateutil
03-03T08:00 03-10T08:00 03-17T08:00
03-03T08:00 03-17T08:00
03-03T08:00 03-17T08:00
03-03T09:00 03-17T09:00
TXT
{
  TZ=UTC node list.js
  echo python-dateutil
  venv/bin/python list.py
} | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
