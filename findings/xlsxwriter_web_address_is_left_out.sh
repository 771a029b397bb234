#!/usr/bin/env bash
# pandas 3.0.0 with XlsxWriter 3.2.9, read by openpyxl 3.1.5: a column of web addresses
#
# Usual guess: a text that cannot become a link, because a sheet holds 65,530 of them or an
# address is too long for one, stays a text.
# Seen: the cell is not written at all: contacts behind the 65,530th address have none, and
# neither has one whose address is longer than 2,079 signs; a warning on the console of the
# export is all. A text that begins with "internal:" is taken for a link, too, and loses
# that word.
# What follows for a reader: where a column of addresses is full up to row 65,531 and empty
# from there, the file lacks them; ask for CSV, or for parts of 65,000 rows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pandas==3.0.0 XlsxWriter==3.2.9 openpyxl==3.1.5
venv/bin/python - <<'PY'
import warnings

import openpyxl
import pandas

LIMIT = 65530
given = [f"https://c{number}.example" for number in range(LIMIT + 5)]
given[0] = "https://c0.example/?" + "q" * 2100
given[1] = "internal: do not call"
warnings.simplefilter("ignore")
frame = pandas.DataFrame({"Website": given, "Name": "Bo"})
frame.to_excel("contacts.xlsx", index=False, engine="xlsxwriter")
sheet = openpyxl.load_workbook("contacts.xlsx", read_only=True).active
found = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
empty = [number for number, value in enumerate(found) if value is None]
print("rows, empty cells:", len(found), empty)
print("internal:", repr(found[1]))
lost = [0, *range(LIMIT + 1, LIMIT + 5)]
assert (len(found), empty, found[1]) == (LIMIT + 5, lost, " do not call"), (
    "the behavior has changed"
)
PY
