#!/usr/bin/env bash
# dateparser 1.5.0, languages not named, as for the dates of an export from anywhere
#
# Usual guess: what is no date gives None, so a column with "N/A", "no" or "ok" between its
# dates is harmless; what is ambiguous is the order of day and month only.
# Seen: every text is tried in some 200 languages, and words for "not given" are
# abbreviations of weekdays, months or "now" in one of them: "N/A", "no", "ok", "ja" and "X"
# are days near today, a quarter ("Q1 2025") is a day in it by the day of today, and the
# terms of payment "30 days net" lie in the past.
# What follows for a reader: decide by an own list of formats what is a date at all; a day
# that depends on the day of the import is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q dateparser==1.5.0
venv/bin/python - <<'PY'
import datetime

import dateparser

EXPECTED = {
    "N/A": "2025-06-12",
    "no": "2025-06-15",
    "ok": "2025-06-15",
    "ja": "2025-06-12",
    "X": "2025-10-15",
    "Q1 2025": "2025-03-15",
    "30 days net": "2025-05-16",
    "unknown": None,
    "2025-02-30": None,
}
today = {"RELATIVE_BASE": datetime.datetime(2025, 6, 15)}
seen = {}
for text in EXPECTED:
    moment = dateparser.parse(text, settings=today)
    seen[text] = moment and str(moment.date())
    print(f"{text!r:14} → {seen[text]}")
assert seen == EXPECTED, "the behavior has changed"
PY
