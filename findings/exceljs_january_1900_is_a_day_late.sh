#!/usr/bin/env bash
# ExcelJS (npm 4.4.0) writing days of January and February 1900 into a workbook
#
# Usual guess: a day that a program writes as a date is the day that Excel, and whoever reads
# the workbook by Excel's calendar, shows; as with any other day of the twentieth century.
# Seen: January 15, 1900 is stored as 16, which Excel shows as the 16th, and February 28 as 60,
# which is Excel's February 29, 1900: a day that never was. From March 1 on all is right.
# openpyxl 3.1.5 reads 60 as February 28 and 16 as the 16th: two days of one column are wrong
# by different amounts. In exports of CRMs these are the days that stand for "unknown":
# January 1, 1900 as a birthday comes as January 2, which no list of such days has.
# What follows for a reader: read the day that is shown, and know January 2, 1900 in a
# workbook for what it is when a column has it again and again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0
python3 -m venv venv
venv/bin/pip install --quiet openpyxl==3.1.5
cat > write.js <<'JS'
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("People");
for (const day of ["1900-01-01", "1900-01-15", "1900-02-28", "1900-03-01", "1985-07-09"]) {
    sheet.addRow([day, new Date(`${day}T00:00:00Z`)]);
}
book.xlsx.writeFile("people.xlsx");
JS
TZ=UTC node write.js
cat > read.py <<'PY'
import re
import zipfile

import openpyxl

text = zipfile.ZipFile("people.xlsx").read("xl/worksheets/sheet1.xml").decode()
stored = re.findall(r'<c r="B\d+"[^>]*><v>(\d+)</v>', text)
rows = openpyxl.load_workbook("people.xlsx").active.iter_rows(values_only=True)
for number, (written, found) in zip(stored, rows):
    print(written, number, found.date())
PY
cat > expected.txt <<'TXT'
1900-01-01 2 1900-01-02
1900-01-15 16 1900-01-16
1900-02-28 60 1900-02-28
1900-03-01 61 1900-03-01
1985-07-09 31237 1985-07-09
TXT
venv/bin/python read.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
