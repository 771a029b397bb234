#!/usr/bin/env bash
# ExcelJS (npm 4.4.0) writing a worksheet as CSV
#
# Usual guess: each line has as many cells as the header, for a CSV is a table; a line with
# fewer of them was broken by a line end or cut, and whoever is strict refuses it.
# Seen: a line ends with the last cell of its row that has a value; an empty text is one. Of
# five contacts of whom one has a note in the last column, three have lines of two to five
# cells instead of six, and frictionless 5.18.1 finds a "missing-cell" in each of the three.
# CSV from Outlook does the same to contacts, whose last columns hardly anybody fills.
# What follows for a reader: tell lines that end early from the pieces of a broken row. The
# cells of such pieces make up exactly one whole row, and those of these lines do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0
python3 -m venv venv
venv/bin/pip install --quiet frictionless==5.18.1
cat > write.js <<'JS'
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("Contacts");
sheet.addRows([
    ["id", "name", "city", "phone", "email", "note"],
    [1, "Ana Silva", "Porto"],
    [2, "Bo Lind"],
    [3, "Cy Roe", "Cork", null, null, "Met at the fair"],
    [4, "Di Fox", "Ulm", null, "di@fox.example"],
    [5, "Eli Orr", "", "", "", ""],
]);
book.csv.writeFile("contacts.csv");
JS
node write.js
cat > read.py <<'PY'
import csv

from frictionless import validate

with open("contacts.csv", newline="") as file:
    for row in csv.reader(file):
        print(len(row), *row, sep="|")
errors = validate("contacts.csv").flatten(["rowNumber", "type"])
print(sorted({tuple(error) for error in errors}))
PY
cat > expected.txt <<'TXT'
6|id|name|city|phone|email|note
3|1|Ana Silva|Porto
2|2|Bo Lind
6|3|Cy Roe|Cork|||Met at the fair
5|4|Di Fox|Ulm||di@fox.example
6|5|Eli Orr||||
[(2, 'missing-cell'), (3, 'missing-cell'), (5, 'missing-cell')]
TXT
venv/bin/python read.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
