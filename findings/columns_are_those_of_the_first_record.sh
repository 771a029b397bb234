#!/usr/bin/env bash
# Papa Parse (npm 5.7.1), csv-stringify (npm 6.9.0) and fast-csv (npm 5.0.8) writing objects as
# CSV, beside json2csv 5.0.7, d3-dsv 3.0.1 and SheetJS 0.18.5 on the same ones
#
# Usual guess: a table of objects has a column for each name that one of them has; a cell
# is blank where an object lacks it. Else it is an error.
# Seen: the first three have the columns of the first object only. Where a CRM's API leaves
# out what is empty, and the first contact has no telephone, nobody has one in the file; no
# error, no warning, and all rows have the same width. Sorted the other way round the column
# is there: two exports of the same contacts differ by the first row. The other three look
# at all objects.
# What follows for a reader: a file in which each column is filled in its first row was
# perhaps cut so. Ask for the JSON, or for the names of the fields, before a column that the
# CRM's screens have is taken for one that nobody used.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund papaparse@5.7.1 csv-stringify@6.9.0 fast-csv@5.0.8 \
  json2csv@5.0.7 d3-dsv@3.0.1 xlsx@0.18.5 2>/dev/null
cat > write.mjs <<'JS'
import Papa from "papaparse";
import { stringify } from "csv-stringify/sync";
import fast from "fast-csv";
import json2csv from "json2csv";
import { csvFormat } from "d3-dsv";
import xlsx from "xlsx";

const contacts = [
    { id: 1, name: "Bo" },
    { id: 2, name: "Ana", phone: "+351 21 000 001" },
    { id: 3, name: "Eva", phone: "+351 21 000 002", optOut: true },
];
const writers = {
    "papaparse": (rows) => Papa.unparse(rows),
    "csv-stringify": (rows) => stringify(rows, { header: true }),
    "fast-csv": (rows) => fast.writeToString(rows, { headers: true }),
    "json2csv": (rows) => new json2csv.Parser({ quote: "" }).parse(rows),
    "d3-dsv": (rows) => csvFormat(rows),
    "xlsx": (rows) => xlsx.utils.sheet_to_csv(xlsx.utils.json_to_sheet(rows)),
};
for (const [name, write] of Object.entries(writers)) {
    const headers = [];
    for (const rows of [contacts, [...contacts].reverse()]) {
        headers.push((await write(rows)).split(/\r?\n/)[0].split(",").sort().join(" "));
    }
    console.log(`${name}: ${headers.join(" | ")}`);
}
JS
cat > expected.txt <<'TXT'
papaparse: id name | id name optOut phone
csv-stringify: id name | id name optOut phone
fast-csv: id name | id name optOut phone
json2csv: id name optOut phone | id name optOut phone
d3-dsv: id name optOut phone | id name optOut phone
xlsx: id name optOut phone | id name optOut phone
TXT
node write.mjs | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
