#!/usr/bin/env bash
# csv-stringify 6.9.0 (npm), beside fast-csv 5.0.8 and papaparse 5.7.1, on the same record
#
# Usual guess: writers of CSV differ in quotes and line ends; false is "false", and a Date
# is written as ISO 8601.
# Seen: csv-stringify writes true as 1 and false as nothing: "has refused" and "never asked"
# are the same empty cell. A Date is its milliseconds since 1970 there, and in fast-csv the
# text of the computer it ran on, with the zone's name; only papaparse writes ISO 8601.
# What follows for a reader: a column with nothing but "1" and blanks is a yes/no whose blank
# is unknown, not no; numbers of 13 digits in a column named like a date are milliseconds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csv-stringify@6.9.0 fast-csv@5.0.8 papaparse@5.7.1
cat > write.js <<'JS'
const {stringify} = require("csv-stringify/sync");
const fast = require("fast-csv");
const papa = require("papaparse");
const contacts = [
    {name: "Bo", optIn: true, since: new Date(Date.UTC(2025, 2, 1, 9))},
    {name: "Ana", optIn: false, since: null},
    {name: "Eva", optIn: null, since: null},
];
fast.writeToString(contacts, {headers: false}).then((text) => {
    console.log("csv-stringify\n" + stringify(contacts).trim());
    console.log("fast-csv\n" + text.trim());
    console.log("papaparse\n" + papa.unparse(contacts, {header: false, newline: "\n"}));
});
JS
cat > expected.txt <<'TXT'
csv-stringify
Bo,1,1740819600000
Ana,,
Eva,,
fast-csv
Bo,true,Sat Mar 01 2025 10:00:00 GMT+0100 (Central European Standard Time)
Ana,false,
Eva,,
papaparse
Bo,true,2025-03-01T09:00:00.000Z
Ana,false,
Eva,,
TXT
TZ=Europe/Berlin LC_ALL=C.UTF-8 node write.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
