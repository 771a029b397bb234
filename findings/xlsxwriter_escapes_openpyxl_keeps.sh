#!/usr/bin/env bash
# openpyxl 3.1.5 reading what XlsxWriter 3.2.9 writes (shared strings, ECMA-376 ST_Xstring)
#
# Usual guess: a text with a carriage return goes into a workbook and comes out again; the
# reader either decodes the format's escapes (_xHHHH_) or leaves all of them.
# Seen: the writer escapes a carriage return as _x000D_ and a literal "_x0041_" as
# _x005F_x0041_. The reader undoes the second and keeps the first: notes with Windows line
# ends arrive with the letters "_x000D_" in them, while text that only looks escaped is
# right. Decoding once more behind the reader would break the latter ("_x0041_" → "A").
# What follows for a reader: decode the escapes from the stored text, not from what the
# library hands out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q XlsxWriter==3.2.9 openpyxl==3.1.5
venv/bin/python - <<'PY'
import openpyxl
import xlsxwriter

given = ["Called twice.\r\nWrites on Monday.", "Part_x0041_7"]
book = xlsxwriter.Workbook("notes.xlsx")
sheet = book.add_worksheet("Notes")
for row, text in enumerate(given):
    sheet.write_string(row, 0, text)
book.close()
found = [cell.value for cell in openpyxl.load_workbook("notes.xlsx").active["A"]]
for before, after in zip(given, found):
    print(f"{before!r:45} → {after!r}")
assert found == ["Called twice._x000D_\nWrites on Monday.", "Part_x0041_7"], (
    "the behavior has changed"
)
PY
