#!/usr/bin/env bash
# XlsxWriter 3.2.9, read by openpyxl 3.1.5 (data_only=True)
#
# Usual guess: a formula that no spreadsheet program has calculated yet has no value, so a
# reader that asks for values gets None and can tell. (openpyxl's own files behave so.)
# Seen: XlsxWriter stores the result 0 with every formula for which the caller gives none,
# and marks the workbook "fullCalcOnLoad". A reader gets 0: a pipeline of amounts that were
# never calculated looks like deals worth nothing.
# What follows for a reader: a stored 0 behind a formula in such a workbook is no value; ask
# for the file to be opened and saved once in a spreadsheet program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q XlsxWriter==3.2.9 openpyxl==3.1.5
venv/bin/python - <<'PY'
import zipfile

import openpyxl
import xlsxwriter

book = xlsxwriter.Workbook("written.xlsx")
sheet = book.add_worksheet("Deals")
sheet.write_row(0, 0, ["Deal", "Amount"])
sheet.write(1, 0, "Roof of the depot")
sheet.write_formula(1, 1, "=1200*1.5")
sheet.write(2, 0, "Given")
sheet.write_formula(2, 1, "=1200*1.5", None, 1800)
book.close()
openpyxl_book = openpyxl.Workbook()
openpyxl_book.active["B2"] = "=1200*1.5"
openpyxl_book.save("other.xlsx")


def values(name):
    cells = openpyxl.load_workbook(name, data_only=True).active["B"]
    return [cell.value for cell in cells][1:]


found = values("written.xlsx"), values("other.xlsx")
marked = "fullCalcOnLoad" in zipfile.ZipFile("written.xlsx").read("xl/workbook.xml").decode()
print("XlsxWriter, result not given / given:", found[0])
print("openpyxl, never calculated:          ", found[1])
print("the workbook says fullCalcOnLoad:    ", marked)
assert found == ([0, 1800], [None]) and marked, "the behavior has changed"
PY
