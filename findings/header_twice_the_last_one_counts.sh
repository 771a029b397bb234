#!/usr/bin/env bash
# csv-parse (npm 7.0.3), d3-dsv (npm 3.0.1), csv-parser (npm 3.2.1) and fast-csv (npm 5.0.8)
# on a header that stands twice, as exports of lists of contacts with their companies have it
#
# Usual guess: both columns are there under two names, as Papa Parse and SheetJS give them, or
# the filled one counts.
# Seen: the first three give one member, that of the last column, without a word: where it is
# empty the e-mail address of the first column is gone. fast-csv refuses the whole file.
# What follows: who turns such an export into JSON on the way to a migration loses a column
# where people have no company; the number of members in a row tells it, the rows do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund \
    csv-parse@7.0.3 d3-dsv@3.0.1 csv-parser@3.2.1 fast-csv@5.0.8
cat > read.mjs <<'JS'
import { Readable } from "node:stream";
import { parse } from "csv-parse/sync";
import { parseString } from "fast-csv";
import { csvParse } from "d3-dsv";
import csvParser from "csv-parser";
const text = [
    "Record ID,Email,Create Date,Email,Create Date",
    "101,ana@lope.test,2021-03-04,,",
    "102,bo@larsen.test,2022-01-01,office@larsen.test,2019-07-09",
    "",
].join("\n");
const show = (name, rows) => rows.forEach((row) => console.log(name, JSON.stringify(row)));
show("csv-parse", parse(text, { columns: true }));
show("d3-dsv", [...csvParse(text)]);
const rows = [];
for await (const row of Readable.from([text]).pipe(csvParser())) rows.push(row);
show("csv-parser", rows);
await new Promise((done) => {
    parseString(text, { headers: true })
        .on("error", (error) => done(console.log("fast-csv", error.message)))
        .on("data", (row) => console.log("fast-csv", JSON.stringify(row)))
        .on("end", done);
});
JS
cat > expected.txt <<'TXT'
csv-parse {"Record ID":"101","Email":"","Create Date":""}
csv-parse {"Record ID":"102","Email":"office@larsen.test","Create Date":"2019-07-09"}
d3-dsv {"Record ID":"101","Email":"","Create Date":""}
d3-dsv {"Record ID":"102","Email":"office@larsen.test","Create Date":"2019-07-09"}
csv-parser {"Record ID":"101","Email":"","Create Date":""}
csv-parser {"Record ID":"102","Email":"office@larsen.test","Create Date":"2019-07-09"}
fast-csv Duplicate headers found ["Email","Create Date"]
TXT
node read.mjs | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
