#!/usr/bin/env bash
# icalevents (PyPI 0.3.1), node-ical (npm 0.26.1) and ical.js (npm 2.2.1) on an appointment
# with further days (RDATE), as a calendar has a training of three parts; beside them
# recurring-ical-events (PyPI 3.8.2)
#
# Usual guess: what makes the meetings of a series out of a calendar makes these as well, the
# first (DTSTART) and the others (RFC 5545, 3.8.5.2); what it does not support is an error.
# Seen: icalevents and node-ical (expandRecurringEvent) give the first day alone, with a rule
# the days of the rule alone. ical.js says isRecurring() and gives the further days without
# the first, which it does not lose where there is a rule. No error in any of them;
# recurring-ical-events has all.
# What follows for a reader: the days of RDATE are meetings beside those of the rule. Where a
# CRM was filled by such a reader, trainings have their first day only, or all but that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-ical@0.26.1 ical.js@2.2.1 2>/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalevents==0.3.1 \
  recurring-ical-events==3.8.2 icalendar==7.3.2 2>/dev/null
write() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//EN BEGIN:VEVENT UID:1@example.com \
    DTSTAMP:20250101T000000Z SUMMARY:Training DTSTART:20250303T090000Z DTEND:20250303T100000Z \
    RDATE:20250305T090000Z,20250306T090000Z "$@" END:VEVENT END:VCALENDAR
}
write > days.ics
write "RRULE:FREQ=WEEKLY;COUNT=2" > rule.ics
cat > list.py <<'PY'
import datetime
import sys

import icalendar
import recurring_ical_events
from icalevents import icalevents

zone = datetime.timezone.utc
span = (datetime.datetime(2025, 3, 1, tzinfo=zone), datetime.datetime(2025, 4, 1, tzinfo=zone))
for name in ("days.ics", "rule.ics"):
    with open(name, "rb") as file:
        data = file.read()
    found = icalevents.events(string_content=data, start=span[0], end=span[1])
    print("icalevents", name, *sorted(event.start.day for event in found))
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
    days = sorted(event["DTSTART"].dt.day for event in query.between(*span))
    print("recurring-ical-events", name, *days)
PY
cat > list.mjs <<'JS'
import { readFileSync } from "node:fs";
import nodeIcal from "node-ical";
import ICAL from "ical.js";

const span = { from: new Date("2025-03-01T00:00:00Z"), to: new Date("2025-04-01T00:00:00Z") };
for (const name of ["days.ics", "rule.ics"]) {
    const text = readFileSync(name, "utf8");
    const entry = Object.values(nodeIcal.sync.parseICS(text)).find((e) => e.type === "VEVENT");
    const found = nodeIcal.expandRecurringEvent(entry, span);
    console.log("node-ical", name, ...found.map((one) => one.start.getUTCDate()));
    const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
    const iterator = new ICAL.Event(component).iterator();
    const days = [];
    for (let moment = iterator.next(); moment; moment = iterator.next()) days.push(moment.day);
    console.log("ical.js", name, ...days);
}
JS
cat > expected.txt <<'TXT'
icalevents days.ics 3
recurring-ical-events days.ics 3 5 6
icalevents rule.ics 3 10
recurring-ical-events rule.ics 3 5 6 10
node-ical days.ics 3
ical.js days.ics 5 6
node-ical rule.ics 3 10
ical.js rule.ics 3 5 6 10
TXT
{
  venv/bin/python list.py
  TZ=UTC node list.mjs
} | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
