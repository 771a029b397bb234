#!/usr/bin/env bash
# xlsx-stream-reader (npm 1.1.1) on a workbook of customers as ExcelJS (npm 4.4.0) writes it
#
# Usual guess: a cell comes as its value, or as the text that the sheet shows; a format that
# the library does not know leaves the number alone.
# Seen: formats are applied, and one that the library cannot apply gives the empty text: days
# as 01.03.2024, with or without a time, are gone, while 01/03/2024 and 2024-03-01 are there.
# An amount in the German format has a dollar sign. A number of twelve digits without a
# format is 4.93012E+12: the telephone number is lost, and customers 100000000001 and
# 100000000002 are both 1E+11. Where a part of a cell is bold the blanks around it go, so that
# "No discount for Anna" is "Nodiscountfor Anna". No error. openpyxl (PyPI 3.1.5) has all of it.
# What follows for a reader: a column of days without a day, or keys with an E, went through
# such a tool; the digits cannot be put back. Ask for the workbook, and never take numbers
# with an E for keys or for telephone numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx-stream-reader@1.1.1 exceljs@4.4.0
python3 -m venv venv
venv/bin/pip install --quiet openpyxl==3.1.5
cat > write.js <<'JS'
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("Customers");
const add = (label, value, format) => {
    const cell = sheet.addRow([label, value]).getCell(2);
    if (format) cell.numFmt = format;
};
const day = new Date(Date.UTC(2024, 2, 1));
for (const format of ["dd.mm.yyyy", "dd.mm.yyyy hh:mm", "dd/mm/yyyy", "yyyy-mm-dd"]) {
    add(format, day, format);
}
add("amount", 1234.5, "[$-407]#,##0.00");
add("telephone", 4930123456789);
add("customer", 100000000001);
add("customer", 100000000002);
add("postal code", "01067");
const bold = {bold: true};
add("note", {richText: [{text: "No "}, {font: bold, text: "discount "}, {text: "for Anna"}]});
book.xlsx.writeFile("customers.xlsx");
JS
cat > read.js <<'JS'
const fs = require("fs");
const Reader = require("xlsx-stream-reader");
const reader = new Reader();
reader.on("worksheet", (sheet) => {
    sheet.on("row", (row) => console.log(JSON.stringify(row.values.slice(1))));
    sheet.process();
});
fs.createReadStream("customers.xlsx").pipe(reader);
JS
cat > read.py <<'PY'
import openpyxl

for row in openpyxl.load_workbook("customers.xlsx").active.iter_rows(values_only=True):
    print("openpyxl", *row, sep="|")
PY
cat > expected.txt <<'TXT'
["dd.mm.yyyy",""]
["dd.mm.yyyy hh:mm",""]
["dd/mm/yyyy","01/03/2024"]
["yyyy-mm-dd","2024-03-01"]
["amount","$1,234.50"]
["telephone","4.93012E+12"]
["customer","1E+11"]
["customer","1E+11"]
["postal code","01067"]
["note","Nodiscountfor Anna"]
openpyxl|dd.mm.yyyy|2024-03-01 00:00:00
openpyxl|dd.mm.yyyy hh:mm|2024-03-01 00:00:00
openpyxl|dd/mm/yyyy|2024-03-01 00:00:00
openpyxl|yyyy-mm-dd|2024-03-01 00:00:00
openpyxl|amount|1234.5
openpyxl|telephone|4930123456789
openpyxl|customer|100000000001
openpyxl|customer|100000000002
openpyxl|postal code|01067
openpyxl|note|No discount for Anna
TXT
node write.js
{ node read.js; venv/bin/python read.py; } | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
