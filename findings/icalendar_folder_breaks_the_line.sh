#!/usr/bin/env bash
# icalendar 7.3.2 and ics 0.7.3 (PyPI): the folder of a customer in a meeting's title
#
# Usual guess: a library that escapes text when it writes (RFC 5545, 3.3.11) undoes just that
# when it reads: what one wrote comes out again.
# Seen: icalendar takes \N in the text that it is given for a line break already and writes
# one: C:\Neu becomes "C:", line break, "eu". ics writes a backslash rightly as two and reads
# the second as the begin of \n: its own \\server\new comes back with a line break in it,
# and with the backslash before it.
# What follows for a reader: undo the escapes in one pass from left to right; where titles
# have a line break between a backslash or colon and small letters, show the original.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q icalendar==7.3.2 ics==0.7.3
venv/bin/python - <<'PY'
import icalendar
import ics


def by_icalendar(text):
    event = icalendar.Event()
    event.add("summary", text)
    return str(icalendar.Event.from_ical(event.to_ical())["summary"])


def by_ics(text):
    event = ics.Event(name=text, begin="2025-03-01 10:00:00")
    written = ics.Calendar(events=[event]).serialize()
    return next(iter(ics.Calendar(written).events)).name


given = ["C:\\Neu", "\\\\server\\new"]
seen = {}
for text in given:
    seen[text] = by_icalendar(text), by_ics(text)
    print(f"{text!r:18} icalendar {seen[text][0]!r:18} ics {seen[text][1]!r}")
assert seen == {
    "C:\\Neu": ("C:\neu", "C:\\\neu"),
    "\\\\server\\new": ("\\\\server\\new", "\\\\server\\\new"),
}, "the behavior has changed"
PY
