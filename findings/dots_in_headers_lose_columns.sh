#!/usr/bin/env bash
# csvtojson (npm 2.0.14) and json-2-csv (npm 5.6.0) reading an export whose header has dots, as
# files of Salesforce have "Account.Name" beside "Account"
#
# Usual guess: a header is a name; a dot in it makes members within members at most, and each
# cell is somewhere in the result. What does not fit together is an error.
# Seen: of "Phone" and "Phone.Mobile" one is lost, without an error: csvtojson keeps the one
# that stands behind the other, json-2-csv always the short one. csvtojson leaves "Acct. No."
# whole and takes "Acct. Name" apart, beside it, into a member " Name" of "Acct". Papa Parse
# (npm 5.7.1) leaves all names alone.
# What follows for a reader: JSON that was made of CSV by such a tool may lack a column that
# the CSV has; compare the number of columns, and ask for the CSV.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csvtojson@2.0.14 json-2-csv@5.6.0 \
  papaparse@5.7.1 2>/dev/null
cat > read.js <<'JS'
const csvtojson = require("csvtojson");
const { csv2json } = require("json-2-csv");
const papa = require("papaparse");

const files = [
    "Phone,Phone.Mobile\n111,222",
    "Phone.Mobile,Phone\n222,111",
    "Acct. No.,Acct. Name\n7,Mill",
];
(async () => {
    for (const text of files) {
        console.log("csvtojson", JSON.stringify(await csvtojson().fromString(text)));
        console.log("json-2-csv", JSON.stringify(csv2json(text)));
        console.log("papaparse", JSON.stringify(papa.parse(text, { header: true }).data));
    }
})();
JS
cat > expected.txt <<'TXT'
csvtojson [{"Phone":{"Mobile":"222"}}]
json-2-csv [{"Phone":111}]
papaparse [{"Phone":"111","Phone.Mobile":"222"}]
csvtojson [{"Phone":"111"}]
json-2-csv [{"Phone":111}]
papaparse [{"Phone.Mobile":"222","Phone":"111"}]
csvtojson [{"Acct. No.":"7","Acct":{" Name":"Mill"}}]
json-2-csv [{"Acct":{" No.":7," Name":"Mill"}}]
papaparse [{"Acct. No.":"7","Acct. Name":"Mill"}]
TXT
node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
