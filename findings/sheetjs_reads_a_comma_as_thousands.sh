#!/usr/bin/env bash
# SheetJS (npm xlsx 0.18.5) reading a CSV file with semicolons, as a European CRM exports it
#
# Usual guess: cells whose text is no number in the program's own notation stay text, the more
# so as the semicolons tell that commas are decimals here; to be seen at the latest by a total.
# Seen: "1,5" is 15 and "12,34" is 1234, while "1.234,56" is 1.23456: amounts grow by ten or a
# hundred, or shrink to a thousandth, each cell on its own. "01067" is 1067, "0049301234" has
# lost its zeros, and the code "1-2" is a day in 2001. With raw: true all of it stays text.
# What follows for a reader: a workbook that was made from a CSV file with this library has
# lost what the file said, and no cell shows it. Read the CSV file itself; where a column of
# amounts has whole numbers only, ask for a total of the source to compare.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat > read.js <<'JS'
const xlsx = require("xlsx");
const text = "Deal;Amount;Rate;Postal Code;Phone;Code\n"
    + "Kiosk;1.234,56;1,5;01067;0049301234;1-2\n"
    + "Hafen;12,34;7;99425;0301234;A-7\n";
for (const raw of [false, true]) {
    const book = xlsx.read(text, {type: "string", raw});
    const rows = xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], {header: 1});
    console.log(raw ? "raw" : "plain");
    rows.slice(1).forEach((row) => console.log(JSON.stringify(row)));
}
JS
cat > expected.txt <<'TXT'
plain
["Kiosk",1.23456,15,1067,49301234,36893]
["Hafen",1234,7,99425,301234,"A-7"]
raw
["Kiosk","1.234,56","1,5","01067","0049301234","1-2"]
["Hafen","12,34","7","99425","0301234","A-7"]
TXT
TZ=UTC node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
